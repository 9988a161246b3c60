"""The task list: what each part of the address asks for, and what it says when it cannot."""

import unicodedata

import pytest
from django.urls import reverse

from plans.filters import TIMINGS
from plans.models import Plan
from plans.tallies import DRAWN
from tests.builders import day, make_block, make_task, make_unit, make_user, record
from tests.pages import Page, text_of
from tests.plans.busy import make_busy
from units.models import Role

URL = reverse("task-list")


@pytest.fixture
def busy(world):
    make_busy(world)
    for task in (world.task, world.other_task, world.office_task, world.standing):
        task.delete()
    return world


@pytest.fixture
def titles(busy, as_user):
    """The titles of the tasks that the list shows to the Office for these parameters."""
    client = as_user(busy.office)

    def listed(**parameters):
        parameters = {name.replace("_", "-"): value for name, value in parameters.items()}
        page = Page(client.get(URL, parameters))
        assert page.response.status_code == 200
        return [text_of(one.xpath("./div/a[1]")[0]) for one in page.of_class("what", "td")]

    return listed


EVERYTHING = [
    "Xong đúng hạn",
    "Xong quá hạn",
    "Xong, không hạn",
    "Im lặng quá hạn",
    "Im lặng còn hạn",
    "Chờ kinh phí",
    "Đôn đốc tiến độ",
    "Chờ xác nhận",
    "Bị trả lại",
    "Tạm dừng",
    "Nếu có",
    "Hai đơn vị chủ trì",
    "Một nửa chờ xác nhận",
    "Việc của Văn phòng",
    "Được gia hạn",
    "Chỉ có phối hợp",
]


