"""Who writes where no request says so: commands, and the demonstration."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from units.models import User

_author: ContextVar["User | None"] = ContextVar("author", default=None)


def author() -> "User | None":
    """Who answers for what is saved now; None: the request's person, or nobody."""
    return _author.get()


@contextmanager
def written_by(user: "User") -> Iterator[None]:
    """The histories of fields name `user` for everything that is saved inside the block."""
    token = _author.set(user)
    try:
        yield
    finally:
        _author.reset(token)
