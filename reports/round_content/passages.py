"""The body of a consolidated report while it is written: passages that a person may word anew.

What is counted (headings, states, tables) is fixed and always follows the figures; the sentences
between can be edited as plain text, one line a paragraph. Pure: no query, no clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reports.content.model import Block, BlockKind, ReportContent, Section, Signature


@dataclass(frozen=True, slots=True)
class Passage:
    """A part that can be edited on its own. Printed are the numbered `heading`, the `fixed` blocks,
    the sentences (`blocks`, or what a person wrote instead) and the `tables`, in this order; a
    passage that has nothing to say is left out with its heading, and so is the heading of the only
    one that has.

    `key` stays the same from one draft to the next; `name` is what the page calls it.
    """

    key: str
    name: str
    heading: str = ""
    fixed: tuple[Block, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The generated sentences as a person would type them."""
        return text_of(self.blocks)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section under its Roman number, in passages."""

    key: str
    number: str
    title: str
    passages: tuple[Passage, ...]

    def printed(self, edited: Mapping[str, str]) -> Section:
        """The section with what people wrote in place of the generated words."""
        return Section(self.key, self.number, self.title, tuple(_printed(self, edited)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A generated report: `content` is everything but the body, which stands in `sections`."""

    content: ReportContent
    sections: tuple[DraftSection, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(one for section in self.sections for one in section.passages)

    def passage(self, key: str) -> Passage | None:
        return next((one for one in self.passages if one.key == key), None)

    def printed(
        self, edited: Mapping[str, str], signature: Signature | None = None
    ) -> ReportContent:
        """The report with what people wrote (by key of the passage) in place of the draft, and the
        signatory that they chose."""
        return replace(
            self.content,
            sections=tuple(one.printed(edited) for one in self.sections),
            signature=signature or self.content.signature,
        )


def _printed(section: DraftSection, edited: Mapping[str, str]) -> Iterator[Block]:
    said = [(one, body) for one in section.passages if (body := _body(one, edited))]
    is_parted = sum(1 for passage, _ in said if passage.heading) > 1
    number = 0
    for passage, body in said:
        if passage.heading and is_parted:
            number += 1
            yield Block(BlockKind.HEADING, f"{number}. {passage.heading}", level=2)
        yield from body


def _body(passage: Passage, edited: Mapping[str, str]) -> tuple[Block, ...]:
    written = edited.get(passage.key)
    blocks = passage.blocks if written is None else blocks_of(written)
    return (*passage.fixed, *blocks, *passage.tables)


def text_of(blocks: tuple[Block, ...]) -> str:
    """Blocks as lines of text; an item begins with a hyphen."""
    return "\n".join(_line(block) for block in blocks)


def _line(block: Block) -> str:
    words = f"{block.label} {block.text}".strip()
    return f"- {words}" if block.kind == BlockKind.ITEM else words


def blocks_of(text: str) -> tuple[Block, ...]:
    """What a person typed, each line that is not empty a paragraph of its own."""
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n") if line.strip())
