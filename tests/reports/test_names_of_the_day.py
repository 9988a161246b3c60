"""A report that is not frozen calls every unit as it was called on the report's day."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.content import consolidated
from reports.models import ConsolidatedReport
from reports.round_content.freshness import freshness
from reports.unit_content.build import unit_report
from tests.builders import TODAY, day, make_measure, record
from tests.reports.rounds import accept, begin, open_round, take
from tests.steering import go, raise_one
from units import clock
from units.models import Unit
from units.renaming import rename

EARLY, RENAMED = day(11, 15), day(11, 18)
OLD, NEW = {"Phòng A", "Phòng B", "Phòng S"}, {"Tên mới A", "Tên mới B", "Tên mới S"}


@pytest.fixture
def told(world):
    """A leads and S supports a task with a measure, and both told of it; a difficulty went up."""
    share = make_measure(world.task)
    record(world.lead, world.head, on=day(11, 10), values={share.pk: Decimal(5)})
    record(world.support, world.support_head, on=day(11, 10), result="Đã phối hợp.")
    go(raise_one(world, on=day(11, 11)), "pass_up", world.office, on=day(11, 12))
    return world


def rename_all(world):
    for unit in (world.a, world.b, world.s):
        name, short = unit.name.replace("Phòng", "Tên mới"), f"M{unit.short_name}"
        rename(unit=unit, name=name, short_name=short, on=RENAMED, by=world.admin)
        unit.refresh_from_db()


def called(content):
    """The names of units that a content has anywhere, the old and the new; who recorded what is
    told as it was."""
    said = repr(replace(content, events=())) if hasattr(content, "events") else repr(content)
    return {name for name in OLD | NEW if name in said}


def test_the_draft_of_an_earlier_day_has_the_names_of_that_day(told):
    round = open_round(told, as_of=EARLY)
    accept(told, round, told.a, told.head, on=EARLY)
    accept(told, round, told.s, told.support_head, on=EARLY)
    before = begin(told, round)
    printed = before.content
    rename_all(told)

    assert not freshness(before).is_stale
    take(told, before, "refresh")

    again = ConsolidatedReport.objects.get().content
    assert called(again) == OLD
    assert again == printed
    assert {event.unit for event in again.events} == {"Phòng A", "Phòng S"}
    assert called(consolidated(told.plan, EARLY)) == OLD


def test_after_the_change_reports_of_before_are_told_under_the_new_names(told):
    round = open_round(told)
    accept(told, round, told.a, told.head, on=EARLY, highlights="Đã xong phần đầu.")
    accept(told, round, told.s, told.support_head, on=EARLY)
    rename_all(told)

    content = begin(told, round).content

    assert called(content) == NEW
    [task] = [one for one in content.tasks if one.code == told.task.code]
    assert [value.unit for value in task.measures[0].values] == ["MA"]
    assert {event.unit for event in content.events} == {"Tên mới A", "Tên mới S"}


def test_a_unit_writes_under_the_name_of_the_day_it_reports_on(told):
    rename_all(told)
    unit = Unit.objects.get(pk=told.a.pk)

    with clock.set_to(TODAY):
        early = unit_report(told.plan, unit, EARLY, round_name="Đợt")
        late = unit_report(told.plan, unit, TODAY, round_name="Đợt")

    assert (early.unit, late.unit, unit.name) == ("Phòng A", "Tên mới A", "Tên mới A")
    assert (called(early), called(late)) == ({"Phòng A", "Phòng S"}, {"Tên mới A", "Tên mới S"})
    assert early.head.agency == ("PHÒNG A",)
