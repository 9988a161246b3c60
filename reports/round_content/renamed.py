"""Units that are called otherwise in one version of a report than in another, or went into another
unit between the two: told apart by their codes, so that their lines stand side by side."""

import re
from collections.abc import Iterator, Mapping

from reports.content.model import ReportContent, TaskLine


class Renamed:
    """Names of one version in those of the next. Reports that were frozen before units had their
    codes in them know of none. `successors`: code of a unit that was merged → of which into."""

    def __init__(
        self, before: ReportContent, after: ReportContent, successors: Mapping[str, str]
    ) -> None:
        old, new = _names(before), _names(after)
        # The old name of a unit → its new one.
        self.names = {
            old[code]: name for code, name in new.items() if code in old and old[code] != name
        }
        self._merged = {
            name: new[into]
            for code, name in old.items()
            if (into := successors.get(code, "")) in new
        }
        # Which of these took over the part of a task: what went into what.
        self.merged: dict[str, str] = {}
        longest_first = sorted(map(re.escape, self.names), key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")

    def said(self, text: str) -> str:
        """A text of the old version with the new names."""
        return self._any.sub(lambda one: self.names[one[0]], text) if self.names else text

    def of_task(self, before: TaskLine, after: TaskLine) -> dict[str, str]:
        """Who speaks of a task → beside whom of the new version: a unit under its new name, or the
        one that it went into and that has its part now."""
        old, new = ({one.unit for one in task.voices} for task in (before, after))
        pairs = {}
        for unit in old:
            name, into = self.names.get(unit, unit), self._merged.get(unit, "")
            if name not in new and into in new and into not in map(self.said, old):
                self.merged[unit] = name = into
            pairs[unit] = name
        return pairs


def _names(content: ReportContent) -> dict[str, str]:
    """Every unit of a report by its code."""
    return {code: name for code, name in _coded(content) if code}


def _coded(content: ReportContent) -> Iterator[tuple[str, str]]:
    yield from ((row.code, row.label) for row in content.by_unit)
    for task in content.tasks:
        yield from ((one.unit_code, one.unit) for one in task.voices)
