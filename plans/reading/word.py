"""A plan document as lines and tables: Word files.

What a person sees is read, with what python-docx leaves out: numbers that Word makes itself,
text that was inserted under tracked changes (and none that was deleted), content controls, cells
that are merged. Whatever a person may not see, or sees and is not read, is said where it is.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from config.office_files.opening import WORD, FileRefused, check
from config.office_files.workbooks import Grid, GridRow, fill_merged
from config.vietnamese.text import clean, clean_line
from plans.reading.lines import Line, Source, Table, refuse_legacy
from plans.reading.titles import SEARCHED_ROWS, find_titles

_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr")}
_BREAKS = {qn("w:br"), qn("w:cr")}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")}
_DELETED, _HIDDEN, _TABLE = qn("w:delText"), qn("w:vanish"), qn("w:tbl")
_INSERTED = "có chữ chèn thêm khi theo dõi thay đổi (được đọc)"
_UNSEEN = {
    _DELETED: "có chữ đã xóa khi theo dõi thay đổi (không đọc)",
    qn("w:ins"): _INSERTED,
    qn("w:moveTo"): _INSERTED,
    _HIDDEN: "có chữ đang ẩn (vẫn được đọc)",
    _TABLE: "có bảng trong ô (các ô của bảng đó được đọc nối tiếp nhau)",
}
_HEADER = re.compile(r"chủ trì|thực hiện|nội dung|nhiệm vụ|thời (?:gian|hạn)", re.IGNORECASE)
_OF_THE_PAGE = re.compile(r"nơi nhận|cộng hòa xã hội|giám đốc|kt\.|tm\.", re.IGNORECASE)
_MOST_NAMED = 10  # paragraphs in one note
_BULLETS = ("-", "+", "*", "•")
_FEWEST_COLUMNS = 3  # of a table that has no titles of an appendix


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
    reader.tell_unseen()
    refuse_legacy(reader.source, name)
    return reader.source


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = _Numbering(document)
        self.source = Source([], counts="đoạn")
        self.number = 0
        self.unseen: dict[str, list[int]] = {}

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
        for words in _unseen(p):
            self.unseen.setdefault(words, []).append(self.number)
        for n, part in enumerate(self.texts(p)):
            if part:
                bold = _is_bold(p)
                self.source.lines.append(
                    Line(self.number, part, bold, self.level(p) if n == 0 else 0)
                )
        for box in p.iter(qn("w:txbxContent")):
            if not any(one.tag.endswith("}Fallback") for one in box.iterancestors()):
                self.walk(box)

    def tell_unseen(self) -> None:
        """Once for all paragraphs: a document under tracked changes has them everywhere."""
        for words, numbers in self.unseen.items():
            first, *others = numbers
            where = ", ".join(map(str, others[:_MOST_NAMED]))
            more = f" và {len(others) - _MOST_NAMED} đoạn khác" if others[_MOST_NAMED:] else ""
            text = f"{words}; cũng vậy ở đoạn {where}{more}" if others else words
            self.source.notes.append(Line(first, text))

    def texts(self, p: Any, *, in_cell: bool = False) -> list[str]:
        """The paragraph, in pieces where it was broken by hand; its own number before it. In a cell
        the number may be all there is."""
        number, text = self.numbering.of(p), "".join(_pieces(p))
        is_shown = text.strip() or (in_cell and number.strip() not in _BULLETS)
        whole = number + text if is_shown else ""
        return [clean_line(piece) for piece in whole.split("\n")]

    def level(self, p: Any) -> int:
        style = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None:
            return 0
        match = re.fullmatch(r"(?:Heading|Mucluc|u)\s?([1-6])", style.get(qn("w:val"), ""))
        return int(match[1]) if match else 0

    def table(self, tbl: Any) -> None:
        """A table with titles is data, as is one that goes on with the table before it; any other
        lines up the parts of a page, such as the agency beside the national motto, and its cells
        are read one after another."""
        rows = list(_direct(tbl, qn("w:tr")))
        cells_of = [list(_direct(tr, qn("w:tc"))) for tr in rows]
        if not self.is_data(cells_of):
            alike = len({*map(len, cells_of)}) == 1
            for row in zip(*cells_of, strict=False) if alike else cells_of:
                for tc in row:
                    self.walk(tc)
            return
        grid = Grid(f"Bảng {len(self.source.tables) + 1}", [], is_table=True)
        made = Table(grid, [])
        merged = _Merged()
        for number, (tr, tcs) in enumerate(zip(rows, cells_of, strict=True), 1):
            read = self.row(grid, number, tr, tcs, merged)
            if _of_row(tr, "w:del") is not None:
                words = "dòng đã xóa khi theo dõi thay đổi (không đọc)"
                grid.left_out[grid.cell(0, number)] = words
                continue
            grid.rows.append(read)
            made.numbers.append(self.number)
        fill_merged(grid, merged.cells())
        self.source.tables.append(made)

    def is_data(self, cells_of: list[list[Any]]) -> bool:
        """Looked at without counting: numbers that Word makes are counted when a table is read."""
        shown = [
            GridRow(n, [text for tc in tcs for text in ("".join(_pieces(tc)), *_beside(tc))])
            for n, tcs in enumerate(cells_of[: SEARCHED_ROWS + 1], 1)
        ]
        if find_titles(Grid("", shown)) is not None:
            return True
        width = max((len(row.cells) for row in shown), default=0)
        text = " ".join(cell for row in shown for cell in row.cells)
        if width < _FEWEST_COLUMNS or _OF_THE_PAGE.search(text):
            return False
        before = self.source.tables[-1].grid if self.source.tables else None
        if before and width == max((len(row.cells) for row in before.rows), default=0):
            return True
        head = " ".join(cell for row in shown[:2] for cell in row.cells)
        return len(set(_HEADER.findall(head.lower()))) > 1

    def row(self, grid: Grid, number: int, tr: Any, tcs: list[Any], merged: "_Merged") -> GridRow:
        before = _of_row(tr, "w:gridBefore")
        row = GridRow(
            number, [""] * (int(before.get(qn("w:val"), "0")) if before is not None else 0)
        )
        row.hidden = _is_on(_of_row(tr, "w:hidden"))
        for tc in tcs:
            column = len(row.cells)
            goes_on = merged.see(tc, column, number)
            row.cells += ["" if goes_on else self.cell(tc), *_beside(tc)]
            if goes_on:
                self.number += sum(1 for _ in tc.iter(qn("w:p")))
            for words in _unseen(tc):
                grid.note(column, number, words)
        if _of_row(tr, "w:ins") is not None:
            grid.note(0, number, "dòng chèn thêm khi theo dõi thay đổi (được đọc)")
        return row

    def cell(self, tc: Any) -> str:
        parts = []
        for p in tc.iter(qn("w:p")):
            self.number += 1
            parts += self.texts(p, in_cell=True)
        return clean("\n".join(part for part in parts if part))


class _Merged:
    """Cells that go on in the rows below."""

    def __init__(self) -> None:
        self.last: dict[int, list[int]] = {}
        self.spans: list[list[int]] = []

    def see(self, tc: Any, column: int, number: int) -> bool:
        """Whether the cell goes on with the one above it."""
        merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is None:
            self.last.pop(column, None)
            return False
        if merge.get(qn("w:val"), "continue") == "restart":
            self.last[column] = [column, number, number]
            self.spans.append(self.last[column])
            return False
        if column in self.last:
            self.last[column][2] = number
        return column in self.last

    def cells(self) -> Iterator[tuple[int, int, int]]:
        return ((column, top, bottom) for column, top, bottom in self.spans if bottom > top)


def _of_row(tr: Any, name: str) -> Any:
    return tr.find(f"{qn('w:trPr')}/{qn(name)}")


def _unseen(element: Any) -> Iterator[str]:
    """What a person should know of a paragraph or a cell that does not show it, or shows more."""
    said = set()
    for one in element.iter(*_UNSEEN):
        if one.tag == _HIDDEN:
            run = one.getparent().getparent()
            tells = _is_on(one) and run.tag == qn("w:r") and "".join(_pieces(run)).strip()
        elif one.tag == _DELETED:
            tells = one.text
        else:
            tells = one.tag == _TABLE or "".join(_pieces(one)).strip()
        if tells:
            said.add(_UNSEEN[one.tag])
    return (words for words in dict.fromkeys(_UNSEEN.values()) if words in said)


def _direct(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _direct(child, tag)


def _beside(tc: Any) -> list[str]:
    """Blanks for the further columns that a cell covers."""
    span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return [""] * (int(span.get(qn("w:val"), "1")) - 1 if span is not None else 0)


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
        """ "1.2. ", "a) " or "- " for this paragraph, "" when Word puts nothing before it. It is
        counted, also where nothing follows."""
        properties = self._properties(p)
        if properties is None:
            return ""
        number = _value(properties, "w:numId")
        depth = int(_value(properties, "w:ilvl") or 0)
        levels = self.levels.get(number, {})
        if depth not in levels:
            return ""
        counts = self.counts[number]
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        form, pattern, _ = levels[depth]
        if form == "bullet":
            return f"{pattern} " if pattern in _BULLETS else "- "
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
