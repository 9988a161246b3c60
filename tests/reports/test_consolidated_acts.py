"""The steps of a consolidated report: who, from which state, and what stays of each."""

import uuid

import pytest
from django.db import transaction

from config.vietnamese.text import clean_line
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours
from plans.states import State
from reports.acts import drafting, issuing, signing
from reports.acts.issuing import Issue
from reports.content.frozen import thaw
from reports.models import ConsolidatedReport, PassageEdit, ReportStep
from reports.states.consolidated import ALLOWED_FROM, LEADS_TO, Act, ReportStatus
from tests.builders import TODAY, day, decide, make_user, record
from tests.reports.rounds import (
    GIVEN,
    WAY,
    accept,
    begin,
    brought_to,
    keys,
    open_round,
    reopen,
    take,
    word,
)
from units.models import Notice, Role


@pytest.fixture(autouse=True)
def _light_files(light_files):
    """The files are tested where they are the subject."""


@pytest.fixture
def report(world):
    round = open_round(world)
    record(world.lead, world.head, result="Đã làm.", on=day(11, 10))
    accept(world, round, world.a, world.head)
    return begin(world, round)


CALLS = {
    Act.EDIT: lambda report, by: drafting.edit(
        by=by,
        passage="directing.spread",
        text="Đã quán triệt.",
        **{**keys(report), "seen": 0},
    ),
    Act.REFRESH: lambda report, by: drafting.refresh(by=by, **keys(report)),
    Act.SUBMIT: lambda report, by: signing.submit(by=by, **keys(report)),
    Act.RETURN: lambda report, by: signing.send_back(by=by, words="Vì lẽ đó.", **keys(report)),
    Act.SIGN: lambda report, by: signing.sign(by=by, **keys(report)),
    Act.ISSUE: lambda report, by: issuing.issue(by=by, issue=GIVEN, **keys(report)),
    Act.SEND: lambda report, by: issuing.send(
        by=by, sent_on=TODAY, sent_to="UBND tỉnh", way="trục liên thông", **keys(report)
    ),
    Act.CORRECT: lambda report, by: drafting.correct(by=by, words="Sai số.", **keys(report)),
}
OFFICE = {Act.EDIT, Act.REFRESH, Act.SUBMIT, Act.ISSUE, Act.SEND, Act.CORRECT}


def outcome(call, report, by):
    """What an act did: "done", or the name of the refusal; nothing may have changed then."""
    before = (ConsolidatedReport.objects.values().get(pk=report.pk), ReportStep.objects.count())
    try:
        call(report, by)
    except (NotNow, NotYours) as refusal:
        after = (ConsolidatedReport.objects.values().get(pk=report.pk), ReportStep.objects.count())
        assert after == before
        return type(refusal).__name__
    return "done"


def test_every_act_is_in_the_table():
    assert CALLS.keys() == ALLOWED_FROM.keys() == set(Act) - {Act.START}


@pytest.mark.parametrize("status", ReportStatus)
def test_state_by_role_by_act(world, report, status):
    """Every state × everybody × every act: done exactly where the tables say so."""
    here = brought_to(world, report, status)
    for act, call in CALLS.items():
        for name, person in world.people.items():
            may = name == ("office" if act in OFFICE else "leadership")
            expected = (
                "NotYours" if not may else "done" if status in ALLOWED_FROM[act] else "NotNow"
            )
            with transaction.atomic():
                assert outcome(call, here, person) == expected, (act, name)
                if expected == "done" and act in LEADS_TO:
                    assert ConsolidatedReport.objects.get(pk=here.pk).status == LEADS_TO[act]
                transaction.set_rollback(True)


