"""What is typed to ask for a later deadline and to answer the request."""

from typing import Any, ClassVar

from config.vietnamese.dates import short
from plans.fields import DayField, LineField, WordsField
from plans.keyed_form import KeyedForm
from plans.models import Assignment, Extension, Task


def _above(task: Task) -> str:
    limit = task.set_from_above
    return f"Sau ngày {short(limit)} phải xin ý kiến UBND tỉnh." if limit else ""


class AskForm(KeyedForm):
    """The lead's request."""

    due_on = DayField(label="Thời hạn mới đề nghị", required=False)
    reason = WordsField(label="Lý do xin gia hạn")
    work_done = WordsField(label="Việc đã làm được đến nay")

    def __init__(self, assignment: Assignment, data: Any = None) -> None:
        self.assignment = assignment
        super().__init__(f"extension-ask-{assignment.pk}", data)
        self.fields["due_on"].help_text = _above(assignment.task)


class AnswerForm(KeyedForm):
    """What the Office or the leadership answers to a request."""

    act: ClassVar[str]
    button: ClassVar[str]
    words = WordsField(label="Ý kiến (nếu có)", rows=2)

    def __init__(self, extension: Extension, data: Any = None) -> None:
        self.extension = extension
        super().__init__(
            f"extension-{self.act}-{extension.pk}", data, {"due_on": extension.asked_due_on}
        )

    @property
    def url_name(self) -> str:
        return f"extension-{self.act}"


class ForwardForm(AnswerForm):
    act = "forward"
    button = "Trình Lãnh đạo Sở"


class AcceptForm(AnswerForm):
    act = "accept"
    button = "Đồng ý gia hạn"
    due_on = DayField(
        label="Gia hạn đến ngày", required=False, help_text="Đổi ngày nếu đồng ý đến ngày khác."
    )
    superior_number = LineField(label="Văn bản đồng ý của UBND tỉnh: số, ký hiệu", required=False)
    superior_date = DayField(label="Ngày văn bản đồng ý", required=False)
    field_order = ("due_on", "superior_number", "superior_date", "words")

    def __init__(self, extension: Extension, data: Any = None) -> None:
        super().__init__(extension, data)
        self.fields["superior_number"].help_text = _above(extension.assignment.task)


class RefuseForm(AnswerForm):
    act = "refuse"
    button = "Không đồng ý"
    words = WordsField(label="Lý do không đồng ý", rows=2)
