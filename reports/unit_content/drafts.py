"""What the parts in words say before a person wrote them: the unit's own words from its updates,
each with its task. Nothing is invented: an update names causes without saying of which kind, so
they are offered unsorted."""

from collections.abc import Callable, Iterator, Sequence

from plans.states import State
from reports.content.model import ContributionLine, LeadLine, TaskLine
from reports.unit_content.model import SECTIONS, SupportLine

Voice = LeadLine | ContributionLine

_FINISHED = (State.DONE, State.AWAITING)


def drafts(tasks: Sequence[TaskLine], supports: Sequence[SupportLine]) -> dict[str, str]:
    """The draft of every section, by its key; "" where the updates say nothing."""
    voices = list(_voices(tasks, supports))
    written = {
        "highlights": _highlights(tasks) or _lines(voices, lambda one: one.result),
        "shortcomings": "\n".join(
            filter(None, (*late_lines(tasks), _lines(voices, lambda one: one.difficulty)))
        ),
        "causes": _lines(voices, lambda one: one.cause),
        "directions": _lines(voices, lambda one: one.next_step),
        "proposals": _lines(voices, lambda one: one.proposal),
    }
    return {key: written.get(key, "") for key in SECTIONS}


def _voices(
    tasks: Sequence[TaskLine], supports: Sequence[SupportLine]
) -> Iterator[tuple[str, Voice]]:
    for task in tasks:
        yield from ((f"Nhiệm vụ {task.code}", lead) for lead in task.leads)
    for one in supports:
        if one.contribution:
            yield f"Phối hợp nhiệm vụ {one.code}", one.contribution


def _highlights(tasks: Sequence[TaskLine]) -> str:
    """What is finished, or said to be, comes first; without any, whatever was done."""
    finished = [
        (f"Nhiệm vụ {task.code}", lead)
        for task in tasks
        for lead in task.leads
        if lead.status.state in _FINISHED
    ]
    return _lines(finished, lambda one: one.result)


def late_lines(tasks: Sequence[TaskLine]) -> list[str]:
    """A line for each part that is owed past its deadline, or was returned."""
    return [
        f"- Nhiệm vụ {task.code}: {lead.status.words[:1].lower()}{lead.status.words[1:]}."
        for task in tasks
        for lead in task.leads
        if (lead.status.days_late and lead.status.state not in _FINISHED) or lead.status.returned
    ]


def _lines(voices: Sequence[tuple[str, Voice]], text_of: Callable[[Voice], str]) -> str:
    return "\n".join(f"- {name}: {text}" for name, one in voices if (text := text_of(one)))
