"""A unit's report in the browser: writing, submitting, reviewing, versions, files, and the lock."""

import io
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from reports.models import SectionEdit, UnitReport
from reports.states.unit_report import ALLOWED_FROM, ReportState
from reports.unit_content.model import SECTIONS
from tests.builders import PASSWORD, a_document, make_task, record
from tests.pages import Page
from tests.reports.unit_rounds import in_state, open_round, report_of, step, write
from units.models import Unit

pytestmark = pytest.mark.django_db

LOCKED = sorted(set(ReportState) - ALLOWED_FROM["edit"])


def url_of(report, name="unit-report", *args):
    return reverse(name, args=[report.pk, *args])


def page_of(client, report):
    return Page(client.get(url_of(report)))


def test_from_missing_to_accepted_in_the_browser(world, as_user):
    record(world.lead, world.staff)
    report = report_of(open_round(world), world.a)

    client = as_user(world.staff)
    start = url_of(report, "unit-report-start")
    client.post(start, page_of(client, report).sends(start))
    section = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(section)
    assert sent["text_highlights"] == f"- Nhiệm vụ {world.task.code}: Đã làm một phần."
    client.post(section, {**sent, "text_highlights": "Lời của chuyên viên."})
    submit = url_of(report, "unit-report-submit")
    assert not page_of(client, report).has_form(submit)

    client = as_user(world.head)
    client.post(submit, page_of(client, report).sends(submit))
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED

    client = as_user(world.office)
    back = url_of(report, "unit-report-return")
    page = page_of(client, report)
    assert "Lời của chuyên viên." in page.text
    remark = f"remark_{world.task.pk}"
    client.post(back, {**page.sends(back), "reason": "Thiếu số liệu.", remark: "Nêu số."})

    client = as_user(world.head)
    page = page_of(client, report)
    assert "Thiếu số liệu." in page.text
    assert "Nêu số." in page.text
    client.post(submit, page.sends(submit))
    client = as_user(world.office)
    accept = url_of(report, "unit-report-accept")
    client.post(accept, page_of(client, report).sends(accept))
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED
    for number in (1, 2):
        page = Page(client.get(url_of(report, "unit-report-version", number)))
        assert "Lời của chuyên viên." in page.text
        assert report.versions.get(number=number).sha256 in page.text
    assert "giống hệt nhau" in Page(client.get(url_of(report, "unit-report-comparison", 1, 2))).text


@pytest.mark.parametrize("state", LOCKED)
def test_the_lock_holds_on_every_channel(world, as_user, state):
    """Page and admin × every state in which the report is locked: nothing of it changes."""
    report = in_state(world, state)

    def stands():
        rows = (UnitReport.objects, SectionEdit.objects, report.versions, report.steps)
        return [list(one.values()) for one in rows]

    before = stands()
    client = as_user(world.head)
    page = page_of(client, report)
    url = url_of(report, "unit-report-write")
    assert not page.has_form(url)
    typed = {f"text_{section}": f"Lén {section}." for section in SECTIONS}
    for more in ({}, {"use_draft": "highlights"}):
        answer = client.post(url, {**typed, **more, "request_key": str(uuid.uuid4())})
        assert answer.status_code == 409
        for words in typed.values():
            assert words in Page(answer).text
    client = as_user(world.admin)
    for model in ("unitreport", "unitreportstep", "sectionedit"):
        for page_name in ("add", "change", "delete"):
            args = [] if page_name == "add" else [report.pk]
            url = reverse(f"admin:reports_{model}_{page_name}", args=args)
            assert client.post(url, {"state": "draft", "text": "Lén"}).status_code in (302, 403)
    assert stands() == before


def test_a_conflict_shows_both_texts(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.head)
    url = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(url)
    write(report, world.staff, "highlights", "Của chuyên viên.")

    page = Page(client.post(url, {**sent, "text_highlights": "Của lãnh đạo."}))

    assert page.response.status_code == 409
    assert "Của chuyên viên." in page.text
    again = page.sends(url)
    assert again["text_highlights"] == "Của lãnh đạo."
    assert client.post(url, again).status_code == 302
    assert list(report.edits.values_list("text", flat=True)) == [
        "Của chuyên viên.",
        "Của lãnh đạo.",
    ]


def test_one_button_records_every_changed_section(world, as_user):
    """What was typed in one box must not go when another is recorded."""
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.staff)
    url = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(url)
    # Somebody else writes in a third one meanwhile.
    write(report, world.head, "causes", "Của lãnh đạo.")

    typed = {"text_highlights": "Một.", "text_proposals": "Hai.", "at": "proposals"}
    answer = client.post(url, {**sent, **typed})

    assert answer.status_code == 302
    assert dict(report.edits.values_list("section", "text")) == {
        "causes": "Của lãnh đạo.",
        "highlights": "Một.",
        "proposals": "Hai.",
    }
    assert client.post(url, {**sent, **typed}).status_code == 302
    assert report.edits.count() == 3
    page = page_of(client, report)
    client.post(url, page.sends(url))
    assert report.edits.count() == 3