def test_each_step_is_kept_with_who_when_and_words(world, report):
    take(world, report, "submit", words="Kính trình đồng chí.")
    take(world, report, "return", words="Bổ sung số liệu.")
    take(world, report, "submit")
    take(world, report, "sign", words="Đồng ý.")
    take(world, report, "issue")
    take(world, report, "send", sent_to="UBND tỉnh (qua Sở Nội vụ)")

    told = list(report.steps.values_list("act", "status", "by_label", "words"))
    office, leader = world.office.label, world.leadership.label
    assert told == [
        ("start", "draft", office, ""),
        ("submit", "submitted", office, "Kính trình đồng chí."),
        ("return", "returned", leader, "Bổ sung số liệu."),
        ("submit", "submitted", office, ""),
        ("sign", "signed", leader, "Đồng ý."),
        ("issue", "issued", office, "Số 05/BC-STTTT ngày 20/11/2023, bản giấy"),
        (
            "send",
            "sent",
            office,
            "Gửi UBND tỉnh (qua Sở Nội vụ) ngày 20/11/2023, trục liên thông",
        ),
    ]
    found = ConsolidatedReport.objects.get()
    assert found.cited == "Báo cáo số 05/BC-STTTT ngày 20/11/2023"
    assert (found.sent_on, found.sent_to) == (TODAY, "UBND tỉnh (qua Sở Nội vụ)")


def test_those_concerned_are_told(world, report):
    def told():
        found = list(Notice.objects.order_by("pk").values_list("user__username", "words"))
        Notice.objects.all().delete()
        return found

    take(world, report, "submit")
    assert told() == [("leadership", "Báo cáo tổng hợp “Báo cáo năm 2023” đã trình ký.")]
    take(world, report, "return", words="Thiếu bảng.")
    assert told() == [("office", "Báo cáo tổng hợp “Báo cáo năm 2023” bị trả lại: Thiếu bảng.")]
    take(world, report, "submit")
    take(world, report, "sign")
    Notice.objects.all().delete()
    take(world, report, "issue")
    assert {name for name, _ in told()} == {"leadership", "head", "other_head", "support_head"}


def test_nobody_signs_what_they_drafted(world, report):
    """Promoted in between: the one who wrote a passage is in the leadership now."""
    writer = make_user(Role.OFFICE, world.vp)
    word(world, report, "directing.spread", "Đã quán triệt.", by=writer)
    take(world, report, "submit")
    writer.role = Role.LEADERSHIP
    writer.save()

    with pytest.raises(NotYours, match="Người đã tham gia soạn"):
        signing.sign(by=writer, **keys(report))

    take(world, report, "sign")


@pytest.mark.parametrize("act", ["return", "correct"])
def test_a_reason_is_asked_for(world, report, act):
    here = brought_to(world, report, "submitted" if act == "return" else "issued")

    with pytest.raises(Invalid) as refused:
        take(world, here, act, words="  ")

    assert refused.value.errors.keys() == {"words"}


def test_one_report_a_round(world, report):
    with pytest.raises(NotNow):
        begin(world, report.round)


def test_a_double_click_is_one_step(world, report):
    once = keys(report)

    first = signing.submit(by=world.office, **once)
    second = signing.submit(by=world.office, **once)

    assert first == second
    assert report.steps.filter(act=Act.SUBMIT).count() == 1


def test_a_step_on_what_was_not_seen_is_a_conflict(world, report):
    before = keys(report)
    word(world, report, "directing.spread", "Đã quán triệt.")

    with pytest.raises(Conflict, match="Người office"):
        signing.submit(by=world.office, **before)


# --- Wording ----------------------------------------------------------------------------------


def test_an_edited_passage_is_printed_and_outlives_a_refresh(world, report):
    word(world, report, "results.overall", "Lời của Văn phòng.")
    record(world.lead, world.head, result="Thêm kết quả.", on=day(11, 19))
    accept(world, report.round, world.a, world.head)

    take(world, report, "refresh")

    found = ConsolidatedReport.objects.get()
    printed = found.content
    said = [block.text for section in printed.sections for block in section.blocks]
    assert "Lời của Văn phòng." in said
    assert "Thêm kết quả." in said
    assert found.draft.passage("results.overall").text.startswith("Kế hoạch có")


def test_going_back_to_the_generated_words_keeps_both_in_the_history(world, report):
    generated = report.draft.passage("proposals").text
    word(world, report, "proposals", "Kiến nghị riêng.")
    word(world, report, "proposals", None)

    assert report.edited == {}
    assert list(report.edits.values_list("text", "generated")) == [
        ("Kiến nghị riêng.", generated),
        (None, generated),
    ]