FILTERS = [
    ({}, EVERYTHING),
    (
        {"chi_so": "1"},
        [
            "Xong đúng hạn",
            "Xong quá hạn",
            "Im lặng quá hạn",
            "Đôn đốc tiến độ",
            "Chờ xác nhận",
            "Bị trả lại",
            "Hai đơn vị chủ trì",
            "Việc của Văn phòng",
        ],
    ),
    ({"don_vi": "s"}, ["Đôn đốc tiến độ"]),
    ({"don_vi": "vp"}, ["Việc của Văn phòng"]),
    ({"don_vi": "a", "vai_tro": "phoi-hop"}, ["Chỉ có phối hợp"]),
    ({"don_vi": "a", "chi_so": "2"}, ["Một nửa chờ xác nhận", "Chỉ có phối hợp"]),
    ({"don_vi": "a", "chi_so": "2", "vai_tro": "chu-tri"}, ["Một nửa chờ xác nhận"]),
    ({"trang_thai": "hoan-thanh"}, EVERYTHING[:3]),
    ({"trang_thai": "cho-xac-nhan"}, ["Chờ xác nhận", "Việc của Văn phòng"]),
    ({"trang_thai": "chua-thuc-hien"}, ["Chờ kinh phí"]),
    ({"trang_thai": "khong-phat-sinh"}, ["Nếu có"]),
    ({"trang_thai": "tam-dung"}, ["Tạm dừng"]),
    ({"trang_thai": "chua-phan-cong"}, ["Chỉ có phối hợp"]),
    (
        {"trang_thai": "chua-co-thong-tin"},
        ["Im lặng quá hạn", "Im lặng còn hạn", "Được gia hạn"],
    ),
    # Of its own part when the unit leads: the task goes on, A's part is done.
    (
        {"trang_thai": "hoan-thanh", "don_vi": "a", "vai_tro": "chu-tri"},
        ["Xong đúng hạn", "Xong quá hạn", "Hai đơn vị chủ trì"],
    ),
    (
        {"trang_thai": "cho-xac-nhan", "don_vi": "b", "vai_tro": "chu-tri"},
        ["Một nửa chờ xác nhận"],
    ),
    (
        {"trang_thai": "hoan-thanh", "don_vi": "a"},
        ["Xong đúng hạn", "Xong quá hạn", "Hai đơn vị chủ trì"],
    ),
    # Of the whole task where it only supports.
    ({"trang_thai": "dang-thuc-hien", "don_vi": "s"}, ["Đôn đốc tiến độ"]),
    ({"trang_thai": "chua-phan-cong", "don_vi": "a"}, ["Chỉ có phối hợp"]),
    ({"trang_thai": "hoan-thanh", "don_vi": "a", "vai_tro": "phoi-hop"}, []),
    ({"han": "qua-han"}, ["Im lặng quá hạn", "Chờ kinh phí", "Một nửa chờ xác nhận"]),
    (
        {"han": "sap-den-han"},
        ["Im lặng còn hạn", "Đôn đốc tiến độ", "Bị trả lại", "Hai đơn vị chủ trì"],
    ),
    (
        {"han": "con-han"},
        [
            "Im lặng còn hạn",
            "Đôn đốc tiến độ",
            "Bị trả lại",
            "Hai đơn vị chủ trì",
            "Được gia hạn",
        ],
    ),
    ({"han": "dung-han"}, ["Xong đúng hạn"]),
    ({"han": "hoan-thanh-qua-han"}, ["Xong quá hạn"]),
    ({"han": "khong-han"}, ["Xong, không hạn"]),
    ({"tra_lai": "co"}, ["Bị trả lại"]),
    ({"da_phan_cong": "co"}, EVERYTHING[:-1]),
    (
        {"co_phan": "cho-xac-nhan"},
        ["Chờ xác nhận", "Một nửa chờ xác nhận", "Việc của Văn phòng"],
    ),
    ({"tim": "don doc"}, ["Đôn đốc tiến độ"]),
    ({"tim": "ĐÔN ĐỐC"}, ["Đôn đốc tiến độ"]),
    ({"tim": unicodedata.normalize("NFD", "đôn đốc")}, ["Đôn đốc tiến độ"]),
    ({"tim": "tiến  đôn"}, ["Đôn đốc tiến độ"]),
    ({"tim": "don tiến xác"}, []),
    ({"tim": "%"}, []),
    ({"tim": "_"}, []),
    ({"tim": "han", "trang_thai": "hoan-thanh"}, EVERYTHING[:3]),
    ({"han": "dung-han", "trang_thai": "tam-dung"}, []),
    # On days that have passed, with what was known and due then.
    ({"ngay": "30/09/2023", "trang_thai": "hoan-thanh"}, ["Xong đúng hạn", "Xong, không hạn"]),
    ({"ngay": "27/09/2023", "han": "sap-den-han", "tim": "gia hạn"}, ["Được gia hạn"]),
    ({"ngay": "28/09/2023", "han": "sap-den-han", "tim": "gia hạn"}, []),
    ({"ngay": "02/11/2023", "tra_lai": "co"}, []),
    ({"ngay": "03/11/2023", "tra_lai": "co"}, ["Bị trả lại"]),
]


def test_what_is_in_time_has_one_name(world, as_user):
    """The filter says it as the bars do, whose links it stands behind."""
    assert TIMINGS["con-han"] == "Trong hạn"
    page = Page(as_user(world.office).get("/nhiem-vu/?han=con-han-co-cap-nhat"))

    assert DRAWN["told_in_time"] in page.text
    assert "Còn hạn" not in page.text


def test_filters(titles):
    """All on one plan, which takes longer to make than to ask."""
    found = [(parameters, titles(**parameters)) for parameters, _ in FILTERS]

    assert found == FILTERS


def test_a_unit_sees_its_own_tasks_only_whatever_it_asks_for(busy, as_user):
    client = as_user(busy.support_head)

    for parameters in ({}, {"don-vi": "a"}, {"tim": "o"}, {"ngay": "01/11/2023"}):
        shown = Page(client.get(URL, parameters)).of_class("what", "td")
        found = [text_of(one.xpath(".//a")[0]) for one in shown]
        assert found in (["Đôn đốc tiến độ"], ["Đôn đốc tiến độ", "Chỉ có phối hợp"], [])
        assert "Im lặng" not in str(found)


