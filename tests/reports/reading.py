"""What a reader finds in a produced file: its text and its tables."""

import io
import re
import zipfile
from itertools import takewhile
from xml.etree import ElementTree

import docx
import openpyxl
import pdfplumber

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Text without the line ends that a page or a cell put into it."""
    return re.sub(r"\s+", " ", text).strip()


def pdf_text(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return squeezed("\n".join(page.extract_text() for page in pdf.pages))


def pdf_tables(data: bytes) -> list[list[list[str]]]:
    """Every table, as rows of cells; one that goes on over a page is two."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [
            [[squeezed(cell or "") for cell in row] for row in table]
            for page in pdf.pages
            for table in page.extract_tables()
        ]


def docx_document(data: bytes):
    return docx.Document(io.BytesIO(data))


def docx_text(data: bytes) -> str:
    """All text in the order of reading, tables included."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    texts = {f"{W}t": lambda node: node.text or "", f"{W}br": lambda _: " ", f"{W}p": lambda _: " "}
    return squeezed("".join(texts[node.tag](node) for node in body.iter() if node.tag in texts))


def docx_tables(data: bytes) -> list[list[list[str]]]:
    return [
        [[squeezed(cell.text) for cell in row.cells] for row in table.rows]
        for table in docx_document(data).tables
    ]


def workbook(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_rows(data: bytes, name: str) -> list[dict[str, object]]:
    """The rows of a sheet under its titles, up to the first empty one."""
    titles, rows = _titles_and_rows(data, name)
    return _named(titles, rows)


def rows_below(data: bytes, name: str, line: str) -> list[dict[str, object]]:
    """The rows in the columns of a sheet that stand under a line which begins so."""
    titles, rows = _titles_and_rows(data, name)
    first = next(n for n, row in enumerate(rows) if str(row[0] or "").startswith(line))
    return _named(titles, rows[first + 1 :])


def _titles_and_rows(data, name):
    sheet = workbook(data)[name]
    titles_row = int(sheet.auto_filter.ref.split(":")[0].lstrip("A"))
    titles, *rows = sheet.iter_rows(min_row=titles_row, values_only=True)
    return titles, rows


def _named(titles, rows):
    full = takewhile(lambda row: any(value not in (None, "") for value in row), rows)
    return [dict(zip(titles, row, strict=True)) for row in full]


def docx_charts(data: bytes) -> list[dict[str, list[object]]]:
    """Every chart of a DOCX: its labels under "", and the numbers of each series."""
    charts = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(n for n in archive.namelist() if n.startswith("word/charts/chart")):
            root = ElementTree.fromstring(archive.read(name))
            chart: dict[str, list[object]] = {}
            for series in root.iter(f"{charts}ser"):
                values = {
                    part: [v.text or "" for v in series.find(f"{charts}{part}").iter(f"{charts}v")]
                    for part in ("tx", "cat", "val")
                }
                chart[""] = values["cat"]
                chart[values["tx"][0]] = [int(value) for value in values["val"]]
            found.append(chart)
    return found


def docx_chart_workbooks(data: bytes) -> list[list[tuple[object, ...]]]:
    """The rows of the workbook behind each chart."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith("word/embeddings/"))
        return [
            list(workbook(archive.read(name)).active.iter_rows(values_only=True)) for name in names
        ]


def svg_charts(html: str) -> list[dict[str, list[int]]]:
    """Every chart drawn in a page: the numbers of each part in the order of the rows."""
    found = []
    for svg in re.findall(r"<figure class=\"chart\".*?</figure>", html, re.S):
        chart: dict[str, list[int]] = {}
        for name, value in re.findall(r"<title>([^:<]+): (\d+)</title></rect>", svg):
            chart.setdefault(name, []).append(int(value))
        found.append(chart)
    return found
