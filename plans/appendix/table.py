"""The appendix of a plan as the table that offices keep: its columns, and what each cell of a task
says. What is printed here is what an import compares with, so that a workbook that comes back as it
went out changes nothing."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from config.vietnamese.text import clean_line
from plans.models import Area, Assignment, AssignmentRole, Block, Indicator, Task
from plans.reading.deadlines import said_deadline

CODE_TITLE = "Mã nhiệm vụ"
TITLES = (
    "STT",
    "Chỉ số, lĩnh vực, tiêu chí",
    "Nhiệm vụ, giải pháp",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Thời gian hoàn thành",
    "Sản phẩm, kết quả",
    "Ghi chú",
    CODE_TITLE,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """The cells of a task. `due` is a day where the words of the plan do not say that day."""

    code: str
    place: str
    wording: str
    leads: str
    supports: str
    due: str | dt.date
    product: str
    note: str


def in_table(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """With everything that `printed` asks of a task. Thousands of tasks have few
    units and indices: fetched apart, each of these is one object, not one for each task."""
    parts = Assignment.objects.order_by("role", "position", "unit__position", "pk")
    return (
        tasks.select_related("block__area__parent")
        .prefetch_related(
            "plan",
            "block__criteria",
            "block__area__indicator",
            Prefetch("assignments", queryset=parts.prefetch_related("unit", "group")),
        )
        .order_by("position", "pk")
    )


def printed(task: Task) -> Printed:
    """What the table says of a task that comes from `in_table`."""
    return Printed(
        task.code,
        place_of(task.block),
        task.wording,
        _names(task, AssignmentRole.LEAD) or task.printed_leads,
        _names(task, AssignmentRole.SUPPORT) or task.printed_supports,
        _due(task),
        task.product,
        task.note,
    )


def place_of(block: Block) -> str:
    """The criteria under which a task stands, or its heading, or the area's own name."""
    titles = [one.title for one in block.criteria.all()]
    words = block.heading or "\n".join(titles) or str(block.area)
    return f"{block.number} {words}".strip()


def heading_of(one: Indicator | Area) -> str:
    """A group row without its number."""
    if isinstance(one, Indicator):
        return one.heading or one.name
    return one.heading or one.title


def _names(task: Task, role: str) -> str:
    """Units, or the group that they were named by, in their order."""
    named = ((part.group or part.unit).name for part in task.assignments.all() if part.role == role)
    return "; ".join(dict.fromkeys(named))


def _due(task: Task) -> str | dt.date:
    said = said_deadline(task.due_words, task.plan.year)
    if task.due_on is not None and said != task.due_on:
        return task.due_on
    return clean_line(task.due_words)
