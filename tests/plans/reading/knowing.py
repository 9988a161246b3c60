"""What readers of documents know in the tests: the units of a plan file, or what is added anew."""

from collections.abc import Iterator

from plans.planfile import PlanFile
from plans.reading import Draft, Source, read_plan_document
from plans.reading.known import ADD, Known, KnownGroup, KnownUnit, kind_of


def known_of(plan_file: PlanFile) -> Known:
    return Known(
        units=[
            KnownUnit(one.code, one.name, one.short_name, one.kind, one.aliases)
            for one in plan_file.units
        ],
        groups=[
            KnownGroup(one.code, one.name, one.members, one.aliases) for one in plan_file.groups
        ],
    )


def read_with_new_units(source: Source) -> tuple[Draft, Known]:
    """As `import_plan --add-units` reads into an empty database."""
    first = read_plan_document(source, Known().directory())
    names = {one.name: ADD + kind_of(one.name) for one in first.doubts if kind_of(one.name)}
    known = Known().decide(names)
    return read_plan_document(source, known.directory()), known


def outline(draft: Draft, known: Known) -> Iterator[str]:
    """A draft as lines that a person can check against the document."""
    plan = draft.plan
    names = {one.code: one.name for one in (*known.units, *known.groups)}

    def said(parties):
        return (
            "; ".join(
                (*(names[code] for code in parties.codes), *(f"?{one}" for one in parties.unknown))
            )
            or "–"
        )

    yield f"{plan.type} {plan.number}/{plan.symbol}, {plan.place} {plan.day}/{plan.month}/{plan.issue_year}"
    yield f"của {plan.agency_name}: {plan.title}"
    yield f"năm {plan.year}, hạn {plan.due.due_on} “{plan.due_words}”"
    for cited in draft.cites:
        yield f"dẫn {cited.type} {cited.number} {cited.symbol} {cited.issued_on} {cited.issuer}".rstrip()
    for name in ("purpose", "content", "deadline", "organisation"):
        if section := getattr(plan, name):
            yield f"{name}: {section.number}. {section.heading} ({len(section.paragraphs)})"
    for indicator in draft.indicators:
        yield f"[{indicator.line}] {indicator.code}: {indicator.number}. {indicator.name}"
        for area in indicator.areas:
            for depth, one in ((1, area), *((2, inner) for inner in area.areas)):
                yield f"{'  ' * depth}[{one.line}] {one.number}. {one.title}"
                for block in one.blocks:
                    if block.criteria:
                        yield f"{'  ' * depth}  [{block.line}] {block.number}. " + " | ".join(
                            block.criteria
                        )
                    for task in block.tasks:
                        yield (
                            f"{'  ' * depth}    [{task.line}] {task.code} ({task.kind}) {task.wording}"
                        ).replace("\n", " ⏎ ")
                        yield (
                            f"{'  ' * depth}      {said(block.lead_of(task))} / "
                            f"{said(block.support_of(task))} / {task.due.due_on or task.due.said or '–'}"
                            f" / {task.product or '–'}"
                        )
                        for target in task.targets:
                            yield (
                                f"{'  ' * depth}      = {target.target} {target.direction}"
                                f" +{target.yearly_growth} #{target.criterion}: {target.name}"
                            )
    for doubt in draft.doubts:
        yield f"{'!' if doubt.must else '?'} [{doubt.line}] {doubt.message}"
    yield f"ký: {plan.authority} {plan.signer_title} {plan.signer}; nhận: " + "; ".join(
        f"{one.text} ({one.purpose})" if one.purpose else one.text for one in plan.recipients
    )
