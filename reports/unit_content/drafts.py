"""What the parts in words say before a person wrote them: the unit's own words from its updates,
each with its task. Nothing is invented: an update names causes without saying of which kind, so
they are offered unsorted."""

from collections.abc import Callable, Iterator, Sequence

from plans.matters import DifficultyOnDay
from plans.states import State
from reports.content.model import ContributionLine, LeadLine, TaskLine
from reports.content.proposals import is_again, plain_lines
from reports.unit_content.model import SECTIONS, SupportLine

Voice = LeadLine | ContributionLine

_FINISHED = (State.DONE, State.AWAITING)


def drafts(
    tasks: Sequence[TaskLine],
    supports: Sequence[SupportLine],
    difficulties: Sequence[DifficultyOnDay],
) -> dict[str, str]:
    """The draft of every section, by its key; "" where neither the updates nor the `difficulties`
    that the unit raised (S17) say anything."""
    voices = list(_voices(tasks, supports))
    still = [one for one in difficulties if one.is_open]
    written = {
        "highlights": _highlights(tasks) or _lines(voices, lambda one: one.result),
        "shortcomings": "\n".join(
            (
                *late_lines(tasks),
                *_with_raised(voices, lambda v: v.difficulty, still, lambda one: one.words),
            )
        ),
        "causes": _lines(voices, lambda one: one.cause),
        "directions": _lines(voices, lambda one: one.next_step),
        "proposals": "\n".join(
            _with_raised(voices, lambda v: v.proposal, still, lambda one: one.proposal)
        ),
    }
    return {key: written.get(key, "") for key in SECTIONS}


def _with_raised(
    voices: Sequence[tuple[str, Voice]],
    text_of: Callable[[Voice], str],
    difficulties: Sequence[DifficultyOnDay],
    raised_of: Callable[[DifficultyOnDay], str],
) -> Iterator[str]:
    """What the updates say, and what was raised without an update; the same words once."""
    if said := _lines(voices, text_of):
        yield said
    told = [plain_lines(text) for _, voice in voices if (text := text_of(voice))]
    lines = [f"- {name}: {text}" for name, voice in voices if (text := text_of(voice))]
    for one in difficulties:
        text = raised_of(one)
        if text and plain_lines(text) not in told:
            told.append(plain_lines(text))
            about = f"Nhiệm vụ {one.tasks[0].code}: " if len(one.tasks) == 1 else ""
            line = f"- {about}{text}"
            if not any(is_again(line, other) for other in lines):
                yield line


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
