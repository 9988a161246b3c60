"""Why an act was not carried out; every message is for the person who tried."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plans.models import ProgressUpdate, Step
    from units.models import User


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
    """Somebody wrote to the history after `by` read it: another person, or they themselves on
    a page that was then gone back to. `newer` is what was written."""

    def __init__(
        self,
        newer: "list[ProgressUpdate] | list[Step]",
        by: "User",
        thing: str = "nhiệm vụ này",
    ) -> None:
        self.newer: list[Any] = list(newer)
        others = [one for one in self.newer if one.by_id != by.pk]
        who = others[-1].by_label if others else "Chính đồng chí" if self.newer else "Người khác"
        super().__init__(
            f"{who} vừa ghi vào {thing} sau khi đồng chí mở trang. Chưa có gì bị ghi đè: "
            "đồng chí xem nội dung mới hơn rồi gửi hoặc quyết định lại."
        )
