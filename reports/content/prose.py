"""The smallest parts of the body: a paragraph, a heading, a label before a person's own words."""

from collections.abc import Iterator

from reports.content.model import Block, BlockKind, TableKey


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
    """A person's own words under a label: each line they typed a paragraph of its own."""
    lines = [line for line in text.split("\n") if line.strip()]
    yield from (Block(BlockKind.ITEM, line, label=f"{label}:") for line in lines[:1])
    yield from (paragraph(line) for line in lines[1:])
