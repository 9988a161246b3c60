"""The Office and the leadership say something on one part of an update, and it stays there."""

import uuid
from typing import Any

from django.db import transaction
from django.urls import reverse

from config.vietnamese.text import clean
from plans import concerned
from plans.acts.recording import locked, require, require_state
from plans.acts.refusals import Invalid, NotNow
from plans.models import ProgressUpdate, Remark, RemarkPart, UpdateKind
from plans.rules import may_remark
from plans.texts import TextRefused, accepted
from units import clock
from units.models import User
from units.notices import tell


def add_remark(
    *, update_id: int, by: User, target: str, text: str, request_key: uuid.UUID
) -> Remark:
    """A remark on `target`, one of `parts_of` the update; the people of the unit are told."""
    with transaction.atomic():
        part_id = ProgressUpdate.objects.values_list("assignment", flat=True).get(pk=update_id)
        part = locked(part_id)
        update = ProgressUpdate.objects.get(pk=update_id)
        earlier = Remark.objects.filter(request_key=request_key).first()
        if earlier and (earlier.by_id, earlier.update_id) != (by.pk, update.pk):
            raise NotNow("Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại.")
        if earlier and (earlier.target, earlier.text) == (target, clean(text)):
            return earlier
        require(may_remark, by, part, "Văn phòng hoặc Lãnh đạo Sở góp ý cho đơn vị.")
        if update.kind not in (UpdateKind.REPORT, UpdateKind.CONTRIBUTION):
            raise NotNow("Chỉ góp ý vào nội dung đơn vị đã ghi.")
        require_state("remark", part)
        cleaned = _checked(update, target, text)
        kind, _, number = target.partition("-")
        thing: dict[str, Any] = {f"{kind}_id": int(number)} if number else {}
        remark = Remark.objects.create(
            update=update,
            request_key=request_key,
            part=kind,
            text=cleaned,
            by=by,
            by_label=by.label,
            recorded_on=clock.today(),
            recorded_at=clock.now(),
            **thing,
        )
        words = f"Góp ý cho {part.unit}, nhiệm vụ {part.task}: {cleaned}"
        tell(concerned.people_of(part), words, reverse("task", args=[part.task_id]), by=by)
        return remark


def parts_of(update: ProgressUpdate) -> list[tuple[str, str]]:
    """(target, what it says) of each part of an update that has something to remark on."""
    texts = [part for part in RemarkPart if part not in (RemarkPart.VALUE, RemarkPart.EVIDENCE)]
    parts = [
        (part.value, f"{part.label}: {getattr(update, part)}")
        for part in texts
        if getattr(update, part)
    ]
    parts += [
        (f"value-{one.pk}", f"{one.measure.name}: {one}")
        for one in update.values.select_related("measure")
    ]
    return parts + [(f"evidence-{one.pk}", one.label) for one in update.evidence.all()]


def _checked(update: ProgressUpdate, target: str, text: str) -> str:
    errors = {}
    if target not in dict(parts_of(update)):
        errors["target"] = "Đồng chí chọn phần được góp ý."
    cleaned = ""
    try:
        cleaned = accepted(text, max_length=2000)
    except TextRefused as refused:
        errors["text"] = str(refused)
    else:
        if not cleaned:
            errors["text"] = "Đồng chí ghi nội dung góp ý."
    if errors:
        raise Invalid(errors)
    return cleaned
