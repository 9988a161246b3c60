"""The body of the consolidated report, I to V (domain.md §2), in passages that can be edited.

Sentences with figures come from reports/content/sentences.py; sections I, III, IV and V are the
units' own words, each under the unit's name.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans.states import State
from plans.tallies import MeasureTally, SteeringTally, Tally
from reports.content import sentences
from reports.content.heading import Around
from reports.content.model import (
    Block,
    BlockKind,
    Entry,
    IndicatorPart,
    LaterLine,
    TableKey,
    TaskLine,
)
from reports.content.proposals import (
    NO_PROPOSAL,
    OF_UNITS,
    TO_LEADERSHIP,
    TO_OTHERS,
    TO_PROVINCE,
    WentUp,
    parted,
)
from reports.content.prose import chart, heading, item, paragraph, words
from reports.content.scope import Scope, from_whom, joint_note, not_asked, of_asked
from reports.content.sections import (
    IN_THE_APPENDIX,
    LETTERS,
    NO_CAUSE,
    NO_DIFFICULTY,
    NO_NEXT_STEP,
    behind,
    task_facts,
    task_words,
)
from reports.content.withdrawn import Withdrawn
from reports.models import Round
from reports.round_content.directing import directing
from reports.round_content.passages import DraftSection, Passage
from reports.round_content.sources import Sources
from reports.unit_content.drafts import late_lines

NO_HIGHLIGHT = "Các đơn vị không nêu kết quả nổi bật."


@dataclass(frozen=True)
class Figures:
    """What was counted; `by_area` by (code of the index, heading of the outermost area). `scope` is
    None when every unit that leads a task was asked; `helped` is what they did for tasks outside
    it."""

    day: dt.date
    total: Tally
    by_indicator: Mapping[str, Tally]
    by_area: Mapping[tuple[str, str], Tally]
    by_unit: Sequence[tuple[str, Tally]]
    parts: Tally
    measures: MeasureTally
    indicators: Sequence[IndicatorPart]
    steering: SteeringTally
    went_up: WentUp
    scope: Scope | None = None
    helped: tuple[Block, ...] = ()
    later: Sequence[LaterLine] = ()
    gone: Sequence[Withdrawn] = ()

    @property
    def tasks(self) -> list[TaskLine]:
        return [task for part in self.indicators for task in part.tasks]


def outline(
    facts: Around, round: Round, sources: Sources, figures: Figures
) -> tuple[DraftSection, ...]:
    """All sections."""
    return (
        DraftSection(
            "directing",
            "I",
            "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
            tuple(directing(facts, round, sources, figures.tasks, figures.steering, figures.scope)),
        ),
        DraftSection(
            "results",
            "II",
            "KẾT QUẢ THỰC HIỆN",
            (
                _overall(sources, figures),
                _by_unit(figures),
                *(
                    passage
                    for number, part in enumerate(figures.indicators, start=1)
                    for passage in _indicator(number, part, figures)
                ),
                *_helped(figures),
            ),
        ),
        DraftSection("assessment", "III", "ĐÁNH GIÁ CHUNG", tuple(_assessment(sources, figures))),
        DraftSection(
            "directions",
            "IV",
            "PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG THỜI GIAN TỚI",
            (
                Passage(
                    "directions",
                    "Phương hướng, nhiệm vụ",
                    blocks=tuple(_of_units(sources, "directions"))
                    or _nothing(sources, NO_NEXT_STEP, figures.scope),
                ),
            ),
        ),
        DraftSection(
            "proposals",
            "V",
            "KIẾN NGHỊ, ĐỀ XUẤT",
            tuple(_proposals(sources, figures)),
        ),
    )


# --- II. Results ------------------------------------------------------------------------------


def _overall(sources: Sources, figures: Figures) -> Passage:
    total, day, scope = figures.total, figures.day, figures.scope
    blocks = [paragraph(sentences.overall(total, day, scope))]
    if total.total:
        blocks.append(paragraph(sentences.rate_over_due(total, scope=scope)))
    if total.unassigned:
        codes = [task.code for task in figures.tasks if task.status.state == State.UNASSIGNED]
        blocks.append(paragraph(sentences.unassigned(total, codes)))
    if left := sentences.left_plan(figures.gone):
        blocks.append(paragraph(left))
    blocks.append(paragraph(sentences.of_measures(figures.measures, scope)))
    led = {name: tally.total for name, tally in figures.by_unit}
    told_by_whom = [
        paragraph(text)
        for text in (
            sentences.not_reported([(one.unit, led.get(one.unit, 0)) for one in sources.missing]),
            " ".join(not_asked(scope)) if scope else "",
            sentences.of_other_days([(one.unit, one.content.day) for one in sources.accepted], day),
            sentences.moved_on((one.code, one.unit) for one in figures.later),
        )
        if text
    ]
    tables = list(_tables(figures)) if total.total else []
    # Who did not report is said whatever else is worded anew.
    return Passage(
        "results.overall",
        "Kết quả chung",
        blocks=tuple(blocks),
        tables=(*told_by_whom, *tables, paragraph(IN_THE_APPENDIX)),
    )


def _tables(figures: Figures) -> Iterator[Block]:
    """Figures as tables and charts; the months only for a report on the whole plan."""
    scope = figures.scope
    # A table may be copied without the sentence before it.
    whose = f" (nhiệm vụ{of_asked(scope)})" if scope else ""
    yield Block(
        BlockKind.TABLE,
        f"Bảng 1. Kết quả theo chỉ số{whose}",
        table=TableKey.BY_INDICATOR,
        note=joint_note(scope) if scope else "",
    )
    yield chart(f"Biểu đồ 1. Tình trạng nhiệm vụ theo chỉ số{whose}", TableKey.BY_INDICATOR)
    if figures.by_unit:
        yield Block(
            BlockKind.TABLE,
            f"Bảng 2. Kết quả theo đơn vị chủ trì{whose}",
            table=TableKey.BY_UNIT,
            note=sentences.parts_note(figures.parts, figures.total, scope),
        )
        yield chart(f"Biểu đồ 2. Tình trạng phần việc theo đơn vị chủ trì{whose}", TableKey.BY_UNIT)
    if scope is None:
        yield Block(
            BlockKind.TABLE,
            "Bảng 3. Kết quả qua các tháng",
            table=TableKey.COURSE,
            note=sentences.course_note(figures.day),
        )
        yield chart("Biểu đồ 3. Tình trạng nhiệm vụ qua các tháng", TableKey.COURSE)


def _by_unit(figures: Figures) -> Passage:
    return Passage(
        "results.units",
        "Kết quả theo đơn vị",
        blocks=(
            paragraph("Kết quả của từng đơn vị chủ trì:"),
            *(
                item(name, sentences.progress(tally, sentences.PARTS))
                for name, tally in figures.by_unit
            ),
        )
        if figures.by_unit
        else (),
    )


def _indicator(number: int, part: IndicatorPart, figures: Figures) -> Iterator[Passage]:
    title = part.heading if part.number else f"{number}. {part.name}"
    yield Passage(
        f"results.{part.code}",
        part.code,
        fixed=(heading(title, 2),),
        blocks=(paragraph(sentences.of_indicator(figures.by_indicator[part.code], figures.scope)),),
    )
    outermost = [one.heading for one in part.entries if one.level == 1 and not one.task]
    # Of the only area of an index the figures are those that stand above it.
    is_parted = len(outermost) > 1
    above: list[Block] = []
    for place, entry in enumerate(part.entries):
        if entry.task is not None:
            yield Passage(
                f"task.{entry.task.code}",
                f"{entry.task.code}. {entry.task.title}",
                fixed=(*above, *task_facts(entry.task)),
                blocks=tuple(task_words(entry.task)),
            )
            above = []
            continue
        above.append(_heading_of(entry))
        if tally := figures.by_area.get((part.code, entry.heading)) if entry.level == 1 else None:
            yield Passage(
                f"area.{part.code}.{entry.number or place}",
                entry.heading,
                fixed=tuple(above),
                blocks=(paragraph(sentences.of_indicator(tally, figures.scope)),)
                if tally.total and is_parted
                else (),
            )
            above = []


def _helped(figures: Figures) -> Iterator[Passage]:
    if figures.helped:
        title = "Phối hợp thực hiện nhiệm vụ khác"
        # Stands after the indices, which have headings with numbers of the plan.
        yield Passage("results.helped", title, fixed=(heading(title, 2),), blocks=figures.helped)


def _heading_of(entry: Entry) -> Block:
    dot = "." if entry.number[-1:].isdigit() else ""
    return heading(f"{entry.number}{dot} {entry.title}".strip(), entry.level + 2)


# --- III-V. The units' own words --------------------------------------------------------------


def _assessment(sources: Sources, figures: Figures) -> Iterator[Passage]:
    yield Passage(
        "assessment.achieved",
        "Kết quả đạt được",
        "Kết quả đạt được",
        blocks=tuple(_of_units(sources, "highlights"))
        or _nothing(sources, NO_HIGHLIGHT, figures.scope),
    )
    yield Passage(
        "assessment.shortcomings",
        "Tồn tại, hạn chế",
        "Tồn tại, hạn chế",
        fixed=tuple(behind(figures.tasks, of_asked(figures.scope))),
        blocks=tuple(_shortcomings(sources)) or _nothing(sources, NO_DIFFICULTY, figures.scope),
    )
    yield Passage(
        "assessment.causes",
        "Nguyên nhân",
        "Nguyên nhân",
        blocks=tuple(_causes(sources, figures.scope)),
    )


def _shortcomings(sources: Sources) -> Iterator[Block]:
    """Without the lines on what is late that were drafted for the unit: those follow the figures,
    in front of these (`behind`)."""
    for source in sources.accepted:
        late = set(late_lines(source.content.tasks))
        lines = source.content.text("shortcomings").split("\n")
        yield from words(source.unit, "\n".join(line for line in lines if line not in late))


def _causes(sources: Sources, scope: Scope | None) -> Iterator[Block]:
    """Of each kind; one kind alone, the unsorted, needs no head."""
    kinds = (
        ("Nguyên nhân khách quan", "objective"),
        ("Nguyên nhân chủ quan", "subjective"),
        ("Nguyên nhân khác", "causes"),
    )
    told = [(name, key, tuple(_of_units(sources, key))) for name, key in kinds]
    told = [one for one in told if one[2]]
    for letter, (name, key, blocks) in zip(LETTERS, told, strict=False):
        if len(told) > 1 or key != "causes":
            yield paragraph(f"{letter}) {name}:")
        yield from blocks
    if not told:
        yield from _nothing(sources, NO_CAUSE, scope)


def _proposals(sources: Sources, figures: Figures) -> Iterator[Passage]:
    """Parted by whom it is for, as the units' words say it; what went up to the leadership stands
    apart from what the units propose, so that whoever words the one anew does not freeze where the
    other stands."""
    went_up = figures.went_up
    to_province: list[Block] = []
    of_units: list[Block] = []
    for source in sources.accepted:
        said = parted(went_up.without(source.unit, source.content.text("proposals")))
        for part, text in zip((to_province, of_units), said, strict=True):
            part += words(source.unit, text)
    is_empty = not (to_province or of_units or went_up)
    yield Passage(
        "proposals.province",
        TO_PROVINCE,
        TO_PROVINCE,
        blocks=(*to_province, *went_up.to_province),
    )
    # Nothing is recorded for these: the Office writes them, or they are left out.
    yield Passage("proposals.others", TO_OTHERS, TO_OTHERS)
    yield Passage(
        "proposals",
        OF_UNITS,
        OF_UNITS,
        blocks=_nothing(sources, NO_PROPOSAL, figures.scope) if is_empty else tuple(of_units),
    )
    yield Passage("proposals.raised", TO_LEADERSHIP, TO_LEADERSHIP, blocks=went_up.to_leadership)


def _nothing(sources: Sources, sentence: str, scope: Scope | None) -> tuple[Block, ...]:
    """That no unit wrote of it: said only of those that reported."""
    if not sources.accepted:
        return (paragraph("Chưa có báo cáo của đơn vị nào được tiếp nhận."),)
    if sources.missing:
        sentence = sentence.replace("Các đơn vị", "Các đơn vị đã báo cáo", 1)
    elif scope:
        sentence = sentence.replace("Các đơn vị", from_whom(scope), 1)
    return (paragraph(sentence),)


def _of_units(sources: Sources, key: str) -> Iterator[Block]:
    """What the units wrote in a section of their reports, each under its name."""
    for source in sources.accepted:
        yield from words(source.unit, source.content.text(key))
