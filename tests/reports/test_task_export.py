"""The task list as a workbook: the list's filter, the list's rows, the list's rights."""

import datetime as dt
from decimal import Decimal

import pytest

from plans.states import State
from tests.builders import day, make_measure, record
from tests.pages import Page
from tests.reports import reading

URL = "/nhiem-vu/xuat-excel/"
NAME = "Danh sách nhiệm vụ"


@pytest.fixture
def rows(as_user):
    def exported(user, **query):
        answer = as_user(user).get(URL, query)
        assert answer.status_code == 200
        return reading.sheet_rows(answer.content, NAME)

    return exported


@pytest.fixture
def head(as_user):
    def exported(user, **query):
        sheet = reading.workbook(as_user(user).get(URL, query).content)[NAME]
        return [sheet[f"A{row}"].value for row in (1, 2, 3)]

    return exported


def codes(rows):
    return [row["Số mục"] for row in rows]


def test_overseers_get_every_task_in_the_plans_order(every_state, rows):
    expected = list(every_state.plan.tasks.order_by("position").values_list("code", flat=True))

    assert codes(rows(every_state.office)) == expected


def test_a_unit_gets_what_it_may_see(world, rows):
    assert codes(rows(world.head)) == [world.task.code, world.standing.code]
    assert codes(rows(world.support_head)) == [world.task.code, world.standing.code]
    assert codes(rows(world.other_head)) == [world.other_task.code, world.standing.code]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"trang-thai": "hoan-thanh"}, ["D2", "D3", "D4"]),
        ({"han": "qua-han"}, ["D7"]),
        ({"tra-lai": "co"}, ["D6"]),
        ({"chi-so": "2", "trang-thai": "cho-xac-nhan"}, ["E4"]),
        ({"tim": "khong co dau"}, []),
    ],
)
def test_the_filter_is_that_of_the_list(every_state, rows, as_user, query, expected):
    listed = Page(as_user(every_state.office).get("/nhiem-vu/", query))

    assert codes(rows(every_state.office, **query)) == expected
    assert listed.texts("//table//th[@scope='row']") == expected


def test_the_head_says_day_and_filter(every_state, head):
    query = {"trang-thai": "hoan-thanh", "ngay": "17/11/2023"}

    assert head(every_state.office, **query) == [
        "Danh sách nhiệm vụ: Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023",
        "Tính đến ngày 17/11/2023. Lọc theo: Tình trạng: Hoàn thành. Số nhiệm vụ: 3",
        "Dữ liệu minh họa",
    ]
    assert head(every_state.office)[1] == ("Tính đến ngày 20/11/2023. Không lọc. Số nhiệm vụ: 16")


def test_what_was_known_on_the_day(every_state, rows):
    (task,) = rows(every_state.office, ngay="15/11/2023", tim="", han="qua-han")

    assert task["Số mục"] == "D7"
    assert task["Số ngày quá hạn"] == 5


def test_a_row_has_dates_numbers_and_words(world, rows):
    measure = make_measure(world.task, target=100)
    record(
        world.lead,
        world.head,
        State.DONE,
        on=day(11, 15),
        completed_on=day(11, 14),
        result="=2+3",
        values={measure.pk: Decimal(98)},
    )
    row = rows(world.head)[0]

    assert row["Thời hạn"] == midnight(11, 30)
    assert row["Ngày hoàn thành"] == midnight(11, 14)
    assert row["Cập nhật"] == midnight(11, 15)
    assert (row["Tình trạng"], row["Mức độ"]) == ("Chờ xác nhận", "đúng hạn")
    assert row["Kết quả"] == "=2+3"
    assert row["Chỉ tiêu"] == "Chỉ tiêu 1: 98%"
    assert (row["Chủ trì"], row["Phối hợp"]) == ("Phòng A", "Phòng S")


def midnight(month, number):
    return dt.datetime(2023, month, number)  # noqa: DTZ001  Excel knows no time zones


def test_the_file_name(world, as_user):
    answer = as_user(world.office).get(URL, {"ngay": "01/11/2023"})

    assert answer["Content-Disposition"] == (
        'attachment; filename="DanhSach_NhiemVu_2023_den_20231101.xlsx"'
    )


def test_a_fixed_number_of_queries(every_state, as_user, django_assert_num_queries):
    client = as_user(every_state.office)
    client.get(URL)  # writes when the session was last used
    with django_assert_num_queries(QUERIES):
        client.get(URL, {"chi-so": "1", "trang-thai": "dang-thuc-hien"})
    with django_assert_num_queries(QUERIES):
        client.get(URL)


# Session, user, demonstration, plans, own columns, the filter's choices, tasks with everything.
QUERIES = 18
