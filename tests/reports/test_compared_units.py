"""Two versions of a report across a unit that is called otherwise, or that went into another."""

import json
from dataclasses import replace

import pytest

from plans.states import State
from reports.content import frozen
from reports.content.model import ReportContent
from reports.files import make
from reports.round_content.build import drafted
from reports.round_content.comparison import Change, compare
from reports.round_content.sources import sources_of
from tests.builders import TODAY, record
from tests.reports.rounds import accept, issued_and_corrected, open_round, take
from units.merging import merge, successors
from units.models import Unit
from units.renaming import rename


def draft(round) -> ReportContent:
    return drafted(round, sources_of(round, TODAY), TODAY).printed({})


@pytest.fixture
def round(world):
    """A reported on its task, S on what it did to help."""
    record(world.lead, world.head, result="Đã kết nối.")
    record(world.support, world.support_head, result="Giúp nhập số liệu.")
    round = open_round(world)
    accept(world, round, world.a, world.head)
    accept(world, round, world.s, world.support_head)
    return round


def renamed(world, unit, name):
    unit.refresh_from_db()
    rename(unit=unit, name=name, short_name=unit.short_name, on=None, by=world.admin)


def test_a_unit_that_is_called_otherwise_is_said_once(world, round):
    before = draft(round)
    renamed(world, world.a, "Phòng Chuyển đổi số")
    renamed(world, world.s, "Phòng A")  # the name that another one had

    found = compare(before, draft(round))

    assert found.units == (
        Change("Đổi tên", "Phòng A", "Phòng Chuyển đổi số"),
        Change("Đổi tên", "Phòng S", "Phòng A"),
    )
    assert (found.figures, found.tasks, found.sections) == ((), (), ())
    assert not found.is_same  # the draft still has the old names


def test_what_it_says_otherwise_stands_beside_what_it_said(world, round):
    before = draft(round)
    renamed(world, world.a, "Phòng Chuyển đổi số")
    record(world.lead, world.head, State.IN_PROGRESS, result="Đã kết nối xong.")
    accept(world, round, world.a, world.head)

    [task] = compare(before, draft(round)).tasks

    assert task.changes == (
        Change("Phòng Chuyển đổi số: kết quả", "Đã kết nối.", "Đã kết nối xong."),
    )


def test_a_part_that_went_to_another_unit_stands_beside_the_old_one(world, round):
    """B has A's part of the task; where B had one of its own, nothing is put together."""
    content = draft(round)
    task = next(one for one in content.tasks if one.code == world.task.code)
    lead = task.leads[0]
    taken = replace(lead, unit="Phòng B", unit_code=world.b.code, result="Phòng B làm tiếp.")

    def having(*leads):
        [part] = content.indicators
        entries = tuple(
            replace(one, task=replace(task, leads=leads)) if one.task == task else one
            for one in part.entries
        )
        return replace(content, indicators=(replace(part, entries=entries),))

    into = {world.a.code: world.b.code}
    found = compare(content, having(taken), into)
    assert found.units == (Change("Sáp nhập", "Phòng A", "Phòng B"),)
    assert found.tasks[0].changes == (
        Change("Phòng B: kết quả", "Đã kết nối.", "Phòng B làm tiếp."),
    )
    [task_changed] = compare(having(lead, taken), having(taken), into).tasks
    assert {one.name.partition(": ")[0] for one in task_changed.changes} == {"Phòng A"}


def test_the_successor_of_a_unit_is_the_last(world):
    for unit, into in ((world.s, world.b), (world.b, world.a)):
        merge(unit=unit, into=into, on=TODAY, by=world.admin, move_people=False)

    assert successors(world.agency.pk) == {world.s.code: world.a.code, world.b.code: world.a.code}
    assert successors(0) == {}


def test_the_page_says_who_is_called_otherwise(world, as_user, light_files):
    old, new = issued_and_corrected(world)
    renamed(world, Unit.objects.get(pk=world.a.pk), "Phòng Chuyển đổi số")
    take(world, new, "refresh")

    page = as_user(world.office).get(f"/bao-cao/tong-hop/{new.pk}/so-sanh/{old.pk}/")

    assert "Đổi tên: Phòng A" in page.content.decode()


def test_a_draft_of_a_time_without_codes_is_out_of_date_by_its_words_alone(world, round):
    """The codes are no words of a report: that a new draft has them does not make one stale."""
    now = draft(round)

    assert compare(without_codes(now), now).is_same


def without_codes(content: ReportContent) -> ReportContent:
    """The content as it was frozen before units had their codes in it."""
    kept = json.loads(frozen.freeze(content))

    def drop(value):
        if isinstance(value, dict):
            counts = "done_on_time" in value
            return {
                key: drop(one)
                for key, one in value.items()
                if key != "unit_code" and not (counts and key == "code")
            }
        return [drop(one) for one in value] if isinstance(value, list) else value

    text = json.dumps(drop(kept), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return frozen.thaw(text.encode())


def test_what_was_frozen_without_codes_stays_the_same_bytes(content):
    """Nothing that is printed depends on them; the PDF bears the fingerprint of the JSON."""
    old = without_codes(content)
    kept = frozen.freeze(old)

    assert "unit_code" in frozen.freeze(content).decode()
    assert "unit_code" not in kept.decode()
    assert frozen.freeze(frozen.thaw(kept)) == kept
    assert {row.code for row in content.by_unit} == {"vp", "a", "b"}
    assert {row.code for row in old.by_unit} == {""}
    for name in ("docx", "xlsx"):
        assert make(old, name) == make(content, name)
