"""A unit says how far it is: leads report, supporting units contribute."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from config.vietnamese import dates
from config.vietnamese.text import clean, clean_line
from plans.acts.evidence import NewEvidence, attach
from plans.acts.recording import (
    already_recorded,
    append,
    locked,
    require,
    require_state,
    require_unchanged,
    settle,
)
from plans.acts.refusals import Invalid, NotNow
from plans.acts.telling import tell_claim, tell_contribution
from plans.models import Assignment, Evidence, Measure, MeasureValue, ProgressUpdate, UpdateKind
from plans.rules import may_record
from plans.states import CLAIMS, REPORTABLE, Kind, State
from plans.texts import TextRefused, accepted
from units import clock
from units.models import User

TEXTS = ("result", "difficulty", "cause", "next_step", "proposal", "explanation")


@dataclass(frozen=True)
class Report:
    """What a lead says of its part. `values` are keyed by Measure.pk; a missing key is no value."""

    state: str = State.IN_PROGRESS
    completed_on: dt.date | None = None
    result: str = ""
    difficulty: str = ""
    cause: str = ""
    next_step: str = ""
    proposal: str = ""
    explanation: str = ""
    values: Mapping[int, Decimal] = field(default_factory=dict)
    evidence: tuple[NewEvidence, ...] = ()
    corrects: int | None = None

    def with_evidence(self, evidence: tuple[NewEvidence, ...]) -> "Report":
        """The same words with that evidence besides its own."""
        return replace(self, evidence=(*evidence, *self.evidence))


def record_progress(
    *,
    assignment_id: int,
    by: User,
    report: Report,
    seen: int,
    request_key: uuid.UUID,
    prepared_by: User | None = None,
    prepared_by_label: str = "",
) -> ProgressUpdate:
    """A lead reports on its own part. "Done" and "not arisen" then await the Office.

    `seen` is the number of records the person had before their eyes; a newer one raises
    Conflict. The same words with the same `request_key` again (a double click) return the first
    record. `report.corrects` is the key of an earlier record of the same part that this one sets
    right; both stay. `prepared_by` is who wrote it for the one who sends it.
    """
    with transaction.atomic():
        assignment = locked(assignment_id)
        earlier = already_recorded(request_key, by, assignment)
        if earlier and _says_the_same(earlier, report):
            return earlier
        require(may_record, by, assignment, "Chỉ đơn vị được giao mới cập nhật phần việc này.")
        origin = {
            "prepared_by": prepared_by,
            "prepared_by_label": prepared_by_label,
            "corrects": _corrected(assignment, report.corrects),
        }
        if not assignment.is_lead:
            return _contribute(assignment, by, report, seen, request_key, origin)
        require_unchanged(assignment, seen, by)
        require_state("record", assignment)
        texts = checked(assignment, report)
        claim = report.state if report.state in CLAIMS else ""
        update = append(
            assignment,
            by=by,
            kind=UpdateKind.REPORT,
            state=State.AWAITING if claim else State(report.state),
            request_key=request_key,
            claim=claim,
            completed_on=report.completed_on if claim == State.DONE else None,
            **origin,
            **texts,
        )
        _write_values(update, report.values)
        settle(assignment)
        if claim:
            tell_claim(assignment, update)
        # Last, so that nothing that can fail comes after a file was stored.
        attach(update, report.evidence)
        return update


def _says_the_same(earlier: ProgressUpdate, report: Report) -> bool:
    """Whether a record holds exactly what a report says (of a contribution: its words)."""
    values = {value.measure_id: value.value for value in earlier.values.all()}
    proofs = {(proof.sha256, proof.document_number) for proof in earlier.evidence.all()}
    if earlier.kind == UpdateKind.REPORT:
        done = report.state == State.DONE
        said = (report.state, report.completed_on if done else None, dict(report.values))
        if said != (earlier.claim or earlier.state, earlier.completed_on, values):
            return False
    return all(getattr(earlier, name) == clean(getattr(report, name)) for name in TEXTS) and (
        proofs == {(new.sha256, clean_line(new.document_number)) for new in report.evidence}
    )


def _corrected(assignment: Assignment, pk: int | None) -> ProgressUpdate | None:
    """The earlier words of the same part that a record sets right."""
    if pk is None:
        return None
    said = assignment.updates.filter(kind__in=(UpdateKind.REPORT, UpdateKind.CONTRIBUTION), pk=pk)
    earlier: ProgressUpdate | None = said.first()
    if earlier is None:
        raise NotNow("Chỉ đính chính được lần cập nhật trước của chính phần việc này.")
    return earlier


def _contribute(
    assignment: Assignment,
    by: User,
    report: Report,
    seen: int,
    request_key: uuid.UUID,
    origin: Mapping[str, Any],
) -> ProgressUpdate:
    """A supporting unit says what it did; it never changes the state of the task (3.6)."""
    require_unchanged(assignment, seen, by)
    texts = checked(assignment, report)
    update = append(
        assignment,
        by=by,
        kind=UpdateKind.CONTRIBUTION,
        state=State.IN_PROGRESS,
        request_key=request_key,
        **origin,
        **texts,
    )
    tell_contribution(assignment, update)
    attach(update, report.evidence)
    return update


def checked(assignment: Assignment, report: Report, is_proven: bool = False) -> dict[str, str]:
    """The cleaned texts of a report that may be recorded; Invalid names every field that is not.

    `is_proven`: there is evidence that the report itself does not carry.
    """
    texts, errors = _cleaned(report)
    errors |= _evidence_errors(report.evidence)
    if not assignment.is_lead:
        if not texts["result"]:
            errors.setdefault("result", "Đồng chí ghi việc đơn vị đã phối hợp thực hiện.")
    else:
        errors |= _state_errors(assignment, report, texts)
        errors |= _value_errors(assignment, report.values)
        if report.state == State.DONE:
            errors |= _completion_errors(assignment, report, texts, is_proven)
    if errors:
        raise Invalid(errors)
    return texts


def _cleaned(report: Report) -> tuple[dict[str, str], dict[str, str]]:
    texts, errors = {}, {}
    for name in TEXTS:
        try:
            texts[name] = accepted(getattr(report, name))
        except TextRefused as refused:
            texts[name] = getattr(report, name)
            errors[name] = str(refused)
    return texts, errors


def _state_errors(
    assignment: Assignment, report: Report, texts: Mapping[str, str]
) -> dict[str, str]:
    if report.state not in REPORTABLE:
        return {"state": "Đồng chí chọn một tình trạng trong danh sách."}
    if report.state == State.NOT_ARISEN and assignment.task.kind != Kind.CONDITIONAL:
        return {"state": "Chỉ nhiệm vụ “nếu có” mới kết thúc bằng “không phát sinh”."}
    if report.state == State.NOT_STARTED:
        if not any(texts[name] for name in ("result", "difficulty", "cause", "next_step")):
            return {"cause": "Đồng chí ghi ngắn gọn vì sao chưa thực hiện."}
    elif report.state == State.NOT_ARISEN and not texts["result"]:
        return {"result": "Đồng chí ghi một câu vì sao trong kỳ không phát sinh."}
    elif not texts["result"]:
        return {"result": "Đồng chí ghi kết quả thực hiện."}
    return {}


def _completion_errors(
    assignment: Assignment, report: Report, texts: Mapping[str, str], is_proven: bool
) -> dict[str, str]:
    """The day a lead finished: not after today, not before the plan; with proof or explanation."""
    errors = {}
    today, starts_on = clock.today(), assignment.task.plan.starts_on
    if report.completed_on is None:
        errors["completed_on"] = "Đồng chí ghi ngày hoàn thành (ngày/tháng/năm)."
    elif report.completed_on > today:
        errors["completed_on"] = f"Ngày hoàn thành không được sau hôm nay ({dates.short(today)})."
    elif report.completed_on < starts_on:
        errors["completed_on"] = (
            f"Ngày hoàn thành không được trước ngày kế hoạch bắt đầu ({dates.short(starts_on)})."
        )
    proven = is_proven or bool(report.evidence)
    proven = proven or Evidence.objects.filter(update__assignment=assignment).exists()
    if not proven and not texts["explanation"]:
        errors["explanation"] = (
            "Đồng chí đính kèm tài liệu kiểm chứng; nếu không có thì giải trình tại đây."
        )
    return errors


OLDEST_DOCUMENT = dt.date(1945, 9, 2)


def _evidence_errors(evidence: tuple[NewEvidence, ...]) -> dict[str, str]:
    """A document that proves something has been issued: not after today, not before 1945."""
    today = clock.today()
    issued = [one.document_date for one in evidence if one.document_date]
    if any(day > today for day in issued):
        return {"document_date": f"Ngày văn bản không được sau hôm nay ({dates.short(today)})."}
    if any(day < OLDEST_DOCUMENT for day in issued):
        return {"document_date": "Ngày văn bản quá xa; đồng chí kiểm tra lại năm."}
    return {}


def _value_errors(assignment: Assignment, values: Mapping[int, Decimal]) -> dict[str, str]:
    if not values:
        return {}
    measures = {measure.pk: measure for measure in assignment.task.measures.all()}
    errors = {}
    for pk, value in values.items():
        measure = measures.get(pk)
        if measure is None:
            errors["values"] = "Chỉ tiêu không thuộc nhiệm vụ này."
        elif message := _value_error(measure, value):
            errors[f"value_{pk}"] = message
    return errors


def _value_error(measure: Measure, value: Decimal) -> str:
    if not value.is_finite():
        return "Giá trị phải là một số."
    if measure.scale == Measure.Scale.PERCENT and not 0 <= value <= 100:
        return "Tỷ lệ phải từ 0 đến 100%."
    if measure.scale == Measure.Scale.YES_NO and value not in (0, 1):
        return "Chọn đạt hoặc chưa đạt."
    if value < 0 or value >= 10**10:
        return "Giá trị phải từ 0 đến dưới 10 tỷ."
    if -value.as_tuple().exponent > 4:  # type: ignore[operator]
        return "Giá trị có tối đa bốn chữ số sau dấu phẩy."
    return ""


def _write_values(update: ProgressUpdate, values: Mapping[int, Decimal]) -> None:
    MeasureValue.objects.bulk_create(
        MeasureValue(update=update, measure_id=pk, value=value) for pk, value in values.items()
    )
