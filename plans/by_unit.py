"""Who is where: how many parts each unit leads in each state on a day, when it last said something,
and who has said nothing, since when. Numbers are those of plans/tallies.py."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Min
from django.db.models.functions import Coalesce

from plans import tallies
from plans.filters import slug
from plans.frame import Frame
from plans.models import AssignmentStanding, ProgressUpdate, UpdateKind
from plans.states import State
from plans.tallies import Tally
from units.models import Unit

# The states of a part that is led, in the order of work.
STATES = (
    State.NO_INFO,
    State.NOT_STARTED,
    State.IN_PROGRESS,
    State.AWAITING,
    State.DONE,
    State.NOT_ARISEN,
    State.PAUSED,
)
_SAID = (UpdateKind.REPORT, UpdateKind.CONTRIBUTION)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many parts, and the filter that lists exactly their tasks; `kind` gives the colour."""

    label: str
    kind: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`said_on` is the day of the unit's last words, `silent_since` the day from which a unit that
    has said nothing has had work, `late` the days of its part that is overdue longest."""

    unit: Unit
    query: str
    tally: Tally
    cells: list[Cell]
    said_on: dt.date | None
    silent_since: dt.date | None
    late: int


@dataclass(frozen=True, slots=True)
class UnitTable:
    rows: list[UnitRow]
    total: Tally
    totals: list[Cell]

    @property
    def to_come(self) -> list[tuple[Unit, Tally]]:
        """All that can be said of a plan that has not begun."""
        return [(row.unit, row.tally) for row in self.rows]

    @property
    def silent(self) -> list[UnitRow]:
        return [row for row in self.rows if row.silent_since]


def unit_table(frame: Frame) -> UnitTable:
    """Five queries, however many units."""
    assert frame.plan is not None
    counted = tallies.by_unit(frame.plan, frame.day, frame.user)
    late = tallies.oldest_overdue(frame.plan, frame.day, frame.user)
    said = dict(
        ProgressUpdate.objects.filter(
            assignment__task__in=frame.tasks.values("pk"),
            kind__in=_SAID,
            recorded_on__lte=frame.day,
        )
        .order_by()
        .values_list("assignment__unit")
        .annotate(last=Max("recorded_on"))
    )
    since = dict(
        AssignmentStanding.objects.on(frame.day)
        .of_plan(frame.plan)
        .visible_to(frame.user)
        .order_by()
        .values_list("unit")
        .annotate(first=Min(Coalesce("assignment__assigned_on", "from_day")))
    )
    rows = []
    for unit, tally in counted:
        query = f"don-vi={unit.code}&vai-tro=chu-tri"
        said_on = said.get(unit.pk)
        rows.append(
            UnitRow(
                unit,
                query,
                tally,
                _cells(tally, query),
                said_on,
                None if said_on else _owes_since(frame, since.get(unit.pk)),
                late.get(unit.pk, 0),
            )
        )
    total = tallies.total(tally for _, tally in counted)
    return UnitTable(rows, total, _cells(total, ""))


def _owes_since(frame: Frame, given_on: dt.date | None) -> dt.date | None:
    """From when on a unit has had work: not before the plan began; None when it has not yet."""
    assert frame.plan is not None
    if given_on is None or not frame.plan.is_in_force_on(frame.day):
        return None
    return max(given_on, frame.plan.starts_on)


def _cells(tally: Tally, query: str) -> list[Cell]:
    """One for each state, then the overdue ones, which cut across the states."""
    cells = [
        Cell(
            str(state.label),
            state.value,
            tally.of_state(state),
            f"{query}&trang-thai={slug(state.label)}" if query else "",
        )
        for state in STATES
    ]
    return [*cells, Cell("Quá hạn", "overdue", tally.overdue, f"{query}&han=qua-han")]
