"""The pages of the consolidated report: what is seen, what is sent, and that no text is lost."""

import uuid

import pytest
from django.urls import reverse

from reports.acts.issuing import Issue
from reports.models import ConsolidatedReport
from tests.builders import PASSWORD, TODAY, day, make_task, record
from tests.pages import Page, path_of, upload
from tests.reports.rounds import accept, begin, brought_to, open_round, reopen, take, word
from units.models import Notice, Signatory, User

pytestmark = pytest.mark.usefixtures("light_files")


@pytest.fixture
def report(world):
    round = open_round(world)
    record(world.lead, world.head, result="Đã làm phần đầu.", on=day(11, 10))
    accept(world, round, world.a, world.head)
    return begin(world, round)


def page_of(report):
    return reverse("consolidated", args=[report.pk])


def passage_of(report, key="proposals"):
    return reverse("consolidated-passage", args=[report.pk, key])


def test_the_office_begins_the_report_from_the_list(world, as_user):
    round = open_round(world)
    accept(world, round, world.a, world.head)
    client = as_user(world.office)
    page = Page(client.get(reverse("consolidated-list")))
    action = reverse("consolidated-start", args=[round.pk])
    assert "1/4" in page.text

    sent = client.post(action, page.sends(action))

    report = ConsolidatedReport.objects.get()
    assert path_of(sent) == page_of(report)
    assert client.post(action, page.sends(action)).status_code == 302  # the same click again
    assert ConsolidatedReport.objects.count() == 1


def test_the_whole_way_through_the_pages(world, report, as_user):
    """From the draft to the sent report, each by its own form as the page sends it."""

    def press(person, act, **typed):
        client = as_user(person)
        action = reverse(f"consolidated-{act}", args=[report.pk])
        sent = Page(client.get(page_of(report))).sends(action) | typed
        answer = client.post(action, sent, follow=True)
        assert answer.status_code == 200, Page(answer).text[:2000]
        return Page(answer)

    press(world.office, "submit", words="Kính trình.")
    assert (
        "Lý do trả lại: Thiếu số liệu."
        in press(world.leadership, "return", words="Thiếu số liệu.").text
    )
    press(world.office, "submit")
    press(world.leadership, "sign")
    issued = press(world.office, "issue", number="7", issued_on="20/11/2023")
    assert "Báo cáo số 07/BC-STTTT ngày 20/11/2023" in issued.texts("//h1")[0]
    assert issued.text.count("SHA-256 ") == 3
    sent = press(
        world.office, "send", sent_on="20/11/2023", sent_to="UBND tỉnh", way="Trục liên thông"
    )

    assert "Đã gửi" in sent.text
    assert ConsolidatedReport.objects.get().sent_by_way == "Trục liên thông"


def test_a_number_that_cannot_be_read_stays_typed_with_its_message(world, report, as_user):
    brought_to(world, report, "signed")
    client = as_user(world.office)
    action = reverse("consolidated-issue", args=[report.pk])
    sent = Page(client.get(page_of(report))).sends(action)

    page = Page(client.post(action, sent | {"number": "năm", "issued_on": "31/11/2023"}))

    assert page.response.status_code == 422
    assert page.errors.keys() == {"number", "issued_on"}
    again = page.sends(action)
    assert (again["number"], again["issued_on"]) == ("năm", "31/11/2023")


def test_a_taken_number_is_said_at_its_field(world, report, as_user):
    brought_to(world, report, "issued")
    other = brought_to(world, begin(world, open_round(world, world.a, name="Khác")), "signed")
    client = as_user(world.office)
    action = reverse("consolidated-issue", args=[other.pk])
    sent = Page(client.get(page_of(other))).sends(action)

    page = Page(client.post(action, sent | {"number": "5", "issued_on": "20/11/2023"}))

    assert page.errors["number"].startswith("Số 05 đã dùng cho Báo cáo số 05/BC-STTTT ngày")