# --- What cannot be understood -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chi-so", "9"),
        ("don-vi", "khong-co"),
        ("vai-tro", "x"),
        ("trang-thai", "quá hạn"),
        ("han", "<script>"),
    ],
)
def test_a_part_not_understood_is_named_and_left_out(world, as_user, name, value):
    page = Page(as_user(world.office).get(URL, {name: value, "tim": world.task.title}))

    assert page.response.status_code == 200
    assert page.texts("//form[@class='filter']//ul[contains(@class, 'errorlist')]") == [
        f"“{value}” không có trong danh sách; đã bỏ qua."
    ]
    assert len(page.of_class("what", "td")) == 1
    assert b"<script>" not in page.response.content


NO_DAY = "không phải là một ngày (ngày/tháng/năm); đang xem hôm nay."
DAYS_NOT_UNDERSTOOD = {
    "31/11/2023": f"“31/11/2023” {NO_DAY}",
    "2023-11-20": f"“2023-11-20” {NO_DAY}",
    "01/01/0001": f"“01/01/0001” {NO_DAY}",
    "x" * 500: f"“{'x' * 20}” {NO_DAY}",
    "<b>": f"“<b>” {NO_DAY}",
    "21/11/2023": "Ngày 21/11/2023 chưa đến; đang xem hôm nay.",
    "30/06/2023": "Kế hoạch bắt đầu từ ngày 01/07/2023; đang xem hôm nay.",
    "31/12/9999": "Ngày 31/12/9999 chưa đến; đang xem hôm nay.",
}


@pytest.mark.parametrize("name", ["dashboard", "task-list"])
def test_a_day_not_understood_shows_today(world, as_user, name):
    client = as_user(world.office)

    for asked, message in DAYS_NOT_UNDERSTOOD.items():
        page = Page(client.get(reverse(name), {"ngay": asked}))
        assert page.response.status_code == 200
        assert page.messages == [message]
        assert page.texts("//h1")[0].endswith("tính đến ngày 20/11/2023")


ADDRESSES = [
    "tim=%00",
    "tim=%ff%fe",
    "tim=" + "a" * 5000,
    "ngay=%00",
    "trang=0",
    "trang=-1",
    "trang=abc",
    "trang=99999999999999999999",
    "chi-so=1&chi-so=2",
    "tra-lai=x&co-phan=y&da-phan-cong=z",
    "la=gi",
    "%00=%00",
]


@pytest.mark.parametrize("name", ["dashboard", "task-list"])
def test_no_address_breaks_the_page(world, as_user, name):
    client = as_user(world.office)

    assert {
        query: client.get(f"{reverse(name)}?{query}").status_code for query in ADDRESSES
    } == dict.fromkeys(ADDRESSES, 200)


# --- Words, links, pages -------------------------------------------------------------------------


def test_filter_stands_in_its_fields_and_chips(busy, as_user):
    page = Page(
        as_user(busy.office).get(
            URL, {"trang-thai": "hoan-thanh", "tra-lai": "co", "ngay": "01/11/2023"}
        )
    )

    form = dict(page.of_class("filter", "form")[0].form_values())
    assert (form["trang-thai"], form["ngay"]) == ("hoan-thanh", "01/11/2023")
    chips = {text_of(one): one.get("href") for one in page.of_class("chip")}
    assert chips == {
        "Tình trạng: Hoàn thành × : bỏ điều kiện này": "?tra-lai=co&ngay=01/11/2023",
        "Trả lại: Bị trả lại × : bỏ điều kiện này": "?trang-thai=hoan-thanh&ngay=01/11/2023",
    }


