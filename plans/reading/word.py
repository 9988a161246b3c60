"""A plan document as lines and tables: Word files.

What a person sees is read, with what python-docx leaves out: numbers that Word makes itself,
text that was inserted under tracked changes (and none that was deleted), content controls.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from config.office_files.opening import WORD, FileRefused, check
from config.vietnamese.text import clean, clean_line
from plans.reading.lines import Line, Source, Table, refuse_legacy

_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr")}
_BREAKS = {qn("w:br"), qn("w:cr")}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")}
_HEADER = re.compile(r"chủ trì|thực hiện|nội dung|nhiệm vụ|thời (?:gian|hạn)", re.IGNORECASE)


def read_word(content: bytes, name: str) -> Source:
    """The paragraphs and tables of a .docx; FileRefused when it cannot be read."""
    check(content, name, WORD)
    try:
        document = Document(io.BytesIO(content))
    except (KeyError, ValueError, AttributeError) as error:
        raise FileRefused(
            f"Tệp “{name}” bị hỏng. Đồng chí mở bằng Word, lưu lại rồi gửi."
        ) from error
    reader = _Reader(document)
    reader.walk(document.element.body)
    refuse_legacy(reader.source, name)
    return reader.source


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = _Numbering(document)
        self.source = Source([], counts="đoạn")
        self.number = 0

    def walk(self, parent: Any) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                self.table(child)
            elif child.tag in _WRAPPERS:
                self.walk(child)

    def paragraph(self, p: Any) -> None:
        self.number += 1
        for n, part in enumerate(self.texts(p)):
            if part:
                bold = _is_bold(p)
                self.source.lines.append(
                    Line(self.number, part, bold, self.level(p) if n == 0 else 0)
                )
        for box in p.iter(qn("w:txbxContent")):
            if not any(one.tag.endswith("}Fallback") for one in box.iterancestors()):
                self.walk(box)

    def texts(self, p: Any) -> list[str]:
        """The paragraph, in pieces where it was broken by hand; its own number before it."""
        whole = self.numbering.of(p) + "".join(_pieces(p))
        return [clean_line(piece) for piece in whole.split("\n")]

    def level(self, p: Any) -> int:
        style = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None:
            return 0
        match = re.fullmatch(r"(?:Heading|Mucluc|u)\s?([1-6])", style.get(qn("w:val"), ""))
        return int(match[1]) if match else 0

    def table(self, tbl: Any) -> None:
        """A table with a head is data; one without lines up the parts of a page, such as the
        agency beside the national motto, and its cells are read one after another."""
        rows: list[list[str]] = []
        numbers: list[int] = []
        first = self.number + 1
        cells_of = [list(_direct(tr, qn("w:tc"))) for tr in _direct(tbl, qn("w:tr"))]
        head = " ".join("".join(_pieces(tc)) for row in cells_of[:2] for tc in row)
        if len(set(_HEADER.findall(head.lower()))) < 2 or max(map(len, cells_of), default=0) < 3:
            for row in (
                zip(*cells_of, strict=False) if len({*map(len, cells_of)}) == 1 else cells_of
            ):
                for tc in row:
                    self.walk(tc)
            return
        for row in cells_of:
            cells: list[str] = []
            for tc in row:
                cells.append(self.cell(tc))
                cells.extend([""] * (_span(tc) - 1))
            rows.append(cells)
            numbers.append(self.number)
        self.source.tables.append(Table(first, rows, numbers))

    def cell(self, tc: Any) -> str:
        parts = []
        for p in tc.iter(qn("w:p")):
            self.number += 1
            parts += self.texts(p)
        return clean("\n".join(part for part in parts if part))


def _direct(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _direct(child, tag)


def _span(tc: Any) -> int:
    span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"), "1")) if span is not None else 1


def _pieces(element: Any) -> Iterator[str]:
    """The text that a reader of the document sees."""
    for child in element:
        if child.tag in _SKIPPED or str(child.tag).endswith("}Fallback"):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _pieces(child)


def _is_bold(p: Any) -> bool:
    """Every run that shows something is bold or in italics."""
    runs = [r for r in p.iter(qn("w:r")) if "".join(_pieces(r)).strip()]
    marks = (qn("w:b"), qn("w:i"))
    return bool(runs) and all(
        any(_is_on(r.find(f"{qn('w:rPr')}/{mark}")) for mark in marks) for r in runs
    )


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "none")


class _Numbering:
    """The numbers that Word puts before paragraphs, counted as Word does."""

    def __init__(self, document: Any) -> None:
        self.counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.styles = {style.style_id: style for style in document.styles}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            one.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"), "0")): (
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText"),
                    int(_value(level, "w:start") or 1),
                )
                for level in one.findall(qn("w:lvl"))
            }
            for one in root.findall(qn("w:abstractNum"))
        }
        for num in root.findall(qn("w:num")):
            self.levels[num.get(qn("w:numId"))] = abstract.get(_value(num, "w:abstractNumId"), {})

    def of(self, p: Any) -> str:
        """ "1.2. ", "a) " or "- " for this paragraph, "" when Word puts nothing before it."""
        properties = self._properties(p)
        if properties is None:
            return ""
        number = _value(properties, "w:numId")
        depth = int(_value(properties, "w:ilvl") or 0)
        levels = self.levels.get(number, {})
        if depth not in levels or not "".join(_pieces(p)).strip():
            return ""
        counts = self.counts[number]
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        form, pattern, _ = levels[depth]
        if form == "bullet":
            return "- " if pattern not in ("+", "*", "•") else f"{pattern} "
        if form == "none":
            return ""

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            count = counts.get(level, levels.get(level, ("", "", 1))[2])
            return _counted(count, levels.get(level, ("decimal", "", 1))[0])

        return re.sub(r"%(\d)", shown, pattern) + " "

    def _properties(self, p: Any) -> Any:
        own = p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is not None:
            return own
        style = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        known = self.styles.get(style.get(qn("w:val"))) if style is not None else None
        return known.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if known is not None else None


def _value(parent: Any, tag: str) -> str:
    child = parent.find(qn(tag))
    return child.get(qn("w:val"), "") if child is not None else ""


def _counted(count: int, form: str) -> str:
    if form.endswith("Letter"):
        # Word counts by the English alphabet.
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        roman = ""
        for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            times, count = divmod(count, value)
            roman += sign * times
        return roman.upper() if form.startswith("upper") else roman
    return str(count)
