"""A PDF in millimetres and points: where each line stands, in which font, how big, what colour.

Knows no program that made the file, so that our PDF and the one that an office makes of the DOCX
are measured alike.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pdfplumber

MILLIMETRE = 72 / 25.4
TIMES = {"TimesNewRoman", "Times", "LiberationSerif", "Liberation", "Tinos"}
BLACK = ((0, 0, 0), (0.0, 0.0, 0.0), (0,), (0.0,), 0, None)


@dataclass(frozen=True)
class Line:
    """A line of text; millimetres from the left and the top of the page as it is read."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    chars: tuple[dict, ...]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def sizes(self) -> set[float]:
        """In points, to the nearest half."""
        return {round(char["size"] * 2) / 2 for char in self.chars if char["text"].strip()}

    @property
    def is_bold(self) -> bool:
        return all("Bold" in char["fontname"] for char in self.chars if char["text"].strip())

    @property
    def is_italic(self) -> bool:
        return all("Italic" in char["fontname"] for char in self.chars if char["text"].strip())

    @property
    def is_upright(self) -> bool:
        return not any("Italic" in char["fontname"] for char in self.chars)

    @property
    def is_light(self) -> bool:
        return not any("Bold" in char["fontname"] for char in self.chars)


@dataclass(frozen=True)
class Rule:
    """A horizontal line that is drawn."""

    x0: float
    x1: float
    y: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


class Page:
    def __init__(self, page, number: int) -> None:
        self._page = page
        self.number = number  # in the file, from 1
        self.width = page.width / MILLIMETRE
        self.height = page.height / MILLIMETRE

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height

    @property
    def chars(self) -> list[dict]:
        return [char for char in self._page.chars if char["text"].strip()]

    @cached_property
    def text(self) -> str:
        return squeezed(self._page.extract_text())

    def lines(self, x0=0.0, top=0.0, x1=None, bottom=None) -> list[Line]:
        """Lines from the top down, of the letters whose middle is in that part of the page."""
        x1, bottom = x1 or self.width, bottom or self.height

        def is_there(thing) -> bool:
            x = (thing["x0"] + thing["x1"]) / 2 / MILLIMETRE
            y = (thing["top"] + thing["bottom"]) / 2 / MILLIMETRE
            return thing["object_type"] == "char" and x0 <= x <= x1 and top <= y <= bottom

        part = self._page.filter(is_there)
        return [
            Line(
                squeezed(line["text"]),
                *(line[side] / MILLIMETRE for side in ("x0", "x1", "top", "bottom")),
                tuple(line["chars"]),
            )
            for line in part.extract_text_lines(return_chars=True, x_tolerance_ratio=0.15)
        ]

    def in_top_margin(self, height: float) -> list[Line]:
        return self.lines(bottom=height - 1)

    @cached_property
    def rules(self) -> list[Rule]:
        """Lines, and edges of thin or flat shapes: programs draw borders in many ways."""
        edges = [
            Rule(e["x0"] / MILLIMETRE, e["x1"] / MILLIMETRE, e["top"] / MILLIMETRE)
            for e in self._page.edges
            if e["orientation"] == "h" and e["width"] > 3 * MILLIMETRE
        ]
        return sorted(edges, key=lambda rule: rule.y)

    def rule_below(self, line: Line, within: float = 4.0) -> Rule:
        """The first rule under a line of text that shares its column."""
        return next(
            rule
            for rule in self.rules
            if line.bottom - 1.5 < rule.y < line.bottom + within and rule.x0 < line.centre < rule.x1
        )

    def tables(self):
        return self._page.find_tables()


class Paper:
    """A whole file; `body` are its upright pages, `appendix` its landscape ones."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pdfplumber.open(io.BytesIO(data))
        self.pages = [Page(page, n) for n, page in enumerate(self._pdf.pages, start=1)]

    def close(self) -> None:
        self._pdf.close()

    @property
    def first(self) -> Page:
        return self.pages[0]

    @property
    def body(self) -> list[Page]:
        return [page for page in self.pages if not page.is_landscape]

    @property
    def appendix(self) -> list[Page]:
        return [page for page in self.pages if page.is_landscape]

    def find(self, beginning: str, pages: list[Page] | None = None) -> tuple[Page, Line]:
        """The first line that begins so."""
        return next(self.find_all(beginning, pages))

    def find_all(
        self, beginning: str, pages: list[Page] | None = None
    ) -> Iterator[tuple[Page, Line]]:
        for page in pages or self.pages:
            for line in page.lines():
                if line.text.startswith(beginning):
                    yield page, line


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def family(fontname: str) -> str:
    """ "ABCDEF+LiberationSerif-Bold" → "LiberationSerif"."""
    return re.split(r"[-,]", fontname.split("+")[-1])[0].replace(" ", "").removesuffix("PSMT")
