"""What readers of documents know in the tests, when what they find is added anew."""

from collections.abc import Iterator

from plans.reading import Draft, Source, read_plan_document
from plans.reading.draft import DraftBlock
from plans.reading.known import ADD, Known, kind_of
from plans.reading.parties import Parties


def read_with_new_units(source: Source) -> tuple[Draft, Known]:
    """As `import_plan --add-units` reads into an empty database."""
    first = read_plan_document(source, Known().directory())
    directory = Known().directory()
    directory.call_agency(first.plan.agency_name)
    names = {
        one.name: ADD + kind_of(one.name)
        for one in first.doubts
        if kind_of(one.name) and not directory.is_agency(one.name)
    }
    known = Known().decide(names)
    return read_plan_document(source, known.directory()), known


def outline(draft: Draft, known: Known) -> Iterator[str]:
    """A draft as lines that a person can check against the document."""
    plan = draft.plan
    issued = f"{plan.day}/{plan.month}/{plan.issue_year}"
    yield f"{plan.type} {plan.number}/{plan.symbol}, {plan.place} {issued}"
    yield f"của {plan.agency_name}: {plan.title}"
    yield f"năm {plan.year}, hạn {plan.due.due_on} “{plan.due_words}”"
    for cited in draft.cites:
        facts = (cited.type, cited.number, cited.symbol, cited.issued_on, cited.issuer)
        yield f"dẫn {' '.join(str(one) for one in facts)}".rstrip()
    for name in ("purpose", "content", "deadline", "organisation"):
        if section := getattr(plan, name):
            yield f"{name}: {section.number}. {section.heading} ({len(section.paragraphs)})"
    for indicator in draft.indicators:
        yield f"[{indicator.line}] {indicator.code}: {indicator.number}. {indicator.name}"
        for area in indicator.areas:
            for depth, one in ((1, area), *((2, inner) for inner in area.areas)):
                yield f"{'  ' * depth}[{one.line}] {one.number}. {one.title}"
                for block in one.blocks:
                    for line in _block(draft, block, known):
                        yield f"{'  ' * depth}  {line}"
    for doubt in draft.doubts:
        sign, place = "!" if doubt.must else "?", f"{doubt.place}: " if doubt.place else ""
        yield f"{sign} [{doubt.line}] {place}{doubt.message}"
    yield f"ký: {plan.authority} {plan.signer_title} {plan.signer}; nhận: " + "; ".join(
        f"{one.text} ({one.purpose})" if one.purpose else one.text for one in plan.recipients
    )


def _block(draft: Draft, block: DraftBlock, known: Known) -> Iterator[str]:
    if block.heading and not block.criteria:
        yield f"[{block.line}] {block.number}. {block.heading}"
    if block.criteria:
        yield f"[{block.line}] {block.number}. {' | '.join(block.criteria)}"
    for task in block.tasks:
        wording = task.wording.replace("\n", " ⏎ ")
        place = draft.places.get(task.line, "")
        yield f"  [{task.line}{f' = {place}' if place else ''}] {task.code} ({task.kind}) {wording}"
        if task.note:
            yield f"    ghi chú: {task.note}"
        facts = (
            _names(block.lead_of(task), known),
            _names(block.support_of(task), known),
            str(task.due.due_on or task.due.said or "–"),
            task.product or "–",
        )
        yield f"    {' / '.join(facts)}"
        for one in task.targets:
            growth = f" +{one.yearly_growth}" if one.yearly_growth else ""
            yield f"    = {one.target} {one.direction}{growth} #{one.criterion}: {one.name}"


def _names(parties: Parties, known: Known) -> str:
    names = [known.names[code] for code in parties.codes]
    return "; ".join([*names, *(f"?{one}" for one in parties.unknown)]) or "–"