def test_generated_and_edited_words_stand_side_by_side(world, report, as_user):
    word(world, report, "results.overall", "Kết quả tốt, 99 việc.")

    page = Page(as_user(world.office).get(passage_of(report, "results.overall")))

    assert "Kế hoạch có 03 nhiệm vụ" in page.texts("//*[@class='generated']")[0]
    assert page.all("//textarea")[0].value.strip() == "Kết quả tốt, 99 việc."
    assert "không còn các số: 03; 20/11/2023; 00/03; 0%" in page.text


def test_figures_and_days_that_only_a_person_wrote_are_shown_to_who_submits_and_who_signs(
    world, report, as_user
):
    """A day that is no longer the report's, and a rate that nobody counted."""
    generated = report.draft.passage("results.overall").text
    edited = generated.replace("20/11/2023", "15/11/2023")
    word(world, report, "results.overall", f"{edited}\nƯớc cả năm đạt 99/13 (761%).")
    day_said, figures_said = (
        "Nói đến ngày khác: 15/11/2023",
        "lời máy soạn: 15/11/2023; 99/13; 761%",
    )
    office = as_user(world.office)

    for page in (office.get(page_of(report)), office.get(passage_of(report, "results.overall"))):
        assert day_said in Page(page).text
        assert figures_said in Page(page).text
    submitted = brought_to(world, report, "submitted")
    leader = as_user(world.leadership)
    before_signing = Page(leader.get(page_of(submitted))).text
    assert before_signing.index(day_said) < before_signing.index("Ký duyệt")
    assert figures_said in before_signing
    assert f"({submitted.steps.last().by_label} đã kiểm tra khi trình ngày 20/11/2023)" in (
        before_signing
    )
    word_of_issued = Page(leader.get(page_of(brought_to_issued(world, submitted)))).text
    assert day_said not in word_of_issued


def test_who_submits_says_to_have_checked_what_differs(world, report, as_user):
    """Without the tick the form comes back filled; a tick is for what was on the page."""
    word(world, report, "results.overall", "Đã hoàn thành 99/13 nhiệm vụ.")
    client = as_user(world.office)
    action = reverse("consolidated-submit", args=[report.pk])
    first = Page(client.get(page_of(report))).sends(action)

    refused = Page(client.post(action, first | {"words": "Kính trình."}))

    assert refused.response.status_code == 422
    assert refused.errors["checked"].startswith("Đồng chí đối chiếu 01 chỗ")
    assert "khác lời máy soạn: Kết quả chung (thêm 99/13; không còn" in refused.text
    again = refused.sends(action)
    assert again["words"] == "Kính trình."
    word(world, report, "proposals", "Đề nghị bố trí kinh phí đến ngày 31/12/2024.")
    moved_on = Page(client.post(action, again | {"checked": "on"}))
    assert moved_on.response.status_code == 409
    assert "checked" not in moved_on.sends(action)
    assert "Tôi đã kiểm tra 02 chỗ có số hoặc ngày khác lời máy soạn: Kết quả chung" in (
        moved_on.text
    )
    assert report.steps.count() == 1

    client.post(action, moved_on.sends(action) | {"checked": "on"})

    step = report.steps.get(act="submit")
    assert (step.by, step.words) == (world.office, "Kính trình.")
    first_place, second_place = step.checked.split("\n")
    assert first_place.startswith("Kết quả chung (thêm 99/13; không còn 03, ")
    assert second_place.startswith("Kiến nghị, đề xuất của các đơn vị (ngày 31/12/2024")
    assert first_place in Page(client.get(page_of(report))).text


def test_where_nothing_differs_nothing_is_to_be_ticked(world, report, as_user):
    word(world, report, "proposals", "Đề nghị bố trí kinh phí.")
    client = as_user(world.office)
    action = reverse("consolidated-submit", args=[report.pk])
    page = Page(client.get(page_of(report)))

    assert "Tôi đã kiểm tra" not in page.text
    client.post(action, page.sends(action))
    assert report.steps.get(act="submit").checked == ""


def brought_to_issued(world, report):
    take(world, report, "sign")
    take(world, report, "issue")
    return ConsolidatedReport.objects.get(pk=report.pk)


