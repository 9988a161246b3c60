"""How many tasks are in which state and how late: the one place where they are counted.

The dashboard, the report's page, PDF, DOCX and XLSX all print a `Tally` from here. The plan's own
tasks and those of its register (S14) are counted apart and never added to each other.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When

from config.vietnamese.numbers import share
from plans.models import (
    AssignmentStanding,
    Dissemination,
    Finding,
    Indicator,
    Inspection,
    Plan,
    Remedy,
    Task,
    TaskStanding,
    Urging,
)
from plans.moves import Stage
from plans.overview import Known, MeasureOnDay
from plans.states import OPEN, State
from units.models import Unit, User


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that add up: `total` is the sum of the categories before `overdue`.

    Tasks that are assigned to nobody are counted apart, in `unassigned`, and are in no rate.
    """

    no_info: int = 0
    not_started: int = 0
    in_progress: int = 0
    awaiting: int = 0
    done_on_time: int = 0
    done_late: int = 0
    done_no_deadline: int = 0
    not_arisen: int = 0
    paused: int = 0
    stopped: int = 0
    # Cuts across the categories above, never added to them.
    overdue: int = 0
    overdue_no_info: int = 0
    awaiting_past_due: int = 0
    unassigned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)}
        )

    @property
    def total(self) -> int:
        """Stopped tasks count: "không thực hiện 02/34" stands in the total (domain.md §2)."""
        return self.done + self.open + self.awaiting + self.not_arisen + self.paused + self.stopped

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late + self.done_no_deadline

    @property
    def open(self) -> int:
        return self.no_info + self.not_started + self.in_progress

    @property
    def open_in_time(self) -> int:
        return self.open - self.overdue

    @property
    def no_info_in_time(self) -> int:
        return self.no_info - self.overdue_no_info

    @property
    def told_in_time(self) -> int:
        """Open, within the deadline, and somebody has said how far it is."""
        return self.open_in_time - self.no_info_in_time

    @property
    def due(self) -> int:
        """Done, or owed past the deadline: what the rate over tasks due divides by."""
        return self.done + self.overdue + self.awaiting_past_due

    @property
    def rate(self) -> Decimal | None:
        """Done over all, in percent with one decimal."""
        return share(self.done, self.total)

    @property
    def rate_due(self) -> Decimal | None:
        """Done over those due, in percent with one decimal."""
        return share(self.done, self.due)

    def of_state(self, state: State) -> int:
        if state == State.DONE:
            return self.done
        return int(getattr(self, state.value))


# The parts that bars and charts draw, by their field: they add up to the total. Each says what it
# counts where a table beside it counts otherwise: those without a word that are overdue are drawn
# as overdue.
DRAWN = {
    "done": "Hoàn thành",
    "not_arisen": "Không phát sinh",
    "awaiting": "Chờ xác nhận",
    "told_in_time": "Trong hạn (đã có thông tin)",
    "no_info_in_time": "Trong hạn (chưa có thông tin)",
    "overdue": "Quá hạn",
    "paused": "Tạm dừng",
    "stopped": "Dừng thực hiện",
}


def is_late(plan: Plan, day: dt.date) -> Q:
    """Standings of a plan late on `day`: the same answer as deadlines.lateness(...).is_late
    for a standing that is open (by the day) or finished (by its completion date)."""
    counts = plan.due_day_counts
    overrun = Q(completed_on__gt=F("due_on")) if counts else Q(completed_on__gte=F("due_on"))
    return Q(state__in=(State.DONE, State.AWAITING)) & overrun | is_overdue(plan, day)


def is_overdue(plan: Plan, day: dt.date) -> Q:
    """Standings of a plan still owed although the last day in time has passed."""
    return Q(state__in=OPEN, due_on__lt=plan.late_before(day))


def tally(standings: QuerySet[Any], plan: Plan, day: dt.date, *by: str) -> dict[Hashable, Tally]:
    """Tallies of `standings` grouped by the values of the fields `by` (a tuple, or the value of
    the one field); ungrouped under (). One query."""
    found: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for *key, state, late, passed, dated, n in _counted(standings, plan, day, *by):
        group = key[0] if len(key) == 1 else tuple(key)
        found[group].update(_counts(State(state), late, passed, dated, n))
    return {group: Tally(**counts) for group, counts in found.items()}


def _counted(standings: QuerySet[Any], plan: Plan, day: dt.date, *by: str) -> QuerySet[Any]:
    """Rows (*by, state, late, passed, dated, how many) of standings as they are on `day`."""
    rows: QuerySet[Any] = (
        standings.order_by()
        .annotate(
            late=Case(When(is_late(plan, day), then=Value(True)), default=Value(False)),
            passed=Case(
                When(due_on__lt=plan.late_before(day), then=Value(True)), default=Value(False)
            ),
            dated=Case(When(due_on=None, then=Value(False)), default=Value(True)),
        )
        .values_list(*by, "state", "late", "passed", "dated")
        .annotate(n=Count("pk"))
    )
    return rows


