"""The report's charts as plain numbers: what the page, the PDF and the DOCX draw alike.

A chart shows rows of figures that the report also prints as a table; its parts are those of the
dashboard's bars and add up to each row's total.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.vietnamese import dates
from plans.tallies import DRAWN
from reports.content.model import Counts, ReportContent, TableKey


@dataclass(frozen=True, slots=True)
class Part:
    """A state that is told apart: the field of Counts, its word and its colour (tokens.css)."""

    field: str
    name: str
    kind: str
    colour: str


# (field, kind, colour) of each.
_LOOKS = (
    ("done", "done", "2f8f57"),
    ("not_arisen", "not-arisen", "a9b0b8"),
    ("awaiting", "awaiting", "d29a2c"),
    ("told_in_time", "open", "5b8bc9"),
    ("no_info_in_time", "no-info", "7d6ba0"),
    ("overdue", "overdue", "c8372f"),
    ("paused", "paused", "e3e6ea"),
    ("stopped", "stopped", "5f666d"),
)
PARTS = tuple(Part(field, DRAWN[field], kind, colour) for field, kind, colour in _LOOKS)


@dataclass(frozen=True, slots=True)
class Series:
    """One part in every row of the chart."""

    part: Part
    values: tuple[int, ...]


# Bars beside labels of two lines that fit on a page, with the key and the caption.
_ON_A_PAGE = 18


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars: a label and a total for each row, and the parts that occur at all. `scale` is
    the total that is as long as the chart is wide."""

    key: TableKey
    noun: str
    labels: tuple[str, ...]
    totals: tuple[int, ...]
    series: tuple[Series, ...]
    scale: int

    @property
    def pieces(self) -> tuple["Chart", ...]:
        """The chart in as many as it takes for each to fit on a page, all in one scale."""
        rows = len(self.labels)
        number = 1 if self.is_upright else math.ceil(rows / _ON_A_PAGE) or 1
        size = math.ceil(rows / number)
        places = [slice(size * n, size * (n + 1)) for n in range(number)]
        return tuple(self._piece(place) for place in places) if number > 1 else (self,)

    def _piece(self, place: slice) -> "Chart":
        return replace(
            self,
            labels=self.labels[place],
            totals=self.totals[place],
            series=tuple(replace(one, values=one.values[place]) for one in self.series),
        )

    @property
    def is_upright(self) -> bool:
        """Time runs from left to right: columns instead of bars."""
        return self.key == TableKey.COURSE

    @property
    def words(self) -> str:
        """The chart told in words, for those who do not see it."""
        rows = []
        for place, label in enumerate(self.labels):
            parts = ", ".join(
                f"{one.part.name.lower()} {one.values[place]}"
                for one in self.series
                if one.values[place]
            )
            rows.append(
                f"{label}: {self.totals[place]} {self.noun}{f' ({parts})' if parts else ''}"
            )
        return "; ".join(rows)


def chart(content: ReportContent, key: TableKey) -> Chart:
    """The chart that a block of the body asks for."""
    match key:
        case TableKey.BY_UNIT:
            return _chart(key, "phần việc", content.by_unit)
        case TableKey.COURSE:
            rows = [one.counts for one in content.course]
            labels = [dates.cited(one.day) for one in content.course]
            return _chart(key, "nhiệm vụ", rows, labels)
    return _chart(key, "nhiệm vụ", content.by_indicator)


def _chart(key: TableKey, noun: str, rows: Sequence[Counts], labels: Sequence[str] = ()) -> Chart:
    series = [Series(part, tuple(getattr(row, part.field) for row in rows)) for part in PARTS]
    return Chart(
        key=key,
        noun=noun,
        labels=tuple(labels or (row.label for row in rows)),
        totals=tuple(row.total for row in rows),
        scale=max((row.total for row in rows), default=0) or 1,
        series=tuple(one for one in series if any(one.values)),
    )
