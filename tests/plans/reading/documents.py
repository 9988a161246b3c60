"""Word files as offices make them, for the reader to read; and some that no office should send."""

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.reading.lines import Source


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word(lines: Iterable[str]) -> bytes:
    """A paragraph for each line, as they are."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def word_of(source: Source) -> bytes:
    """A Word file of a text that was read: bold where it was bold, the head in a table."""
    document = docx.Document()
    head, rest = source.lines[:2], source.lines[2:]
    table = document.add_table(1, 2)
    for cell, line in zip(table.rows[0].cells, head, strict=True):
        cell.text = line.text
    for line in rest:
        run = document.add_paragraph().add_run(line.text)
        run.bold = line.bold or bool(line.level) or None
    return saved(document)


def numbered(document, number: int, formats: list[tuple[str, str]]) -> None:
    """A list that Word numbers itself: (format, text) for each level."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(formats)
    )
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="9{number}">{levels}</w:abstractNum>'
        ),
    )
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="9{number}"/></w:num>'
        )
    )


def item(document, text: str, number: int, level: int, *, bold: bool = False):
    """A paragraph of such a list; its text has no number."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    properties = paragraph._p.get_or_add_pPr()
    inner = parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )
    properties.append(inner)
    return paragraph


def inserted(paragraph, text: str) -> None:
    """Text added under tracked changes, and some that was deleted."""
    for tag, inner in (("w:ins", "w:t"), ("w:del", "w:delText")):
        change = OxmlElement(tag)
        run, words = OxmlElement("w:r"), OxmlElement(inner)
        words.text = text if tag == "w:ins" else " ĐÃ XÓA"
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        change.append(run)
        paragraph._p.append(change)


def table(document, rows: list[list[str]]) -> None:
    made = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def tampered(content: bytes, changes: dict[str, bytes]) -> bytes:
    """An archive with parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return file.getvalue()
