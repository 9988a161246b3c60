"""A unit writes its report, section by section; both texts survive when two write at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

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


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person wrote in a section; `text` None goes back to the draft, which the section then
    follows. `seen` is how many edits of this section they had before their eyes."""

    section: str
    text: str | None
    seen: int


def write_sections(
    *, report_id: int, wordings: Sequence[Wording], by: User, request_key: uuid.UUID
) -> list[SectionEdit]:
    """A person writes sections in their own words; a later refresh never overwrites them.

    All are written or none: Invalid names each section whose text is refused, Moved those in which
    somebody wrote meanwhile. Two people may write in different sections at the same time.
    """
    accepted_ones = _accepted(wordings)
    with transaction.atomic():
        report = locked(report_id)
        keyed = [(_key(request_key, one), one) for one in accepted_ones]
        done = {key: _already_written(key, by, report, one) for key, one in keyed}
        require(may_write, by, report, NOT_YOURS)
        if not all(done.values()):
            require_state("edit", report)
            _require_unmoved(report, [one for key, one in keyed if done[key] is None])
        today = clock.today()
        drafts = {one.key: one.draft for one in working(report, today).sections}
        return [
            done[key]
            or SectionEdit.objects.create(
                report=report,
                section=one.section,
                sequence=one.seen + 1,
                request_key=key,
                text=one.text,
                draft=drafts[one.section],
                by=by,
                by_label=by.label,
                recorded_on=today,
                recorded_at=clock.now(),
            )
            for key, one in keyed
        ]


def write_section(
    *, report_id: int, section: str, text: str | None, by: User, seen: int, request_key: uuid.UUID
) -> SectionEdit:
    """One section alone."""
    wordings = [Wording(section, text, seen)]
    [edit] = write_sections(report_id=report_id, wordings=wordings, by=by, request_key=request_key)
    return edit


def _accepted(wordings: Sequence[Wording]) -> list[Wording]:
    cleaned, errors = [], {}
    for one in wordings:
        if one.section not in SECTIONS:
            raise Invalid({"section": "Báo cáo không có phần này."})
        try:
            text = None if one.text is None else accepted(one.text, max_length=LONGEST)
        except TextRefused as refused:
            errors[one.section] = str(refused)
        else:
            cleaned.append(replace(one, text=text))
    if errors:
        raise Invalid(errors)
    return cleaned


def _key(request_key: uuid.UUID, one: Wording) -> uuid.UUID:
    """A form carries one key and makes several edits."""
    return uuid.uuid5(request_key, f"{one.section}{'' if one.text is not None else ' draft'}")


def _require_unmoved(report: UnitReport, wordings: Sequence[Wording]) -> None:
    """Raise Moved when somebody wrote in one of the sections after `seen`."""
    seen: dict[str, int] = {}
    for one in wordings:
        seen.setdefault(one.section, one.seen)
    edits = report.edits.filter(section__in=seen).order_by("pk")
    newer = [edit for edit in edits if edit.sequence > seen[edit.section]]
    if newer:
        names = ", ".join(dict.fromkeys(f"“{SECTIONS[one.section]}”" for one in newer))
        raise Moved(
            newer,
            f"{newer[-1].by_label} vừa sửa phần {names} sau khi đồng chí mở trang. Cả hai bản đều "
            "còn: bản mới ở bên cạnh, bản của đồng chí trong ô bên dưới, chưa được ghi.",
        )


def _already_written(
    key: uuid.UUID, by: User, report: UnitReport, one: Wording
) -> SectionEdit | None:
    earlier = SectionEdit.objects.filter(request_key=key).first()
    if earlier is None:
        return None
    if (earlier.by_id, earlier.report_id, earlier.section) != (by.pk, report.pk, one.section):
        raise NotNow("Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại.")
    if earlier.text == one.text:
        return earlier
    # The page was gone back to and changed: a new sending of the same form.
    raise Moved(report.edits.filter(section=one.section, sequence__gte=earlier.sequence))
