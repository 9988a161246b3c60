"""What the page of a workbook shows before it is applied, as plain texts: made of a comparison, and
kept as JSON while a large one is looked at, so that turning its pages compares nothing anew."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from config.vietnamese.dates import short
from plans.appendix.outcomes import Comparison, Fate, Outcome, Shown
from plans.reading.rows import Remark


@dataclass(frozen=True)
class NewLine:
    """What a new task would be: its units, and what was read of them; its deadline as a day, in
    words, and how these were understood."""

    leads: list[str]
    supports: list[str]
    lead_words: str
    support_words: str
    due_on: str
    due_words: str
    due_said: str


@dataclass(frozen=True)
class Line:
    """A row of the workbook (its sheet and number), a task of the plan, or both."""

    fate: str  # the key of a Fate
    sheet: str
    number: int | None
    code: str
    wording: str
    place: str
    shown: list[Shown]
    new: NewLine | None
    remarks: list[Remark]

    @property
    def fate_words(self) -> str:
        return _FATES[self.fate].value


@dataclass(frozen=True)
class Preview:
    """`seen` names the state of the plan that was compared with; `made_at` when."""

    lines: list[Line]
    remarks: list[Remark]
    seen: str
    needs_reason: bool
    changes_something: bool
    made_at: str
    of_plan: str = ""  # the other plan whose appendix this is

    @cached_property
    def errors(self) -> list[Remark]:
        found = [one for one in self.remarks if one.must]
        return found + [one for line in self.lines for one in line.remarks if one.must]

    @property
    def counts(self) -> list[tuple[Fate, int]]:
        """How many lines have each fate that any has."""
        keys = [line.fate for line in self.lines]
        return [(fate, keys.count(fate.key)) for fate in Fate if fate.key in keys]

    def of_fate(self, asked: str) -> list[Line]:
        """The lines of one fate; without one, those that change something or have a remark."""
        if asked in _FATES:
            return [line for line in self.lines if line.fate == asked]
        return [line for line in self.lines if line.fate != Fate.SAME.key or line.remarks]

    @property
    def made(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.made_at)

    def dumped(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


_FATES = {fate.key: fate for fate in Fate}


def loaded(data: bytes) -> Preview:
    """What `dumped` said."""
    kept = json.loads(data)
    lines = [_line(one) for one in kept.pop("lines")]
    return Preview(**kept | {"lines": lines, "remarks": _remarks(kept["remarks"])})


def _line(kept: dict[str, Any]) -> Line:
    return Line(
        **kept
        | {
            "shown": [Shown(**one) for one in kept["shown"]],
            "new": NewLine(**kept["new"]) if kept["new"] else None,
            "remarks": _remarks(kept["remarks"]),
        }
    )


def _remarks(kept: Collection[dict[str, Any]]) -> list[Remark]:
    return [Remark(**{**one, "nearest": tuple(one.get("nearest", ()))}) for one in kept]


def preview_of(comparison: Comparison, made: dt.datetime) -> Preview:
    return Preview(
        [_shown(one) for one in comparison.outcomes],
        comparison.remarks,
        comparison.seen,
        comparison.needs_reason,
        comparison.changes_something,
        made.isoformat(),
        comparison.of_plan,
    )


def _shown(one: Outcome) -> Line:
    return Line(
        fate=one.fate.key,
        sheet=one.row.sheet if one.row else "",
        number=one.row.number if one.row else None,
        code=one.code,
        wording=one.wording,
        place=one.place.words if one.place else "",
        shown=one.shown,
        new=_new(one),
        remarks=one.remarks,
    )


def _new(one: Outcome) -> NewLine | None:
    if one.new is None or one.row is None:
        return None
    return NewLine(
        leads=[str(unit) for unit, _ in one.new.leads],
        supports=[str(unit) for unit, _ in one.new.supports],
        lead_words=one.row.lead.words,
        support_words=one.new.fields["support_words"],
        due_on=short(one.new.fields["due_on"]),
        due_words=one.row.due.words,
        due_said=one.row.due.said or one.row.due.doubt,
    )
