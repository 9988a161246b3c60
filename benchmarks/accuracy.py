"""How much of the plan of 2023 the reader of documents finds, beside the data file that was made of
it by hand (S1–S36). Also what the test of the reader asks (tests/plans/reading)."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from plans.planfile import PlanFile, read_plan, read_tree
from plans.planfile.content import Document
from plans.reading import read_plan_document, read_source
from plans.reading.known import Known, KnownGroup, KnownUnit
from plans.reading.writing import plan_code, tree

_ROOT = Path(__file__).resolve().parents[1]
TEXT = _ROOT / "tests/plans/reading/ke-hoach-2023.txt"
BY_HAND = _ROOT / "plans/data/ke-hoach-2023.yaml"


@dataclass(frozen=True)
class Found:
    """How many of those that exist were found, and how many were found that do not exist."""

    found: int
    there: int
    wrong: int


def read_as_plan_file(content: bytes, name: str, by_hand: PlanFile) -> PlanFile:
    """A document as the plan file that an import would make of it, the units of `by_hand` known."""
    known = known_of(by_hand)
    draft = read_plan_document(read_source(content, name), known.directory())
    return read_tree(tree(draft, known, plan_code(draft)))


def known_of(plan_file: PlanFile) -> Known:
    """The units and groups of a plan file, as an installation that has them knows them."""
    return Known(
        units=[
            KnownUnit(one.code, one.name, one.short_name, one.kind, one.aliases)
            for one in plan_file.units
        ],
        groups=[
            KnownGroup(one.code, one.name, one.members, one.aliases) for one in plan_file.groups
        ],
    )


def accuracy(found: PlanFile, by_hand: PlanFile) -> dict[str, Found]:
    """Each kind of thing by its name."""
    there, seen = _things(by_hand), _things(found)
    return {
        name: Found(len(there[name] & seen[name]), len(there[name]), len(seen[name] - there[name]))
        for name in there
    }


def _things(plan_file: PlanFile) -> dict[str, Set[tuple[object, ...]]]:
    """What there is to be found, by its place in the document."""
    blocks = list(plan_file.blocks())
    tasks = [(block, task) for block in blocks for task in block.tasks]
    return {
        "blocks": {(b.number, b.heading, b.criteria, b.tasks[0].line) for b in blocks},
        "criteria": {(b.tasks[0].line, one) for b in blocks for one in b.criteria},
        "tasks": {(t.line, t.code, t.number, t.kind) for _, t in tasks},
        "leads": {(t.line, code) for b, t in tasks for code in b.leads_of(t)},
        "supports": {(t.line, code) for b, t in tasks for code in b.supports_of(t)},
        "measures": {
            (t.line, n, m.scale, m.direction, m.target, m.yearly_growth, m.cap, m.criterion)
            for _, t in tasks
            for n, m in enumerate(t.measures)
        },
        "references": {
            (t.line, *facts(one))
            for _, t in tasks
            for one in plan_file.documents
            if one.code in t.references
        },
        "paragraphs": {
            (one.line, one.text)
            for part in ("purpose", "deadline", "organisation")
            for one in getattr(plan_file.plan, part).paragraphs
        },
        "recipients": {(one.text, one.purpose) for one in plan_file.plan.recipients},
    }


def facts(document: Document) -> tuple[object, ...]:
    """What a citation says of a document, without the code that people here gave it."""
    return (
        document.type, document.number, document.symbol, document.issued_on, document.issuer,
        document.title, document.short_name,
    )  # fmt: skip


def table() -> Iterator[str]:
    """The plan of 2023 as a table."""
    by_hand = read_plan(BY_HAND)
    found = accuracy(read_as_plan_file(TEXT.read_bytes(), TEXT.name, by_hand), by_hand)
    yield f"{'Plan of 2023':<16}{'there':>7}{'found':>7}{'%':>7}{'wrong':>7}"
    for name, one in found.items():
        rate = 100 * one.found / one.there
        yield f"{name:<16}{one.there:>7}{one.found:>7}{rate:>7.1f}{one.wrong:>7}"
