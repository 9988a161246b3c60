"""What waits for the Office and the leadership ("Chờ tôi"), made from a list of sources.

A new kind is a module here with a SOURCE, its name in SOURCES and a template; an app that plans
may not know adds its own with `add_source`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plans.models import Plan
from plans.waiting import confirmations, extensions, matters, returned
from plans.waiting.source import Source
from units.models import User

SOURCES: list[Source] = [
    confirmations.SOURCE,
    extensions.SOURCE,
    *matters.SOURCES,
    returned.SOURCE,
]


def add_source(source: Source) -> None:
    """Add a kind, before what is only followed; call it once, when the application starts."""
    SOURCES.append(source)
    SOURCES.sort(key=lambda one: not one.is_counted)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of waiting thing on the page."""

    source: Source
    rows: Sequence[Any]


def sections(user: User, plan: Plan) -> list[Section]:
    """Every kind of which something is there, in the order of SOURCES."""
    found = [Section(source, source.rows(user, plan)) for source in SOURCES]
    return [section for section in found if section.rows]


def count(user: User, plan: Plan) -> int:
    """How many things wait for the person. One query."""
    first, *others = (
        source.waiting(user, plan).order_by().values("pk")
        for source in SOURCES
        if source.is_counted
    )
    return int(first.union(*others, all=True).count())
