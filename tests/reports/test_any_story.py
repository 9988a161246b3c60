"""Whatever happens to a plan, what its reports print adds up and is what was known on the day.

The stories, and the slow recomputation from the raw records, are those of
tests/plans/test_standings_and_tallies.py.
"""

import re
from collections import Counter, defaultdict

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from plans.models import Assignment, Task
from plans.states import State
from reports.content import consolidated, sentences
from reports.content.model import TableKey
from reports.files.tables.counts import counts_table
from reports.models import Round, UnitReport
from reports.round_content.build import drafted
from reports.round_content.sources import Missing, Source, Sources
from reports.unit_content.build import unit_report
from tests.plans.test_standings_and_tallies import (
    DAYS,
    FIRST,
    LAST,
    Truth,
    as_counter,
    carry_out,
    counted,
    happenings,
    make_department,
    plans,
    truth_of_lead,
    truth_of_task,
)
from units import clock

NUMBER = r"(\d+(?:\.\d{3})*)"
# Of a story a day is looked at that is near a deadline, or the last.
asked_days = st.sampled_from([*DAYS, LAST])
quick = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a story takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def truths_on(plan, asked, told=None):
    """The truth of every lead and task on a day; `told` is by unit that was asked the day its
    report speaks of (None: it did not report): what was recorded later is not known. Of units that
    were not asked nothing is counted."""
    leads_of = {task: [] for task in Task.objects.filter(plan=plan).order_by("position")}
    parts = defaultdict(list)
    for lead in Assignment.objects.filter(task__plan=plan).select_related("task", "unit"):
        if lead.assigned_on > asked:
            continue
        if told is not None and lead.unit_id not in told:
            leads_of[lead.task].append(None)
            continue
        if told is None:
            truth = truth_of_lead(lead, asked)
        elif told.get(lead.unit_id) is not None and lead.assigned_on <= told[lead.unit_id]:
            truth = truth_of_lead(lead, told[lead.unit_id])
        else:
            due_on = truth_of_lead(lead, asked).due_on
            truth = Truth("no_info", due_on, None, False, None, None)
        leads_of[lead.task].append(truth)
        parts[lead.unit.name].append(truth)
    tasks = {
        task.code: truth_of_task(task, [one for one in leads if one], asked)
        for task, leads in leads_of.items()
        if not leads or any(leads)
    }
    return tasks, parts


def check_adds_up(content):
    """Parts sum to totals: in every row, over the rows, and in the tables as printed."""
    for one in (content.total, content.parts_total, *content.by_indicator, *content.by_unit):
        ended = one.done + one.not_arisen + one.stopped
        assert one.total == ended + one.open + one.awaiting + one.paused
        assert one.done == one.done_on_time + one.done_late + one.done_no_deadline
        assert one.open == one.open_in_time + one.overdue
        assert one.open == one.no_info + one.not_started + one.in_progress
        assert one.due == one.done + one.overdue + one.awaiting_past_due
    for name in ("total", "done", "open", "overdue", "awaiting", "no_info", "unassigned"):
        for rows, total in (
            (content.by_indicator, content.total),
            (content.by_unit, content.parts_total),
        ):
            assert sum(getattr(row, name) for row in rows) == getattr(total, name)
    for key in (TableKey.BY_INDICATOR, TableKey.BY_UNIT):
        *rows, last = counts_table(content, key).rows
        for column, cell in enumerate(last.cells):
            if cell.isdigit():
                assert sum(int(row.cells[column]) for row in rows) == int(cell)


def check_sentence(tally, noun=sentences.TASKS):
    """The figures of a sentence, read back from its words, add up to its total."""
    words = sentences.progress(tally, noun)
    groups = words.split("; ")
    heads = [re.search(rf"{NUMBER}/{NUMBER} {noun}", group) for group in groups]
    assert all(heads), words
    assert sum(int(head[1]) for head in heads) == tally.total
    assert {int(head[2]) for head in heads} == {tally.total}
    for group, head in zip(groups, heads, strict=True):
        if ", trong đó " in group:
            inside = group.split(", trong đó ")[1]
            assert sum(map(int, re.findall(r" (\d+)", inside))) == int(head[1])
        if "trong hạn" in group:
            when, what = re.fullmatch(r".*\((.*)\), gồm (.*)", group).groups()
            for figures in (when, what):
                assert sum(map(int, re.findall(r" (\d+)", figures))) == int(head[1])


