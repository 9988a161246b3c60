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
    tell_each([(people, words, path)], by=by)


def tell_each(said: Iterable[tuple[Iterable[User], str, str]], *, by: User | None = None) -> None:
    """The same for several (people, words, path), in one query."""
    now, today = clock.now(), clock.today()
    notices = []
    for people, words, path in said:
        told = {person.pk: person for person in people if person.has_access}
        if by is not None:
            told.pop(by.pk, None)
        if len(words) > WORDS:
            words = f"{words[: WORDS - 1]}…"
        notices += [
            Notice(user=person, words=words, path=path, told_on=today, told_at=now)
            for person in told.values()
        ]
    Notice.objects.bulk_create(notices)


def mark_read(notices: "QuerySet[Notice]") -> int:
    """Those of `notices` that were unread are read from now on; returns how many."""
    return notices.filter(read_at=None).update(read_at=clock.now())
