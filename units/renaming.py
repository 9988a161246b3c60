"""A unit gets another name from a day on; before it, and in the plans of years before, it keeps the
name that it had. Without a day a name was only written wrongly, and is mended everywhere.

A day that was written wrongly can be set right, and a rename that never was taken back: of the last
rename, with a reason, which the history of the unit's fields keeps.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from config.vietnamese import dates
from config.vietnamese.text import clean_line, fold
from units import clock
from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import Alias, Unit, User

LONG_AGO = dt.timedelta(days=366)


def rename(*, unit: Unit, name: str, short_name: str, on: dt.date | None, by: User) -> Unit:
    """The old name also stays a way to write the unit, as old documents do."""
    if not by.is_administrator:
        raise NotAnAdministrator
    before = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    name, short_name = clean_line(name), clean_line(short_name)
    if (name, short_name) == (before.name, before.short_name):
        return before
    if other := called_alike(before, name, short_name):
        raise Refused(other)
    earlier = list(before.earlier_names)
    if on is not None:
        if wrong := wrong_day(earlier, on):
            raise Refused(wrong)
        until = _day_before(on)
        earlier.append({"name": before.name, "short_name": before.short_name, "until": until})
        _keep_as_alias(before, name, short_name)
    unit.name, unit.short_name, unit.earlier_names = name, short_name, earlier
    means_this_one(unit)
    unit.save(update_fields=["name", "short_name", "earlier_names"])
    return unit


def move_rename(*, unit: Unit, on: dt.date, by: User, reason: str) -> Unit:
    """The last rename counts from the day `on`: its day was written wrongly."""
    unit = _renamed(unit, by)
    last = unit.earlier_names[-1]
    if wrong := wrong_day(unit.earlier_names[:-1], on):
        raise Refused(wrong)
    was = dt.date.fromisoformat(last["until"]) + dt.timedelta(days=1)
    unit.earlier_names = [*unit.earlier_names[:-1], {**last, "until": _day_before(on)}]
    days = f"Sửa ngày đổi tên từ {dates.short(was)} thành {dates.short(on)}"
    return _save(unit, f"{days}: {_reason(reason)}")


def take_back_rename(*, unit: Unit, by: User, reason: str) -> Unit:
    """The last rename never was: the name before it counts on every day since."""
    unit = _renamed(unit, by)
    last = unit.earlier_names[-1]
    taken = f"Bỏ lần đổi tên thành {unit.name} ({unit.short_name})"
    unit.name, unit.short_name = last["name"], last["short_name"]
    if other := called_alike(unit, unit.name, unit.short_name):
        raise Refused(other)
    unit.earlier_names = unit.earlier_names[:-1]
    means_this_one(unit)
    # The name of now needs no second way to be written.
    folded = {fold(unit.name), fold(unit.short_name)}
    Alias.objects.filter(unit=unit, folded__in=folded).delete()
    return _save(unit, f"{taken}: {_reason(reason)}")


def wrong_day(earlier: Sequence[Mapping[str, str]], on: dt.date) -> str:
    """Why a rename after those of `earlier` cannot be on the day `on`; blank when it can."""
    if on > clock.today():
        # Every page calls a unit as it is called on the day that the page speaks of.
        return "Ngày này chưa đến: đồng chí ghi tên mới từ ngày quyết định có hiệu lực."
    if earlier and _day_before(on) <= earlier[-1]["until"]:
        return "Ngày đổi tên phải sau lần đổi tên trước của đơn vị này."
    return ""


def doubtful_day(on: dt.date) -> str:
    """Why a day is asked about once more before a unit is renamed from it on; blank when not."""
    if clock.today() - on <= LONG_AGO:
        return ""
    return (
        f"Ngày {dates.short(on)} cách hôm nay hơn một năm: kế hoạch, báo cáo từ ngày đó đều ghi "
        "tên mới. Đồng chí xem lại ngày; nếu đúng thì chọn ô xác nhận bên dưới."
    )


def called_alike(unit: Unit, name: str, short_name: str) -> str:
    """Why a unit cannot be called so: another that works is; blank when none is."""
    wanted = {fold(name), fold(short_name)}
    others = Unit.objects.filter(agency=unit.agency_id, is_active=True).exclude(pk=unit.pk)
    for other in others if unit.is_active else ():
        if wanted & {fold(other.name), fold(other.short_name)}:
            return f"Đơn vị “{other.name}” ({other.short_name}) đang hoạt động đã mang tên này."
    return ""


def means_this_one(unit: Unit) -> None:
    """What a unit is called now no longer is a way to write another, as it is after a rename."""
    folded = {fold(unit.name), fold(unit.short_name)}
    others = Alias.objects.filter(agency=unit.agency_id, unit__isnull=False, folded__in=folded)
    others.exclude(unit=unit).delete()


def _renamed(unit: Unit, by: User) -> Unit:
    if not by.is_administrator:
        raise NotAnAdministrator
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not unit.earlier_names:
        raise Refused(f"{unit} chưa đổi tên lần nào.")
    return unit


def _reason(reason: str) -> str:
    if not (said := clean_line(reason)):
        raise Refused("Đồng chí ghi lý do; lý do được lưu trong lịch sử của đơn vị.")
    return said


def _save(unit: Unit, why: str) -> Unit:
    unit._change_reason = why  # type: ignore[attr-defined]
    unit.save(update_fields=["name", "short_name", "earlier_names"])
    return unit


def _day_before(on: dt.date) -> str:
    return (on - dt.timedelta(days=1)).isoformat()


def _keep_as_alias(before: Unit, name: str, short_name: str) -> None:
    """As long as the old name means nothing else."""
    for old in {before.name, before.short_name} - {name, short_name}:
        if not Alias.objects.filter(agency=before.agency_id, folded=fold(old)).exists():
            Alias.objects.create(agency_id=before.agency_id, name=old, unit=before)
