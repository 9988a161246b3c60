"""What comes out of a comparison of a workbook with a plan, as a person reads it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from itertools import takewhile
from typing import Any

from plans.appendix.amendment import Amendment, Parts
from plans.appendix.places import Place
from plans.models import Task
from plans.reading.rows import AppendixRow, Remark


class Fate(Enum):
    """What becomes of a task when the workbook is applied."""

    NEW = "Mới"
    CHANGED = "Thay đổi"
    REMOVED = "Bỏ khỏi phụ lục"
    WITHDRAWN = "Rút khỏi phụ lục"
    KEPT = "Không có trong tệp, giữ nguyên"
    SAME = "Không đổi"

    @property
    def key(self) -> str:
        return self.name.lower()


CHANGING = (Fate.NEW, Fate.CHANGED, Fate.REMOVED, Fate.WITHDRAWN)


@dataclass(frozen=True)
class Options:
    """What the person decided: whether a task that the workbook does not have is withdrawn, whether
    unknown units stay as words, with nobody assigned, and whether the appendix of another plan is
    to change this one."""

    withdraw_missing: bool = False
    keep_words: bool = False
    other_plan: bool = False


@dataclass(frozen=True)
class Shown:
    """One change as a person reads it."""

    name: str
    before: str
    after: str

    @property
    def differing(self) -> tuple[str, str]:
        """Both, of long texts only what differs and some words around it."""
        before, after = self.before, self.after
        if min(len(before), len(after)) < _LONG:
            return before, after
        start = _shared(before, after)
        rest = min(len(before), len(after)) - start
        end = min(_shared(before[::-1], after[::-1]), rest)
        return _around(before, start, end), _around(after, start, end)


_LONG, _AROUND = 120, 40


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _around(text: str, start: int, end: int) -> str:
    """`text` without what it begins and ends with, but for some words."""
    first, last = max(start - _AROUND, 0), min(len(text) - end + _AROUND, len(text))
    first = text.find(" ", first) + 1 if first and " " in text[first:start] else first
    last = text.rfind(" ", 0, last) if last < len(text) and " " in text[-end:last] else last
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


@dataclass
class NewTask:
    """A task to be made."""

    fields: dict[str, Any]
    leads: Parts
    supports: Parts


@dataclass
class Outcome:
    """One row of the preview: a row of the workbook, a task of the plan, or both."""

    fate: Fate
    row: AppendixRow | None = None
    task: Task | None = None
    place: Place | None = None
    new: NewTask | None = None
    amendment: Amendment | None = None
    shown: list[Shown] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def code(self) -> str:
        if self.new is not None:
            return str(self.new.fields["code"])
        return self.task.code if self.task else ""

    @property
    def wording(self) -> str:
        return self.row.wording if self.row else self.task.wording if self.task else ""

    @property
    def errors(self) -> list[Remark]:
        return [one for one in self.remarks if one.must]


@dataclass
class Comparison:
    """`seen` names the state of the plan that was compared with; applying needs the same. `of_plan`
    is the plan that the workbook says to belong to, when it is another."""

    outcomes: list[Outcome]
    remarks: list[Remark]
    seen: str
    needs_reason: bool
    of_plan: str = ""

    @property
    def errors(self) -> list[Remark]:
        found = [one for one in self.remarks if one.must]
        return found + [error for one in self.outcomes for error in one.errors]

    @property
    def counts(self) -> dict[Fate, int]:
        counted = Counter(one.fate for one in self.outcomes)
        return {fate: counted[fate] for fate in Fate}

    @property
    def changes_something(self) -> bool:
        return any(self.counts[fate] for fate in CHANGING)
