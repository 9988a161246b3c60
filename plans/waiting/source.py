from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from plans.models import Plan
from units.models import User


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that can wait for somebody.

    `waiting` are the things that wait for a person in a plan, an empty queryset where the role has
    none of that kind; `rows` reads them for the page in a fixed number of queries; `template` shows
    `rows`. What is only followed (`is_counted` False) is in no count.
    """

    key: str
    title: str
    template: str
    waiting: Callable[[User, Plan], QuerySet[Any]]
    rows: Callable[[User, Plan], Sequence[Any]]
    is_counted: bool = True
