"""One task's page: what it is, how far it is on the day asked, what its reader can do next."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plans.acts.appendix import move_due_date
from plans.acts.evidence import NewEvidence
from plans.states import Kind, State
from tests.builders import (
    TODAY,
    day,
    decide,
    make_group,
    make_measure,
    make_task,
    make_unit,
    record,
    remark,
)
from tests.pages import Page, text_of
from units import clock


def url_of(task):
    return reverse("task", args=[task.pk])


@pytest.fixture
def page_for(as_user):
    """The task's page for a person."""

    def shown(user, task, **parameters):
        response = as_user(user).get(url_of(task), parameters)
        assert response.status_code == 200
        return Page(response)

    return shown


def facts(page):
    names = page.texts("//dl[@class='facts']/dt")
    return dict(zip(names, page.texts("//dl[@class='facts']/dd"), strict=True))


def buttons(page):
    """What the reader can do on the page besides moving around."""
    return [text_of(one) for one in page.all("//section[@class='act']//button")]


def test_says_what_it_is_and_whose(world, page_for):
    group = make_group(world.agency, "phong", world.a, world.b)
    task = make_task(
        world.block,
        (world.s,),
        (group,),
        wording="Dòng một\nDòng hai <b>",
        due_words="Trước ngày 30 tháng 11 năm 2023",
        product="Văn bản",
        kind=Kind.ONGOING,
        support_words="các phòng chuyên môn",
    )

    page = page_for(world.office, task)

    assert page.texts("//h1") == [f"{task.code}. {task.title}"]
    assert page.texts("//p[@class='wording']") == ["Dòng một Dòng hai <b>"]
    assert facts(page) == {
        "Chủ trì": "Phòng S Chưa có thông tin trong hạn, còn 10 ngày",
        "Phối hợp": "Phòng A; Phòng B Kế hoạch ghi: các phòng chuyên môn",
        "Thời hạn": "30/11/2023 (kế hoạch ghi “Trước ngày 30 tháng 11 năm 2023”; tính cả ngày này)",
        "Loại": "Thường xuyên",
        "Sản phẩm": "Văn bản",
    }


def test_status_line(world, page_for):
    record(world.lead, world.head, State.DONE, completed_on=day(11, 18))
    assert page_for(world.office, world.task).texts("//p[@class='status-line']") == [
        "Chờ xác nhận báo xong đúng hạn · tính đến ngày 20/11/2023"
    ]

    decide("send_back", world.lead, world.office)
    assert page_for(world.office, world.task).texts("//p[@class='status-line']") == [
        "Bị trả lại trong hạn, còn 10 ngày · tính đến ngày 20/11/2023"
    ]


def test_a_requirement_without_a_lead(world, page_for):
    page = page_for(world.head, world.standing)

    assert facts(page)["Chủ trì"] == "Chưa phân công"
    assert facts(page)["Phối hợp"] == "Không có"
    assert buttons(page) == []


def test_measures_with_target_value_and_verdict(world, page_for):
    met = make_measure(world.task, name="Đạt", target=Decimal(90))
    unmet = make_measure(world.task, name="Chưa", target=Decimal(100))
    make_measure(world.task, name="Chưa có", target=Decimal(50))
    free = make_measure(world.task, name="Không giao")
    values = {met.pk: Decimal(90), unmet.pk: Decimal("99.9"), free.pk: Decimal(5)}
    record(world.lead, world.head, values=values)

    rows = page_for(world.head, world.task).all("//table[contains(@class, 'measures')]/tbody/tr")
    assert [[text_of(cell) for cell in row] for row in rows] == [
        ["Đạt", "90%", "90%", "✓ đạt"],
        ["Chưa", "100%", "99,9%", "chưa đạt"],
        ["Chưa có", "50%", "–", "chưa có số liệu"],
        ["Không giao", "không giao chỉ tiêu", "5%", "không giao chỉ tiêu"],
    ]


def test_history_newest_first_with_deadlines(world, page_for):
    record(world.lead, world.head, on=day(9, 1))
    record(world.support, world.support_head, result="Đã gửi số liệu", on=day(9, 2))
    with clock.set_to(day(9, 3)):
        move_due_date(task=world.task, due_on=day(12, 15), by=world.admin, reason="Lũ lụt")
    record(world.lead, world.head, State.DONE, on=day(9, 4))
    decide("send_back", world.lead, world.office, "Thiếu văn bản", on=day(9, 5))

    page = page_for(world.head, world.task)

    assert page.texts("//ol[@class='timeline']/li/p[@class='head']") == [
        "05/09/2023 Trả lại – Phòng A",
        "04/09/2023 Báo hoàn thành, chờ Văn phòng xác nhận – Phòng A",
        "03/09/2023 Thay đổi thời hạn – Phòng A",
        "02/09/2023 Đóng góp của đơn vị phối hợp – Phòng S",
        "01/09/2023 Cập nhật: đang thực hiện – Phòng A",
    ]
    assert "Thời hạn: từ 30/11/2023 → thành 15/12/2023 Lý do Lũ lụt" in page.text
    assert "Thiếu văn bản" in page.text


