"""The appendix as rows of text: every task in the plan's order (domain.md §2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.vietnamese import dates
from reports.content.model import ContributionLine, LeadLine, ReportContent, StatusLine, TaskLine
from reports.sentences import lower_first

HEAD = (
    "STT",
    "Chỉ số, tiêu chí, nhiệm vụ",
    "Chủ trì",
    "Phối hợp",
    "Thời hạn",
    "Chỉ tiêu",
    "Kết quả",
    "Tài liệu kiểm chứng",
    "Tình trạng",
    "Tồn tại, nguyên nhân, đề xuất",
)
# In millimetres; together the 252 mm of a landscape page between its margins (F3).
WIDTHS = (10, 42, 20, 17, 20, 25, 40, 20, 21, 37)
CENTRED = {0, 4}

# A row that needs more lines than this, about a third of a page, may go on to the next page between
# two lines; a shorter one stays whole (F38). A whole row leaves at most so much of a page empty.
THIRD_OF_A_PAGE = 12
# Of a letter of 11 points on average, in millimetres.
LETTER = 1.85


@dataclass(frozen=True, slots=True)
class Heading:
    """A row across the table. `level` is 0 for an index, 1 to 3 for what is under it."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task, the part of one of its leads, or a contribution to it, in the columns of HEAD.

    A task with several leads has a row for each; the later ones name the task by its code only, so
    that a table may be cut between them and each page still says whose rows these are.
    """

    cells: tuple[str, ...]
    widths: tuple[int, ...] = WIDTHS

    @property
    def is_long(self) -> bool:
        heights = (_lines(text, width) for text, width in zip(self.cells, self.widths, strict=True))
        return max(heights) > THIRD_OF_A_PAGE


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of `width` millimetres."""
    letters = max(1, int((width - 2) / LETTER))
    return sum(-(-len(line) // letters) or 1 for line in text.split("\n"))


def rows(content: ReportContent) -> Iterator[Heading | TaskRow]:
    """Every index with its areas, criteria and tasks."""
    number = 0
    for indicator in content.indicators:
        yield Heading(indicator.heading, 0)
        for entry in indicator.entries:
            if entry.task is None:
                yield Heading(entry.heading, entry.level)
            else:
                number += 1
                yield from _task(number, entry.task)


def _task(number: int, task: TaskLine) -> Iterator[TaskRow]:
    joint = f"\nTình trạng chung: {lower_first(task.status.words)}." if len(task.leads) > 1 else ""
    first = (
        str(number),
        f"{task.code}. {task.wording}{joint}",
        task.support_words.replace("; ", ";\n") or "–",
        "\n".join(measure.words for measure in task.measures) or "–",
    )
    if not task.leads:
        yield _row(first, "–", task.status, ("–", "–", "–"))
    for place, lead in enumerate(task.leads):
        whole = first if place == 0 else ("", f"{task.code} (tiếp)", "", "")
        yield _row(whole, lead.unit, lead.status, (lead.result, _proof(lead), remarks(lead)))
    for one in task.contributions:
        said = (one.result, "; ".join(one.evidence) or "–", "", remarks(one) or "–")
        yield TaskRow(("", f"{task.code} (phối hợp)", "", one.unit, "", "", *said))


def _row(
    whole: tuple[str, str, str, str], unit: str, status: StatusLine, own: tuple[str, str, str]
) -> TaskRow:
    number, task, support, targets = whole
    result, proof, remark = (text or "–" for text in own)
    due = dates.short(status.due_on) or "–"
    cells = (number, task, unit, support, due, targets, result, proof, status.words, remark)
    return TaskRow(cells)


def _proof(lead: LeadLine) -> str:
    return "; ".join(lead.evidence) or lead.explanation


def remarks(lead: LeadLine | ContributionLine) -> str:
    """Difficulty, cause and proposal, each under its word."""
    said = (
        ("Tồn tại", lead.difficulty),
        ("Nguyên nhân", lead.cause),
        ("Đề xuất", lead.proposal),
    )
    return "\n".join(f"{label}: {text}" for label, text in said if text)
