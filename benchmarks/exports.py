"""Makes one export of the plan in the database, in a process that does nothing else:
`python -m benchmarks.exports FORMAT RESULT ROWS`, FORMAT being pdf, docx, xlsx or list.

RESULT gets what it took; ROWS gets the text of the file, for the bare libraries to write.
"""

import gc
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

from benchmarks.counting import counted_queries, peak

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main(file_format: str, result: Path, rows: Path) -> None:
    django.setup()
    make = _task_list() if file_format == "list" else _report(file_format)
    gc.collect()
    at_rest, began = peak(), time.perf_counter()
    with counted_queries() as queries:
        read, data = make()
    taken = time.perf_counter() - began
    measured = {"seconds": taken, "reading": read, "queries": queries.number, "bytes": len(data)}
    result.write_text(json.dumps({**measured, "peak": peak(), "at_rest": at_rest}))
    if file_format != "pdf":
        text = _blocks(data) if file_format == "docx" else _sheets(data)
        rows.write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")


Make = Callable[[], tuple[float, bytes]]  # seconds of reading from the database, the file


def _report(file_format: str) -> Make:
    from benchmarks.subjects import Subjects
    from reports import files
    from reports.content import consolidated

    if file_format == "pdf":
        import reports.files.pdf.rendering  # noqa: F401  loads Pango, as a worker does once
    found = Subjects.find()

    def make() -> tuple[float, bytes]:
        began = time.perf_counter()
        content = consolidated(found.plan, found.today)
        read = time.perf_counter() - began
        return read, files.make(content, file_format).data

    return make


def _task_list() -> Make:
    from benchmarks.pages import Reader
    from benchmarks.subjects import Subjects
    from reports.files.xlsx import task_list

    reader = Reader(Subjects.find().office)
    reader.get("/nhiem-vu/xuat-excel/?tim=khongconhiemvunao")()  # what a process does only once
    send = reader.get("/nhiem-vu/xuat-excel/")
    write = task_list.render
    writing = 0.0

    def timed(*given: Any) -> bytes:
        nonlocal writing
        began = time.perf_counter()
        data = write(*given)
        writing = time.perf_counter() - began
        return data

    task_list.render = timed  # type: ignore[assignment]

    def make() -> tuple[float, bytes]:
        began = time.perf_counter()
        data = send().content
        return time.perf_counter() - began - writing, data

    return make


def _blocks(data: bytes) -> list[dict[str, Any]]:
    """The paragraphs and tables of a DOCX, in order, as text."""
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
    return [block for element in body for block in _block(element)]


def _block(element: Any) -> Iterator[dict[str, Any]]:
    if element.tag == f"{W}p":
        yield {"paragraph": _text(element)}
    elif element.tag == f"{W}tbl":
        yield {
            "rows": [[_text(cell) for cell in row.iter(f"{W}tc")] for row in element.iter(f"{W}tr")]
        }


def _text(element: Any) -> str:
    paragraphs = element.iter(f"{W}p") if element.tag == f"{W}tc" else [element]
    return "\n".join(
        "".join(
            "\n" if one.tag == f"{W}br" else one.text or "" for one in p.iter(f"{W}t", f"{W}br")
        )
        for p in paragraphs
    )


def _sheets(data: bytes) -> list[dict[str, Any]]:
    """The rows of every sheet of a workbook; days as {"day": "2023-11-30"}."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [
        {"rows": [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]}
        for sheet in book.worksheets
    ]


def _cell(value: Any) -> Any:
    return {"day": value.date().isoformat()} if hasattr(value, "date") else value


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