def test_wording_a_passage_and_going_back(world, report, as_user):
    client = as_user(world.office)
    url = passage_of(report)
    form = Page(client.get(url)).sends(url)

    client.post(url, form | {"text": "Đề nghị UBND tỉnh\r\nbố trí kinh phí."})

    assert report.edited == {"proposals": "Đề nghị UBND tỉnh\nbố trí kinh phí."}
    shown = Page(client.get(page_of(report))).text
    assert "Đề nghị UBND tỉnh bố trí kinh phí." in shown
    again = Page(client.get(url)).sends(url)
    client.post(url, again | {"use_generated": "1"})
    assert report.edited == {}


def test_in_a_conflict_both_texts_are_on_the_page(world, report, as_user):
    client = as_user(world.office)
    url = passage_of(report)
    form = Page(client.get(url)).sends(url)
    word(world, report, "proposals", "Của người khác.")

    page = Page(client.post(url, form | {"text": "Của tôi."}))

    assert page.response.status_code == 409
    assert "Của người khác." in page.of_class("newer")[0].text_content()
    assert page.all("//textarea")[0].value.strip() == "Của tôi."
    client.post(url, page.sends(url) | {"text": "Của cả hai."})
    assert report.edited == {"proposals": "Của cả hai."}


def test_text_sent_after_the_session_ended_is_kept(world, report, as_user, client):
    url = passage_of(report)
    form = Page(as_user(world.office).get(url)).sends(url)
    client.logout()

    asked = client.post(url, form | {"text": "Gõ xong thì hết phiên."})
    typed = {"username": "office", "password": PASSWORD, "next": url}
    page = Page(client.post(path_of(asked), typed, follow=True))

    assert page.all("//textarea")[0].value.strip() == "Gõ xong thì hết phiên."
    assert report.edits.count() == 0
    client.post(url, page.sends(url))
    assert report.edited == {"proposals": "Gõ xong thì hết phiên."}


def test_a_reason_typed_too_late_is_shown_and_not_lost(world, report, as_user):
    brought_to(world, report, "submitted")
    client = as_user(world.leadership)
    action = reverse("consolidated-return", args=[report.pk])
    sent = Page(client.get(page_of(report))).sends(action)
    take(world, report, "return", words="Người khác trả lại trước.")

    page = Page(client.post(action, sent | {"words": "Lý do của tôi."}))

    assert page.response.status_code == 409
    assert "Lý do của tôi." in page.text
    assert report.steps.filter(act="return").count() == 1


def test_a_draft_that_is_out_of_date_says_so_and_shows_what_changed(world, report, as_user):
    client = as_user(world.office)
    assert "Dự thảo khớp với báo cáo" in Page(client.get(page_of(report))).text
    word(world, report, "results.overall", "Lời của Văn phòng.")
    record(world.lead, world.head, result="Đã làm phần hai.", on=day(11, 18))
    accept(world, report.round, world.a, world.head)
    accept(world, report.round, world.b, world.other_head)

    page = Page(client.get(page_of(report)))

    stale = page.of_class("stale")[0].text_content()
    assert "Phòng A: đã tiếp nhận phiên bản 2, dự thảo dùng phiên bản 1" in stale
    assert "Phòng B: đã tiếp nhận phiên bản 1, dự thảo chưa có" in stale
    assert "Đã làm phần đầu." in stale
    assert "Đã làm phần hai." in stale
    action = reverse("consolidated-refresh", args=[report.pk])
    client.post(action, page.sends(action))
    after = Page(client.get(page_of(report)))
    assert not after.of_class("stale")
    assert "Lời của Văn phòng." in after.text
    assert "Đã làm phần hai." in after.text


def test_a_passage_is_kept_when_its_page_is_left(world, report, as_user):
    client = as_user(world.office)
    url = passage_of(report)
    sent = Page(client.get(url)).sends(url)
    client.post(reverse("draft"), {**sent, "text": "Đang gõ."})
    word(world, report, "proposals", "Của người khác.")

    page = Page(client.get(url))
    again = page.sends(url)
    assert again["text"] == "Đang gõ."
    assert "Của người khác." in page.of_class("newer")[0].text_content()
    assert client.post(url, again).status_code == 302
    assert report.edits.last().text == "Đang gõ."
    page = Page(client.get(url))
    assert "bản nháp đồng chí gõ" not in page.text
    assert not page.of_class("newer")


