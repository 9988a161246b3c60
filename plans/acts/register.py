"""A task that the Government or the Prime Minister gave enters the plan's register (S13–S17)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from config.vietnamese import dates
from config.vietnamese.text import clean_line, fold
from plans import concerned
from plans.acts.appendix import add_task, assign_all
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import AssignmentRole, Block, DocumentType, LegalDocument, Task
from plans.rules import may_register
from plans.texts import TextRefused, accepted
from units import clock
from units.models import Unit, User
from units.notices import tell


@dataclass(frozen=True)
class GivenTask:
    """What the Office writes of a given task. The document is one that is known, or a new one."""

    title: str
    wording: str
    due_on: dt.date | None
    leads: Sequence[Unit]
    supports: Sequence[Unit] = ()
    product: str = ""
    document_type: str = DocumentType.DECISION
    document_number: str = ""
    document_symbol: str = ""
    document_date: dt.date | None = None
    document_issuer: str = ""
    document_title: str = ""


def register_task(*, block_id: int, by: User, given: GivenTask, request_key: uuid.UUID) -> Task:
    """The task with its document, units and deadline; it follows the states and acts of all tasks.

    The same form sent twice is one task.
    """
    if not may_register(by):
        raise NotYours("Văn phòng hoặc Lãnh đạo Sở ghi nhiệm vụ vào sổ.")
    with transaction.atomic():
        block = Block.objects.select_for_update(of=("self",)).get(pk=block_id)
        if earlier := Task.objects.filter(register_key=request_key).first():
            return earlier
        if not block.keeps_register:
            raise NotNow("Mục này của kế hoạch không có sổ nhiệm vụ được giao.")
        texts = _checked(given)
        main = block.tasks.filter(registered_on=None).order_by("position").first()
        prefix = main.code if main else str(block)
        task = add_task(
            task=Task(
                plan_id=block.area.indicator.plan_id,
                block=block,
                position=None,  # type: ignore[misc]  # last in its block
                code=_free_code(block, prefix),
                due_on=given.due_on,
                lead_words="; ".join(unit.name for unit in given.leads),
                support_words="; ".join(unit.name for unit in given.supports),
                source=_document(given, request_key),
                registered_on=clock.today(),
                register_key=request_key,
                **texts,
            )
        )
        parts = [(AssignmentRole.LEAD, unit, n) for n, unit in enumerate(given.leads)]
        parts += [(AssignmentRole.SUPPORT, unit, n) for n, unit in enumerate(given.supports)]
        for part in assign_all(task=task, parts=parts, assigned_on=clock.today()):
            words = f"{part.unit} được giao {part.get_role_display().lower()} nhiệm vụ {task}"
            tell(concerned.people_of(part), words, reverse("task", args=[task.pk]), by=by)
        return task


def _free_code(block: Block, prefix: str) -> str:
    """ "1.2.1-03": the next number in the register; one that was taken out is not given again
    while a later one stands."""
    taken = set(block.area.indicator.plan.tasks.values_list("code", flat=True))
    number = block.tasks.exclude(registered_on=None).count() + 1
    while f"{prefix}-{number:02d}" in taken:
        number += 1
    return f"{prefix}-{number:02d}"


_LIMITS = {"title": 200, "wording": 5000, "product": 2000}
_MISSING = {
    "title": "Đồng chí ghi tên gọi ngắn của nhiệm vụ.",
    "wording": "Đồng chí ghi nội dung nhiệm vụ như trong văn bản giao.",
}


def _checked(given: GivenTask) -> dict[str, str]:
    texts, errors = {}, {}
    for name, limit in _LIMITS.items():
        try:
            texts[name] = accepted(getattr(given, name), max_length=limit)
        except TextRefused as refused:
            errors[name] = str(refused)
        else:
            if not texts[name] and name in _MISSING:
                errors[name] = _MISSING[name]
    today = clock.today()
    if given.document_type not in DocumentType.values:
        errors["document_type"] = "Đồng chí chọn loại văn bản."
    if not clean_line(given.document_number):
        errors["document_number"] = "Đồng chí ghi số của văn bản giao nhiệm vụ."
    if given.document_date is None:
        errors["document_date"] = "Đồng chí ghi ngày của văn bản giao nhiệm vụ."
    elif given.document_date > today:
        errors["document_date"] = f"Ngày văn bản không được sau hôm nay ({dates.short(today)})."
    elif given.due_on and given.due_on < given.document_date:
        errors["due_on"] = "Thời hạn không được trước ngày của văn bản giao."
    if not given.leads:
        errors["leads"] = "Đồng chí chọn đơn vị chủ trì."
    if twice := set(given.leads) & set(given.supports):
        names = ", ".join(sorted(unit.short_name for unit in twice))
        errors["supports"] = f"Đã chủ trì nên không chọn phối hợp nữa: {names}."
    if errors:
        raise Invalid(errors)
    texts["title"] = clean_line(texts["title"])
    return texts


def _document(given: GivenTask, request_key: uuid.UUID) -> LegalDocument:
    """The document as it is known, or newly entered: one document gives many tasks."""
    key = {
        "type": given.document_type,
        "number": clean_line(given.document_number),
        "symbol": clean_line(given.document_symbol),
        "issued_on": given.document_date,
    }
    if known := LegalDocument.objects.filter(**key).first():
        return known
    words = slugify(fold(f"{key['type']} {key['number']} {key['symbol']} {key['issued_on']}"))
    return LegalDocument.objects.create(
        code=f"{words[:40]}-{request_key.hex[:8]}",
        issuer=clean_line(given.document_issuer)[:200],
        title=accepted(given.document_title),
        **key,
    )
