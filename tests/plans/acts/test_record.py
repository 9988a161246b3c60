"""Recording progress: what is kept, and every reason to refuse it with a message at its field."""

import hashlib
import io
import unicodedata
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.acts.evidence import NewEvidence
from plans.acts.progress import Report
from plans.acts.refusals import Invalid
from plans.evidence_files import inspect
from plans.models import Evidence, Measure, ProgressUpdate
from plans.states import Kind, State
from tests.builders import (
    START,
    TODAY,
    a_document,
    day,
    decide,
    make_measure,
    record,
    record_report,
    said,
)
from tests.plans.acts.database import contents
from tests.plans.sample_files import pdf


def refused(assignment, by, report):
    """The messages by field; nothing must have been written."""
    before = contents()
    with pytest.raises(Invalid) as refusal:
        record_report(assignment, by, report)
    assert contents() == before
    return refusal.value.errors


def a_file(name="kết quả.pdf"):
    file = SimpleUploadedFile(name, pdf())
    return NewEvidence(file=file, facts=inspect(io.BytesIO(pdf()), name, len(pdf())))


# --- What is kept -------------------------------------------------------------------------------


def test_everything_that_was_said_is_kept(world):
    measure = make_measure(world.task)
    report = Report(
        state=State.DONE,
        completed_on=day(11, 15),
        result="Kết quả",
        difficulty="Khó khăn",
        cause="Nguyên nhân",
        next_step="Việc tiếp theo",
        proposal="Đề xuất",
        explanation="Giải trình",
        values={measure.pk: Decimal("98.5")},
        evidence=(
            NewEvidence(
                document_number=" 12/STTTT-VP ",
                document_date=day(11, 14),
                proves=unicodedata.normalize("NFD", "Đã ban hành"),
            ),
        ),
    )

    update = record_report(world.lead, world.staff, report)

    update = ProgressUpdate.objects.get(pk=update.pk)
    assert (update.kind, update.state, update.claim) == ("report", State.AWAITING, State.DONE)
    assert (update.completed_on, update.recorded_on, update.sequence) == (day(11, 15), TODAY, 1)
    assert (
        update.result,
        update.difficulty,
        update.cause,
        update.next_step,
        update.proposal,
        update.explanation,
    ) == ("Kết quả", "Khó khăn", "Nguyên nhân", "Việc tiếp theo", "Đề xuất", "Giải trình")
    [value] = update.values.all()
    assert (value.measure, value.value) == (measure, Decimal("98.5"))
    [proof] = update.evidence.all()
    assert (proof.document_number, proof.document_date, proof.proves) == (
        "12/STTTT-VP",
        day(11, 14),
        "Đã ban hành",
    )


def test_texts_are_cleaned(world):
    update = record(
        world.lead, world.staff, result=unicodedata.normalize("NFD", "  Đã\u00a0 gửi\u200b ")
    )

    assert update.result == "Đã gửi"


def test_who_it_was_on_that_day_is_kept(world):
    world.staff.job_title = "Chuyên viên"
    world.staff.save()
    update = record(world.lead, world.staff)
    world.staff.full_name, world.staff.unit = "Tên Mới", world.b
    world.staff.save()

    assert ProgressUpdate.objects.get(pk=update.pk).by_label == (
        "Người staff, Chuyên viên, Phòng A"
    )


def test_a_file_is_kept_under_a_name_of_our_own(world):
    update = record(world.lead, world.staff, evidence=(a_file("../Báo cáo.pdf"),))

    [proof] = update.evidence.all()
    assert (proof.name, proof.media_type, proof.size) == (
        "Báo cáo.pdf",
        "application/pdf",
        len(pdf()),
    )
    assert proof.sha256 == hashlib.sha256(pdf()).hexdigest()
    folder, _, stored = proof.file.name.rpartition("/")
    assert folder == "2023/11"
    assert len(stored) == len("0" * 32 + ".pdf")
    assert "Báo" not in stored
    with proof.file.open("rb") as file:
        assert file.read() == pdf()


def test_files_of_an_update_that_fails_are_taken_away_again(world):
    """The second proof has neither file nor number, which the database refuses."""
    before = set(default_storage.listdir("2023/11")[1]) if default_storage.exists("2023") else set()

    with pytest.raises(Exception, match="evidence_is_something"):
        record(world.lead, world.staff, evidence=(a_file(), NewEvidence()))

    assert set(default_storage.listdir("2023/11")[1]) == before


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.NOT_STARTED])
def test_completion_date_is_kept_of_a_completion_only(world, state):
    update = record(world.lead, world.staff, state, cause="Lý do", completed_on=TODAY)

    assert (update.state, update.completed_on) == (state, None)


