"""One line of a task's story, whatever it is about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plans.deadline_history import DeadlineHistory
from plans.models import ProgressUpdate, Step, Task
from units.models import User


@dataclass(frozen=True, slots=True)
class Story:
    """Which story is told: of what task, up to which day, to whom. `deadlines` and `steps`
    (plans/matters.py: steps_about) were read before, since a page shows them elsewhere, too."""

    task: Task
    day: dt.date
    user: User
    deadlines: DeadlineHistory
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from what to what, as people read it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: who, on which day, what; what it changed; the words and files that went with it.

    `number` keeps the order of entries of one source that were recorded in the same moment.
    `update` is shown with all its fields, `corrections` are later records that set it right,
    `texts` are (name, words) of everything else. `kind` is for the style sheet, `path` the address
    of the thing's own page, if it has one.
    """

    recorded_at: dt.datetime
    recorded_on: dt.date
    number: int
    unit: str
    who: str
    headline: str
    kind: str
    changes: tuple[Change, ...] = ()
    update: ProgressUpdate | None = None
    corrections: tuple[ProgressUpdate, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    files: tuple[Any, ...] = ()
    path: str = ""
