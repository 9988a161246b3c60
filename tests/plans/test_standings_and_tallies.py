"""Whatever happens to a plan, every day answers with what was known and due on it.

Random plans get random acts on days that go on. Then, for every day, what the pages read is
compared with a slow recomputation from the raw records, written here without the code under test.
"""

import datetime as dt
import itertools
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from plans import tallies
from plans.acts.appendix import assign, move_due_date
from plans.acts.projection import rebuild
from plans.models import (
    Assignment,
    AssignmentStanding,
    DueDateChange,
    ProgressUpdate,
    Task,
    TaskStanding,
)
from plans.overview import tasks_on
from plans.states import State
from tests.builders import (
    NEED_REASON,
    agree,
    ask,
    decide,
    make_agency,
    make_block,
    make_plan,
    make_task,
    make_unit,
    make_user,
    record,
)
from units import clock
from units.models import Role

FIRST = dt.date(2023, 12, 1)
LAST = FIRST + dt.timedelta(days=45)  # over the end of the year
# Few days for deadlines and completions, side by side, so that one often meets the other.
DAYS = [FIRST + dt.timedelta(days=n) for n in (0, 5, 6, 7, 29, 30, 31)]

# --- A random plan and what happens to it -------------------------------------------------------

ACTS = ("report", "report", "done", "not_arisen", "confirm", "confirm", "send_back", "pause")
ACTS += ("resume", "reopen", "move", "assign", "not_started", "stop", "extend", "extend")

plans = st.fixed_dictionaries(
    {
        "due_day_counts": st.booleans(),
        "tasks": st.lists(
            st.fixed_dictionaries(
                {
                    "indicator": st.sampled_from(["1", "2"]),
                    "leads": st.sets(st.integers(0, 2), max_size=3),
                    "due_on": st.none() | st.sampled_from(DAYS),
                }
            ),
            min_size=1,
            max_size=4,
        ),
    }
)
happenings = st.lists(
    st.tuples(
        st.integers(0, 4),  # days that go by before
        st.sampled_from(ACTS),
        st.integers(0, 3),  # task
        st.integers(0, 2),  # unit
        st.sampled_from(DAYS),  # the new deadline
        st.integers(-1, 1),  # days from the deadline to the completion
    ),
    min_size=8,
    max_size=25,
)


@dataclass
class Department:
    agency: object
    units: list
    heads: list
    office: object
    leadership: object
    admin: object


def make_department():
    agency = make_agency()
    units = [make_unit(agency, code) for code in "abc"]
    return Department(
        agency,
        units,
        [make_user(Role.HEAD, unit) for unit in units],
        make_user(Role.OFFICE),
        make_user(Role.LEADERSHIP),
        make_user(Role.ADMIN),
    )


def carry_out(department, plan_of, story):
    """The plan after the story; an act that the state of the day does not allow is left out."""
    plan = make_plan(
        department.agency, starts_on=FIRST, due_on=None, due_day_counts=plan_of["due_day_counts"]
    )
    blocks = {number: make_block(plan, number) for number in ("1", "2")}
    tasks = [
        make_task(
            blocks[one["indicator"]],
            tuple(department.units[n] for n in sorted(one["leads"])),
            on=FIRST,
            kind="conditional",
            due_on=one["due_on"],
        )
        for one in plan_of["tasks"]
    ]
    today = FIRST
    for gap, act, task_number, unit_number, new_due, after_due in story:
        today = min(today + dt.timedelta(days=gap), LAST)
        task = tasks[task_number % len(tasks)]
        task.refresh_from_db()
        happen(department, act, task, unit_number, new_due, after_due, today)
    return plan


def happen(department, act, task, unit_number, new_due, after_due, today):
    unit = department.units[unit_number]
    lead = task.assignments.filter(unit=unit).first()
    if act == "move":
        # A task that nobody owes anything of has no history that could keep its old deadline.
        if any(state not in ("done", "not_arisen") for state in states_of(task)):
            with clock.set_to(today):
                move_due_date(task=task, due_on=new_due, by=department.admin)
    elif act == "assign":
        with clock.set_to(today):
            assign(task=task, unit=unit, role="lead")
    elif act == "extend":
        if lead is not None:
            extend(department, lead, unit_number, new_due, today)
    elif lead is not None:
        finished = (task.due_on or today) + dt.timedelta(days=after_due)
        finished = min(max(finished, FIRST), today)
        on_the_lead(department, act, lead, unit_number, finished, today)


def last_state(lead):
    last = ProgressUpdate.objects.filter(assignment=lead).order_by("pk").last()
    return last.state if last else ""


def states_of(task):
    return [last_state(lead) for lead in task.assignments.filter(role="lead")]