def _counts(state: State, late: bool, passed: bool, dated: bool, n: int) -> dict[str, int]:
    """What `n` standings of one kind add to which fields of a Tally."""
    if state == State.DONE:
        name = "done_no_deadline" if not dated else "done_late" if late else "done_on_time"
        return {name: n}
    counts = {state.value: n}
    if late and state in OPEN:
        counts["overdue"] = n
        if state == State.NO_INFO:
            counts["overdue_no_info"] = n
    if passed and state == State.AWAITING:
        counts["awaiting_past_due"] = n
    return counts


def counted(known: Iterable[Known], plan: Plan, day: dt.date) -> Tally:
    """The tally of things that stand in no table (what units reported): for standings the same
    answer as `tally`, as a test compares."""
    return total(_one(one, plan, day) for one in known)


def _one(known: Known, plan: Plan, day: dt.date) -> Tally:
    state = State(known.state)
    judged = state in OPEN or (state in (State.DONE, State.AWAITING) and known.completed_on)
    owes = state not in OPEN or plan.is_in_force_on(day)
    late = bool(judged) and owes and plan.lateness(known.due_on, known.completed_on, day).is_late
    passed = known.due_on is not None and known.due_on < plan.late_before(day)
    return Tally(**_counts(state, late, passed, known.due_on is not None, 1))


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _seen(standings: Any, reader: User | None) -> "QuerySet[Any]":
    return standings if reader is None else standings.visible_to(reader)


def of_indicators(plan: Plan, day: dt.date, reader: User | None = None) -> Mapping[Hashable, Tally]:
    """Tasks counted once each, by Indicator.pk: all of them, or those that `reader` may see. One
    query."""
    standings = _seen(TaskStanding.objects.on(day).of_plan(plan), reader)
    return tally(standings, plan, day, "task__block__area__indicator")


def by_indicator(
    plan: Plan, day: dt.date, reader: User | None = None
) -> list[tuple[Indicator, Tally]]:
    """The same under their indicators, in the plan's order. Two queries."""
    found = of_indicators(plan, day, reader)
    return [(one, found.get(one.pk, Tally())) for one in plan.indicators.order_by("position")]


def of_units(plan: Plan, day: dt.date, reader: User | None = None) -> Mapping[Hashable, Tally]:
    """Each lead's part counted, by Unit.pk: a task with two leads counts once for each, so the sum
    is that of parts, not of tasks. One query."""
    standings = _seen(AssignmentStanding.objects.on(day).of_plan(plan), reader)
    return tally(standings, plan, day, "unit")


def by_unit(plan: Plan, day: dt.date, reader: User | None = None) -> list[tuple[Unit, Tally]]:
    """The same under their units, in protocol order. Two queries."""
    found = of_units(plan, day, reader)
    units = Unit.objects.filter(pk__in=list(found)).order_by("position", "name")
    named = plan.naming_day(day)
    return [(unit.called_on(named), found[unit.pk]) for unit in units]


def of_register(plan: Plan, day: dt.date, tasks: "QuerySet[Task]") -> Tally:
    """The tasks of the plan's register among `tasks`, which no other count holds. One query."""
    standings = TaskStanding.objects.on(day).filter(
        task__plan=plan, task__registered_on__isnull=False, task__in=tasks.values("pk")
    )
    return tally(standings, plan, day).get((), Tally())


def oldest_overdue(plan: Plan, day: dt.date, reader: User | None = None) -> dict[int, int]:
    """By how many days the part of each unit that is overdue longest is late. One query."""
    standings = _seen(AssignmentStanding.objects.on(day).of_plan(plan), reader)
    late = standings.filter(is_overdue(plan, day))
    dues = late.order_by().values_list("unit").annotate(due=Min("due_on"))
    return {unit: plan.lateness(due, None, day).days for unit, due in dues}


def over(plan: Plan, days: Sequence[dt.date]) -> list[tuple[dt.date, Tally]]:
    """The plan's tasks as they stood on each of `days`. One query."""
    asked = [
        _counted(
            TaskStanding.objects.on(day).of_plan(plan).annotate(asked=Value(place)),
            plan,
            day,
            "asked",
        )
        for place, day in enumerate(days)
    ]
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = asked[0].union(*asked[1:], all=True) if asked else ()
    for place, state, late, passed, dated, n in rows:
        found[place].update(_counts(State(state), bool(late), bool(passed), bool(dated), n))
    return [(day, Tally(**found[place])) for place, day in enumerate(days)]