def test_the_export_carries_the_filter(busy, as_user):
    page = Page(as_user(busy.office).get(URL, {"tim": "đôn đốc", "han": "sap-den-han"}))

    [link] = page.all("//a[contains(., 'Tải Excel')]/@href")
    assert link == (reverse("task-export") + "?tim=%C4%91%C3%B4n+%C4%91%E1%BB%91c&han=sap-den-han")


def test_a_row_says_who_when_and_how_far(busy, as_user):
    page = Page(as_user(busy.office).get(URL, {"tim": "hai đơn vị"}))

    [row] = page.all("//th[@scope='row']/..")
    cells = {one.get("data-label"): text_of(one) for one in row}
    assert {name: cells[name] for name in ("Chủ trì", "Phối hợp", "Thời hạn", "Cập nhật")} == {
        "Chủ trì": "Hoàn thành: A Chưa có thông tin: B",
        "Phối hợp": "–",
        "Thời hạn": "25/11/2023",
        "Cập nhật": "20/10/2023",
    }
    assert cells["Tình trạng"] == "Đang thực hiện sắp đến hạn, 5 ngày"
    assert cells["Kết quả gần nhất"] == "Đã xong."


def test_fifty_tasks_a_page_with_the_filter_kept(world, as_user):
    for number in range(101):
        make_task(world.block, (world.a,), title=f"Việc {number:03}", due_on=day(12, 1))
    client = as_user(world.office)

    pages = [
        Page(client.get(URL, {"tim": "viec", "ngay": "01/11/2023", "trang": n})) for n in (1, 2, 3)
    ]

    assert [len(page.of_class("what", "td")) for page in pages] == [50, 50, 1]
    titles = [text_of(one.xpath(".//a")[0]) for page in pages for one in page.of_class("what")]
    assert titles == [f"Việc {number:03}" for number in range(101)]
    assert pages[1].all("//nav[@class='pages']/a/@href") == [
        "?tim=viec&ngay=01/11/2023&trang=1",
        "?tim=viec&ngay=01/11/2023&trang=3",
    ]
    assert pages[1].texts("//nav[@class='pages']/span") == ["Trang 2/3"]
    # A page that is not there shows the nearest.
    assert len(Page(client.get(URL, {"tim": "viec", "trang": "9"})).of_class("what", "td")) == 1


def test_nothing_found_and_nothing_there_say_different_things(world, as_user):
    found = Page(as_user(world.office).get(URL, {"tim": "không có"}))
    world.standing.delete()
    idle = make_user(Role.STAFF, make_unit(world.agency, "khong-viec"))
    there = Page(as_user(idle).get(URL))

    assert [text_of(one) for one in found.of_class("empty")] == [
        "Không có nhiệm vụ nào thỏa các điều kiện đang lọc. Đồng chí bỏ bớt điều kiện ở trên."
    ]
    assert [text_of(one) for one in there.of_class("empty")] == [
        "Không có nhiệm vụ nào trong phần việc của đồng chí tính đến ngày 20/11/2023."
    ]


def test_without_a_plan(world, as_user):
    Plan.objects.all().delete()

    assert Page(as_user(world.office).get(URL)).texts("//h1") == ["Chưa có kế hoạch nào"]


@pytest.mark.parametrize("who", ["office", "head"])
def test_asks_as_many_queries_for_one_task_as_for_thirty(
    world, as_user, who, django_assert_num_queries
):
    client = as_user(world.people[who])
    client.get(URL)  # writes into the new session when it was last seen
    units = [make_unit(world.agency, f"u{n}") for n in range(4)]
    for more in (1, 2, 27):
        for number in range(more):
            block = make_block(world.plan, str(number % 3 + 1))
            task = make_task(block, (world.a, *units[:2]), tuple(units[2:]))
            record(task.assignments.get(unit=world.a), world.head)
        with django_assert_num_queries(17 if who == "office" else 16):  # what waits is counted
            client.get(URL)


def test_only_reading_is_possible(world, as_user):
    assert as_user(world.office).post(URL).status_code == 405
