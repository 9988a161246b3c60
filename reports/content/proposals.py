"""Section V: what the units propose, parted by whom it is for, nothing of it twice (domain.md §2).

A difficulty often goes up as it stands in an update (S17), and the same words then come again from
the update or from the unit's own report: they are said once, where it is said how far they came.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.matters import DifficultyOnDay
from plans.moves import Stage
from reports.content import sentences
from reports.content.model import Block, RaisedLine
from reports.content.prose import paragraph, words

NO_PROPOSAL = "Các đơn vị không có kiến nghị, đề xuất."
TO_PROVINCE = "Với Ủy ban nhân dân tỉnh"
TO_LEADERSHIP = "Với Lãnh đạo Sở"
TO_OTHERS = "Với Sở Nội vụ, các cơ quan liên quan"
OF_UNITS = "Kiến nghị, đề xuất của các đơn vị"

# How a line of a unit's report begins that was drafted from an update (unit_content/drafts.py).
_OF_TASK = re.compile(r"- (?:Phối hợp nhiệm|Nhiệm) vụ (\S+): ")


# To whom a unit's words plainly turn, without case.
_OF_PROVINCE = tuple(
    f"{asks} {whom}"
    for asks in ("đề nghị", "kiến nghị", "kính đề nghị", "đề xuất")
    for whom in ("ubnd tỉnh", "ủy ban nhân dân tỉnh")
)


def parted(text: str) -> tuple[str, str]:
    """A unit's proposals to the province's committee, and the others, each to the letter and in
    order; none twice (`is_again`).

    >>> parted("- Đề nghị UBND tỉnh cấp kinh phí.\\n- Đề nghị tập huấn.")
    ('- Đề nghị UBND tỉnh cấp kinh phí.', '- Đề nghị tập huấn.')
    """
    points = _points(text)
    once = [
        one
        for place, one in enumerate(points)
        if not any(
            is_again(one, other) and (place > at or not is_again(other, one))
            for at, other in enumerate(points)
            if at != place
        )
    ]
    to_province = [one for one in once if _plain(one).startswith(_OF_PROVINCE)]
    return "\n".join(to_province), "\n".join(one for one in once if one not in to_province)


def is_again(text: str, other: str) -> bool:
    """Whether `other` says of the same task the same or, beginning with it, more."""
    said = _plain(text)
    return _code(text) == _code(other) and bool(said) and f"{_plain(other)} ".startswith(f"{said} ")


def _points(text: str) -> list[str]:
    """Items of a list with the lines that belong to each; without a list each line."""
    points: list[str] = []
    for line in text.split("\n"):
        if points and points[-1].startswith("- ") and not line.startswith("- "):
            points[-1] += f"\n{line}"
        elif line.strip():
            points.append(line)
    return points


def _code(point: str) -> str:
    found = _OF_TASK.match(point)
    return found[1] if found else ""


def _plain(point: str) -> str:
    return " ".join(plain_lines(_OF_TASK.sub("", point).removeprefix("- ")))


class WentUp:
    """Everything that went up by the day of a report, the same words of a unit once."""

    def __init__(self, difficulties: Sequence[DifficultyOnDay]) -> None:
        found: dict[object, RaisedLine] = {}
        for one in map(_raised, (one for one in difficulties if one.went_up)):
            key = (one.unit, *map(tuple, _said(one)))
            found[key] = _joined(found[key], one) if key in found else one
        self.all = tuple(found.values())

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def to_province(self) -> tuple[Block, ...]:
        return self._listed("Khó khăn, vướng mắc đã báo cáo Ủy ban nhân dân tỉnh:", outside=True)

    @property
    def to_leadership(self) -> tuple[Block, ...]:
        return self._listed(
            "Khó khăn, vướng mắc của các đơn vị đã trình Lãnh đạo Sở:", outside=False
        )

    def _listed(self, beginning: str, *, outside: bool) -> tuple[Block, ...]:
        listed = tuple(
            block for one in self.all if one.is_outside == outside for block in _blocks(one)
        )
        return (paragraph(beginning), *listed) if listed else ()

    def tells(self, unit: str, code: str, text: str) -> bool:
        """Whether these words of a unit about a task are told here already."""
        return any(
            one.unit == unit and _is_about(one, code) and plain_lines(text) in _said(one)
            for one in self.all
        )

    def without(self, unit: str, text: str) -> str:
        """A unit's section without the lines that are told here already."""
        rest, kept = [line for line in text.split("\n") if line.strip()], []
        while rest:
            if told := self._told(unit, rest):
                del rest[:told]
            else:
                kept.append(rest.pop(0))
        return "\n".join(kept)

    def _told(self, unit: str, lines: Sequence[str]) -> int:
        """How many of `lines`, from the first on, say what is told here."""
        begins = _OF_TASK.match(lines[0])
        code = begins[1] if begins else ""
        first = lines[0][begins.end() :] if begins else lines[0].removeprefix("- ")
        for one in self.all:
            for said in _said(one) if one.unit == unit and _is_about(one, code) else ():
                if plain_lines("\n".join([first, *lines[1 : len(said)]])) == said:
                    return len(said)
        return 0


def plain_lines(text: str) -> list[str]:
    """Lines without case and without the mark at their end, to see whether two say the same."""
    lines = (" ".join(line.split()).casefold().rstrip(" .;") for line in text.split("\n"))
    return [line for line in lines if line]


def _is_about(one: RaisedLine, code: str) -> bool:
    return not code or not one.codes or code in one.codes


def _said(one: RaisedLine) -> tuple[list[str], ...]:
    """Its words and its proposal, each as lines that can be compared."""
    return tuple(plain_lines(text) for text in (one.words, one.proposal) if text)


def _blocks(one: RaisedLine) -> Iterator[Block]:
    about = f" (nhiệm vụ {', '.join(one.codes)})" if one.codes else ""
    yield from words(f"{one.unit}{about}", one.words)
    if plain_lines(one.proposal) != plain_lines(one.words):
        first, *more = one.proposal.split("\n")
        if first:
            yield paragraph(f"Đề xuất, kiến nghị: {first}")
        yield from (paragraph(line) for line in more if line)
    yield paragraph(f"Tình trạng: {'; '.join(one.standings)}.")


def _raised(one: DifficultyOnDay) -> RaisedLine:
    return RaisedLine(
        unit=one.unit.name,
        codes=tuple(task.code for task in one.tasks),
        titles=tuple(task.title for task in one.tasks),
        raised_on=one.raised_on,
        words=one.words,
        proposal=one.proposal,
        standings=(_standing(one),),
        is_outside=bool(one.document),
    )


def _joined(first: RaisedLine, again: RaisedLine) -> RaisedLine:
    """The same words raised anew: told once, with both tasks and with both standings."""
    of_some = first.codes and again.codes
    tasks = dict(zip((*first.codes, *again.codes), (*first.titles, *again.titles), strict=True))
    return replace(
        first,
        codes=tuple(tasks) if of_some else (),
        titles=tuple(tasks.values()) if of_some else (),
        standings=tuple(dict.fromkeys((*first.standings, *again.standings))),
        is_outside=first.is_outside or again.is_outside,
    )


def _standing(one: DifficultyOnDay) -> str:
    """ "đã báo cáo UBND tỉnh tại văn bản số 99/BC-STTTT ngày 20/11/2023"."""
    stage, sent = sentences.lower_first(one.stage.label), sentences.lower_first(one.document)
    if not sent:
        return stage
    if one.stage == Stage.AT_PROVINCE:
        return f"{stage} tại {sent}"
    return f"{stage}; đã báo cáo UBND tỉnh tại {sent}"
