"""What a reader finds in a produced file: its text and its tables."""

import io
import re
import zipfile
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
    sheet = workbook(data)[name]
    titles_row = int(sheet.auto_filter.ref.split(":")[0].lstrip("A"))
    rows = list(sheet.iter_rows(min_row=titles_row, values_only=True))
    found = []
    for row in rows[1:]:
        if not any(value is not None for value in row):
            break
        found.append(dict(zip(rows[0], row, strict=True)))
    return found