def test_what_people_typed_is_shown_as_they_typed_it(world, page_for):
    """The lines of the history are written in Python, where nothing is escaped by itself."""
    typed = "Một <b>dòng</b> & <i>hai</i>"
    names = ("result", "difficulty", "cause", "next_step", "proposal")
    measure = make_measure(world.task, name=typed)
    world.a.name = typed
    world.a.save()
    paper = NewEvidence(document_number="<b>7</b>", proves=typed)
    words = dict.fromkeys(names, f"{typed}\nba")
    said = record(
        world.lead, world.head, values={measure.pk: Decimal(5)}, evidence=(paper,), **words
    )
    for target in (*names, f"value-{said.values.get().pk}", f"evidence-{said.evidence.get().pk}"):
        remark(said, world.office, target, typed)
    decide("pause", world.lead, world.leadership, typed)
    with clock.set_to(TODAY):
        move_due_date(task=world.task, due_on=day(12, 15), by=world.admin, reason=typed)

    history = "//ol[@class='timeline']"
    page = page_for(world.head, world.task)

    assert page.texts(f"{history}//dd") == [
        typed,
        typed,
        *[f"{typed} ba Góp ý 20/11/2023 · {world.office.label} {typed}"] * 5,
        f"{typed}: 5% Góp ý 20/11/2023 · {world.office.label} {typed}",
        f"Văn bản số <b>7</b> – {typed} Góp ý 20/11/2023 · {world.office.label} {typed}",
    ]
    assert page.texts(f"{history}//dd//b | {history}//i") == ["5%"]
    assert len(page.all(f"{history}//dd/br")) == 5


def test_a_day_before_shows_what_was_known_then_and_nothing_to_do(world, page_for):
    record(world.lead, world.head, result="Đã biết", on=day(9, 1))
    record(world.lead, world.head, State.DONE, result="Chưa biết", on=day(11, 1))

    page = page_for(world.head, world.task, ngay="31/10/2023")

    assert page.texts("//p[@class='status-line']") == [
        "Đang thực hiện trong hạn, còn 30 ngày · tính đến ngày 31/10/2023"
    ]
    assert "Đã biết" in page.text
    assert "Chưa biết" not in page.text
    assert buttons(page) == []
    assert "Đang xem lại ngày 31/10/2023." in page.messages[0]
    assert page.all("//p[contains(@class, 'message')]/a/@href") == [url_of(world.task)]


def test_a_day_before_the_plan_shows_today_and_says_why(world, as_user):
    page = Page(as_user(world.head).get(url_of(world.task), {"ngay": "30/06/2023"}))

    assert page.messages == ["Kế hoạch bắt đầu từ ngày 01/07/2023; đang xem hôm nay."]
    assert page.texts("//p[@class='status-line']")[0].endswith("tính đến ngày 20/11/2023")


# --- What the reader can do next ----------------------------------------------------------------

SEND, CONTRIBUTE, ASK = "Gửi cập nhật", "Ghi kết quả phối hợp", "Gửi đề nghị gia hạn"
DRAFT, WITHDRAW = "Lưu nháp", "Rút lại đề nghị"
CAN_DO = {
    State.NO_INFO: {"head": [ASK, SEND, DRAFT], "leadership": ["Tạm dừng", "Dừng thực hiện"]},
    State.IN_PROGRESS: {
        "head": [ASK, SEND, DRAFT],
        "leadership": ["Tạm dừng", "Dừng thực hiện"],
    },
    State.AWAITING: {
        "head": [WITHDRAW, SEND, DRAFT],
        "office": ["Xác nhận: A", "Trả lại"],
        "leadership": ["Xác nhận: A", "Trả lại", "Tạm dừng", "Dừng thực hiện"],
    },
    State.DONE: {"office": ["Mở lại"], "leadership": ["Mở lại"]},
    State.PAUSED: {"leadership": ["Cho tiếp tục: A", "Dừng thực hiện"]},
    State.STOPPED: {"leadership": ["Cho tiếp tục: A"]},
}


def bring_to(state, world):
    if state == State.IN_PROGRESS:
        record(world.lead, world.head)
    elif state in (State.AWAITING, State.DONE):
        record(world.lead, world.head, State.DONE)
    elif state in (State.PAUSED, State.STOPPED):
        decide("pause" if state == State.PAUSED else "stop", world.lead, world.leadership)
    if state == State.DONE:
        decide("confirm", world.lead, world.office)