# --- State and texts ----------------------------------------------------------------------------

NO_RESULT = {"result": "Đồng chí ghi kết quả thực hiện."}
NO_CAUSE = {"cause": "Đồng chí ghi ngắn gọn vì sao chưa thực hiện."}
NOT_A_STATE = {"state": "Đồng chí chọn một tình trạng trong danh sách."}


@pytest.mark.parametrize(
    ("report", "errors"),
    [
        (Report(), NO_RESULT),
        (Report(result=" \n\u200b "), NO_RESULT),
        (Report(state=State.NOT_STARTED), NO_CAUSE),
        (Report(state=State.AWAITING, result="x"), NOT_A_STATE),
        (Report(state=State.PAUSED, result="x"), NOT_A_STATE),
        (Report(state=State.NO_INFO, result="x"), NOT_A_STATE),
        (Report(state="overdue", result="x"), NOT_A_STATE),
        (
            Report(state=State.NOT_ARISEN, result="x"),
            {"state": "Chỉ nhiệm vụ “nếu có” mới kết thúc bằng “không phát sinh”."},
        ),
    ],
)
def test_refused_states_and_missing_texts(world, report, errors):
    assert refused(world.lead, world.staff, report) == errors


@pytest.mark.parametrize("text", ["result", "difficulty", "cause", "next_step"])
def test_not_started_needs_any_word_why(world, text):
    record_report(world.lead, world.staff, Report(state=State.NOT_STARTED, **{text: "Chờ."}))


@pytest.mark.parametrize("kind", [Kind.DEADLINE, Kind.ONGOING])
def test_only_a_conditional_task_ends_as_not_arisen(world, kind):
    world.task.kind = kind
    world.task.save()
    assert refused(world.lead, world.staff, said(State.NOT_ARISEN)).keys() == {"state"}

    world.task.kind = Kind.CONDITIONAL
    world.task.save()
    update = record_report(world.lead, world.staff, said(State.NOT_ARISEN))
    assert (update.state, update.claim) == (State.AWAITING, State.NOT_ARISEN)


def test_every_text_that_cannot_be_kept_has_its_message(world):
    errors = refused(
        world.lead,
        world.staff,
        Report(result="a" * 20_000, difficulty="§«n ®èc tiÕn ®é", proposal="b" * 5001),
    )

    assert errors == {
        "result": "Nội dung dài 20.000 ký tự, tối đa 5.000. "
        "Đồng chí rút gọn hoặc đính kèm thành tệp.",
        "difficulty": "Nội dung được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được. "
        "Đồng chí chuyển sang Unicode rồi dán lại.",
        "proposal": "Nội dung dài 5.001 ký tự, tối đa 5.000. "
        "Đồng chí rút gọn hoặc đính kèm thành tệp.",
    }


# --- Completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("completed_on", "message"),
    [
        (None, "Đồng chí ghi ngày hoàn thành (ngày/tháng/năm)."),
        (day(11, 21), "Ngày hoàn thành không được sau hôm nay (20/11/2023)."),
        (
            day(6, 30),
            "Ngày hoàn thành không được trước ngày kế hoạch bắt đầu (01/07/2023).",
        ),
    ],
)
def test_completion_date_refused(world, completed_on, message):
    report = said(State.DONE, completed_on=completed_on)

    assert refused(world.lead, world.staff, report) == {"completed_on": message}


@pytest.mark.parametrize("completed_on", [START, TODAY])
def test_completion_date_from_the_plans_first_day_to_today(world, completed_on):
    assert record(world.lead, world.staff, State.DONE, completed_on=completed_on).completed_on == (
        completed_on
    )


def test_completion_needs_evidence_or_an_explanation(world):
    report = said(State.DONE, evidence=())
    assert refused(world.lead, world.staff, report) == {
        "explanation": "Đồng chí đính kèm tài liệu kiểm chứng; nếu không có thì giải trình tại đây."
    }

    explained = said(State.DONE, evidence=(), explanation="Việc nội bộ, không có văn bản.")
    assert record_report(world.lead, world.staff, explained).claim == State.DONE


def test_evidence_of_an_earlier_update_of_the_same_part_is_enough(world):
    record(world.lead, world.staff, evidence=(a_document(),))

    assert record(world.lead, world.staff, State.DONE, evidence=()).claim == State.DONE


def test_evidence_of_another_unit_is_not(world):
    record(world.support, world.support_head, evidence=(a_document(),))

    assert refused(world.lead, world.staff, said(State.DONE, evidence=())).keys() == {"explanation"}


