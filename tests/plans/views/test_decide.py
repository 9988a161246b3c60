"""Decisions of the Office and the leadership in the browser."""

import pytest
from django.urls import reverse

from plans.models import ProgressUpdate
from plans.states import State
from tests.builders import decide, record
from tests.pages import Page, path_of, text_of

NEED_REASON = ("send_back", "pause", "stop", "reopen")
# From which state, by whom, with which words after it.
ACTS = {
    "confirm": (State.AWAITING, "office", "Đã xác nhận phần việc của Phòng A trong nhiệm vụ"),
    "send_back": (State.AWAITING, "office", "Đã trả lại cho Phòng A: nhiệm vụ"),
    "pause": (State.IN_PROGRESS, "leadership", "Đã cho tạm dừng phần việc của Phòng A trong"),
    "stop": (State.IN_PROGRESS, "leadership", "Đã cho dừng phần việc của Phòng A trong"),
    "resume": (State.PAUSED, "leadership", "Đã cho Phòng A tiếp tục nhiệm vụ"),
    "reopen": (State.DONE, "office", "Đã mở lại phần việc của Phòng A trong nhiệm vụ"),
}
AFTER = {
    "confirm": State.DONE,
    "send_back": State.IN_PROGRESS,
    "pause": State.PAUSED,
    "stop": State.STOPPED,
    "resume": State.IN_PROGRESS,
    "reopen": State.IN_PROGRESS,
}


def url_of(act, assignment):
    return reverse(f"progress-{act}", args=[assignment.task_id, assignment.pk])


def page_of(assignment):
    return reverse("task", args=[assignment.task_id])


def prepare(act, world):
    """Unit A's part in the state from which the act starts; the person who may."""
    state, who, _ = ACTS[act]
    record(world.lead, world.head, State.DONE if state != State.IN_PROGRESS else state)
    if state == State.PAUSED:
        decide("pause", world.lead, world.leadership)
    if state == State.DONE:
        decide("confirm", world.lead, world.office)
    return world.people[who]


def opened(client, act, assignment):
    """What the browser sends from the form of that act."""
    return Page(client.get(page_of(assignment))).sends(url_of(act, assignment))


def reason_for(act, words="Thiếu minh chứng"):
    return {"reason": words} if act in NEED_REASON else {}


@pytest.mark.parametrize("act", ACTS)
def test_works(world, as_user, act):
    client = as_user(prepare(act, world))
    form = opened(client, act, world.lead)
    assert ("reason" in form) == (act in NEED_REASON)

    response = client.post(url_of(act, world.lead), form | reason_for(act))

    assert (response.status_code, path_of(response)) == (302, page_of(world.lead))
    update = world.lead.updates.last()
    assert (update.state, update.reason) == (AFTER[act], reason_for(act).get("reason", ""))
    page = Page(client.get(page_of(world.lead)))
    [message] = [one for one in page.messages if ACTS[act][2] in one]
    assert world.task.title in message


@pytest.mark.parametrize("act", ACTS)
def test_a_double_click_is_one_record(world, as_user, act):
    client = as_user(prepare(act, world))
    form = opened(client, act, world.lead) | reason_for(act)
    before = ProgressUpdate.objects.count()

    answers = [client.post(url_of(act, world.lead), form) for _ in range(2)]

    assert [path_of(one) for one in answers] == [page_of(world.lead)] * 2
    assert ProgressUpdate.objects.count() == before + 1


@pytest.mark.parametrize("act", NEED_REASON)
@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("  ", "Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."),
        (
            "a" * 20_000,
            "Nội dung dài 20.000 ký tự, tối đa 2.000. Đồng chí rút gọn hoặc đính kèm thành tệp.",
        ),
        (
            "§«n ®èc tiÕn ®é",
            "Nội dung được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được. "
            "Đồng chí chuyển sang Unicode rồi dán lại.",
        ),
    ],
)
def test_reason_refused(world, as_user, act, reason, message):
    client = as_user(prepare(act, world))
    form = opened(client, act, world.lead)
    before = ProgressUpdate.objects.count()

    page = Page(client.post(url_of(act, world.lead), form | {"reason": reason}))

    assert page.response.status_code == 422
    assert page.errors == {"reason": message}
    assert page.sends(url_of(act, world.lead))["reason"] == reason
    # Its form is unfolded, so that the message is seen.
    [details] = page.form(url_of(act, world.lead)).iterancestors("details")
    assert "open" in details.attrib
    assert ProgressUpdate.objects.count() == before


