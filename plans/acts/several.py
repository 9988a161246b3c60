"""Several parts confirmed or returned in one go, each by the act for one."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plans.acts import decisions
from plans.acts.refusals import Refusal
from plans.models import Assignment, ProgressUpdate
from units.models import User


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was ticked: what its history held when the list was shown."""

    assignment: Assignment
    seen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one of them; `refusal` says why nothing did."""

    part: Part
    refusal: Refusal | None = None


_ACTS: dict[str, Callable[..., ProgressUpdate]] = {
    "confirm": decisions.confirm,
    "send_back": decisions.send_back,
}


def decide_several(
    *, act: str, parts: Sequence[Part], by: User, reason: str = "", request_key: uuid.UUID
) -> list[Outcome]:
    """Confirm, or send back with one reason, every part that can be; the others are told apart.

    Each stands for itself: what somebody else changed in between is refused and the rest goes on.
    A repeated sending gives the same records, as each part has its own key made from the form's.
    """
    act_of_one = _ACTS[act]
    typed = {"reason": reason} if act == "send_back" else {}
    outcomes = []
    for part in parts:
        try:
            act_of_one(
                assignment_id=part.assignment.pk,
                by=by,
                seen=part.seen,
                request_key=uuid.uuid5(request_key, f"{act}-{part.assignment.pk}"),
                **typed,
            )
        except Refusal as refusal:
            outcomes.append(Outcome(part, refusal))
        else:
            outcomes.append(Outcome(part))
    return outcomes
