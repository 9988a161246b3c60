"""People come in from a workbook: uploaded, looked at, applied whole or not at all."""

import uuid
from dataclasses import asdict

from django.db import IntegrityError, transaction

from config.office_files.opening import FileRefused
from config.office_files.workbooks import kept_grids, read_workbook
from config.vietnamese.numbers import format_decimal
from units import clock
from units.accounts.changes import Comparison, Fate, Outcome, compare
from units.accounts.refusals import NotAnAdministrator, Outdated, Refused
from units.accounts.roster import TITLES, Roster, people_in
from units.models import PeopleImport, User


def upload(*, by: User, name: str, content: bytes, request_key: uuid.UUID) -> PeopleImport:
    """Keep the cells of a workbook; FileRefused when it names no people."""
    _require_administrator(by)
    grids = read_workbook(content, name)
    found = people_in(grids)
    if found is None:
        columns = ", ".join(f"“{title}”" for title in TITLES.values())
        raise FileRefused(
            f"Tệp “{name}” không có hàng tiêu đề với các cột {columns} trong 15 dòng đầu. Đồng chí "
            "dùng tệp mẫu."
        )
    if not found.people:
        raise FileRefused(f"Tệp “{name}” chưa ghi người nào dưới hàng tiêu đề.")
    sheets = [asdict(grid) for grid in grids]
    return PeopleImport.objects.keep(by=by, name=name, request_key=request_key, sheets=sheets)


def compared(one: PeopleImport, by: User) -> Comparison:
    """What applying would do to the accounts as they are now."""
    return compare(people_in(kept_grids(one.sheets)) or Roster(), by)


def put_aside(*, import_id: int, by: User) -> None:
    """The workbook is not wanted after all; its cells stay kept."""
    with transaction.atomic():
        one = _locked(import_id, by)
        one.put_aside = True
        one.save(update_fields=["put_aside"])


def apply(*, import_id: int, by: User, seen: str) -> PeopleImport:
    """Carry out everything that the preview showed, or nothing. Sent twice it is done once.

    New accounts have no password: that is given in a step of its own (units/accounts/passwords.py).
    """
    with transaction.atomic():
        _require_administrator(by)
        one = PeopleImport.objects.select_for_update(of=("self",)).get(pk=import_id)
        if one.applied_at is not None:
            return one
        one = _locked(import_id, by)
        # Accounts do not change while they are compared and written.
        list(User.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        comparison = compared(one, by)
        if comparison.errors:
            raise Refused(
                f"Tệp còn {format_decimal(len(comparison.errors))} lỗi nên chưa áp dụng được gì. "
                "Đồng chí sửa trong tệp rồi gửi lại."
            )
        if comparison.seen != seen:
            raise Outdated(
                "Tài khoản vừa được người khác sửa sau khi đồng chí xem. Chưa có gì được ghi: đồng "
                "chí xem lại các thay đổi dưới đây rồi áp dụng."
            )
        if not comparison.changes_something:
            raise Refused("Tệp không thay đổi gì so với các tài khoản đang có; không cần áp dụng.")
        try:
            with transaction.atomic():
                made = [user for row in comparison.outcomes if (user := _carried_out(row))]
        except IntegrityError as error:
            raise Outdated(
                "Người khác vừa tạo tài khoản cùng tên đăng nhập. Chưa có gì được ghi; đồng chí "
                "xem lại rồi áp dụng."
            ) from error
        one.applied_at, one.applied_by_label = clock.now(), by.label
        one.outcome = told(comparison)
        one.save(update_fields=["applied_at", "applied_by_label", "outcome"])
        one.made.set(made)
        return one


def told(comparison: Comparison) -> str:
    """ "3 mới, 2 thay đổi, 1 không đổi"."""
    counts = comparison.counts
    return ", ".join(
        f"{format_decimal(counts[fate])} {fate.value.lower()}" for fate in Fate if counts[fate]
    )


def _carried_out(outcome: Outcome) -> User | None:
    """The account that is new by a row, if it is."""
    if outcome.fate is Fate.NEW:
        user = User(**outcome.values, must_change_password=True)
        user.set_unusable_password()
        user.save(force_insert=True)
        return user
    if outcome.fate is Fate.CHANGED:
        assert outcome.person is not None
        changed = [
            name for name, value in outcome.values.items() if getattr(outcome.person, name) != value
        ]
        for name in changed:
            setattr(outcome.person, name, outcome.values[name])
        outcome.person.save(update_fields=changed)
    return None


def _locked(import_id: int, by: User) -> PeopleImport:
    _require_administrator(by)
    one = PeopleImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if one.applied_at is not None or one.put_aside:
        done = f"đã được {one.applied_by_label} áp dụng" if one.applied_at else "đã bị bỏ"
        raise Refused(f"Lần nhập này {done}; không làm gì được nữa.")
    return one


def _require_administrator(by: User) -> None:
    if not by.is_administrator:
        raise NotAnAdministrator