def test_two_people_word_one_passage_both_texts_survive(world, report):
    second = make_user(Role.OFFICE, world.vp)
    word(world, report, "proposals", "Của người thứ nhất.")

    with pytest.raises(Conflict, match="Người office"):
        drafting.edit(
            report_id=report.pk,
            passage="proposals",
            by=second,
            text="Của người thứ hai.",
            seen=0,
            request_key=uuid.uuid4(),
        )

    assert report.edited == {"proposals": "Của người thứ nhất."}
    word(world, report, "proposals", "Của cả hai.", by=second)
    assert list(report.edits.values_list("text", flat=True)) == [
        "Của người thứ nhất.",
        "Của cả hai.",
    ]


def test_the_same_wording_sent_twice_is_one_edit(world, report):
    typed = {
        "report_id": report.pk,
        "passage": "proposals",
        "by": world.office,
        "text": "Một lần.",
        "seen": 0,
        "request_key": uuid.uuid4(),
    }

    assert drafting.edit(**typed) == drafting.edit(**typed)
    assert PassageEdit.objects.count() == 1


def test_text_in_a_legacy_font_is_refused(world, report):
    with pytest.raises(Invalid) as refused:
        word(world, report, "proposals", "§«n ®èc tiÕn ®é thùc hiÖn")

    assert refused.value.errors.keys() == {"text"}


# --- Out of date ------------------------------------------------------------------------------


def test_a_draft_that_is_out_of_date_is_not_submitted(world, report):
    record(world.lead, world.head, result="Mới.", on=day(11, 19))
    accept(world, report.round, world.a, world.head)

    with pytest.raises(NotNow, match="Cập nhật theo báo cáo"):
        take(world, report, "submit")

    take(world, report, "refresh")
    take(world, report, "submit")


def test_a_unit_report_reopened_after_submission_is_not_signed(world, report):
    take(world, report, "submit")
    reopen(report.round, world.a)

    with pytest.raises(NotNow, match="Phòng A: phiên bản 1 dùng trong dự thảo không còn"):
        take(world, report, "sign")


# --- Number and date --------------------------------------------------------------------------


def test_what_was_signed_is_what_is_issued(world, report):
    here = brought_to(world, report, "signed")
    signed = thaw(bytes(here.frozen))
    assert signed.head.number_line == "Số:        /BC-STTTT"

    issued = thaw(bytes(brought_to_issued(world, here).frozen))

    assert issued.head.number_line == "Số: 05/BC-STTTT"
    assert issued.head.place_and_date.endswith("ngày 20 tháng 11 năm 2023")
    assert issued.sections == signed.sections
    assert issued.indicators == signed.indicators


def brought_to_issued(world, report, **typed):
    take(world, report, "issue", **typed)
    return ConsolidatedReport.objects.get(pk=report.pk)


@pytest.mark.parametrize(
    ("medium", "note"),
    [
        ("paper", "(Kèm theo Báo cáo số 128/BC-VP ngày 20 tháng 11 năm 2023 của Sở"),
        ("electronic", "(Kèm theo Báo cáo số /BC-VP ngày tháng năm 2023 của Sở"),
    ],
)
def test_f36_the_appendix_has_number_and_date_on_paper_only(world, report, medium, note):
    here = brought_to(world, report, "signed")

    issued = brought_to_issued(world, here, issue=Issue(128, "BC-VP", TODAY, medium))

    assert clean_line(issued.content.appendix.note).startswith(note)
    assert issued.content.head.number_line == "Số: 128/BC-VP"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Issue(0, "BC-STTTT", TODAY), "number"),
        (Issue(5, "BC STTTT", TODAY), "symbol"),
        (Issue(5, "BC/STTTT", TODAY), "symbol"),
        (Issue(5, "BC-STTTT", day(11, 19)), "issued_on"),  # before its cut-off day
        (Issue(5, "BC-STTTT", day(11, 21)), "issued_on"),  # not yet
    ],
)
def test_what_cannot_be_a_number_or_a_date_is_refused(world, report, given, field):
    here = brought_to(world, report, "signed")

    with pytest.raises(Invalid) as refused:
        take(world, here, "issue", issue=given)

    assert refused.value.errors.keys() == {field}
    assert ConsolidatedReport.objects.get().number is None