def test_somebody_else_decided_in_between(world, as_user):
    client = as_user(prepare("send_back", world))
    form = opened(client, "send_back", world.lead)
    record(world.lead, world.head, State.DONE, result="Đã bổ sung văn bản")

    page = Page(
        client.post(url_of("send_back", world.lead), form | reason_for("send_back", "Thiếu"))
    )

    assert page.response.status_code == 409
    assert "Đã bổ sung văn bản" in page.texts("//div[@class='newer']")[0]
    again = page.sends(url_of("send_back", world.lead))
    assert again["reason"] == "Thiếu"
    assert client.post(url_of("send_back", world.lead), again).status_code == 302
    assert world.lead.updates.last().reason == "Thiếu"


def test_a_decision_that_is_open_no_more_does_not_lose_its_reason(world, as_user):
    client = as_user(prepare("send_back", world))
    form = opened(client, "send_back", world.lead)
    decide("confirm", world.lead, world.leadership)

    page = Page(
        client.post(
            url_of("send_back", world.lead), form | reason_for("send_back", "Lý do dài <b>")
        )
    )

    assert page.response.status_code == 409
    assert not page.has_form(url_of("send_back", world.lead))
    assert [text_of(one) for one in page.of_class("unsent")] == [
        "Lý do đồng chí đã gõ, chưa được ghi Lý do dài <b>"
    ]
    assert "vẫn nguyên trong biểu mẫu dưới đây" not in page.text
    assert world.lead.updates.count() == 2


@pytest.mark.parametrize("act", ACTS)
def test_not_from_this_state(world, as_user, act):
    """The same form again under a new key, when it was done already."""
    client = as_user(prepare(act, world))
    form = opened(client, act, world.lead) | reason_for(act)
    client.post(url_of(act, world.lead), form)
    before = ProgressUpdate.objects.count()
    form |= {"seen": str(before), "request_key": "00000000-0000-0000-0000-000000000001"}

    page = Page(client.post(url_of(act, world.lead), form))

    assert page.response.status_code == 409
    assert any("nên không làm được việc này" in one for one in page.messages)
    assert ProgressUpdate.objects.count() == before


@pytest.mark.parametrize("act", ACTS)
def test_wrong_method(world, as_user, act):
    response = as_user(world.office).get(url_of(act, world.lead))

    assert response.status_code == 405
    assert Page(response).texts("//h1") == ["Không mở trực tiếp được"]


@pytest.mark.parametrize("act", ACTS)
def test_who_may(world, as_user, act):
    """An empty form is enough to be told that it is not theirs; a whole one changes nothing."""
    prepare(act, world)
    form = {
        "seen": str(ProgressUpdate.objects.count()),
        "request_key": "00000000-0000-0000-0000-000000000001",
        **reason_for(act),
    }
    before = ProgressUpdate.objects.count()
    expected = {
        "staff": 403,
        "head": 403,
        "support_head": 403,
        "other_head": 404,
        "admin": 403,
        **({"office": 403} if act in ("pause", "stop", "resume") else {}),
    }

    for sent in ({}, form):
        assert {
            who: as_user(world.people[who]).post(url_of(act, world.lead), sent).status_code
            for who in expected
        } == expected
    assert ProgressUpdate.objects.count() == before


def test_anonymous_is_asked_to_log_in(world, client):
    prepare("confirm", world)

    response = client.post(url_of("confirm", world.lead), {"seen": "1"})

    assert (response.status_code, path_of(response)) == (302, reverse("login"))


@pytest.mark.parametrize("act", ACTS)
def test_a_supporting_part_has_nothing_to_decide(world, as_user, act):
    form = {"seen": "0", "request_key": "00000000-0000-0000-0000-000000000001", **reason_for(act)}

    page = Page(as_user(world.leadership).post(url_of(act, world.support), form))

    assert page.response.status_code == 409
    assert page.messages == ["Phòng S phối hợp trong nhiệm vụ nên không có gì để quyết định."]
    assert ProgressUpdate.objects.count() == 0
