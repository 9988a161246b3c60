"""What the page of an import shows: the tree with each sentence beside what was understood."""

from dataclasses import dataclass, field

from plans.acts.importing import Understood
from plans.reading import Doubt
from plans.reading.draft import DraftBlock, DraftTask, ProposedDue
from plans.reading.parties import Parties
from plans.states import Kind


@dataclass(frozen=True)
class Row:
    """A heading of the outline, or a task. `place` is where it stands in the source, `printed`
    its text there. Doubts come with the cells that they are about."""

    place: str
    depth: int
    printed: str
    task: DraftTask | None = None
    leads: str = ""
    supports: str = ""
    kind: str = ""
    doubts: list[tuple[str, Doubt]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    rows: list[Row]
    doubts: list[tuple[str, Doubt]]
    tasks: int
    open_doubts: int
    understood: Understood
    proposed: list[tuple[str, ProposedDue]]


def preview_of(understood: Understood) -> Preview:
    """The rows in the order of the document; a doubt stands at its row, else among `doubts`, with
    its place."""
    draft = understood.draft
    by_line: dict[int, list[Doubt]] = {}
    for doubt in draft.doubts:
        if doubt.line is not None:
            by_line.setdefault(doubt.line, []).append(doubt)
    names = understood.known.names
    of_tasks = {task.line for task in draft.tasks()}
    rows: list[Row] = []

    def add(line: int, depth: int, printed: str, **fields: object) -> None:
        # A heading that was not printed has the line of its first task.
        doubts = by_line.pop(line, []) if "task" in fields or line not in of_tasks else []
        of_table = line in draft.places
        told = [(one.cell if of_table else one.place, one) for one in doubts]
        rows.append(Row(draft.place(line), depth, printed, doubts=told, **fields))  # type: ignore[arg-type]

    for indicator in draft.indicators:
        name = indicator.heading or indicator.name
        add(indicator.line, 0, f"{indicator.number} {name}")
        for area in indicator.areas:
            for depth, one in ((1, area), *((2, inner) for inner in area.areas)):
                if one.number or one.title != indicator.name:
                    add(one.line, depth, f"{one.number} {one.heading or one.title}")
                for block in one.blocks:
                    if block.heading:
                        add(block.line, depth + 1, f"{block.number} {block.heading}")
                    _lines_of(block, by_line)
                    for task in block.tasks:
                        add(
                            task.line,
                            depth + 1,
                            task.wording,
                            task=task,
                            leads=_shown(block.lead_of(task), names),
                            supports=_shown(block.support_of(task), names),
                            kind=Kind(task.kind).label,
                        )
    rest = [
        (draft.place_of(doubt), doubt)
        for doubt in draft.doubts
        if doubt.line is None or doubt.line in by_line
    ]
    tasks = sum(not task.dropped for task in draft.tasks())
    proposed = [(draft.place(one.line), one) for one in draft.plan.proposed_dues]
    return Preview(rows, rest, tasks, understood.open_doubts, understood, proposed)


def _lines_of(block: DraftBlock, by_line: dict[int, list[Doubt]]) -> None:
    """Doubts of the lines that say who leads stand at the first task that they are about."""
    if not block.tasks:
        return
    first = block.tasks[0].line
    for line in [line for line in by_line if block.line <= line < first]:
        by_line.setdefault(first, [])[:0] = by_line.pop(line)


def _shown(parties: Parties, names: dict[str, str]) -> str:
    """Known names, and in quotes those that are unknown or nobody's."""
    known = [names.get(code, code) for code in parties.codes]
    unknown = [f"“{name}” (chưa biết)" for name in parties.unknown]
    return "; ".join([*known, *unknown, *(f"“{name}” (chưa phân công)" for name in parties.own)])
