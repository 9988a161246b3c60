"""Content to DOCX: a portrait section for the report, a landscape one for the appendix."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from reports.content.assignments import AssignmentContent
from reports.content.model import DEMONSTRATION_MARK, ReportContent
from reports.files.archive import in_pieces, stamped
from reports.files.docx import charts, parts
from reports.files.xml_text import legal

_STYLES = Path(__file__).parent / "styles.xml"
_PAGE_NUMBER = """<w:fldSimple {ns} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>"""
_NUMBERED_FROM_ONE = """<w:pgNumType {ns} w:start="1"/>"""
_MAIN = "word/document.xml"
# The paragraph that stands for a part until its markup is put there.
_PLACE = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_MODE = '//w:compatSetting[@w:name="compatibilityMode"]'


def render(content: ReportContent) -> bytes:
    """The DOCX; its dates are the content's day."""
    document = docx.Document()
    _prepare(document, content)
    drawn = charts.add(document, content)
    document.add_paragraph("report")
    _landscape(document.add_section(WD_SECTION.NEW_PAGE))
    document.add_paragraph("appendix")
    saved = io.BytesIO()
    document.save(saved)
    skeleton = saved.getvalue()
    main = _filled(skeleton, report=parts.report(content, drawn), appendix=parts.appendix(content))
    return stamped(skeleton, content.day, {_MAIN: main})


def render_assignments(content: AssignmentContent) -> bytes:
    """The plan's appendix of assignments: one landscape section, numbered by itself (F7)."""
    document = docx.Document()
    _prepare(document, content)
    _landscape(document.sections[0])
    document.add_paragraph("appendix")
    saved = io.BytesIO()
    document.save(saved)
    skeleton = saved.getvalue()
    main = _filled(skeleton, appendix=parts.assignments(content))
    return stamped(skeleton, content.day, {_MAIN: main})


def _prepare(document: Document, content: ReportContent | AssignmentContent) -> None:
    """Our own styles, the page, header and footer, and what the file says about itself."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(list(parse_xml(_STYLES.read_bytes())))
    for mode in document.settings.element.xpath(_MODE):
        mode.set(mode.nsmap["w"].join("{}") + "val", "15")
    section = document.sections[0]
    _page(section)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    if content.demonstration:
        section.footer.paragraphs[0].text = DEMONSTRATION_MARK
        section.first_page_footer.paragraphs[0].text = DEMONSTRATION_MARK
    _properties(document, content)
    _without_preview(document)


def _without_preview(document: Document) -> None:
    """The template's picture of an empty page would stand for the report in a file manager."""
    relations = document.part.package.rels
    for identifier in [one for one, rel in relations.items() if rel.reltype.endswith("thumbnail")]:
        del relations[identifier]


def _properties(document: Document, content: ReportContent | AssignmentContent) -> None:
    facts = document.core_properties
    facts.title = legal(content.title)
    facts.author = facts.last_modified_by = legal(content.author)
    facts.subject = legal(content.appendix.cut_off)
    facts.comments = DEMONSTRATION_MARK if content.demonstration else ""
    facts.keywords = ""
    facts.language = content.language
    facts.revision = 1
    # Written so that the elements exist; the archive sets them to the content's day.
    facts.created = facts.modified = datetime(2000, 1, 1)  # noqa: DTZ001


def _page(section: Section) -> None:
    """A4 with the margins of F2; the header stands in the top margin (F6)."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(9)
    section.footer_distance = Mm(8)


def _landscape(section: Section) -> None:
    """The same margins as the page is read (F3); its pages are numbered anew (F7)."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = True
    numbering = parse_xml(_NUMBERED_FROM_ONE.format(ns=nsdecls("w")))
    # The order of elements is the schema's: Word repairs, or refuses, a file in any other.
    section._sectPr.find(qn("w:pgMar")).addnext(numbering)


def _page_number(paragraph: Paragraph) -> None:
    paragraph._p.append(parse_xml(_PAGE_NUMBER.format(ns=nsdecls("w"))))


def _filled(skeleton: bytes, **parts: Iterable[str]) -> Iterator[bytes]:
    """The main part of a saved document with the markup of each part in its place.

    Put in as text: python-docx would take the square of the number of rows to add them as nodes.
    """
    with zipfile.ZipFile(io.BytesIO(skeleton)) as archive:
        after = archive.read(_MAIN).decode()
    for name, markup in parts.items():
        before, place, after = after.partition(_PLACE.format(name))
        assert place, name
        yield before.encode()
        yield from in_pieces(markup)
    yield after.encode()
