"""The bare floor of each export: the library alone writes the same text, in a process that does
nothing else: `python -m benchmarks.bare_files FORMAT RESULT ROWS`. Knows nothing of the project.
"""

import datetime as dt
import gc
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

Blocks = list[dict[str, Any]]


def _pdf() -> Callable[[Blocks], bytes]:
    """WeasyPrint: body upright, wide tables across, columns of fixed width; no tags, no archive."""
    import weasyprint

    def write(blocks: Blocks) -> bytes:
        html: bytes = weasyprint.HTML(string=_html(blocks)).write_pdf()
        return html

    return write


_STYLE = """@page { size: A4; margin: 20mm 15mm 20mm 30mm } @page wide { size: A4 landscape }
body { font: 14pt "Liberation Serif"; margin: 0 } .wide { page: wide }
table { table-layout: fixed; width: 100%; border-collapse: collapse; font-size: 11pt }
td { border: 0.5pt solid; padding: 1.5pt 2pt; vertical-align: top; white-space: pre-line }
tr { break-inside: avoid }"""


def _html(blocks: Blocks) -> str:
    parts = [f'<!doctype html><html lang="vi"><title>Báo cáo</title><style>{_STYLE}</style>']
    for block in blocks:
        if "paragraph" in block:
            parts.append(f"<p>{escape(block['paragraph'])}</p>")
            continue
        columns = max(map(len, block["rows"]))
        wide = ' class="wide"' if columns >= 10 else ""
        parts.append(f"<table{wide}><colgroup>{'<col>' * columns}</colgroup>")
        for row in block["rows"]:
            span = f' colspan="{columns}"' if len(row) == 1 else ""
            parts.append("<tr>" + "".join(f"<td{span}>{escape(c)}</td>" for c in row) + "</tr>")
        parts.append("</table>")
    return "".join(parts)


def _docx() -> Callable[[Blocks], bytes]:
    """python-docx, a paragraph and a cell at a time."""
    import docx

    def write(blocks: Blocks) -> bytes:
        document = docx.Document()
        for block in blocks:
            if "paragraph" in block:
                document.add_paragraph(block["paragraph"])
                continue
            table = document.add_table(rows=0, cols=max(map(len, block["rows"])))
            for row in block["rows"]:
                for cell, text in zip(table.add_row().cells, row, strict=False):
                    cell.text = text
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()

    return write


def _xlsx() -> Callable[[Blocks], bytes]:
    """openpyxl in write-only mode, no style on any cell."""
    import openpyxl

    def write(sheets: Blocks) -> bytes:
        book = openpyxl.Workbook(write_only=True)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows["rows"]:
                sheet.append([_cell(value) for value in row])
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return write


def _cell(value: Any) -> Any:
    return dt.date.fromisoformat(value["day"]) if isinstance(value, dict) else value


_WRITERS = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "list": _xlsx}


def main(file_format: str, result: Path, rows: Path) -> None:
    blocks = json.loads(rows.read_text(encoding="utf-8"))
    write = _WRITERS[file_format]()
    gc.collect()
    began = time.perf_counter()
    data = write(blocks)
    taken = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result.write_text(json.dumps({"seconds": taken, "peak": peak, "bytes": len(data)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