def test_a_number_is_given_once_a_year(world, report):
    brought_to(world, report, "issued")
    other = brought_to(world, begin(world, open_round(world, world.a, name="Khác")), "signed")

    for symbol in ("BC-STTTT", "BC-VP"):
        with pytest.raises(Invalid) as refused:
            take(world, other, "issue", issue=Issue(5, symbol, TODAY))
        assert refused.value.errors == {
            "number": "Số 05 đã dùng cho Báo cáo số 05/BC-STTTT ngày 20/11/2023; số báo cáo của cơ "
            "quan không lặp lại trong năm 2023, kể cả khi ký hiệu khác."
        }

    take(world, other, "issue", issue=Issue(6, "BC-VP", TODAY))


def test_its_month_is_that_in_which_it_is_submitted(world):
    """The figures are those of October, the document is written in November, or in January."""
    round = open_round(world, as_of=day(10, 31))
    accept(world, round, world.a, world.head, on=day(10, 31))
    report = begin(world, round)
    assert report.content.head.place_and_date.endswith("ngày     tháng 11 năm 2023")

    take(world, report, "submit", on=day(1, 5, 2024))

    submitted = ConsolidatedReport.objects.get(pk=report.pk).content
    assert submitted.day == day(10, 31)
    assert submitted.head.place_and_date.endswith("ngày     tháng 01 năm 2024")
    assert "năm 2024 của" in submitted.appendix.note


def test_a_correction_names_the_old_report_and_leaves_it_as_it_is(world, report):
    word(world, report, "directing.spread", "Đã quán triệt đến từng phòng.")
    old = brought_to(world, report, "sent")
    frozen = bytes(old.frozen)

    new = take(world, old, "correct", words="Sai số liệu nhiệm vụ 1.")

    assert (new.version, new.replaces, new.status) == (2, old, "draft")
    assert new.edited == {"directing.spread": "Đã quán triệt đến từng phòng."}
    assert "Báo cáo này thay thế Báo cáo số 05/BC-STTTT ngày 20/11/2023." in new.content.opening
    assert new.content.file_stem.endswith("_lan2")
    assert not ConsolidatedReport.objects.get(pk=old.pk).is_replaced
    brought_to(world, new, "issued", issue=Issue(6, "BC-STTTT", TODAY))
    old = ConsolidatedReport.objects.get(pk=old.pk)
    assert old.is_replaced
    assert (bytes(old.frozen), old.status) == (frozen, "sent")
    with pytest.raises(NotNow, match="Đã có bản thay thế"):
        take(world, old, "correct")


def test_a_correction_keeps_the_day_and_the_figures_until_new_ones_are_asked_for(world, report):
    """A wrong name is mended without new figures slipping in; new ones are a choice."""
    old = brought_to(world, report, "issued")
    record(world.lead, world.head, State.DONE, result="Xong.", on=day(11, 22))
    decide("confirm", world.lead, world.office, on=day(11, 23))
    accept(world, report.round, world.a, world.head, on=day(11, 24))

    new = take(world, old, "correct", on=day(11, 25))

    assert (new.as_of, new.sources) == (TODAY, old.sources)
    assert new.content.total == old.content.total
    assert new.content.sections == old.content.sections
    assert [one.split(" ")[0] for one in new.content.opening] == ["Thực", "Số", "Báo"]
    with transaction.atomic():
        take(world, new, "submit", on=day(11, 25))
        take(world, new, "sign", on=day(11, 25))
        transaction.set_rollback(True)

    take(world, new, "refresh", on=day(11, 25))

    new.refresh_from_db()
    assert new.as_of == day(11, 25)
    assert new.content.total.done == old.content.total.done + 1
    accept(world, report.round, world.b, world.other_head, on=day(11, 25))
    with pytest.raises(NotNow, match="Dự thảo đã cũ"):  # the choice was made: it follows the units
        take(world, new, "submit", on=day(11, 25))


def test_a_second_correction_names_only_the_one_it_replaces(world, report):
    first = take(world, brought_to(world, report, "issued"), "correct")
    second = take(
        world, brought_to(world, first, "issued", issue=Issue(6, "BC-STTTT", TODAY)), "correct"
    )

    naming = [one for one in second.content.opening if "thay thế" in one]
    assert naming == ["Báo cáo này thay thế Báo cáo số 06/BC-STTTT ngày 20/11/2023."]
    assert second.content.file_stem.endswith("_lan3")
    assert "_lan2" not in second.content.file_stem


def test_the_way_covers_every_state():
    assert set(WAY) == set(ReportStatus)
