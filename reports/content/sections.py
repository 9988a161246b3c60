"""The body of the report, section by section (domain.md §2): generated sentences and the units'
own words. A unit's words are never changed, only put under its name."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from plans.states import OPEN, State
from plans.tallies import MeasureTally, Tally
from reports.content import sentences
from reports.content.model import (
    Block,
    BlockKind,
    ContributionLine,
    Entry,
    IndicatorPart,
    LeadLine,
    Section,
    TableKey,
    TaskLine,
)
from reports.content.proposals import (
    NO_PROPOSAL,
    OF_UNITS,
    TO_LEADERSHIP,
    TO_PROVINCE,
    WentUp,
    parted,
)
from reports.content.prose import chart, heading, item, paragraph, words
from reports.content.withdrawn import Withdrawn

Voice = LeadLine | ContributionLine

# Points a), b), c) in the order of the Vietnamese alphabet (F24).
LETTERS = "abcdđeghiklmnopqrstuvxy"


def body(
    *,
    day: dt.date,
    total: Tally,
    by_indicator: Sequence[tuple[str, Tally]],
    by_unit: Sequence[tuple[str, Tally]],
    parts: Tally,
    measures: MeasureTally,
    indicators: Sequence[IndicatorPart],
    went_up: WentUp,
    gone: Sequence[Withdrawn],
) -> tuple[Section, ...]:
    """All sections in their order."""
    tasks = [task for part in indicators for task in part.tasks]
    return (
        Section(
            "overview",
            "I",
            "TÌNH HÌNH CHUNG",
            tuple(_overview(day, total, by_unit, parts, measures, tasks, gone)),
        ),
        Section(
            "results",
            "II",
            "KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
            tuple(_results(indicators, dict(by_indicator))),
        ),
        Section(
            "shortcomings",
            "III",
            "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
            tuple(_shortcomings(tasks)),
        ),
        Section(
            "directions",
            "IV",
            "PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG THỜI GIAN TỚI",
            tuple(_gathered(tasks, lambda lead: lead.next_step, NO_NEXT_STEP)),
        ),
        Section(
            "proposals",
            "V",
            "KIẾN NGHỊ, ĐỀ XUẤT",
            tuple(_proposals(tasks, went_up)),
        ),
    )


IN_THE_APPENDIX = "(Chi tiết từng nhiệm vụ tại Phụ lục kèm theo)."
NO_NEXT_STEP = "Các đơn vị chưa nêu việc tiếp theo."
NO_DIFFICULTY = "Các đơn vị không nêu tồn tại, khó khăn, vướng mắc."
NO_CAUSE = "Các đơn vị không nêu nguyên nhân."


# --- I. Overview ------------------------------------------------------------------------------


def _overview(
    day: dt.date,
    total: Tally,
    by_unit: Sequence[tuple[str, Tally]],
    parts: Tally,
    measures: MeasureTally,
    tasks: Sequence[TaskLine],
    gone: Sequence[Withdrawn],
) -> Iterator[Block]:
    yield paragraph(sentences.overall(total, day))
    if total.total:
        yield paragraph(sentences.rate_over_due(total))
    if total.unassigned:
        codes = [task.code for task in tasks if task.status.state == State.UNASSIGNED]
        yield paragraph(sentences.unassigned(total, codes))
    if left := sentences.left_plan(gone):
        yield paragraph(left)
    if silent := sentences.silent(by_unit):
        yield paragraph(silent)
    yield paragraph(sentences.of_measures(measures))
    if not total.total:
        yield paragraph(IN_THE_APPENDIX)  # the body names its appendix, also an empty one (F33)
        return
    yield Block(BlockKind.TABLE, "Bảng 1. Kết quả theo chỉ số", table=TableKey.BY_INDICATOR)
    yield chart("Biểu đồ 1. Tình trạng nhiệm vụ theo chỉ số", TableKey.BY_INDICATOR)
    if by_unit:
        yield Block(
            BlockKind.TABLE,
            "Bảng 2. Kết quả theo đơn vị chủ trì",
            table=TableKey.BY_UNIT,
            note=sentences.parts_note(parts, total),
        )
        yield chart("Biểu đồ 2. Tình trạng phần việc theo đơn vị chủ trì", TableKey.BY_UNIT)
    yield Block(BlockKind.TABLE, "Bảng 3. Kết quả qua các tháng", table=TableKey.COURSE)
    yield chart("Biểu đồ 3. Tình trạng nhiệm vụ qua các tháng", TableKey.COURSE)
    yield paragraph(IN_THE_APPENDIX)


# --- II. Results ------------------------------------------------------------------------------


def _results(indicators: Sequence[IndicatorPart], tallies: dict[str, Tally]) -> Iterator[Block]:
    if not indicators:
        yield paragraph("Kế hoạch chưa có nhiệm vụ nào.")
    for number, part in enumerate(indicators, start=1):
        yield heading(part.heading if part.number else f"{number}. {part.name}", 2)
        yield paragraph(sentences.of_indicator(tallies[part.code]))
        for entry in part.entries:
            yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[Block]:
    if entry.task is None:
        dot = "." if entry.number[-1:].isdigit() else ""
        yield heading(f"{entry.number}{dot} {entry.title}".strip(), entry.level + 2)
        return
    yield from _of_task(entry.task)


def _of_task(task: TaskLine) -> Iterator[Block]:
    yield from task_facts(task)
    yield from task_words(task)


def task_facts(task: TaskLine) -> Iterator[Block]:
    """What is counted of a task: its wording, who leads it, its state and measures."""
    yield Block(BlockKind.PARAGRAPH, task.wording, label=f"Nhiệm vụ {task.code}:")
    if task.lead_words:
        supports = f". Phối hợp: {task.support_words}" if task.support_words else ""
        yield item("Chủ trì", f"{task.lead_words}{supports}")
    yield item("Tình trạng", task.status.words)
    for measure in task.measures:
        yield item("Chỉ tiêu", measure.words)


def task_words(task: TaskLine) -> Iterator[Block]:
    """What its units say they did, and what proves it."""
    if task.leads and not task.is_joint:
        yield from words("Kết quả", task.leads[0].result)
        yield from proof(task.leads[0])
    else:
        for place, lead in enumerate(task.leads):
            yield from of_lead(LETTERS[place] if place < len(LETTERS) else str(place + 1), lead)
    for one in task.contributions:
        yield from words(f"{one.unit} phối hợp", one.result)
        if one.evidence:
            yield item("Tài liệu kiểm chứng", "; ".join(one.evidence))


def of_lead(letter: str, lead: LeadLine) -> Iterator[Block]:
    """One of several leads: its name and state, what it says it did, and what proves it."""
    first, *more = lead.result.split("\n")
    told = f"{lead.status.words}. {first}".strip()
    yield Block(BlockKind.PARAGRAPH, told, label=f"{letter}) {lead.unit}:")
    yield from (paragraph(line) for line in more if line)
    yield from proof(lead)


def proof(lead: LeadLine) -> Iterator[Block]:
    """Evidence, or why there is none; difficulties and plans stand in sections III to V."""
    if lead.evidence:
        yield item("Tài liệu kiểm chứng", "; ".join(lead.evidence))
    else:
        yield from words("Giải trình", lead.explanation)


# --- III-V. Gathered from the units' updates --------------------------------------------------


def _shortcomings(tasks: Sequence[TaskLine]) -> Iterator[Block]:
    yield heading("1. Nhiệm vụ quá hạn, bị trả lại", 2)
    yield from behind(tasks)
    yield heading("2. Tồn tại, hạn chế, khó khăn, vướng mắc", 2)
    yield from _gathered(tasks, lambda lead: lead.difficulty, NO_DIFFICULTY)
    yield heading("3. Nguyên nhân", 2)
    yield from _gathered(tasks, lambda lead: lead.cause, NO_CAUSE)


def behind(tasks: Sequence[TaskLine], whose: str = "") -> Iterator[Block]:
    """Each lead's part that is owed past its deadline, or was returned; said too when none is,
    `whose` tasks these are."""
    found = False
    for task in tasks:
        for lead in task.leads:
            owed = lead.status.state in OPEN and lead.status.days_late
            if owed or lead.status.returned:
                found = True
                yield item(_named(task, lead), lead.status.words)
    if not found:
        yield paragraph(f"Không có nhiệm vụ quá hạn hoặc bị trả lại{whose}.")


def _gathered(
    tasks: Sequence[TaskLine], text_of: Callable[[Voice], str], nothing: str
) -> Iterator[Block]:
    """What units wrote under one head, each under task and unit; `nothing` when nobody did."""
    found = False
    for task in tasks:
        for voice in task.voices:
            if text := text_of(voice):
                found = True
                yield from words(_named(task, voice), text)
    if not found:
        yield paragraph(nothing)


def _proposals(tasks: Sequence[TaskLine], went_up: WentUp) -> Iterator[Block]:
    """Parted by whom they are for as soon as there is more than one part (domain.md §2)."""
    to_province: list[Block] = []
    of_units: list[Block] = []
    for task in tasks:
        for voice in task.voices:
            if not went_up.tells(voice.unit, task.code, voice.proposal):
                for part, text in zip((to_province, of_units), parted(voice.proposal), strict=True):
                    part += words(_named(task, voice), text)
    parts = [
        (title, blocks)
        for title, blocks in (
            (TO_PROVINCE, (*to_province, *went_up.to_province)),
            (OF_UNITS, of_units),
            (TO_LEADERSHIP, went_up.to_leadership),
        )
        if blocks
    ]
    for number, (title, blocks) in enumerate(parts, start=1):
        if len(parts) > 1:
            yield heading(f"{number}. {title}", 2)
        yield from blocks
    if not parts:
        yield paragraph(NO_PROPOSAL)


def _named(task: TaskLine, voice: Voice) -> str:
    return f"{voice.unit} (nhiệm vụ {task.code})"
