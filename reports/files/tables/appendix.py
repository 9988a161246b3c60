"""The appendix as rows of text: every task in the plan's order (domain.md §2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.vietnamese import dates
from reports.content.model import ContributionLine, LeadLine, ReportContent, StatusLine, TaskLine
from reports.content.sentences import lower_first

HEAD = (
    "STT",
    "Đơn vị chủ trì, phối hợp",
    "Thời hạn, tình trạng",
    "Kết quả thực hiện, tài liệu kiểm chứng",
    "Tồn tại, nguyên nhân, đề xuất",
)
# In millimetres; together the 252 mm of a landscape page between its margins (F3).
WIDTHS = (11, 36, 38, 92, 75)
CENTRED = {0}

# A row of more lines than a quarter of a page may go on to the next page between two lines, so that
# no page stays half empty; a shorter one stays whole (F38). What is asked of a task stays whole,
# with the beginning of its first part, unless it takes most of a page.
QUARTER_OF_A_PAGE, MOST_OF_A_PAGE = 9, 24
# Letters of a title in capitals on a line of a landscape page.
TITLE_LETTERS = 80
# Of a letter of 11 points on average, in millimetres.
LETTER = 1.85


@dataclass(frozen=True, slots=True)
class Heading:
    """A row across the table. `level` is 0 for an index, 1 to 3 for what is under it."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row in the columns of `widths`. In one with fewer cells than columns the last reaches
    across the rest, and the row stays on the page of what follows it."""

    cells: tuple[str, ...]
    widths: tuple[int, ...] = WIDTHS

    @property
    def is_across(self) -> bool:
        return len(self.cells) < len(self.widths)

    @property
    def columns_of_last(self) -> int:
        return len(self.widths) - len(self.cells) + 1

    @property
    def is_long(self) -> bool:
        before = len(self.cells) - 1
        widths = (*self.widths[:before], sum(self.widths[before:]))
        heights = (lines_of(text, width) for text, width in zip(self.cells, widths, strict=True))
        return max(heights) > (MOST_OF_A_PAGE if self.is_across else QUARTER_OF_A_PAGE)


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of `width` millimetres."""
    letters = max(1, int((width - 2) / LETTER))
    return sum(-(-len(line) // letters) or 1 for line in text.split("\n"))


def rows(content: ReportContent) -> Iterator[Heading | TaskRow]:
    """Every index with its areas, criteria and tasks."""
    number = 0
    if not content.indicators:
        yield nothing()
    for indicator in content.indicators:
        yield Heading(indicator.heading, 0)
        if not indicator.entries:
            yield nothing()
        for entry in indicator.entries:
            if entry.task is None:
                yield Heading(entry.heading, entry.level)
            else:
                number += 1
                yield from _task(number, entry.task)


def nothing(widths: tuple[int, ...] = WIDTHS) -> TaskRow:
    """The row of an index or of a plan without a task: no table is only a head."""
    return TaskRow(("–", "Chưa có nhiệm vụ nào được phân công."), widths)


def _task(number: int, task: TaskLine) -> Iterator[TaskRow]:
    """What is asked, across the table; under it the part of each lead and of whoever helped.

    Each row bears the task's number, so that a table may be cut between them and each page still
    says whose rows these are.
    """
    yield TaskRow((str(number), "\n".join(_asked(task))))
    if not task.leads:
        yield _row(str(number), "–", _standing(task.status))
    for lead in task.leads:
        told = _told(lead.result, lead.evidence, lead.explanation)
        yield _row(str(number), lead.unit, _standing(lead.status), told, remarks(lead))
    for one in task.contributions:
        told = _told(one.result, one.evidence)
        yield _row(str(number), f"{one.unit} (phối hợp)", "", told, remarks(one))


def _asked(task: TaskLine) -> Iterator[str]:
    yield f"{task.code}. {task.wording}"
    if task.measures:
        yield f"Chỉ tiêu: {'; '.join(measure.words for measure in task.measures)}."
    facts = []
    if len(task.leads) > 1:
        facts.append(f"Tình trạng chung: {lower_first(task.status.words)}.")
    if task.other_leads:
        others = ", ".join(task.other_leads)
        facts.append(f"Đơn vị cùng chủ trì không thuộc đợt báo cáo này: {others}.")
    if task.support_words:
        facts.append(f"Đơn vị phối hợp: {task.support_words.rstrip('.')}.")
    if facts:
        yield " ".join(facts)


def _standing(status: StatusLine) -> str:
    due = f"Hạn {dates.cited(status.due_on)}.\n" if status.due_on else ""
    return f"{due}{status.words}"


def _row(number: str, unit: str, standing: str, told: str = "", remark: str = "") -> TaskRow:
    return TaskRow((number, unit, *(text or "–" for text in (standing, told, remark))))


def _told(result: str, evidence: tuple[str, ...], explanation: str = "") -> str:
    """What a unit says it did, and under it what proves it or why nothing does."""
    proof = f"Tài liệu: {'; '.join(evidence)}." if evidence else ""
    why = f"Giải trình: {explanation}" if explanation and not evidence else ""
    return "\n".join(filter(None, (result, proof, why)))


def remarks(lead: LeadLine | ContributionLine) -> str:
    """Difficulty, cause and proposal, each under its word."""
    said = (
        ("Tồn tại", lead.difficulty),
        ("Nguyên nhân", lead.cause),
        ("Đề xuất", lead.proposal),
    )
    return "\n".join(f"{label}: {text}" for label, text in said if text)
