"""WordprocessingML as text: a table written as text takes a hundredth of the time of one that is
built cell by cell (performance.md)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reports.files.xml_text import escaped, legal

_BOLD, _ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def attribute(text: str) -> str:
    """The text as the value of an attribute, with its quotes."""
    return f'"{escape(legal(text), _QUOTES)}"'


def run(text: str, *, bold: bool = False, italic: bool = False, size: float = 0) -> str:
    """Text in one look; a new line in it is a line break. `size` in points, 0 as the style says."""
    looks = (_BOLD if bold else "") + (_ITALIC if italic else "")
    if size:
        looks += f'<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>'
    lines = escaped(text).split("\n")
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{texts}</w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def rule(length: float, within: float) -> str:
    """A line of `length` millimetres in the middle of a column of `within` (F10, F13, F19)."""
    side = twips((within - length) / 2)
    return paragraph("Rule", properties=f'<w:ind w:left="{side}" w:right="{side}"/>')


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs, and how far the cell reaches; `merged` continues the cell above it."""

    content: str
    columns: int = 1
    starts_rows: bool = False
    merged: bool = False
    centred: bool = False


def text_cell(style: str, text: str, *, keep: bool = False, **place: int | bool) -> Cell:
    """A cell of one paragraph; `keep` it on the page of what follows the table."""
    properties = "<w:keepNext/>" if keep else ""
    return Cell(paragraph(style, run(text), properties=properties), **place)  # type: ignore[arg-type]


def row(
    cells: Iterable[Cell], widths: Sequence[int], *, head: bool = False, cut: bool = False
) -> str:
    """A row over columns of `widths` twips; not cut by the end of a page unless `cut` (F38)."""
    properties = ("" if cut else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    place, parts = 0, []
    for cell in cells:
        width = sum(widths[place : place + cell.columns])
        parts.append(f"<w:tc><w:tcPr>{_cell_properties(cell, width)}</w:tcPr>{cell.content}</w:tc>")
        place += cell.columns
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(parts)}</w:tr>"


def _cell_properties(cell: Cell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.columns > 1:
        properties += f'<w:gridSpan w:val="{cell.columns}"/>'
    if cell.starts_rows:
        properties += '<w:vMerge w:val="restart"/>'
    if cell.merged:
        properties += "<w:vMerge/>"
    if cell.centred:
        properties += '<w:vAlign w:val="center"/>'
    return properties


def table(
    rows: Iterable[str], widths: Sequence[int], *, grid: bool, margin: float, name: str = ""
) -> Iterator[str]:
    """A table of fixed layout with lines around each cell (`grid`) or none at all, row by row;
    `margin` is the space at both sides of a cell's text, in millimetres."""
    style = f'<w:tblStyle w:val="{"TableGrid" if grid else "TableNormal"}"/>'
    caption = f"<w:tblCaption w:val={attribute(name)}/>" if name else ""
    sides = "".join(f'<w:{side} w:w="{twips(margin)}" w:type="dxa"/>' for side in ("left", "right"))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    yield from rows
    yield "</w:tbl>"


_QUOTES = {'"': "&quot;", "\n": " "}
