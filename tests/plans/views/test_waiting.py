"""What waits for the Office and the leadership, and deciding on several at once."""

import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from plans import waiting
from plans.models import ProgressUpdate
from plans.states import State
from tests.builders import ask, day, decide, fresh, make_task, make_unit, record, remark
from tests.pages import Page, path_of
from tests.steering import direct, find, go, raise_one

URL = reverse("waiting")


@pytest.fixture
def three(world):
    """Three claims of A, one of the Office's own, and a request of A for a later deadline."""
    leads = [make_task(world.block, (world.a,)).assignments.get() for _ in range(3)]
    for lead in leads:
        record(lead, world.staff, State.DONE)
    record(world.office_task.assignments.get(), world.office, State.DONE)
    ask(world.lead, world.head, day(12, 10))
    return leads


def ticked(*leads, **typed):
    parts = [f"{lead.pk}:{fresh(lead)['seen']}" for lead in leads]
    return {"request_key": str(uuid.uuid4()), "parts": parts, **typed}


def test_what_waits_for_whom(world, three, as_user):
    found = {}
    for who in ("office", "leadership"):
        page = Page(as_user(world.people[who]).get(URL))
        found[who] = page.texts("//section/h2")
        counted = sum(int(text.split()[-1]) for text in found[who] if "Đã trả lại" not in text)
        [link] = page.texts(f"//nav[@class='sections']/a[@href='{URL}']")
        assert link == f"Chờ tôi {counted}"
    assert found == {
        "office": ["Chờ xác nhận 3", "Đề nghị gia hạn 1"],
        "leadership": ["Chờ xác nhận 1", "Đề nghị gia hạn 1"],
    }
    assert [waiting.count(world.people[who], world.plan) for who in ("staff", "admin")] == [0, 0]


def test_matters_wait_for_whoever_decides(world, as_user):
    remedied, answered, raised = find(world), direct(world), raise_one(world)
    go(remedied, "report", world.head)
    go(answered, "answer", world.head)
    passed_up = raise_one(world, words="Thiếu biên chế.")
    go(passed_up, "pass_up", world.office)
    for_others = [find(world), direct(world)]  # the unit has not answered yet

    found = {}
    for who in ("office", "leadership"):
        page = Page(as_user(world.people[who]).get(URL))
        found[who] = {
            section.xpath("string(h2)"): section.xpath(".//tbody/tr/td[1]/a/@href")
            for section in page.of_class("waiting")
        }
        [link] = page.texts(f"//nav[@class='sections']/a[@href='{URL}']")
        assert link == f"Chờ tôi {sum(map(len, found[who].values()))}"
        assert not any(one.get_absolute_url() in str(found[who]) for one in for_others)

    assert found == {
        "office": {
            "Kết quả khắc phục chờ xác nhận 1": [remedied.get_absolute_url()],
            "Khó khăn, vướng mắc chờ xử lý 1": [raised.get_absolute_url()],
        },
        "leadership": {
            "Ý kiến chỉ đạo đã được trả lời, chờ kết thúc 1": [answered.get_absolute_url()],
            "Khó khăn, vướng mắc chờ xử lý 1": [passed_up.get_absolute_url()],
        },
    }
    assert [waiting.count(world.people[who], world.plan) for who in ("head", "admin")] == [0, 0]


def test_another_app_adds_a_kind_before_what_is_only_followed(world):
    kind = replace(waiting.SOURCES[0], key="khac")
    waiting.add_source(kind)
    try:
        assert [one.key for one in waiting.SOURCES][-2:] == ["khac", "tra-lai"]
    finally:
        waiting.SOURCES.remove(kind)


def test_several_are_confirmed_at_once(world, three, as_user):
    client = as_user(world.office)
    page = Page(client.get(URL))
    boxes = page.all("//input[@name='parts']/@value")
    key = page.all("//input[@name='request_key']/@value")[0]

    form = {"request_key": key, "parts": boxes[:2]}
    for _ in range(2):  # a double click
        answer = client.post(reverse("waiting-confirm"), form)
        assert (answer.status_code, path_of(answer)) == (302, URL)

    assert [one.updates.last().state for one in three] == ["done", "done", "awaiting"]
    assert ProgressUpdate.objects.filter(kind="confirm").count() == 2
    assert "Đã xác nhận 2 phần việc." in Page(client.get(URL)).messages


