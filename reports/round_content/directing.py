"""Section I of the consolidated report: how the work was directed (S7, S9, S31, domain.md 3.4)."""

from collections.abc import Iterator, Sequence

from config.vietnamese import dates
from config.vietnamese.numbers import padded
from plans.tallies import SteeringTally
from reports.content import sentences
from reports.content.heading import Around
from reports.content.model import Block, TaskLine
from reports.content.prose import paragraph
from reports.content.scope import Scope, from_whom
from reports.models import Round
from reports.round_content.cited import DOCUMENT, cited
from reports.round_content.passages import Passage
from reports.round_content.sources import Sources
from units import clock


def directing(
    facts: Around,
    round: Round,
    sources: Sources,
    tasks: Sequence[TaskLine],
    steering: SteeringTally,
    scope: Scope | None,
) -> Iterator[Passage]:
    """Documents, dissemination, inspections and urgings; of a round that asks some units
    (`scope`) those of these units."""
    yield Passage(
        "directing.documents",
        "Ban hành văn bản",
        "Ban hành văn bản chỉ đạo, triển khai",
        blocks=tuple(_documents(facts, tasks, scope)),
    )
    # Where nothing is recorded of these two, the Office writes them, or they are left out.
    yield Passage(
        "directing.spread",
        "Quán triệt, phổ biến",
        "Quán triệt, phổ biến, tuyên truyền",
        blocks=_said(sentences.disseminated(steering, scope)),
    )
    yield Passage(
        "directing.inspection",
        "Kiểm tra, giám sát",
        "Kiểm tra, giám sát",
        blocks=_said(sentences.inspected(steering, scope)),
    )
    yield Passage(
        "directing.urging",
        "Đôn đốc, tổng hợp báo cáo",
        "Theo dõi, đôn đốc, tổng hợp báo cáo",
        blocks=(
            *_urging(round, sources, scope),
            *_said(sentences.urged(steering, scope)),
        ),
    )


def _said(sentence: str) -> tuple[Block, ...]:
    return (paragraph(sentence),) if sentence else ()


def _documents(facts: Around, tasks: Sequence[TaskLine], scope: Scope | None) -> Iterator[Block]:
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
        listed = "; ".join(map(sentences.lower_first, cited(named)))
        yield paragraph(
            f"{from_whom(scope)} nêu {padded(len(named))} văn bản đã ban hành, tham mưu "
            f"ban hành trong quá trình thực hiện: {listed}."
        )


def _urging(round: Round, sources: Sources, scope: Scope | None) -> Iterator[Block]:
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
            scope,
        )
    )