def test_an_edited_passage_whose_generated_words_changed_is_marked(world, report, as_user):
    word(world, report, f"task.{world.task.code}", "Văn phòng viết gọn.")
    record(world.lead, world.head, result="Đã làm phần hai.", on=day(11, 18))
    accept(world, report.round, world.a, world.head)
    take(world, report, "refresh")

    page = Page(as_user(world.office).get(page_of(report)))

    assert "lời máy soạn đã đổi sau khi sửa" in page.text


def test_an_edited_passage_that_lost_its_place_is_shown(world, report, as_user):
    extra = make_task(world.block, (world.a,), code="X1")
    accept(world, report.round, world.a, world.head)
    take(world, report, "refresh")
    word(world, report, "task.X1", "Lời về nhiệm vụ X1.")
    extra.standings.all().delete()
    extra.lead_standings.all().delete()
    extra.assignments.all().delete()
    extra.delete()
    take(world, report, "refresh")

    page = Page(as_user(world.office).get(page_of(report)))

    assert "Đoạn đã sửa không còn chỗ trong dự thảo mới" in page.text
    assert "Lời về nhiệm vụ X1." in page.text


def test_the_leadership_reads_what_was_submitted_and_cannot_edit(world, report, as_user):
    brought_to(world, report, "submitted")
    client = as_user(world.leadership)

    page = Page(client.get(page_of(report)))

    assert "Ký duyệt" in page.text
    assert not page.has_form(reverse("consolidated-refresh", args=[report.pk]))
    assert client.get(passage_of(report)).status_code == 403


def test_the_units_read_what_was_issued_and_nothing_before(world, report, as_user):
    """They stand under "Nơi nhận", and the notice of the issue leads them there."""
    brought_to(world, report, "signed")
    for person in (world.head, world.staff):
        assert as_user(person).get(page_of(report)).status_code == 404
        assert (
            report.get_status_display()
            not in Page(as_user(person).get(reverse("consolidated-list"))).text
        )
    issued = take(world, report, "issue").report
    notice = Notice.objects.filter(user=world.head).latest("pk")
    client = as_user(world.head)
    page = Page(client.get(reverse("notice-open", args=[notice.pk]), follow=True))

    assert page.response.status_code == 200
    assert "05/BC-STTTT" in page.text
    assert "Lịch sử" not in page.text
    for file in issued.files.all():
        assert file.sha256 in page.text
        url = reverse("consolidated-file", args=[report.pk, file.format])
        sent = client.get(url).content
        found = Page(client.post(reverse("report-check"), {"file": upload(file.name, sent)}))
        assert "Đúng tệp đã ban hành" in found.text
        assert found.all(f"//a[@href='{page_of(report)}']")
    assert page_of(report) in [
        one.get("href") for one in Page(client.get(reverse("consolidated-list"))).all("//a")
    ]
    for act in ("send", "correct", "return"):
        url = reverse(f"consolidated-{act}", args=[report.pk])
        assert client.post(url, {}).status_code == 403
    correction = take(world, issued, "correct")
    assert client.get(page_of(correction)).status_code == 404


def test_a_report_reopened_while_the_leadership_has_it_is_told_on_the_page(world, report, as_user):
    brought_to(world, report, "submitted")
    for person in (world.leadership, world.office):
        assert (
            "báo cáo của đơn vị đã thay đổi" not in Page(as_user(person).get(page_of(report))).text
        )
    reopen(report.round, world.a)
    for person in (world.leadership, world.office):
        [told] = Page(as_user(person).get(page_of(report))).of_class("stale")
        said = " ".join(told.text_content().split())
        assert "Sau khi trình, báo cáo của đơn vị đã thay đổi" in said
        assert "Phòng A: phiên bản 1 dùng trong dự thảo không còn được tiếp nhận" in said
        assert "Đã làm phần đầu." in said
        assert not told.xpath(".//form")