def parts_of_unit(plan: Plan, day: dt.date, unit: Unit) -> list[tuple[Indicator, Tally]]:
    """The parts that one unit leads, under their indicator, in the plan's order; an indicator
    without any is left out. Two queries."""
    standings = AssignmentStanding.objects.on(day).of_plan(plan).filter(unit=unit)
    found = tally(standings, plan, day, "task__block__area__indicator")
    indicators = plan.indicators.filter(pk__in=list(found)).order_by("position")
    return [(one, found[one.pk]) for one in indicators]


@dataclass(frozen=True, slots=True)
class MeasureTally:
    """Measures by whether their target is reached: `total` is the sum of the four (S32)."""

    met: int = 0
    unmet: int = 0
    no_value: int = 0
    no_target: int = 0

    @property
    def total(self) -> int:
        return self.met + self.unmet + self.no_value + self.no_target


def of_measures(measures: Iterable[MeasureOnDay]) -> MeasureTally:
    """How many of `measures` reached their target. One without a target is never unmet."""
    found = Counter(measure_verdict(measure) for measure in measures)
    return MeasureTally(**found)


def measure_verdict(measure: MeasureOnDay) -> str:
    """Which part of a MeasureTally a measure is counted in."""
    if measure.target is None:
        return "no_target"
    if (met := measure.is_met) is None:
        return "no_value"
    return "met" if met else "unmet"


@dataclass(frozen=True, slots=True)
class SteeringTally:
    """How the plan was brought to people, checked and urged, as known on a day (S7, S9, S31, 3.4).

    `remedied`, `reported` and `owed` add up to `remedies`; `overdue` are among those owed.
    `unanswered` are among `urgings`. Of measures against persons (S8) nothing is counted.
    """

    disseminations: int = 0
    people: int = 0
    brought_to: tuple[str, ...] = ()
    inspections: int = 0
    inspected: tuple[str, ...] = ()
    findings: int = 0
    remedied: int = 0
    reported: int = 0
    owed: int = 0
    overdue: int = 0
    urgings: int = 0
    unanswered: int = 0
    urged: tuple[str, ...] = ()

    @property
    def remedies(self) -> int:
        return self.remedied + self.reported + self.owed


def of_steering(plan: Plan, day: dt.date, units: Collection[int] | None = None) -> SteeringTally:
    """What was recorded by `day`, with `units` (Unit.pk) only what was about these; units by their
    names in protocol order. Six queries."""
    known = Q(plan=plan) if units is None else Q(plan=plan, unit__in=units)
    brought = list(Dissemination.objects.filter(known).known_on(day).values_list("unit", "people"))
    inspections = Inspection.objects.filter(plan=plan).known_on(day)
    found = Finding.objects.filter(recorded_on__lte=day)
    if units is not None:
        inspections = inspections.filter(unit_links__unit__in=units)
        # One without a unit is of all that were inspected.
        found = found.filter(Q(unit=None) | Q(unit__in=units))
    pairs = set(inspections.values_list("pk", "unit_links__unit"))
    checked = {unit for _, unit in pairs if unit is not None}
    found = found.filter(inspection__in=inspections)
    remedies = list(Remedy.objects.filter(known).on(day).select_related("plan"))
    stages = Counter(one.stage for one in remedies)
    late = [one.lateness_on(day) for one in remedies if one.stage == Stage.OWED]
    sent: Any = Urging.objects.filter(known).on(day)
    urgings = list(sent.values_list("unit", "stage"))
    named = _named(checked.union(unit for unit, _ in [*brought, *urgings]), plan.naming_day(day))
    return SteeringTally(
        disseminations=len(brought),
        people=sum(people for _, people in brought),
        brought_to=named({unit for unit, _ in brought}),
        inspections=len({inspection for inspection, _ in pairs}),
        inspected=named(checked),
        findings=found.count(),
        remedied=stages[Stage.REMEDIED],
        reported=stages[Stage.REPORTED],
        owed=stages[Stage.OWED],
        overdue=sum(1 for one in late if one is not None and one.is_late),
        urgings=len(urgings),
        unanswered=sum(1 for _, stage in urgings if stage == Stage.SENT),
        urged=named({unit for unit, _ in urgings}),
    )


def _named(units: set[int], day: dt.date) -> Callable[[set[int]], tuple[str, ...]]:
    """From keys among `units` to their names on `day`, in protocol order."""
    units_known = Unit.objects.filter(pk__in=units).order_by("position", "name")
    known = [one.called_on(day) for one in units_known]
    return lambda keys: tuple(one.name for one in known if one.pk in keys)