def test_all_that_is_wrong_is_said_at_once(world):
    measure = make_measure(world.task)
    report = Report(state=State.DONE, values={measure.pk: Decimal(101)})

    assert refused(world.lead, world.staff, report).keys() == {
        "result",
        "completed_on",
        "explanation",
        f"value_{measure.pk}",
    }


# --- Values of measures -------------------------------------------------------------------------

PERCENT, NUMBER, YES_NO = Measure.Scale
OUT_OF_PERCENT = "Tỷ lệ phải từ 0 đến 100%."
NOT_YES_OR_NO = "Chọn đạt hoặc chưa đạt."
OUT_OF_RANGE = "Giá trị phải từ 0 đến dưới 10 tỷ."
TOO_FINE = "Giá trị có tối đa bốn chữ số sau dấu phẩy."
NO_NUMBER = "Giá trị phải là một số."


@pytest.mark.parametrize(
    ("scale", "value", "message"),
    [
        (PERCENT, "-0.1", OUT_OF_PERCENT),
        (PERCENT, "100.01", OUT_OF_PERCENT),
        (PERCENT, "98.12345", TOO_FINE),
        (PERCENT, "NaN", NO_NUMBER),
        (NUMBER, "-1", OUT_OF_RANGE),
        (NUMBER, "10000000000", OUT_OF_RANGE),
        (NUMBER, "1E+10", OUT_OF_RANGE),
        (NUMBER, "0.00001", TOO_FINE),
        (NUMBER, "Infinity", NO_NUMBER),
        (YES_NO, "2", NOT_YES_OR_NO),
        (YES_NO, "0.5", NOT_YES_OR_NO),
        (YES_NO, "-1", NOT_YES_OR_NO),
    ],
)
def test_values_refused(world, scale, value, message):
    measure = make_measure(world.task, scale)
    report = said(values={measure.pk: Decimal(value)})

    assert refused(world.lead, world.staff, report) == {f"value_{measure.pk}": message}


@pytest.mark.parametrize(
    ("scale", "value"),
    [
        (PERCENT, "0"),
        (PERCENT, "100"),
        (PERCENT, "98.1234"),
        (NUMBER, "9999999999.9999"),
        (NUMBER, "1E+9"),
        (YES_NO, "0"),
        (YES_NO, "1"),
    ],
)
def test_values_kept_exactly(world, scale, value):
    measure = make_measure(world.task, scale)

    update = record(world.lead, world.staff, values={measure.pk: Decimal(value)})

    assert update.values.get().value == Decimal(value)


def test_measure_of_another_task_is_refused(world):
    measure = make_measure(world.other_task)
    report = said(values={measure.pk: Decimal(50)})

    assert refused(world.lead, world.staff, report) == {
        "values": "Chỉ tiêu không thuộc nhiệm vụ này."
    }


# --- Contributions ------------------------------------------------------------------------------


def test_a_contribution_needs_words(world):
    assert refused(world.support, world.support_head, Report()) == {
        "result": "Đồng chí ghi việc đơn vị đã phối hợp thực hiện."
    }


def test_a_contribution_keeps_words_and_evidence(world):
    update = record(
        world.support,
        world.support_head,
        result="Đã gửi số liệu",
        difficulty="Chậm",
        evidence=(a_document("7/BC"),),
    )

    assert (update.kind, update.result, update.difficulty) == (
        "contribution",
        "Đã gửi số liệu",
        "Chậm",
    )
    assert Evidence.objects.get(update=update).label == "Văn bản số 7/BC"


# --- Reasons of decisions -----------------------------------------------------------------------

MISSING = "Đồng chí ghi lý do; lý do được lưu trong lịch sử nhiệm vụ."


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (" \u200b\n", MISSING),
        (
            "a" * 2001,
            "Nội dung dài 2.001 ký tự, tối đa 2.000. Đồng chí rút gọn hoặc đính kèm thành tệp.",
        ),
    ],
)
@pytest.mark.parametrize("act", ["send_back", "pause"])
def test_reason_refused(world, act, reason, message):
    record(world.lead, world.staff, State.DONE)
    before = contents()

    with pytest.raises(Invalid) as refusal:
        decide(act, world.lead, world.leadership, reason)

    assert refusal.value.errors == {"reason": message}
    assert contents() == before


def test_reason_is_kept_cleaned(world):
    record(world.lead, world.staff, State.DONE)

    update = decide("send_back", world.lead, world.office, "  Thiếu\u00a0 minh chứng ")

    assert (update.reason, update.completed_on) == ("Thiếu minh chứng", None)
