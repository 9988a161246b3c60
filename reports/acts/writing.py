"""A unit writes its report, section by section; both texts survive when two write at once."""

import uuid

from django.db import transaction

from config.vietnamese.text import clean
from plans.acts.refusals import Invalid, NotNow
from plans.texts import TextRefused, accepted
from reports.acts.recording import (
    Moved,
    already_done,
    append,
    locked,
    require,
    require_state,
    require_unchanged,
)
from reports.models import SectionEdit, UnitReport, UnitReportStep
from reports.rules import may_write
from reports.states.unit_report import StepKind
from reports.unit_content.model import SECTIONS
from reports.unit_content.working import working
from units import clock
from units.models import User

NOT_YOURS = "Chỉ người của đơn vị mới lập và sửa báo cáo của đơn vị."
LONGEST = 20_000


def start(*, report_id: int, by: User, seen: int, request_key: uuid.UUID) -> UnitReportStep:
    """The unit begins its report: from now on it is a draft that can be written in."""
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, report, StepKind.START):
            return earlier
        require(may_write, by, report, NOT_YOURS)
        require_unchanged(report, seen)
        require_state(StepKind.START, report)
        return append(report, by=by, kind=StepKind.START, request_key=request_key, version=None)


def write_section(
    *, report_id: int, section: str, text: str, by: User, seen: int, request_key: uuid.UUID
) -> SectionEdit:
    """A person writes a section in their own words; a later refresh never overwrites them.

    `seen` is how many edits of this section the person had before their eyes: two people may write
    in different sections at the same time, in the same one the second gets Moved.
    """
    try:
        cleaned = accepted(text, max_length=LONGEST)
    except TextRefused as refused:
        raise Invalid({"text": str(refused)}) from refused
    return _edit(report_id, section, cleaned, by, seen, request_key)


def use_draft(
    *, report_id: int, section: str, by: User, seen: int, request_key: uuid.UUID
) -> SectionEdit:
    """The section says its draft again, and follows it; what was written stays in the history."""
    return _edit(report_id, section, None, by, seen, request_key)


def _edit(
    report_id: int, section: str, text: str | None, by: User, seen: int, request_key: uuid.UUID
) -> SectionEdit:
    if section not in SECTIONS:
        raise Invalid({"section": "Báo cáo không có phần này."})
    with transaction.atomic():
        report = locked(report_id)
        if earlier := _already_written(request_key, by, report, section, text):
            return earlier
        require(may_write, by, report, NOT_YOURS)
        require_state("edit", report)
        edits = report.edits.filter(section=section).order_by("sequence")
        newer = list(edits.filter(sequence__gt=seen))
        if newer:
            raise Moved(
                newer,
                f"{newer[-1].by_label} vừa sửa phần “{SECTIONS[section]}” sau khi đồng chí mở "
                "trang. Cả hai bản đều còn: bản mới ở bên cạnh, bản của đồng chí trong ô bên dưới, "
                "chưa được ghi.",
            )
        today = clock.today()
        return SectionEdit.objects.create(
            report=report,
            section=section,
            sequence=seen + 1,
            request_key=request_key,
            text=text,
            draft=working(report, today).section(section).draft,
            by=by,
            by_label=by.label,
            recorded_on=today,
            recorded_at=clock.now(),
        )


def _already_written(
    request_key: uuid.UUID, by: User, report: UnitReport, section: str, text: str | None
) -> SectionEdit | None:
    earlier = SectionEdit.objects.filter(request_key=request_key).first()
    if earlier is None:
        return None
    said = None if text is None else clean(text)
    same = (earlier.by_id, earlier.report_id, earlier.section, earlier.text)
    if same == (by.pk, report.pk, section, said):
        return earlier
    if (earlier.by_id, earlier.report_id, earlier.section) == (by.pk, report.pk, section):
        # The page was gone back to and changed: a new sending of the same form.
        raise Moved(report.edits.filter(section=section, sequence__gte=earlier.sequence))
    raise NotNow("Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại.")