def test_a_report_reopened_after_the_issue_is_told_to_those_inside(world, report, as_user):
    brought_to(world, report, "issued")
    reopen(report.round, world.a)
    said = "Sau khi ban hành, báo cáo của đơn vị đã thay đổi"
    assert said in Page(as_user(world.leadership).get(page_of(report))).text
    assert said in Page(as_user(world.office).get(page_of(report))).text
    assert said not in Page(as_user(world.head).get(page_of(report))).text


def test_who_signs_is_told_which_units_are_missing_and_what_the_plan_lacks(world, report, as_user):
    world.plan.number, world.plan.issued_on = "15", day(3, 1)
    world.plan.save()
    take(world, report, "refresh")
    brought_to(world, report, "submitted")
    text = Page(as_user(world.leadership).get(page_of(report))).text
    assert "Chưa có báo cáo được tiếp nhận của: " in text
    assert f"{world.b.name} (chưa lập)" in text
    assert "Kế hoạch trong hệ thống chưa có" not in text
    world.plan.number, world.plan.issued_on = "", None
    world.plan.save()
    for person in (world.leadership, world.office):
        text = Page(as_user(person).get(page_of(report))).text
        assert "Kế hoạch trong hệ thống chưa có số, ngày ban hành" in text
    page = Page(as_user(world.admin).get(page_of(report)))
    assert page.all(f"//a[@href='{reverse('admin:plans_plan_change', args=[world.plan.pk])}']")


def test_a_reopened_report_is_still_told_until_the_draft_is_updated(world, report, as_user):
    """What the draft prints now, and what it would after updating."""
    reopen(report.round, world.a)
    client = as_user(world.office)

    page = Page(client.get(page_of(report)))

    [missing, told] = [one for one in page.texts("//p") if "tiếp nhận" in one and "ghi là" in one]
    assert world.a.name not in missing
    assert missing.endswith("Phần việc của các đơn vị này được ghi là “chưa có thông tin”.")
    assert told == (
        f"Báo cáo của {world.a.name} không còn được tiếp nhận (nháp). Dự thảo đang in phần việc "
        "của đơn vị này theo phiên bản 1; nếu cập nhật trước khi tiếp nhận lại thì phần việc đó "
        "được ghi là “chưa có thông tin”."
    )
    take(world, report, "refresh")
    page = Page(client.get(page_of(report)))
    [missing] = [one for one in page.texts("//p") if "tiếp nhận" in one and "ghi là" in one]
    assert world.a.name in missing


def test_what_is_edited_comes_before_what_is_decided_and_then_the_document(world, report, as_user):
    """The order in which the page is read and tabbed through."""
    page = Page(as_user(world.office).get(page_of(report)))

    sections = page.all("//*[@class='workbench']/section")

    assert [one.get("class") for one in sections] == ["passages", "next", "printed"]


def test_the_paper_may_bear_a_day_before_the_click(world, as_user):
    """Signed on paper on Friday, pressed on Monday."""
    report = begin(world, open_round(world), on=day(11, 16))
    brought_to(world, report, "signed")
    take(world, report, "issue", issue=Issue(5, "BC-STTTT", day(11, 17)))
    text = Page(as_user(world.office).get(page_of(report))).text
    said = "Ngày trên văn bản (17/11/2023) trước ngày bấm “Ký duyệt” trong hệ thống (20/11/2023)"
    assert said in text
    assert "ngày 17 tháng 11 năm 2023" in text


def test_a_file_says_in_its_name_whether_it_was_issued(world, report, as_user):
    client = as_user(world.office)
    url = reverse("consolidated-file", args=[report.pk, "xlsx"])
    stem = "BC_KetQua_KH_CHISO1_2023_Bao_cao_nam_2023"
    for status in ("submit", "sign"):
        assert f'"{stem}_DuThao.xlsx"' in client.get(url)["Content-Disposition"]
        take(world, report, status)
    assert f'"{stem}_DuThao.xlsx"' in client.get(url)["Content-Disposition"]
    take(world, report, "issue")
    issued = client.get(url)
    issued.close()
    assert f'"{stem}.xlsx"' in issued["Content-Disposition"]


