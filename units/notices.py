"""Tells people what concerns them; acts call it inside their transaction, so that nobody is told
of something that did not happen."""

from collections.abc import Iterable

from django.db.models import QuerySet

from units import clock
from units.models import Notice, User
from units.models.notice import WORDS


def tell(people: Iterable[User], words: str, path: str, *, by: User | None = None) -> None:
    """A notice to each person with access, once each, but not to the one who did it.

    `words` name the thing and what happened to it; `path` is the local address of its page.
    """
    now = clock.now()
    told = {person.pk: person for person in people if person.has_access}
    if by is not None:
        told.pop(by.pk, None)
    if len(words) > WORDS:
        words = f"{words[: WORDS - 1]}…"
    Notice.objects.bulk_create(
        Notice(user=person, words=words, path=path, told_on=clock.today(), told_at=now)
        for person in told.values()
    )


def mark_read(notices: "QuerySet[Notice]") -> int:
    """Those of `notices` that were unread are read from now on; returns how many."""
    return notices.filter(read_at=None).update(read_at=clock.now())
