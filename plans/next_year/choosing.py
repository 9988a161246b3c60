"""Which tasks go along, chosen one by one: what a person ticked, and how it stands in an
address."""

from collections.abc import Iterable
from dataclasses import replace

from plans.next_year.preview import Choices, Preview

MOST = 20_000  # tasks named in one address


class Unreadable(ValueError):
    """No list of numbers."""


def as_ranges(numbers: Iterable[int]) -> str:
    """ "3-40.52": numbers in order, neighbours together, so that many stand in a short address."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ".".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def from_ranges(text: str) -> tuple[int, ...]:
    """The numbers of `as_ranges`, in order; Unreadable when it is something else."""
    found: set[int] = set()
    for run in filter(None, text.strip().split(".")):
        ends = run.split("-")
        if len(ends) > 2 or not all(end.isascii() and end.isdecimal() for end in ends):
            raise Unreadable(run)
        first, last = int(ends[0]), int(ends[-1])
        if last < first or len(found) + last - first >= MOST:
            raise Unreadable(run)
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def with_ticks(preview: Preview, shown: Iterable[int], ticked: Iterable[int]) -> Choices:
    """The choices after a person saw the tasks `shown` and left those `ticked` ticked; what was
    chosen of the others stays. What the kind of tasks says by itself is not kept as a choice."""
    choices = preview.choices
    left_out, taken = set(choices.left_out), set(choices.taken)
    there, ticked = set(shown), set(ticked)
    for line in preview.lines:
        key = line.task.pk
        if key in there and line.may_go:
            left_out.discard(key)
            taken.discard(key)
            if line.by_kind and key not in ticked:
                left_out.add(key)
            elif not line.by_kind and key in ticked:
                taken.add(key)
    return replace(choices, left_out=tuple(sorted(left_out)), taken=tuple(sorted(taken)))
