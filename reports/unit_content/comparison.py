"""What changed between two versions of a unit's report, by section and by task. Pure."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.content.model import ContributionLine, TaskLine
from reports.unit_content.model import UnitReportContent


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: "same", "gone" (in the old one only) or "new"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that reads differently: which, and its lines in the order of reading."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task that reads differently, or that only one of the versions has."""

    code: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    sections: tuple[Change, ...]
    tasks: tuple[TaskChange, ...]

    @property
    def is_same(self) -> bool:
        return not self.sections and not self.tasks


def compare(old: UnitReportContent, new: UnitReportContent) -> Comparison:
    """What `new` says otherwise than `old`."""
    sections = {
        "Số liệu": ("\n".join(old.figures), "\n".join(new.figures)),
        **{one.title: (old.text(one.key), one.text) for one in new.texts},
        "Người chịu trách nhiệm": (old.signature.full_name, new.signature.full_name),
    }
    return Comparison(tuple(_changes(sections)), tuple(_tasks(old, new)))


def _changes(pairs: Mapping[str, tuple[str, str]]) -> Iterator[Change]:
    for name, (before, after) in pairs.items():
        if before != after:
            yield Change(name, tuple(_lines(before, after)))


def _lines(before: str, after: str) -> Iterator[Line]:
    kinds = {"  ": "same", "- ": "gone", "+ ": "new"}
    for line in difflib.ndiff(before.split("\n"), after.split("\n")):
        kind = kinds.get(line[:2])
        if kind and (line[2:] or kind == "same"):
            yield Line(kind, line[2:])


def _tasks(old: UnitReportContent, new: UnitReportContent) -> Iterator[TaskChange]:
    before, after = _told(old), _told(new)
    for code in dict.fromkeys((*before, *after)):
        title = (after.get(code) or before[code])[0]
        was = before.get(code, ("", {}))[1]
        now = after.get(code, ("", {}))[1]
        pairs = {name: (was.get(name, ""), now.get(name, "")) for name in {**was, **now}}
        if changes := tuple(_changes(pairs)):
            yield TaskChange(code, title, changes)


def _told(content: UnitReportContent) -> dict[str, tuple[str, dict[str, str]]]:
    """By code: the task's title, and everything that is said of it by name."""
    told = {task.code: (task.title, _of_task(task)) for task in content.tasks}
    for one in content.supports:
        words = _of_contribution(one.contribution) if one.contribution else {}
        told[one.code] = (one.title, {"Vai trò": "Phối hợp", **words})
    return told


def _of_task(task: TaskLine) -> dict[str, str]:
    said = {"Vai trò": "Chủ trì", "Tình trạng": task.status.words}
    for lead in task.leads:
        said |= {
            "Kết quả": lead.result,
            "Khó khăn, vướng mắc": lead.difficulty,
            "Nguyên nhân": lead.cause,
            "Việc tiếp theo": lead.next_step,
            "Đề xuất": lead.proposal,
            "Giải trình": lead.explanation,
            "Tài liệu kiểm chứng": "\n".join(lead.evidence),
        }
    return said | {
        "Thời hạn": f"{task.status.due_on:%d/%m/%Y}" if task.status.due_on else "",
        "Chỉ tiêu": "\n".join(measure.words for measure in task.measures),
    }


def _of_contribution(one: ContributionLine) -> dict[str, str]:
    return {
        "Kết quả phối hợp": one.result,
        "Khó khăn, vướng mắc": one.difficulty,
        "Nguyên nhân": one.cause,
        "Việc tiếp theo": one.next_step,
        "Đề xuất": one.proposal,
        "Tài liệu kiểm chứng": "\n".join(one.evidence),
    }