@pytest.mark.parametrize("state", CAN_DO)
def test_offers_exactly_what_can_be_done(world, page_for, state):
    bring_to(state, world)
    expected = {
        who: CAN_DO[state].get(who, []) for who in ("head", "office", "leadership", "admin")
    }

    assert {who: buttons(page_for(world.people[who], world.task)) for who in expected} == expected
    assert buttons(page_for(world.support_head, world.task)) == [CONTRIBUTE, DRAFT]


def test_the_office_does_not_confirm_itself(world, page_for):
    record(world.office_task.assignments.get(), world.office, State.DONE)

    assert buttons(page_for(world.office, world.office_task)) == [WITHDRAW, SEND, DRAFT]
    assert buttons(page_for(world.leadership, world.office_task)) == [
        "Xác nhận: VP",
        "Trả lại",
        "Tạm dừng",
        "Dừng thực hiện",
    ]


def test_the_form_offers_the_states_of_its_kind_of_task(world, page_for):
    def offered(kind):
        world.task.kind = kind
        world.task.save()
        page = page_for(world.head, world.task)
        return page.texts("//div[contains(@class, 'field-state')]//label")

    assert offered(Kind.DEADLINE) == ["Chưa thực hiện", "Đang thực hiện", "Hoàn thành"]
    assert offered(Kind.ONGOING) == ["Chưa thực hiện", "Đang thực hiện", "Đã báo cáo trong kỳ"]
    assert offered(Kind.CONDITIONAL) == [
        "Chưa thực hiện",
        "Đang thực hiện",
        "Hoàn thành",
        "Không phát sinh",
    ]


# --- Who, how, how fast -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 200),
        ("support_head", 200),
        ("other_head", 404),
        ("office", 200),
        ("leadership", 200),
        ("admin", 200),
    ],
)
def test_who_sees_it(world, as_user, who, status):
    assert as_user(world.people[who]).get(url_of(world.task)).status_code == status


@pytest.mark.parametrize("number", [0, 10**9, 10**30])
def test_a_task_that_is_not_there(world, as_user, number):
    response = as_user(world.office).get(reverse("task", args=[number]))

    assert response.status_code == 404
    assert Page(response).texts("//h1") == ["Không tìm thấy"]


def test_wrong_method(world, as_user):
    assert as_user(world.office).post(url_of(world.task)).status_code == 405


@pytest.mark.parametrize(("who", "queries"), [("head", 27), ("office", 25), ("leadership", 25)])
def test_asks_as_many_queries_for_one_record_as_for_thirty(
    world, as_user, who, queries, django_assert_num_queries
):
    client = as_user(world.people[who])
    measure = make_measure(world.task)
    for more in (1, 2, 27):
        for number in range(more):
            make_task(world.block, (make_unit(world.agency, f"u{more}-{number}"),))
            hard = "Thiếu người" if number % 2 else ""  # may go up from the page
            record(world.lead, world.head, values={measure.pk: Decimal(number)}, difficulty=hard)
            record(world.support, world.support_head)
        client.get(url_of(world.task))
        with django_assert_num_queries(queries):
            client.get(url_of(world.task))


# --- What the form starts from ------------------------------------------------------------------


def test_the_form_offers_what_was_said_last(world, page_for):
    """A short update must not silently drop from the report what the unit said before."""
    said = {"result": "Đã làm", "difficulty": "Thiếu người", "cause": "Nghỉ", "proposal": "Thêm"}
    record(world.lead, world.head, next_step="Làm tiếp", **said)
    sent = page_for(world.staff, world.task).sends(
        reverse("progress-record", args=[world.task.pk, world.lead.pk])
    )

    assert {name: sent[name] for name in said} == said
    assert (sent["next_step"], sent["state"]) == ("Làm tiếp", "in_progress")


def test_an_update_while_waiting_keeps_the_claim(world, page_for, as_user):
    record(world.lead, world.head, State.DONE, completed_on=day(11, 18))
    url = reverse("progress-record", args=[world.task.pk, world.lead.pk])
    page = page_for(world.staff, world.task)
    sent = page.sends(url)

    assert (sent["state"], sent["completed_on"]) == ("done", "18/11/2023")
    assert "chọn tình trạng khác là rút lại đề nghị đó" in page.text
    assert as_user(world.staff).post(url, sent | {"result": "Bổ sung số liệu"}).status_code == 302
    claim = world.lead.pending_claim
    assert (claim.claim, claim.completed_on, claim.result) == (
        State.DONE,
        day(11, 18),
        "Bổ sung số liệu",
    )


def test_no_field_lets_the_browser_cut_a_pasted_text(world, page_for):
    assert (
        page_for(world.head, world.task).all("//form[contains(@class, 'progress')]//@maxlength")
        == []
    )
