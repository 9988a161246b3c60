"""Staff prepare an update and the head of the unit sends it, where the unit wants it so."""

import datetime as dt
import uuid
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from plans.acts.evidence import NewEvidence, storing
from plans.acts.progress import TEXTS, Report, checked, record_progress
from plans.acts.recording import locked, require, require_unchanged
from plans.acts.refusals import Invalid, NotNow
from plans.evidence_files import FileFacts
from plans.models import Assignment, Prepared, PreparedEvidence, ProgressUpdate
from plans.rules import may_prepare, may_record
from plans.texts import TextRefused, accepted
from units import clock
from units.models import Role, User
from units.notices import tell


def prepare(
    *,
    assignment_id: int,
    by: User,
    report: Report,
    seen: int,
    request_key: uuid.UUID,
    replaces: uuid.UUID | None = None,
    kept: frozenset[int] = frozenset(),
    unchanged: bool = False,
) -> Prepared:
    """Keep an update for the head of the unit; it is checked as if it were sent.

    `replaces` is the key of the prepared update that the person had before their eyes, `kept`
    those of its evidence that stay; another one raises NotNow, so that nobody's words are lost.
    """
    with transaction.atomic():
        assignment = locked(assignment_id)
        require(may_prepare, by, assignment, "Đồng chí gửi thẳng, không cần chuẩn bị trước.")
        there = Prepared.objects.filter(assignment=assignment).first()
        if there and (there.request_key, there.by_id) == (request_key, by.pk):
            return there
        require_replaced(there, replaces)
        require_unchanged(assignment, seen, by)
        checked(assignment, report, _proofs(there, kept))
        prepared = there or Prepared(assignment=assignment)
        prepared.report, prepared.seen, prepared.note = _frozen(report, unchanged), seen, ""
        prepared.by, prepared.by_label, prepared.request_key = by, by.label, request_key
        prepared.prepared_at = clock.now()
        prepared.save()
        _forget(prepared.evidence.exclude(pk__in=kept))
        tell(
            _heads(assignment),
            f"{by} đã chuẩn bị cập nhật cho nhiệm vụ {assignment.task.code}, chờ đồng chí gửi.",
            _page(assignment),
            by=by,
        )
        _keep(prepared, report.evidence)
        return prepared


def give_back(*, assignment_id: int, by: User, note: str, request_key: uuid.UUID) -> Prepared:
    """The head of the unit gives a prepared update back to who wrote it, with a note."""
    with transaction.atomic():
        assignment = locked(assignment_id)
        require(may_record, by, assignment, "Lãnh đạo đơn vị trả lại nội dung đã chuẩn bị.")
        prepared = Prepared.objects.filter(assignment=assignment).first()
        require_replaced(prepared, request_key)
        assert prepared is not None  # else it was not replaced
        try:
            prepared.note = accepted(note, max_length=2000)
        except TextRefused as refused:
            raise Invalid({"reason": str(refused)}) from refused
        if not prepared.note:
            raise Invalid({"reason": "Đồng chí ghi cần sửa gì."})
        prepared.save(update_fields=["note"])
        tell(
            [prepared.by],
            f"{by} trả lại nội dung đồng chí chuẩn bị cho nhiệm vụ {assignment.task.code}: "
            f"{prepared.note}",
            _page(assignment),
            by=by,
        )
        return prepared


def send_prepared(
    *,
    assignment_id: int,
    by: User,
    report: Report,
    seen: int,
    request_key: uuid.UUID,
    prepared_key: uuid.UUID,
    kept: frozenset[int] = frozenset(),
) -> ProgressUpdate:
    """The head sends what staff prepared, as it now reads; the history names both."""
    with transaction.atomic():
        assignment = locked(assignment_id)
        prepared = Prepared.objects.filter(assignment=assignment).first()
        earlier = ProgressUpdate.objects.filter(request_key=request_key, by=by).first()
        if prepared is None and earlier is not None:
            return earlier  # a double click
        require_replaced(prepared, prepared_key)
        assert prepared is not None
        evidence = tuple(_as_new(one) for one in prepared.evidence.filter(pk__in=kept))
        update = record_progress(
            assignment_id=assignment_id,
            by=by,
            report=report.with_evidence(evidence),
            seen=seen,
            request_key=request_key,
            prepared_by=prepared.by,
            prepared_by_label=prepared.by_label,
        )
        _forget(prepared.evidence.all())
        prepared.delete()
        return update


def require_replaced(there: Prepared | None, key: uuid.UUID | None) -> None:
    """Raise NotNow unless the prepared update is the one that the person had seen."""
    if (there.request_key if there else None) != key:
        who = there.by_label if there else "Người khác"
        raise NotNow(
            f"{who} vừa chuẩn bị hoặc gửi nội dung khác cho nhiệm vụ này. Chưa có gì bị ghi đè: "
            "đồng chí tải lại trang để xem; nội dung đồng chí vừa gõ vẫn ở dưới đây."
        )


def words_of(prepared: Prepared) -> Report:
    """The report as it was prepared, without its evidence."""
    said: dict[str, Any] = prepared.report
    day = said["completed_on"]
    return Report(
        state=said["state"],
        completed_on=dt.date.fromisoformat(day) if day else None,
        values={int(pk): Decimal(value) for pk, value in said["values"].items()},
        **{name: said[name] for name in TEXTS},
    )


def _frozen(report: Report, unchanged: bool) -> dict[str, Any]:
    return {
        "unchanged": unchanged,
        "state": str(report.state),
        "completed_on": report.completed_on.isoformat() if report.completed_on else None,
        "values": {str(pk): str(value) for pk, value in report.values.items()},
        **{name: getattr(report, name) for name in TEXTS},
    }


def _proofs(prepared: Prepared | None, kept: frozenset[int]) -> bool:
    return prepared is not None and prepared.evidence.filter(pk__in=kept).exists()


def _keep(prepared: Prepared, evidence: tuple[NewEvidence, ...]) -> None:
    with storing() as kept:
        for new in evidence:
            kept.append(PreparedEvidence(prepared=prepared, **new.columns()))
            kept[-1].save()


def _as_new(one: PreparedEvidence) -> NewEvidence:
    """The evidence as a form would hand it over; the file is stored anew, under its own name."""
    if not one.file:
        return NewEvidence(
            document_number=one.document_number,
            document_date=one.document_date,
            proves=one.proves,
        )
    with one.file.open("rb") as stored:
        file = SimpleUploadedFile(one.name, stored.read(), content_type=one.media_type)
    facts = FileFacts(one.name, one.media_type, one.size, one.sha256)
    return NewEvidence(file=file, facts=facts, proves=one.proves)


def _forget(evidence: Any) -> None:
    """Take prepared evidence away; its files go when the transaction has ended well."""
    for one in evidence:
        if one.file:
            transaction.on_commit(partial(one.file.storage.delete, one.file.name))
        one.delete()


def _heads(assignment: Assignment) -> list[User]:
    return list(User.objects.filter(unit=assignment.unit, role=Role.HEAD))


def _page(assignment: Assignment) -> str:
    return reverse("progress-record", args=[assignment.task_id, assignment.pk])
