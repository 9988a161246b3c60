"""A person leaves a unit: access ends with that day, what they did keeps their name."""

import datetime as dt

from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import User

ACCOUNT_CLOSED = (
    "Tài khoản đã đóng vì đồng chí không còn ở đơn vị. Nếu có nhầm lẫn, đồng chí liên hệ người "
    "quản trị hệ thống của cơ quan."
)


def leave(*, person: User, on: dt.date | None, by: User) -> None:
    """Set the day from which the account is closed; None takes it back.

    Log-in, and every session that is open, ask for the day (units/middleware.py): nothing has to
    run when it comes. The unit stays with the account, as the place where the person worked.
    """
    if not by.is_administrator:
        raise NotAnAdministrator
    if person.pk == by.pk and on is not None:
        raise Refused("Đồng chí không tự đóng tài khoản của mình; nhờ quản trị khác.")
    person.left_on = on
    person.save(update_fields=["left_on"])