def test_several_are_returned_with_a_reason(world, three, as_user):
    client = as_user(world.office)
    url = reverse("waiting-send_back")

    page = Page(client.post(url, ticked(*three, reason=" ")))
    assert page.response.status_code == 422
    assert page.errors == {"reason": "Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."}
    assert len(page.all("//input[@name='parts' and @checked]")) == 3
    assert ProgressUpdate.objects.filter(kind="return").count() == 0

    assert client.post(url, ticked(*three, reason="Thiếu số liệu.")).status_code == 302
    assert [one.updates.last().reason for one in three] == ["Thiếu số liệu."] * 3
    page = Page(client.get(URL))
    assert page.texts("//section/h2")[-1] == "Đã trả lại, đơn vị chưa báo cáo lại 3"
    # The unit's answer stands among the confirmations, with the reason beside it.
    record(three[0], world.staff, State.DONE)
    assert (
        "Gửi lại sau khi bị trả lại ngày 20/11/2023: Thiếu số liệu." in Page(client.get(URL)).text
    )


def test_what_somebody_changed_in_between_is_told_and_the_rest_is_done(world, three, as_user):
    client = as_user(world.office)
    form = ticked(*three, reason="Lý do đã gõ")
    record(three[1], world.staff, State.DONE, result="Bổ sung sau")

    page = Page(client.post(reverse("waiting-confirm"), form))

    assert page.response.status_code == 409
    assert [one.updates.last().state for one in three] == ["done", "awaiting", "done"]
    assert page.messages[0] == "Đã xác nhận 2 phần việc."
    assert page.messages[1].startswith(f"{three[1].task.code}, A: Người staff")
    assert page.sends(reverse("waiting-confirm"))["reason"] == "Lý do đã gõ"


def test_nothing_ticked_and_nothing_that_can_be_ticked(world, three, as_user):
    client = as_user(world.office)
    page = Page(client.post(reverse("waiting-confirm"), ticked()))
    assert page.response.status_code == 422
    assert page.messages == ["Đồng chí chọn ít nhất một phần việc."]
    nobodys = {"request_key": str(uuid.uuid4()), "parts": ["999999:1"]}
    assert client.post(reverse("waiting-confirm"), nobodys).status_code == 404
    wrong = {"request_key": str(uuid.uuid4()), "parts": ["x:1"]}
    assert client.post(reverse("waiting-confirm"), wrong).status_code == 422


def test_nobody_confirms_what_they_wrote(world, as_user):
    own = world.office_task.assignments.get()
    record(own, world.office, State.DONE)
    client = as_user(world.office)
    assert Page(client.get(URL)).texts("//section/h2") == []

    answer = client.post(reverse("waiting-confirm"), ticked(own))

    assert answer.status_code == 409
    assert own.updates.last().state == State.AWAITING


def test_as_many_queries_for_one_row_as_for_thirty(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    for more in (1, 2, 27):
        for number in range(more):
            unit = make_unit(world.agency, f"u{more}-{number}")
            lead = make_task(world.block, (unit, world.a)).assignments.get(unit=world.a)
            record(lead, world.staff, State.DONE)
            decide("send_back", lead, world.office)
            remark(record(lead, world.staff, State.DONE), world.office)
            other = make_task(world.block, (world.a,)).assignments.get()
            ask(other, world.head, day(12, 10))
            go(find(world), "report", world.head)
            raise_one(world)
        client.get(URL)
        with django_assert_num_queries(19):
            assert client.get(URL).status_code == 200


# --- Remarks -------------------------------------------------------------------------------------


def test_a_remark_stands_beside_its_part_and_the_unit_reads_it(world, as_user):
    update = record(world.lead, world.head, difficulty="Thiếu người")
    client = as_user(world.office)
    url = reverse("remark", args=[update.pk])
    page = Page(client.get(url))
    key = page.all("//input[@name='request_key']/@value")[0]
    form = {"request_key": key, "target": "difficulty", "text": "Thiếu ở khâu nào?"}

    for _ in range(2):
        assert client.post(url, form).status_code == 302

    page = Page(as_user(world.staff).get(reverse("task", args=[world.task.pk])))
    [beside] = [one for one in page.texts("//dd") if one.startswith("Thiếu người")]
    assert beside == "Thiếu người Góp ý 20/11/2023 · Người office, Phòng VP Thiếu ở khâu nào?"
    assert update.remarks.count() == 1
    assert world.staff.notices.get().words.endswith("Thiếu ở khâu nào?")
    past = Page(
        as_user(world.staff).get(reverse("task", args=[world.task.pk]), {"ngay": "19/11/2023"})
    )
    assert "Thiếu ở khâu nào?" not in past.text


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"target": "proposal"}, {"target"}),
        ({"target": "value-1"}, {"target"}),
        ({"text": " "}, {"text"}),
    ],
)
def test_a_remark_needs_a_part_and_words(world, as_user, typed, errors):
    update = record(world.lead, world.head)
    form = {"request_key": str(uuid.uuid4()), "target": "result", "text": "Rõ hơn."} | typed

    page = Page(as_user(world.office).post(reverse("remark", args=[update.pk]), form))

    assert (page.response.status_code, set(page.errors)) == (422, errors)
    assert update.remarks.count() == 0