ALLOWED = {
    "report": {"", "not_started", "in_progress", "awaiting"},
    "not_started": {"", "not_started", "in_progress", "awaiting"},
    "done": {"", "not_started", "in_progress", "awaiting"},
    "not_arisen": {"", "not_started", "in_progress", "awaiting"},
    "confirm": {"awaiting"},
    "send_back": {"awaiting"},
    "pause": {"", "not_started", "in_progress", "awaiting"},
    "stop": {"", "not_started", "in_progress", "awaiting", "paused"},
    "resume": {"paused", "stopped"},
    "reopen": {"done", "not_arisen"},
}


def extend(department, lead, unit_number, new_due, today):
    """Asked for and agreed to on one day; left out where the rules do not allow it."""
    open_states = {"", "not_started", "in_progress"}
    old = lead.due_on or lead.task.due_on
    counts = lead.task.plan.due_day_counts
    if last_state(lead) not in open_states or old is None or not old < new_due:
        return
    if today > (old if counts else old - dt.timedelta(days=1)):
        return
    extension = ask(lead, department.heads[unit_number], new_due, on=today)
    agree(extension, department.leadership, on=today)


def on_the_lead(department, act, lead, unit_number, finished, today):
    if last_state(lead) not in ALLOWED[act]:
        return
    head = department.heads[unit_number]
    if act == "report":
        record(lead, head, on=today)
    elif act == "not_started":
        record(lead, head, State.NOT_STARTED, cause="Chờ", on=today)
    elif act == "done":
        record(lead, head, State.DONE, completed_on=finished, on=today)
    elif act == "not_arisen":
        record(lead, head, State.NOT_ARISEN, on=today)
    else:
        by = department.leadership if act in ("pause", "stop", "resume") else department.office
        decide(act, lead, by, "Lý do" if act in NEED_REASON else "", on=today)


# --- The slow recomputation from raw records ----------------------------------------------------


@dataclass(frozen=True)
class Truth:
    """State, due date, completion date, returned?, day and number of the latest report."""

    state: str
    due_on: dt.date | None
    completed_on: dt.date | None
    returned: bool
    reported_on: dt.date | None
    report: int | None


def truth_of_lead(lead, asked):
    records = [
        one
        for one in ProgressUpdate.objects.filter(assignment=lead).order_by("pk")
        if one.recorded_on <= asked
    ]
    due_on = lead.due_on or lead.task.due_on
    for change in DueDateChange.objects.filter(assignment=lead).order_by("-pk"):
        if change.recorded_on > asked:
            due_on = change.old_due_on
    reports = [one for one in records if one.kind == "report"]
    return Truth(
        records[-1].state if records else "no_info",
        due_on,
        records[-1].completed_on if records else None,
        bool(records) and records[-1].kind == "return",
        reports[-1].recorded_on if reports else None,
        reports[-1].pk if reports else None,
    )


def truth_of_task(task, leads, asked):
    if not leads:
        due_on = task.due_on
        for change in DueDateChange.objects.filter(assignment__task=task).order_by("-pk"):
            if change.recorded_on > asked:
                due_on = change.old_due_on
        return Truth("unassigned", due_on, None, False, None, None)
    states = [lead.state for lead in leads]
    owing = [state for state in states if state != "stopped"]
    if all(state in ("done", "not_arisen") for state in owing):
        state = "done" if "done" in states else "stopped" if "stopped" in states else "not_arisen"
    elif all(state in ("done", "not_arisen", "paused") for state in owing):
        state = "paused"
    elif all(state in ("done", "not_arisen", "paused", "awaiting") for state in owing):
        state = "awaiting"
    elif all(state in ("no_info", "paused") for state in owing):
        state = "no_info"
    elif all(state in ("no_info", "not_started", "paused") for state in owing):
        state = "not_started"
    else:
        state = "in_progress"
    newest = max((lead for lead in leads if lead.report), key=lambda x: x.report, default=None)
    return Truth(
        state,
        *worst_dates(state, leads),
        any(lead.returned for lead in leads),
        newest.reported_on if newest else None,
        newest.report if newest else None,
    )


def worst_dates(state, leads):
    """Due date and completion of the lead that makes the task late, or nearest to it."""
    open_states = {"no_info", "not_started", "in_progress"}
    counting = [lead for lead in leads if lead.state in open_states]
    if state == "paused":
        counting = [lead for lead in leads if lead.state == "paused"]
    if counting:
        return min((lead.due_on for lead in counting if lead.due_on), default=None), None
    finished = [lead for lead in leads if lead.completed_on]
    dated = [lead for lead in finished if lead.due_on]
    if dated:
        worst = max(dated, key=lambda lead: lead.completed_on - lead.due_on)
        return worst.due_on, worst.completed_on
    if finished:
        return None, max(lead.completed_on for lead in finished)
    return max((lead.due_on for lead in leads if lead.due_on), default=None), None


