"""Why an act was not carried out; every message is for the person who tried."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plans.models import ProgressUpdate, Step


class Refusal(Exception):
    """The act was not carried out and nothing was changed."""


class NotYours(Refusal):
    """The person's role does not include this act (403)."""


class NotNow(Refusal):
    """The state of the thing does not allow this act."""


class Invalid(Refusal):
    """What was typed cannot be recorded: a message for each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


class Conflict(Refusal):
    """Somebody else wrote to the history after this person read it; `newer` is what they wrote."""

    def __init__(
        self, newer: "list[ProgressUpdate] | list[Step]", thing: str = "nhiệm vụ này"
    ) -> None:
        self.newer: list[Any] = list(newer)
        who = self.newer[-1].by_label if self.newer else "Người khác"
        super().__init__(
            f"{who} vừa ghi vào {thing} sau khi đồng chí mở trang. Chưa có gì bị ghi đè: "
            "đồng chí xem nội dung mới ở bên cạnh rồi gửi hoặc quyết định lại."
        )
