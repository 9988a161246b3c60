"""The body of the consolidated report, I to V (domain.md §2), in passages that can be edited.

Sentences with figures come from reports/content/sentences.py; sections I, III, IV and V are the
units' own words, each under the unit's name.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.vietnamese import dates
from config.vietnamese.numbers import padded
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
)
from reports.content.prose import chart, heading, item, paragraph, words
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
from reports.content.sentences import Scope
from reports.models import Round
from reports.round_content.passages import DraftSection, Passage
from reports.round_content.sources import Sources
from reports.unit_content.drafts import late_lines
from units import clock

NO_HIGHLIGHT = "Các đơn vị không nêu kết quả nổi bật."
DOCUMENT = "Văn bản số"


@dataclass(frozen=True)
class Figures:
    """What was counted; `by_area` by (code of the index, heading of the outermost area). `scope` is
    None when every unit that leads a task was asked."""

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
    later: Sequence[LaterLine] = ()

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
            tuple(_directing(facts, round, sources, figures)),
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
            ),
        ),
        DraftSection(
            "assessment", "III", "ĐÁNH GIÁ CHUNG", tuple(_assessment(sources, figures.tasks))
        ),
        DraftSection(
            "directions",
            "IV",
            "PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG THỜI GIAN TỚI",
            (
                Passage(
                    "directions",
                    "Phương hướng, nhiệm vụ",
                    blocks=tuple(_of_units(sources, "directions"))
                    or _nothing(sources, NO_NEXT_STEP),
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


# --- I. How the work was directed -------------------------------------------------------------


def _directing(
    facts: Around, round: Round, sources: Sources, figures: Figures
) -> Iterator[Passage]:
    yield Passage(
        "directing.documents",
        "Ban hành văn bản",
        "Ban hành văn bản chỉ đạo, triển khai",
        blocks=tuple(_documents(facts, figures.tasks)),
    )
    # Where nothing is recorded of these two, the Office writes them, or they are left out.
    yield Passage(
        "directing.spread",
        "Quán triệt, phổ biến",
        "Quán triệt, phổ biến, tuyên truyền",
        blocks=_said(sentences.disseminated(figures.steering)),
    )
    yield Passage(
        "directing.inspection",
        "Kiểm tra, giám sát",
        "Kiểm tra, giám sát",
        blocks=_said(sentences.inspected(figures.steering)),
    )
    yield Passage(
        "directing.urging",
        "Đôn đốc, tổng hợp báo cáo",
        "Theo dõi, đôn đốc, tổng hợp báo cáo",
        blocks=(*_urging(round, sources), *_said(sentences.urged(figures.steering))),
    )


def _said(sentence: str) -> tuple[Block, ...]:
    return (paragraph(sentence),) if sentence else ()


def _documents(facts: Around, tasks: Sequence[TaskLine]) -> Iterator[Block]:
    plan = facts.plan
    carrying = f" để triển khai thực hiện {plan.parent.citation}" if plan.parent else ""
    yield paragraph(f"{facts.agency.name} đã ban hành {plan.citation}{carrying}.")
    named = dict.fromkeys(
        label
        for task in tasks
        for voice in task.voices
        for label in voice.evidence
        if label.startswith(DOCUMENT)
    )
    if named:
        listed = "; ".join(label[:1].lower() + label[1:] for label in named)
        yield paragraph(
            f"Các đơn vị nêu {padded(len(named))} văn bản đã ban hành, tham mưu ban hành trong quá "
            f"trình thực hiện: {listed}."
        )


def _urging(round: Round, sources: Sources) -> Iterator[Block]:
    # Also those after the report's day, but none that is still to come on an earlier one.
    urged = round.reminders.filter(recorded_on__lte=clock.today()).count()
    said = f"; đã đôn đốc {padded(urged)} lần các đơn vị chưa nộp báo cáo" if urged else ""
    yield paragraph(
        f"Văn phòng Sở theo dõi, tổng hợp báo cáo của các đơn vị (thời hạn đơn vị báo cáo: ngày "
        f"{dates.cited(round.units_due_on)}){said}."
    )
    yield paragraph(
        sentences.reports_received(
            [one.unit for one in sources.accepted],
            [(one.unit, one.words) for one in sources.missing],
        )
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
    blocks.append(paragraph(sentences.of_measures(figures.measures, scope)))
    led = {name: tally.total for name, tally in figures.by_unit}
    told_by_whom = [
        paragraph(text)
        for text in (
            sentences.not_reported([(one.unit, led.get(one.unit, 0)) for one in sources.missing]),
            " ".join(sentences.not_asked(scope)) if scope else "",
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
    yield Block(
        BlockKind.TABLE,
        "Bảng 1. Kết quả theo chỉ số",
        table=TableKey.BY_INDICATOR,
        note=sentences.joint_note(scope) if scope else "",
    )
    yield chart("Biểu đồ 1. Tình trạng nhiệm vụ theo chỉ số", TableKey.BY_INDICATOR)
    if figures.by_unit:
        yield Block(
            BlockKind.TABLE,
            "Bảng 2. Kết quả theo đơn vị chủ trì",
            table=TableKey.BY_UNIT,
            note=sentences.parts_note(figures.parts, figures.total, scope),
        )
        yield chart("Biểu đồ 2. Tình trạng phần việc theo đơn vị chủ trì", TableKey.BY_UNIT)
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
                if tally.total
                else (),
            )
            above = []


def _heading_of(entry: Entry) -> Block:
    dot = "." if entry.number[-1:].isdigit() else ""
    return heading(f"{entry.number}{dot} {entry.title}".strip(), entry.level + 2)


# --- III-V. The units' own words --------------------------------------------------------------


def _assessment(sources: Sources, tasks: Sequence[TaskLine]) -> Iterator[Passage]:
    yield Passage(
        "assessment.achieved",
        "Kết quả đạt được",
        "Kết quả đạt được",
        blocks=tuple(_of_units(sources, "highlights")) or _nothing(sources, NO_HIGHLIGHT),
    )
    yield Passage(
        "assessment.shortcomings",
        "Tồn tại, hạn chế",
        "Tồn tại, hạn chế",
        fixed=tuple(behind(tasks)),
        blocks=tuple(_shortcomings(sources)) or _nothing(sources, NO_DIFFICULTY),
    )
    yield Passage("assessment.causes", "Nguyên nhân", "Nguyên nhân", blocks=tuple(_causes(sources)))


def _shortcomings(sources: Sources) -> Iterator[Block]:
    """Without the lines on what is late that were drafted for the unit: those follow the figures,
    in front of these (`behind`)."""
    for source in sources.accepted:
        late = set(late_lines(source.content.tasks))
        lines = source.content.text("shortcomings").split("\n")
        yield from words(source.unit, "\n".join(line for line in lines if line not in late))


def _causes(sources: Sources) -> Iterator[Block]:
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
        yield from _nothing(sources, NO_CAUSE)


def _proposals(sources: Sources, figures: Figures) -> Iterator[Passage]:
    """Parted by whom it is for; what went up stands apart from what the units propose, so that
    whoever words the one anew does not freeze where the other stands."""
    went_up = figures.went_up
    of_units = tuple(
        block
        for source in sources.accepted
        for block in words(
            source.unit, went_up.without(source.unit, source.content.text("proposals"))
        )
    )
    yield Passage("proposals.province", TO_PROVINCE, TO_PROVINCE, blocks=went_up.to_province)
    # Nothing is recorded for these: the Office writes them, or they are left out.
    yield Passage("proposals.others", TO_OTHERS, TO_OTHERS)
    yield Passage(
        "proposals",
        OF_UNITS,
        OF_UNITS,
        blocks=of_units or (() if went_up else _nothing(sources, NO_PROPOSAL)),
    )
    yield Passage("proposals.raised", TO_LEADERSHIP, TO_LEADERSHIP, blocks=went_up.to_leadership)


def _nothing(sources: Sources, sentence: str) -> tuple[Block, ...]:
    """That no unit wrote of it: said only of those that reported."""
    if not sources.accepted:
        return (paragraph("Chưa có báo cáo của đơn vị nào được tiếp nhận."),)
    if sources.missing:
        sentence = sentence.replace("Các đơn vị", "Các đơn vị đã báo cáo", 1)
    return (paragraph(sentence),)


def _of_units(sources: Sources, key: str) -> Iterator[Block]:
    """What the units wrote in a section of their reports, each under its name."""
    for source in sources.accepted:
        yield from words(source.unit, source.content.text(key))