def expected(truths, asked, plan):
    found = Counter()
    for truth in truths:
        found.update(counted(truth, asked, plan.due_day_counts))
    return found


def check_against(content, plan, asked, told=None):
    tasks, parts = truths_on(plan, asked, told)
    if content.scope:  # of a task that nobody leads, nobody was asked
        tasks = {code: one for code, one in tasks.items() if one.state != State.UNASSIGNED}
    assert as_counter(content.total) == expected(tasks.values(), asked, plan)
    assert {row.label: as_counter(row) for row in content.by_unit} == {
        unit: expected(truths, asked, plan) for unit, truths in parts.items()
    }
    assert {task.code: task.status.state for task in content.tasks} == {
        code: truth.state for code, truth in tasks.items()
    }


@given(plans, happenings, asked_days)
@quick
def test_the_live_report_adds_up_on_any_day(db, plan_of, story, asked):
    with transaction.atomic():
        plan = carry_out(make_department(), plan_of, story)
        with clock.set_to(LAST):
            content = consolidated(plan, asked)

        check_against(content, plan, asked)
        check_adds_up(content)
        for row in (content.total, *content.by_indicator):
            check_sentence(row)
        for row in content.by_unit:
            check_sentence(row, sentences.PARTS)
        transaction.set_rollback(True)


@given(
    plans,
    happenings,
    asked_days,
    st.lists(st.none() | st.sampled_from(DAYS), min_size=3, max_size=3),
    st.sets(st.integers(0, 2)),
)
@quick
def test_a_round_counts_what_its_units_told_and_nothing_else(
    db, plan_of, story, asked, reported, left_out
):
    """Each unit reported on a day of its own, or did not, or was not asked (`left_out`); the
    department reports on `asked`."""
    with transaction.atomic():
        department = make_department()
        plan = carry_out(department, plan_of, story)
        days = [on if on is None else min(on, asked) for on in reported]
        told_of = {
            unit: on
            for place, (unit, on) in enumerate(zip(department.units, days, strict=True))
            if place not in left_out
        }
        with clock.set_to(LAST):
            draft = drafted(a_round(plan, department, told_of), told_by(plan, told_of), asked)
        content = draft.content

        told = {unit.pk: on for unit, on in told_of.items()}
        check_against(content, plan, asked, told)
        check_adds_up(content)
        printed = draft.printed({})
        assert printed.tasks == content.tasks
        for section in printed.sections:
            for block in section.blocks:
                for figures in re.findall(rf"Có {NUMBER} nhiệm vụ[^:]*: (.*)\.$", block.text):
                    parts = re.findall(rf"{NUMBER}/{NUMBER} nhiệm vụ", figures[1])
                    assert sum(int(one) for one, _ in parts) == int(figures[0])
        transaction.set_rollback(True)


def a_round(plan, department, units):
    made = Round.objects.create(
        plan=plan,
        kind="ad_hoc",
        name="Đợt",
        as_of=LAST,
        units_due_on=LAST,
        opened_by=department.office,
        opened_by_label="x",
        opened_on=FIRST,
        opened_at=clock.now(),
    )
    for unit in units:
        UnitReport.objects.create(round=made, unit=unit)
    return made


def told_by(plan, told):
    accepted, missing = [], []
    for unit, on in told.items():
        if on is None:
            missing.append(Missing(unit.pk, unit.name, "Chưa lập", "chưa nộp"))
            continue
        content = unit_report(plan, unit, on, round_name="Đợt")
        accepted.append(Source(unit.pk, unit.name, unit.pk, 1, on, content))
    return Sources(tuple(accepted), tuple(missing))
