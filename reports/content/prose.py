"""The smallest parts of the body: a paragraph, a heading, a label before a person's own words."""

import re
from collections.abc import Iterable, Iterator

from reports.content.model import Block, BlockKind, TableKey

# How a person begins a point of a list; a point below another begins with "+" (domain.md §1D).
_POINT = re.compile(r"^[-–•*] ?(?=\D)")


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def heading(text: str, level: int) -> Block:
    return Block(BlockKind.HEADING, text, level=level)


def chart(caption: str, figures: TableKey) -> Block:
    return Block(BlockKind.CHART, caption, table=figures)


def item(label: str, text: str) -> Block:
    end = "" if text.endswith((".", ";", "!", "?", ":")) else "."
    return Block(BlockKind.ITEM, f"{text}{end}", label=f"{label}:")


def words(label: str, text: str) -> Iterator[Block]:
    """A person's own words under a label: each line they typed a paragraph of its own, a list
    (lines that begin with a hyphen) one step below the label."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and re.match(_POINT, lines[0]):
        lines = ["", *(re.sub(_POINT, "+ ", line) for line in lines)]
    for place, line in enumerate(lines):
        if place == 0:
            yield Block(BlockKind.ITEM, re.sub(_POINT, "", line), label=f"{label}:")
        else:
            yield paragraph(line)
