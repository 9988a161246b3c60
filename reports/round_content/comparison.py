"""Two versions of a report side by side, by section and by task: pure functions of content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType

from config.vietnamese import dates
from config.vietnamese.numbers import percent
from reports.content.model import Block, BlockKind, Counts, ReportContent, Section, TaskLine
from reports.files.tables.appendix import remarks
from reports.round_content.renamed import Renamed

NO_SUCCESSORS: Mapping[str, str] = MappingProxyType({})
# Told by the figures they are made of.
_DRAWN = (BlockKind.TABLE, BlockKind.CHART)
# The figures that a reader asks for first: a field of Counts under its word.
_FIGURES = (
    ("total", "Tổng số nhiệm vụ"),
    ("done", "Hoàn thành"),
    ("done_on_time", "Hoàn thành đúng hạn"),
    ("done_late", "Hoàn thành quá hạn"),
    ("open", "Chưa hoàn thành"),
    ("overdue", "Quá hạn"),
    ("no_info", "Chưa có thông tin"),
    ("awaiting", "Chờ xác nhận"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """What stood under a word before and stands there now; "" for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of which lines changed. Lines that follow each other are one change; one of its
    sides is empty where lines came or went."""

    heading: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task that changed, came (`is_new`) or went (`is_gone`)."""

    code: str
    title: str
    changes: tuple[Change, ...] = ()
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """`units` are those that are called otherwise or went into another one: what differs by their
    names alone is told there and nowhere else."""

    units: tuple[Change, ...]
    figures: tuple[Change, ...]
    sections: tuple[SectionChange, ...]
    tasks: tuple[TaskChange, ...]

    @property
    def is_same(self) -> bool:
        return not (self.units or self.figures or self.sections or self.tasks)


def compare(
    before: ReportContent, after: ReportContent, successors: Mapping[str, str] = NO_SUCCESSORS
) -> Comparison:
    """What changed from one version to the next; nothing that is the same in both. `successors`:
    code of a unit that was merged → of which into."""
    renamed = Renamed(before, after, successors)
    tasks = tuple(_tasks(before, after, renamed))
    units = [("Đổi tên", renamed.names), ("Sáp nhập", renamed.merged)]
    return Comparison(
        units=tuple(Change(word, *pair) for word, pairs in units for pair in sorted(pairs.items())),
        figures=tuple(_figures(before.total, after.total)),
        sections=tuple(_sections(before, after, renamed)),
        tasks=tasks,
    )


def _figures(before: Counts, after: Counts) -> Iterator[Change]:
    for field, name in _FIGURES:
        one, other = getattr(before, field), getattr(after, field)
        if one != other:
            yield Change(name, str(one), str(other))
    if before.rate != after.rate:
        yield Change("Tỷ lệ hoàn thành", percent(before.rate), percent(after.rate))


# --- Sections ---------------------------------------------------------------------------------


def _sections(
    before: ReportContent, after: ReportContent, renamed: Renamed
) -> Iterator[SectionChange]:
    old = {one.key: one for one in before.sections}
    new = {one.key: one for one in after.sections}
    for key in dict.fromkeys([*new, *old]):
        one, other = old.get(key), new.get(key)
        changes = tuple(_lines_changed(_lines(one), _lines(other), _places(other or one), renamed))
        if changes:
            shown = other or one
            assert shown is not None
            yield SectionChange(shown.heading, changes)


def _lines(section: Section | None) -> list[str]:
    if section is None:
        return []
    return [_line(one) for one in section.blocks if one.kind not in _DRAWN]


def _places(section: Section | None) -> list[str]:
    """Under which heading each of its lines stands; "" before the first."""
    places, place = [], ""
    for block in section.blocks if section else ():
        if block.kind == BlockKind.HEADING:
            place = block.text
        if block.kind not in _DRAWN:
            places.append(place)
    return places


def _line(block: Block) -> str:
    return f"{block.label} {block.text}".strip()


def _lines_changed(
    before: list[str], after: list[str], places: list[str], renamed: Renamed
) -> Iterator[Change]:
    matcher = SequenceMatcher(None, list(map(renamed.said, before)), after, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            place = places[min(k, len(places) - 1)] if places else ""
            yield Change(place, "\n".join(before[i:j]), "\n".join(after[k:m]))


# --- Tasks ------------------------------------------------------------------------------------


def _tasks(before: ReportContent, after: ReportContent, renamed: Renamed) -> Iterator[TaskChange]:
    old = {task.code: task for task in before.tasks}
    new = {task.code: task for task in after.tasks}
    for code, task in new.items():
        if code not in old:
            yield TaskChange(code, task.title, is_new=True)
        elif changes := tuple(_task(old[code], task, renamed)):
            yield TaskChange(code, task.title, changes)
    for code, task in old.items():
        if code not in new:
            yield TaskChange(code, task.title, is_gone=True)


def _task(before: TaskLine, after: TaskLine, renamed: Renamed) -> Iterator[Change]:
    one, other = _facts(before, renamed.of_task(before, after)), _facts(after, {})
    for name in dict.fromkeys([*one, *other]):
        if renamed.said(one.get(name, "")) != other.get(name, ""):
            yield Change(name, one.get(name, ""), other.get(name, ""))


def _facts(task: TaskLine, names: Mapping[str, str]) -> dict[str, str]:
    """What is printed of a task, each under its word; a part of a lead or a support under its
    unit's name, or that which `names` has for it."""
    found = {
        "Nhiệm vụ": task.wording,
        "Chủ trì": task.lead_words,
        "Phối hợp": task.support_words,
        "Thời hạn": dates.short(task.status.due_on),
        "Tình trạng": task.status.words,
        "Chỉ tiêu": "\n".join(one.words for one in task.measures),
    }
    for lead in task.leads:
        unit = names.get(lead.unit, lead.unit)
        found[f"{unit}: tình trạng"] = lead.status.words
        found[f"{unit}: kết quả"] = lead.result
        found[f"{unit}: tài liệu, giải trình"] = "; ".join(lead.evidence) or lead.explanation
        found[f"{unit}: tồn tại, nguyên nhân, đề xuất"] = remarks(lead)
        found[f"{unit}: việc tiếp theo"] = lead.next_step
    for one in task.contributions:
        unit = names.get(one.unit, one.unit)
        found[f"{unit} phối hợp"] = one.result
        found[f"{unit} phối hợp: tài liệu"] = "; ".join(one.evidence)
    return found
