"""What is to change of a task that was given."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plans.models import Plan
from units import clock
from units.models import Unit, UnitGroup

Parts = list[tuple[Unit, UnitGroup | None]]
# Changes of these need no reason: they change nothing of what a unit owes by when.
_FREE = frozenset({"code", "number", "product", "shortcoming", "note"})


@dataclass(frozen=True)
class Amendment:
    """`words` by their fields; `due` a new deadline in a tuple (None: none); `leads` and `supports`
    everyone who has that part afterwards, each with the group it was named by. What is left out
    stays as it is."""

    words: Mapping[str, str] = field(default_factory=dict)
    due: tuple[dt.date | None] | None = None
    leads: Sequence[tuple[Unit, UnitGroup | None]] | None = None
    supports: Sequence[tuple[Unit, UnitGroup | None]] | None = None

    @property
    def needs_reason(self) -> bool:
        parts = self.leads is not None or self.supports is not None
        return parts or self.due is not None or bool(set(self.words) - _FREE)


def is_in_force(plan: Plan) -> bool:
    """Whether units work by the plan already: a change then needs a reason."""
    return plan.is_in_force_on(clock.today())


def known_from(plan: Plan) -> dt.date | None:
    """From when on a task that is added now stands in the appendix (`Task.added_on`): what is said
    of an earlier day does not change by it. None while the plan has not begun."""
    return clock.today() if is_in_force(plan) else None