def test_a_section_goes_back_to_its_draft_and_nothing_typed_goes(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "Cũ.")
    client = as_user(world.staff)
    url = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(url)

    typed = {"text_highlights": "Chưa ghi.", "text_proposals": "Hai."}
    client.post(url, {**sent, **typed, "use_draft": "highlights"})

    texts = report.edits.order_by("sequence").values_list("text", flat=True)
    assert list(texts.filter(section="highlights")) == ["Cũ.", "Chưa ghi.", None]
    assert list(texts.filter(section="proposals")) == ["Hai."]


def test_a_refused_section_holds_back_none_of_what_was_typed(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.staff)
    url = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(url)
    long = "x" * 20_001

    page = Page(client.post(url, {**sent, "text_causes": long, "text_proposals": "Hai."}))

    assert page.response.status_code == 422
    assert report.edits.count() == 0
    assert page.errors.keys() == {"text_causes"}
    [focused] = page.all("//*[@autofocus]")
    assert focused.name == "text_causes"
    [leads] = page.all("//*[@role='alert']//a[@href]")
    assert leads.get("href") == f"#{focused.get('id')}"
    again = page.sends(url)
    assert (again["text_causes"], again["text_proposals"]) == (long, "Hai.")
    # Also when the page is left now.
    later = page_of(client, report).sends(url)
    assert (later["text_causes"], later["text_proposals"]) == (long, "Hai.")


@pytest.mark.parametrize(
    ("act", "state", "who"),
    [("return", ReportState.SUBMITTED, "office"), ("reopen", ReportState.ACCEPTED, "leadership")],
)
def test_a_step_without_its_reason_leads_to_the_field(world, as_user, act, state, who):
    report = in_state(world, state)
    client = as_user(world.people[who])
    url = url_of(report, f"unit-report-{act}")

    page = Page(client.post(url, page_of(client, report).sends(url)))

    assert page.response.status_code == 422
    [focused] = page.all("//*[@autofocus]")
    assert focused.name == "reason"
    [said] = page.all("//div[@role='alert']")
    assert "Chưa ghi được" in said.text_content()
    assert [one.get("href") for one in said.iter("a")] == [f"#{focused.get('id')}"]


def test_what_is_typed_is_kept_when_the_page_is_left(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.head)
    url = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(url)
    client.post(reverse("draft"), {**sent, "text_causes": "Đang gõ."})
    write(report, world.staff, "causes", "Của chuyên viên.")
    write(report, world.staff, "proposals", "Của chuyên viên nữa.")

    page = page_of(client, report)
    again = page.sends(url)
    assert again["text_causes"] == "Đang gõ."
    assert again["text_proposals"] == "Của chuyên viên nữa."
    [newer] = page.of_class("newer")
    assert "Của chuyên viên." in newer.text_content()
    assert "Đang gõ." not in page_of(as_user(world.staff), report).text

    client = as_user(world.head)
    submit = url_of(report, "unit-report-submit")
    refused = client.post(submit, page.sends(submit))
    assert refused.status_code == 409
    assert f"“{SECTIONS['causes']}”" in Page(refused).text
    assert client.post(url, again).status_code == 302
    page = page_of(client, report)
    assert "bản nháp đồng chí gõ" not in page.text
    assert client.post(submit, page.sends(submit)).status_code == 302


def test_what_was_typed_before_the_report_was_handed_in_can_still_be_read(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.staff)
    sent = page_of(client, report).sends(url_of(report, "unit-report-write"))
    client.post(reverse("draft"), {**sent, "text_causes": "Đang gõ."})
    step("submit", report, world.head)
    [unsent] = page_of(client, report).of_class("unsent")[:1]
    assert "Đang gõ." in unsent.text_content()


def test_a_stale_submission_shows_the_new_content_first(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.head)
    url = url_of(report, "unit-report-submit")
    sent = page_of(client, report).sends(url)
    write(report, world.staff, "highlights", "Vừa sửa.")

    page = Page(client.post(url, sent))

    assert page.response.status_code == 409
    assert "Vừa sửa." in page.text
    assert client.post(url, page.sends(url)).status_code == 302


def test_a_return_that_comes_too_late_keeps_the_reason(world, as_user):
    report = in_state(world, ReportState.SUBMITTED)
    client = as_user(world.office)
    url = url_of(report, "unit-report-return")
    sent = page_of(client, report).sends(url)
    step("withdraw", report, world.head)

    page = Page(client.post(url, {**sent, "reason": "Một lý do dài."}))

    assert page.response.status_code == 409
    assert "Một lý do dài." in page.text


