"""A lead asks for a later deadline; the Office passes the request on; the leadership decides.

Until somebody has agreed the old day counts, and a refusal changes nothing (domain.md 3.3). Every
function returns the first record when the same form is sent twice.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.urls import reverse

from config.vietnamese import dates
from config.vietnamese.text import clean, clean_line
from plans import concerned
from plans.acts.recording import locked, require, require_lead, require_state, settle
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.models import Assignment, DueDateChange, Extension, ExtensionStep
from plans.rules import may_ask_extension, may_decide_extension, may_forward_extension
from plans.texts import TextRefused, accepted
from units import clock
from units.models import User
from units.notices import tell

Kind = ExtensionStep.Kind
LONGEST = dt.timedelta(days=366)


def ask_extension(
    *,
    assignment_id: int,
    by: User,
    due_on: dt.date | None,
    reason: str,
    work_done: str,
    request_key: uuid.UUID,
) -> Extension:
    """The head of a lead asks for the new day `due_on`, before the old one has passed."""
    with transaction.atomic():
        part = locked(assignment_id)
        earlier = Extension.objects.filter(request_key=request_key).first()
        if earlier and (earlier.by_id, earlier.assignment_id) != (by.pk, part.pk):
            raise NotNow(_SENT_BEFORE)
        said = (due_on, clean(reason), clean(work_done))
        if earlier and (earlier.asked_due_on, earlier.reason, earlier.work_done) == said:
            return earlier
        require(may_ask_extension, by, part, "Lãnh đạo đơn vị chủ trì đề nghị gia hạn.")
        if not part.is_lead:
            raise NotNow(f"{part.unit} phối hợp trong nhiệm vụ nên không có thời hạn riêng.")
        require_state("ask_extension", part)
        old = _running_deadline(part)
        texts, errors = _texts({"reason": reason, "work_done": work_done}, required=_ASKED)
        errors |= _day_errors(due_on, old)
        if errors:
            raise Invalid(errors)
        assert due_on is not None  # a missing day is an error
        extension = Extension.objects.create(
            assignment=part,
            request_key=request_key,
            old_due_on=old,
            asked_due_on=due_on,
            **texts,
            **_signed(by),
        )
        words = f"{part.unit} đề nghị gia hạn nhiệm vụ {part.task} đến {dates.short(due_on)}"
        tell(concerned.checkers_of(part), words, _page(part), by=by)
        return extension


def forward_extension(
    *, extension_id: int, by: User, words: str = "", request_key: uuid.UUID
) -> ExtensionStep:
    """The Office passes a request on to the leadership, with a remark if it has one."""
    with transaction.atomic():
        extension = _locked(extension_id)
        if earlier := _sent_before(request_key, by, extension, (Kind.FORWARD, None, clean(words))):
            return earlier
        if not may_forward_extension(by, extension):
            raise NotYours("Văn phòng trình đề nghị gia hạn; không ai trình đề nghị của mình.")
        part = extension.assignment
        require_state("forward_extension", part)
        _require_undecided(extension)
        if forwarded := extension.steps.filter(kind=Kind.FORWARD).first():
            raise NotNow(
                f"{forwarded.by_label} đã trình ngày {dates.short(forwarded.recorded_on)}."
            )
        text, errors = _texts({"words": words})
        if errors:
            raise Invalid(errors)
        step = _step(extension, Kind.FORWARD, by, request_key, **text)
        told = f"Đề nghị gia hạn của {part.unit}, nhiệm vụ {part.task}, chờ Lãnh đạo Sở quyết định"
        tell(concerned.leadership(), told, _page(part), by=by)
        return step


def accept_extension(
    *,
    extension_id: int,
    by: User,
    due_on: dt.date | None,
    words: str = "",
    superior_number: str = "",
    superior_date: dt.date | None = None,
    request_key: uuid.UUID,
) -> ExtensionStep:
    """The leadership agrees, to the day that was asked for or to another one.

    A day beyond the one set from above (Task.set_from_above) needs the document in which UBND
    tỉnh agreed. The lead's own deadline moves; the old one stays in its DueDateChange.
    """
    with transaction.atomic():
        extension = _locked(extension_id)
        kind = Kind.ACCEPT if due_on == extension.asked_due_on else Kind.COUNTER
        said = (kind, due_on, clean(words))
        if earlier := _sent_before(request_key, by, extension, said):
            return earlier
        part = _require_may_decide(extension, by)
        old = part.effective_due_on
        if old is None:
            raise NotNow(f"Nhiệm vụ {part.task.code} nay không có thời hạn nên không gia hạn.")
        number = clean_line(superior_number)
        text, errors = _texts({"words": words})
        errors |= _day_errors(due_on, old)
        errors |= _superior_errors(part, due_on, number, superior_date)
        if errors:
            raise Invalid(errors)
        change = DueDateChange.objects.create(
            assignment=part,
            old_due_on=old,
            new_due_on=due_on,
            reason=f"Gia hạn theo đề nghị ngày {dates.short(extension.recorded_on)}",
            **_signed(by),
        )
        part.due_on = due_on
        part.save(update_fields=["due_on"])
        step = _step(
            extension,
            kind,
            by,
            request_key,
            due_on=due_on,
            change=change,
            superior_number=number,
            superior_date=superior_date,
            **text,
        )
        settle(part)
        told = f"Nhiệm vụ {part.task}: gia hạn cho {part.unit} đến {dates.short(due_on)}"
        _tell_answer(extension, told, by)
        return step


def refuse_extension(
    *, extension_id: int, by: User, words: str, request_key: uuid.UUID
) -> ExtensionStep:
    """The leadership does not agree, with a reason; the old day goes on counting."""
    with transaction.atomic():
        extension = _locked(extension_id)
        said = (Kind.REFUSE, None, clean(words))
        if earlier := _sent_before(request_key, by, extension, said):
            return earlier
        part = _require_may_decide(extension, by)
        text, errors = _texts({"words": words}, {"words": "Đồng chí ghi lý do không đồng ý."})
        if errors:
            raise Invalid(errors)
        step = _step(extension, Kind.REFUSE, by, request_key, **text)
        _tell_answer(extension, f"Nhiệm vụ {part.task}: không gia hạn cho {part.unit}", by)
        return step


_SENT_BEFORE = "Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại."
_ASKED = {
    "reason": "Đồng chí ghi lý do xin gia hạn.",
    "work_done": "Đồng chí ghi việc đã làm được đến nay.",
}


def _locked(extension_id: int) -> Extension:
    """The request with its task locked until the end of the transaction."""
    part_id = Extension.objects.values_list("assignment", flat=True).get(pk=extension_id)
    part = locked(part_id)
    extension = Extension.objects.get(pk=extension_id)
    extension.assignment = part
    return extension


def _running_deadline(part: Assignment) -> dt.date:
    """The day that may still be moved: there is one, it has not passed, nobody has asked yet."""
    old = part.effective_due_on
    if old is None:
        raise NotNow(f"Nhiệm vụ {part.task.code} không có thời hạn nên không cần gia hạn.")
    if old < part.task.plan.late_before(clock.today()):
        raise NotNow(
            f"Thời hạn {dates.short(old)} đã qua nên không gia hạn được nữa. Đồng chí báo cáo "
            "khó khăn, nguyên nhân trong cập nhật tiến độ."
        )
    if waiting := part.extensions.undecided().first():
        asked = dates.short(waiting.recorded_on)
        raise NotNow(f"Đề nghị gia hạn ngày {asked} đang chờ quyết định.")
    return old


def _require_may_decide(extension: Extension, by: User) -> Assignment:
    if not may_decide_extension(by, extension):
        raise NotYours("Lãnh đạo Sở quyết định gia hạn; không ai quyết định đề nghị của mình.")
    part: Assignment = extension.assignment
    require_lead(part)
    require_state("decide_extension", part)
    _require_undecided(extension)
    return part


def _require_undecided(extension: Extension) -> None:
    decided = extension.steps.filter(kind__in=Kind.decisions()).first()
    if decided is not None:
        raise NotNow(
            f"{decided.by_label} đã quyết định ngày {dates.short(decided.recorded_on)}: "
            f"{decided.get_kind_display().lower()}. Chưa có gì bị thay đổi thêm."
        )


def _day_errors(due_on: dt.date | None, old: dt.date) -> dict[str, str]:
    if due_on is None:
        return {"due_on": "Đồng chí ghi thời hạn mới (ngày/tháng/năm)."}
    if due_on <= old:
        return {"due_on": f"Thời hạn mới phải sau thời hạn hiện tại ({dates.short(old)})."}
    if due_on - old > LONGEST:
        return {"due_on": "Thời hạn mới cách thời hạn cũ quá một năm; đồng chí kiểm tra lại."}
    return {}


def _superior_errors(
    part: Assignment, due_on: dt.date | None, number: str, issued: dt.date | None
) -> dict[str, str]:
    """What is missing for a day that the Department may not give by itself."""
    today, limit = clock.today(), part.task.set_from_above
    if issued and issued > today:
        return {"superior_date": f"Ngày văn bản không được sau hôm nay ({dates.short(today)})."}
    if len(number) > 60:
        return {"superior_number": "Số, ký hiệu dài quá 60 ký tự."}
    if not number and issued:
        return {"superior_number": "Có ngày văn bản thì ghi cả số, ký hiệu."}
    if due_on is None or limit is None or due_on <= limit:
        return {}
    errors = {}
    if not number:
        errors["superior_number"] = (
            f"Thời hạn mới sau ngày {dates.short(limit)} do cấp trên giao: cần xin ý kiến UBND "
            "tỉnh; đồng chí ghi số, ký hiệu văn bản UBND tỉnh đồng ý."
        )
    if issued is None:
        errors["superior_date"] = "Đồng chí ghi ngày của văn bản UBND tỉnh đồng ý."
    return errors


def _texts(
    typed: dict[str, str], required: dict[str, str] | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """(what may be kept, what is to be said): `required` are the messages for what is missing."""
    cleaned, errors = {}, {}
    for name, text in typed.items():
        try:
            cleaned[name] = accepted(text, max_length=2000)
        except TextRefused as refused:
            errors[name] = str(refused)
        else:
            if not cleaned[name] and required:
                errors[name] = required[name]
    return cleaned, errors


def _sent_before(
    request_key: uuid.UUID,
    by: User,
    extension: Extension,
    said: tuple[str, dt.date | None, str],
) -> ExtensionStep | None:
    """The step that an earlier sending of the same form made, if it says the same."""
    earlier = ExtensionStep.objects.filter(request_key=request_key).first()
    if earlier is None:
        return None
    if (earlier.by_id, earlier.extension_id) != (by.pk, extension.pk):
        raise NotNow(_SENT_BEFORE)
    return earlier if (earlier.kind, earlier.due_on, earlier.words) == said else None


def _step(
    extension: Extension, kind: str, by: User, request_key: uuid.UUID, **fields: Any
) -> ExtensionStep:
    return ExtensionStep.objects.create(
        extension=extension, kind=kind, request_key=request_key, **fields, **_signed(by)
    )


def _signed(by: User) -> dict[str, Any]:
    return {
        "by": by,
        "by_label": by.label,
        "recorded_on": clock.today(),
        "recorded_at": clock.now(),
    }


def _tell_answer(extension: Extension, words: str, by: User) -> None:
    part = extension.assignment
    told = concerned.people_of(part) | concerned.checkers_of(part)
    tell(told, words, _page(part), by=by)


def _page(part: Assignment) -> str:
    return reverse("task", args=[part.task_id])
