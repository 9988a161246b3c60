"""Two clicks, or two people, apply workbooks at the same moment, each on a connection."""

import pytest
from django.db import connection

from plans.acts import appendix_import
from plans.acts.importing import Outdated
from plans.acts.refusals import NotNow
from plans.appendix.outcomes import Options
from plans.models import AppendixImport, Task, TaskChange
from tests.builders import make_appendix_import, make_user, make_world
from tests.plans.acts.test_at_once import at_once
from units.models import Role

OPTIONS = Options(keep_words=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


def applying(one, by):
    seen = appendix_import.compared(one, OPTIONS).seen
    return lambda: appendix_import.apply(
        import_id=one.pk, by=by, seen=seen, options=OPTIONS, reason="Sắp xếp lại"
    )


def test_a_double_click_applies_once(world):
    one = make_appendix_import(world)
    click = applying(one, world.admin)

    outcomes = at_once(click, click)

    assert sorted(type(each).__name__ for each in outcomes) == ["AppendixImport", "NotNow"]
    assert Task.objects.filter(wording="Một nhiệm vụ mới").count() == 1
    assert TaskChange.objects.count() == 1


def test_two_people_are_told_and_nothing_is_doubled(world):
    other = make_user(Role.ADMIN)
    first, second = make_appendix_import(world), make_appendix_import(world)

    outcomes = at_once(applying(first, world.admin), applying(second, other))

    [refused] = [each for each in outcomes if not isinstance(each, AppendixImport)]
    assert isinstance(refused, Outdated | NotNow)
    assert Task.objects.filter(wording="Một nhiệm vụ mới").count() == 1
    assert AppendixImport.objects.filter(applied_at=None).count() == 1


def test_the_database_is_not_locked_while_rows_are_compared(world, monkeypatch):
    one = make_appendix_import(world)
    apply = applying(one, world.admin)
    locked = comparing(monkeypatch)

    apply()

    assert locked == [False]


def test_what_is_written_while_rows_are_compared_is_seen(world, monkeypatch):
    one = make_appendix_import(world)
    apply = applying(one, world.admin)
    locked = comparing(monkeypatch, lambda: Task.objects.update(note="Vừa sửa"))

    with pytest.raises(Outdated):
        apply()

    assert locked == [False, True]
    assert TaskChange.objects.count() == 0


def comparing(monkeypatch, then=None):
    """Whether each comparison was made inside a transaction; `then` comes right after the first."""
    locked, compare = [], appendix_import.compare_grids

    def noted(*given):
        locked.append(connection.in_atomic_block)
        compared = compare(*given)
        if then and len(locked) == 1:
            then()
        return compared

    monkeypatch.setattr(appendix_import, "compare_grids", noted)
    return locked
