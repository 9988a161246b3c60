"""The same numbers in every format on the demonstration and on generated plans, counted once more
from the standings of each task."""

from collections import Counter

import pytest
from django.core.management import call_command

from benchmarks import generated, world
from config.vietnamese import dates
from plans.models import Plan, TaskStanding
from plans.overview import whole_plan
from plans.states import OPEN, State
from reports.content import consolidated
from reports.content.model import TableKey
from reports.files import make
from reports.files.tables.charts import chart
from reports.files.tables.counts import counts_table
from tests.reports import reading
from units import clock

TABLES = (TableKey.BY_INDICATOR, TableKey.BY_UNIT, TableKey.COURSE)


@pytest.fixture(params=[6, 17])
def plan_made_up(request, db):
    return generated.plan_of(request.param).plan, world.TODAY


@pytest.fixture
def demonstration(db):
    call_command("load_plan", "plans/data/ke-hoach-2023.yaml", verbosity=0)
    call_command("load_demo", verbosity=0)
    return Plan.objects.get(), clock.today()


def test_generated_plans(plan_made_up):
    check(*plan_made_up, formats=("docx", "xlsx"))


def test_the_demonstration(demonstration):
    check(*demonstration, formats=("docx", "xlsx", "pdf"))


def check(plan, day, formats):
    content = consolidated(plan, day)
    tables = [printed(content, key) for key in TABLES]
    assert slowly(plan, day) == counted(content.total)
    for moment in content.course:
        assert slowly(plan, moment.day) == counted(moment.counts)
    check_sums(content)
    files = {name: make(content, name).data for name in formats}
    assert [table[2:] for table in reading.docx_tables(files["docx"])[1:4]] == tables
    assert reading.docx_charts(files["docx"]) == [drawn(content, key) for key in TABLES]
    check_workbook(content, files["xlsx"])
    if "pdf" in files:
        wanted = {tuple(row) for table in tables for row in table}
        found = {tuple(r) for table in reading.pdf_tables(files["pdf"]) for r in table}
        assert wanted - found == set()


def printed(content, key):
    return [[row.label, *row.cells] for row in counts_table(content, key).rows]


def drawn(content, key):
    """The chart as its numbers say it must be."""
    shown = chart(content, key)
    labels = [f"{one} ({n})" for one, n in zip(shown.labels, shown.totals, strict=True)]
    return {"": labels} | {one.part.name: list(one.values) for one in shown.series}


def slowly(plan, day):
    """Tasks counted one by one from what the list shows of them."""
    found = Counter()
    for row in whole_plan(plan, day):
        status = row.status
        if status.state == State.UNASSIGNED:
            continue
        found["total"] += 1
        found["done"] += status.state == State.DONE
        found["awaiting"] += status.state == State.AWAITING
        found["open"] += status.state in OPEN
        found["overdue"] += status.is_overdue
        found["no_info"] += status.state == State.NO_INFO
    return {name: found[name] for name in NAMES}


NAMES = ("total", "done", "awaiting", "open", "overdue", "no_info")


def counted(counts):
    return {name: getattr(counts, name) for name in NAMES}


def check_sums(content):
    assert sum(row.total for row in content.by_indicator) == content.total.total
    assert sum(row.total for row in content.by_unit) == content.parts_total.total
    for row in (content.total, content.parts_total, *content.by_indicator, *content.by_unit):
        parts = (row.done, row.open, row.awaiting, row.not_arisen, row.paused)
        assert sum(parts) == row.total
        assert row.told_in_time + row.no_info_in_time + row.overdue == row.open
    for key in TABLES:
        shown = chart(content, key)
        sums = [
            sum(one.values[place] for one in shown.series) for place in range(len(shown.labels))
        ]
        assert tuple(sums) == shown.totals


def check_workbook(content, data):
    tasks = reading.sheet_rows(data, "Chi tiết nhiệm vụ")
    assert len(tasks) == len(content.tasks)
    assert (
        len(tasks) == TaskStanding.objects.filter(until_day=None, task__registered_on=None).count()
    )
    months = reading.rows_below(data, "Tổng hợp", "Kết quả qua các tháng")
    assert [(dates.cited(row["Chỉ số"].date()), row["Tổng số"]) for row in months] == [
        (dates.cited(one.day), one.counts.total) for one in content.course
    ]
    total = reading.sheet_rows(data, "Tổng hợp")[-1]
    assert (total["Tổng số"], total["Hoàn thành: cộng"]) == (
        content.total.total,
        content.total.done,
    )
    assert len(reading.sheet_rows(data, "Nhật ký")) == len(content.events) > 0
