"""First passwords: made by the system, shown once to the administrator who hands them over, and
replaced by their owner at the first log-in (domain.md 8.2, 8.3).

They are never stored as text. What the same form sends twice is the same list, since a password
follows from the form's key and the secret key of the installation; the list can be made anew as
long as its owner has not set a password of their own.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import transaction

from units.accounts.refusals import NotAnAdministrator
from units.models import User

# Without letters and digits that are mistaken for each other on paper: 31 signs, 15 of them: 74
# random bits.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 5


class RandomPasswordHasher(PBKDF2PasswordHasher):
    """For passwords that nobody can guess anyway: stretching them would take a quarter of a second
    each. Django hashes anew, with its own number of rounds, at the first log-in."""

    iterations = 10_000


@dataclass(frozen=True)
class FirstPassword:
    """A person and the password to be handed over."""

    person: User
    password: str


def give_first_passwords(
    *, people: Iterable[User], by: User, request_key: uuid.UUID
) -> list[FirstPassword]:
    """A new password for each, whatever was there before; those who have set their own keep it."""
    if not by.is_administrator:
        raise NotAnAdministrator
    with transaction.atomic():
        wanted = [person.pk for person in people]
        waiting = User.objects.select_for_update(of=("self",)).filter(
            pk__in=wanted, must_change_password=True
        )
        given = [FirstPassword(one, _password(one, request_key)) for one in waiting]
        for first in given:
            first.person.password = make_password(first.password, hasher=RandomPasswordHasher())
            first.person.save(update_fields=["password"])
        return given


def _password(person: User, request_key: uuid.UUID) -> str:
    key = f"first password {settings.SECRET_KEY}".encode()
    digest = hmac.digest(key, f"{request_key}:{person.pk}".encode(), hashlib.sha256)
    number = int.from_bytes(digest, "big")
    signs = ""
    for _ in range(_GROUPS * _GROUP):
        number, place = divmod(number, len(_SIGNS))
        signs += _SIGNS[place]
    return "-".join(signs[n : n + _GROUP] for n in range(0, len(signs), _GROUP))