def test_text_sent_after_the_session_ended_is_kept(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.staff)
    url = url_of(report, "unit-report-write")
    sent = page_of(client, report).sends(url)
    client.logout()

    client.post(url, {**sent, "text_proposals": "Viết cả buổi."})
    client.post(reverse("login"), {"username": world.staff.username, "password": PASSWORD})

    assert page_of(client, report).sends(url)["text_proposals"] == "Viết cả buổi."


def test_what_is_not_handed_in_is_read_by_its_unit_only(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "Chưa nộp.")

    assert "Chưa nộp." in page_of(as_user(world.staff), report).text
    for person in (world.office, world.leadership, world.admin):
        client = as_user(person)
        assert "Chưa nộp." not in page_of(client, report).text
        assert client.get(url_of(report, "unit-report-file", "docx")).status_code == 403


def test_the_check_stands_on_the_page_and_stops(world, as_user):
    report = report_of(open_round(world), world.b)
    step("start", report, world.other_head)
    page = page_of(as_user(world.other_head), report)
    assert f"nhiệm vụ {world.other_task.code} chưa có cập nhật nào" in page.text
    assert not page.has_form(url_of(report, "unit-report-submit"))


def test_the_new_draft_stands_beside_what_was_written(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "Lời của tôi.")
    record(world.lead, world.staff, result="Kết quả mới.")
    page = page_of(as_user(world.staff), report)
    [beside] = page.of_class("new-draft")
    assert "Kết quả mới." in beside.text_content()
    assert page.sends(url_of(report, "unit-report-write"))["text_highlights"] == "Lời của tôi."


# --- Files ------------------------------------------------------------------------------------


def test_a_draft_says_so_in_its_name_and_on_its_page(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.staff)
    file = client.get(url_of(report, "unit-report-file", "docx"))
    assert "BC_A_2023_den_20231120_DuThao.docx" in file["Content-Disposition"]
    said = [one.text for one in Document(io.BytesIO(file.content)).paragraphs]
    assert "DỰ THẢO BÁO CÁO" in said
    assert "DỰ THẢO BÁO CÁO" in page_of(client, report).text
    step("submit", report, world.head)
    assert "DỰ THẢO" not in page_of(client, report).text
    sent = client.get(url_of(report, "unit-report-version-file", 1, "docx"))
    assert "BC_A_2023_den_20231120.docx" in sent["Content-Disposition"]


def test_files_say_what_the_version_says_whatever_happens_later(world, as_user):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "proposals", "Đề nghị bổ sung máy chủ.")
    step("submit", report, world.head)
    client = as_user(world.office)
    files = {
        one: client.get(url_of(report, "unit-report-version-file", 1, one))
        for one in ("pdf", "docx")
    }

    pdf = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"].content)).pages
    )
    docx = Document(io.BytesIO(files["docx"].content))
    for said in (pdf, "\n".join(one.text for one in docx.paragraphs)):
        assert "Đề nghị bổ sung máy chủ." in " ".join(said.split())
        assert "Đơn vị chủ trì 01 phần việc" in " ".join(said.split())
    assert "BC_A_2023_den_20231120.pdf" in files["pdf"]["Content-Disposition"]

    Unit.objects.filter(pk=world.a.pk).update(name="Phòng đã đổi tên")
    record(world.lead, world.head, result="Khác.")
    again = client.get(url_of(report, "unit-report-version-file", 1, "docx"))
    assert again.content == files["docx"].content


# --- Queries ----------------------------------------------------------------------------------


def test_asks_as_many_queries_for_one_task_as_for_thirty(world, as_user):
    """The page while it is written and the page of what was submitted."""
    report = in_state(world, ReportState.DRAFT)
    client = as_user(world.head)
    client.get(url_of(report))
    counted = {"written": set(), "submitted": set()}
    made = 1
    for number in (1, 3, 30):
        while made < number:
            task = make_task(world.block, (world.a,), (world.s,))
            proof = (a_document(f"{made}/STTTT"),)
            record(task.assignments.get(unit=world.a), world.head, evidence=proof)
            write(report, world.staff, list(SECTIONS)[made % 7], f"Lời {made}")
            made += 1
        counted["written"].add(_queries(client, url_of(report)))
        step("submit", report, world.head)
        counted["submitted"].add(_queries(as_user(world.office), url_of(report)))
        step("return", report, world.office, remarks={world.task.pk: "Ý kiến."})
        client = as_user(world.head)
        client.get(url_of(report))
    assert {name: len(found) for name, found in counted.items()} == {
        "written": 1,
        "submitted": 1,
    }, counted


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