def counted(truth, asked, day_counts):
    """Which of the categories a task or part is counted in, and which cuts across them it is in."""
    last_day = truth.due_on and truth.due_on - dt.timedelta(days=0 if day_counts else 1)
    passed = last_day is not None and asked > last_day
    if truth.state == "done":
        if last_day is None:
            return ["done_no_deadline"]
        return ["done_late" if truth.completed_on > last_day else "done_on_time"]
    found = [truth.state]
    if passed and truth.state in ("no_info", "not_started", "in_progress"):
        found.append("overdue")
    if passed and truth.state == "awaiting":
        found.append("awaiting_past_due")
    return found


def is_late(truth, asked, day_counts):
    """Late: finished, or said to be, after the last day in time; or owed when it has passed."""
    if truth.due_on is None or truth.state in ("paused", "stopped", "not_arisen", "unassigned"):
        return False
    last_day = truth.due_on - dt.timedelta(days=0 if day_counts else 1)
    if truth.state in ("done", "awaiting"):
        return truth.completed_on is not None and truth.completed_on > last_day
    return asked > last_day


# --- Comparing -----------------------------------------------------------------------------------


def as_counter(tally):
    names = (
        "no_info not_started in_progress awaiting done_on_time done_late done_no_deadline "
        "not_arisen paused stopped overdue awaiting_past_due unassigned"
    ).split()
    return Counter({name: getattr(tally, name) for name in names if getattr(tally, name)})


def spans(plan):
    """Every standing as it answers: adjoining equal spans are one."""
    columns = ("state", "claim", "due_on", "completed_on", "returned", "reported_on", "report_id")
    found = []
    for model, owner in ((AssignmentStanding, "assignment_id"), (TaskStanding, "task_id")):
        rows = model.objects.filter(task__plan=plan).order_by(owner, "from_day")
        merged = itertools.groupby(
            rows.values_list(owner, *columns, "from_day", "until_day"), key=lambda row: row[:-2]
        )
        for facts, same in merged:
            same = list(same)
            found.append((model.__name__, *facts, same[0][-2], same[-1][-1]))
    return found


def check_day(plan, asked):
    leads_of = {task: [] for task in Task.objects.filter(plan=plan).order_by("position")}
    expected_parts: dict[str, Counter] = {}
    truths = {}
    for lead in Assignment.objects.filter(task__plan=plan).select_related("task", "unit"):
        if lead.assigned_on <= asked:
            truth = truths[lead.pk] = truth_of_lead(lead, asked)
            leads_of[lead.task].append(truth)
            part = expected_parts.setdefault(lead.unit.code, Counter())
            part.update(counted(truth, asked, plan.due_day_counts))
    of_tasks = {task: truth_of_task(task, leads, asked) for task, leads in leads_of.items()}

    check_overview(plan, asked, of_tasks, truths)
    check_tallies(plan, asked, of_tasks, expected_parts)
    check_queries(plan, asked, of_tasks, truths)


def check_overview(plan, asked, of_tasks, truths):
    seen = tasks_on(Task.objects.filter(plan=plan).for_page().order_by("position"), asked)
    assert [row.task for row in seen] == list(of_tasks)
    for row in seen:
        for status, truth in [
            (row.status, of_tasks[row.task]),
            *((lead.status, truths[lead.assignment.pk]) for lead in row.leads),
        ]:
            assert (status.state, status.due_on, status.completed_on, status.returned) == (
                truth.state,
                truth.due_on,
                truth.completed_on,
                truth.returned,
            )
            assert status.reported_on == truth.reported_on
            assert status.is_late == is_late(truth, asked, plan.due_day_counts)
        assert {lead.assignment.pk: lead.report and lead.report.pk for lead in row.leads} == {
            pk: truth.report
            for pk, truth in truths.items()
            if pk in {lead.assignment.pk for lead in row.leads}
        }
    assert sorted(lead.assignment.pk for row in seen for lead in row.leads) == sorted(truths)


def check_tallies(plan, asked, of_tasks, expected_parts):
    expected = {number: Counter() for number in plan.indicators.values_list("number", flat=True)}
    for task, truth in of_tasks.items():
        number = task.block.area.indicator.number
        expected[number].update(counted(truth, asked, plan.due_day_counts))
    by_indicator = {
        indicator.number: tally for indicator, tally in tallies.by_indicator(plan, asked)
    }
    assert {number: as_counter(tally) for number, tally in by_indicator.items()} == expected
    by_unit = tallies.by_unit(plan, asked)
    assert {unit.code: as_counter(tally) for unit, tally in by_unit} == expected_parts

    total = tallies.total(by_indicator.values())
    assert total.total + total.unassigned == len(of_tasks)
    for tally in (total, *by_indicator.values(), *(tally for _, tally in by_unit)):
        assert tally.total == (
            tally.no_info
            + tally.not_started
            + tally.in_progress
            + tally.awaiting
            + tally.done_on_time
            + tally.done_late
            + tally.done_no_deadline
            + tally.not_arisen
            + tally.paused
            + tally.stopped
        )
        assert tally.overdue <= tally.open
        assert tally.awaiting_past_due <= tally.awaiting
        assert tally.open_in_time + tally.overdue == tally.open


