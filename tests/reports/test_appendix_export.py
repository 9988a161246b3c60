"""The appendix as the workbook that an office keeps."""

import datetime as dt

import pytest

from plans.appendix.table import TITLES
from plans.models import Criterion
from tests.builders import make_block, make_group, make_task
from tests.reports import reading

URL = "/ke-hoach/phu-luc/xuat-excel/"


@pytest.fixture
def rows(as_user):
    """The cells under the titles, as they stand there."""

    def exported(user):
        answer = as_user(user).get(URL)
        assert answer.status_code == 200
        cells = list(reading.workbook(answer.content)["Phụ lục"].iter_rows(values_only=True))
        return cells[cells.index(TITLES) + 1 :]

    return exported


def test_groups_and_tasks_in_the_words_of_the_plan(world, rows):
    group = make_group(world.agency, "moi-phong", world.a, world.b)
    block = make_block(world.plan, "2")
    Criterion.objects.create(block=block, position=1, title="Tỷ lệ hồ sơ đúng hạn")
    make_task(
        block, (group,), (world.s,), code="2.1", due_words="Quý IV/2023",
        due_on=dt.date(2023, 12, 31), product="Báo cáo", note="Theo dõi",
        wording="- Rà soát\n=SUM(A1)",
    )  # fmt: skip

    found = rows(world.admin)

    assert found[0][:2] == ("1", "Chỉ số thứ 1")
    assert found[-3:] == [
        ("2", "Chỉ số thứ 2", *[None] * 7),
        ("2.1", "Lĩnh vực 2.1", *[None] * 7),
        (
            5, "Tỷ lệ hồ sơ đúng hạn", "- Rà soát\n=SUM(A1)", "Nhóm moi-phong", "Phòng S",
            "Quý IV/2023", "Báo cáo", "Theo dõi", "2.1",
        ),
    ]  # fmt: skip


def test_a_day_that_the_words_do_not_say_is_a_date(world, rows):
    world.task.due_words = "Quý III/2023"
    world.task.save()
    due = {row[8]: row[5] for row in rows(world.admin)}

    assert due[world.task.code].date() == dt.date(2023, 11, 30)
    assert rows(world.admin)[2][2:5] == (world.task.wording, "Phòng A", "Phòng S")


def test_a_unit_gets_what_it_may_see(world, rows):
    codes = [row[8] for row in rows(world.head) if row[8]]

    assert codes == [world.task.code, world.standing.code]


@pytest.mark.parametrize("extra", [0, 30])
def test_queries_do_not_grow(world, as_user, django_assert_max_num_queries, extra):
    for _ in range(extra):
        make_task(make_block(world.plan), (world.a,), (world.s,))
    client = as_user(world.admin)
    with django_assert_max_num_queries(17):
        client.get(URL)
