"""A unit becomes part of another from a day on. It stays a unit of its own in all that it did: old
plans, the history and reports go on to name it; new work is given to the other."""

import datetime as dt

from units import clock
from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import Unit, UnitGroup, User


def merge(*, unit: Unit, into: Unit, on: dt.date, by: User, move_people: bool) -> Unit:
    """`unit` works no more. Groups that it leaves without anybody get `into`; who works in it
    goes there with their role if `move_people`. Inside a transaction. Refused says why not."""
    if not by.is_administrator:
        raise NotAnAdministrator
    units = Unit.objects.select_for_update(of=("self",)).in_bulk(sorted((unit.pk, into.pk)))
    unit, into = units[unit.pk], units[into.pk]
    if unit == into or unit.agency_id != into.agency_id:
        raise Refused("Đồng chí chọn hai đơn vị khác nhau của cùng một cơ quan.")
    if unit.merged_on is not None:
        raise Refused(f"{unit} {unit.became}.")
    if not unit.is_active or not into.is_active:
        raise Refused("Cả hai đơn vị phải đang hoạt động.")
    if on > clock.today():
        raise Refused("Ngày nhập chưa đến: đồng chí ghi từ ngày quyết định có hiệu lực.")
    unit.merged_into, unit.merged_on, unit.is_active = into, on, False
    unit.save(update_fields=["merged_into", "merged_on", "is_active"])
    for group in UnitGroup.objects.filter(members=unit).exclude(members__is_active=True):
        group.members.add(into)
    if move_people:
        for person in User.objects.filter(unit=unit, is_active=True):
            if not person.has_left:
                person.unit = into
                person.save(update_fields=["unit"])
    return unit


def successors(agency_id: int) -> dict[str, str]:
    """Code of each merged unit of an agency → of the unit that has its work now. One query."""
    known = Unit.objects.filter(agency=agency_id).exclude(merged_into=None)
    into = dict(known.values_list("code", "merged_into__code"))
    return {code: _last(code, into) for code in into}


def _last(code: str, into: dict[str, str]) -> str:
    """Nothing goes into what has been merged, so that the way has an end."""
    while code in into:
        code = into[code]
    return code