def check_queries(plan, asked, of_tasks, truths):
    """The conditions for the database pick exactly those that the rule for one calls late."""
    late = tallies.is_late(plan, asked)
    overdue = tallies.is_overdue(plan, asked)
    for model, owner, found in (
        (TaskStanding, "task", {task.pk: truth for task, truth in of_tasks.items()}),
        (AssignmentStanding, "assignment", truths),
    ):
        standings = model.objects.on(asked).filter(task__plan=plan)
        assert set(standings.filter(late).values_list(owner, flat=True)) == {
            pk for pk, truth in found.items() if is_late(truth, asked, plan.due_day_counts)
        }
        assert set(standings.filter(overdue).values_list(owner, flat=True)) == {
            pk
            for pk, truth in found.items()
            if truth.state in ("no_info", "not_started", "in_progress")
            and is_late(truth, asked, plan.due_day_counts)
        }


@given(plans, happenings)
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a story takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_day_answers_with_what_was_known_and_due_on_it(db, plan_of, story):
    with transaction.atomic():
        plan = carry_out(make_department(), plan_of, story)
        changes = {day for _, day in changed_days(plan)}
        for asked in sorted({FIRST, LAST, *changes, *neighbours(changes)}):
            check_day(plan, asked)

        before = spans(plan)
        with clock.set_to(LAST):
            assert rebuild(plan=plan) == len(plan_of["tasks"])
        assert spans(plan) == before
        transaction.set_rollback(True)


def changed_days(plan):
    """Days on which something was recorded or is due."""
    for update in ProgressUpdate.objects.filter(assignment__task__plan=plan):
        yield update, update.recorded_on
    for change in DueDateChange.objects.filter(assignment__task__plan=plan):
        yield change, change.recorded_on
    for task in Task.objects.filter(plan=plan, due_on__isnull=False):
        yield task, task.due_on


def neighbours(days):
    around = {day + dt.timedelta(days=n) for day in days for n in (-1, 1)}
    return {day for day in around if FIRST <= day <= LAST}


# --- A few days by hand --------------------------------------------------------------------------


def test_before_the_plan_there_is_no_task(db):
    department = make_department()
    plan = carry_out(
        department,
        {"due_day_counts": True, "tasks": [{"indicator": "1", "leads": {0}, "due_on": None}]},
        [],
    )
    before = FIRST - dt.timedelta(days=1)

    assert tasks_on(Task.objects.for_page(), before) == []
    assert tallies.by_unit(plan, before) == []
    assert tallies.total(tally for _, tally in tallies.by_indicator(plan, before)).total == 0


@pytest.mark.parametrize(
    ("day_counts", "overdue_days"), [(True, [False, False, True]), (False, [False, True, True])]
)
def test_overdue_from_the_day_after_the_last_one_in_time(db, day_counts, overdue_days):
    plan = carry_out(
        make_department(),
        {
            "due_day_counts": day_counts,
            "tasks": [{"indicator": "1", "leads": {0}, "due_on": dt.date(2023, 12, 31)}],
        },
        [],
    )

    asked = [dt.date(2023, 12, 30), dt.date(2023, 12, 31), dt.date(2024, 1, 1)]
    found = [tallies.by_indicator(plan, day)[0][1].overdue == 1 for day in asked]
    assert found == overdue_days


@pytest.mark.parametrize("day_counts", [True, False])
def test_the_conditions_for_the_database_at_the_edge(db, day_counts):
    """One day before the deadline, on it, one day after it: by the day, and by the completion."""
    department, due = make_department(), dt.date(2023, 12, 31)
    plan = make_plan(department.agency, starts_on=FIRST, due_on=None, due_day_counts=day_counts)
    block = make_block(plan)
    around = [due + dt.timedelta(days=n) for n in (-1, 0, 1)]
    for finished in around:
        for confirmed in (False, True):
            [lead] = make_task(
                block, tuple(department.units[:1]), on=FIRST, due_on=due
            ).assignments.all()
            record(lead, department.heads[0], State.DONE, completed_on=finished, on=finished)
            if confirmed:
                decide("confirm", lead, department.office, on=LAST)

    for asked in (*around, LAST):
        check_day(plan, asked)
