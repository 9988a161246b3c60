"""Small real files for the demonstration's evidence: a spreadsheet, a page of a PDF."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from config.vietnamese.numbers import NotANumber, parse_decimal

# A4 in points, its margin, and the size and leading of the text.
_WIDTH, _HEIGHT, _MARGIN, _SIZE, _LEADING = 595, 842, 72, 12, 20
_WIDEST = 60  # of a column, in characters


def spreadsheet(rows: Sequence[Sequence[str]], *, figures: bool = True) -> bytes:
    """An XLSX with `rows`, the first of them in bold; cells that read as numbers are numbers, if
    there are `figures` among them ("2.1" may be the number of a task)."""
    # Imported here: it takes half a second, which a demonstration that is there need not wait for.
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([_cell(cell) if figures else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(longest + 3, _WIDEST)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(written: str) -> str | Decimal:
    try:
        return parse_decimal(written)
    except NotANumber:
        return written


def page(lines: Sequence[str]) -> bytes:
    """A PDF of one page with `lines` in Helvetica, which every reader has.

    Only Latin letters without Vietnamese accents: a font that has those would have to be embedded.
    """
    top = _HEIGHT - _MARGIN
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    stream = f"BT /F {_SIZE} Tf {_LEADING} TL {_MARGIN} {top} Td\n{shown}ET"
    return _pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents 5 0 R"
        " /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf(*objects: str) -> bytes:
    """The objects, numbered from 1, with the table that says at which byte each begins."""
    content = b"%PDF-1.4\n"
    begins = []
    for number, one in enumerate(objects, 1):
        begins.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in begins)
    count = len(objects) + 1
    trailer = (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + trailer.encode("ascii")