def test_passages_that_say_nothing_are_named_before_it_goes_up(world, report, as_user):
    word(world, report, "proposals", "")
    page = Page(as_user(world.office).get(page_of(report)))
    [said] = [one for one in page.messages if one.startswith("Chưa có nội dung nên")]
    assert report.draft.passage("proposals").name in said
    word(world, report, "proposals", "Không có.")
    page = Page(as_user(world.office).get(page_of(report)))
    assert not [one for one in page.messages if report.draft.passage("proposals").name in one]


def test_who_signs_sees_whose_name_is_printed(world, as_user):
    people = {"agency": world.agency, "authority": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC"}
    signs = Signatory.objects.create(full_name="Lê Văn Ký", **people)
    report = brought_to(world, begin(world, open_round(world)), "submitted")
    client = as_user(world.leadership)

    other = Page(client.get(page_of(report))).text
    User.objects.filter(pk=world.leadership.pk).update(full_name=signs.full_name)
    own = Page(client.get(page_of(report))).text

    said = "Bản in ghi người ký: KT. GIÁM ĐỐC – PHÓ GIÁM ĐỐC Lê Văn Ký"
    assert f"{said}, không phải đồng chí." in other
    assert f"{said}." in own


def test_two_versions_are_compared_by_figure_task_and_section(world, report, as_user):
    old = brought_to(world, report, "issued")
    record(world.lead, world.head, result="Số liệu đúng.", on=day(11, 19))
    accept(world, report.round, world.a, world.head)
    new = take(world, old, "correct")
    take(world, new, "refresh")
    word(world, new, "proposals", "Kiến nghị mới.")
    url = reverse("consolidated-compare", args=[new.pk, old.pk])
    client = as_user(world.leadership)

    page = Page(client.get(url))

    assert f"{world.task.code}. {world.task.title}" in page.text
    for text in ("Đã làm phần đầu.", "Số liệu đúng.", "Kiến nghị mới."):
        assert text in page.text
    assert "Chỗ 1" not in page.text
    turned = reverse("consolidated-compare", args=[old.pk, new.pk])
    assert path_of(client.get(turned)) == url
    other = begin(world, open_round(world, world.a, name="Khác"))
    strange = reverse("consolidated-compare", args=[new.pk, other.pk])
    assert client.get(strange).status_code == 404


def test_the_list_asks_no_more_for_thirty_rounds(world, as_user, django_assert_num_queries):
    client = as_user(world.office)
    client.get(reverse("consolidated-list"))
    made = 0
    for count in (1, 3, 30):
        while made < count:
            made += 1
            round = open_round(world, world.a, name=f"Đợt {made}")
            if made < 4:
                brought_to(
                    world,
                    begin(world, round),
                    "issued",
                    issue=Issue(made, "BC-STTTT", TODAY),
                )
        with django_assert_num_queries(QUERIES_OF_LIST):
            client.get(reverse("consolidated-list"))


QUERIES_OF_LIST = 9


def test_the_page_asks_no_more_for_many_tasks(
    world, report, as_user, django_assert_max_num_queries
):
    client = as_user(world.office)
    for number in range(30):
        make_task(world.block, (world.a, world.b), (world.s,), code=f"T{number}")
    accept(world, report.round, world.a, world.head)
    take(world, report, "refresh")
    for number in range(5):
        word(world, report, f"task.T{number}", "Viết lại.")
    with django_assert_max_num_queries(55):
        client.get(page_of(report))


def test_a_form_without_its_hidden_fields_is_asked_again(world, report, as_user):
    client = as_user(world.office)

    assert client.post(passage_of(report), {"text": "x"}).status_code == 422
    assert client.post(passage_of(report, "khong-co"), {}).status_code == 404
    typed = {"text": "x", "seen": 0, "request_key": uuid.uuid4()}
    assert client.post(passage_of(report), typed).status_code == 302
