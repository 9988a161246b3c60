"""The DOCX as an office edits it: styles, tables, sections, fields; no text boxes."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx.enum.section import WD_ORIENT

from reports.files.docx import render
from reports.files.docx.measure import bold_width
from tests.reports import reading
from tests.reports.reading import W


@pytest.fixture
def data(sample):
    return render(sample)


@pytest.fixture
def document(data):
    return reading.docx_document(data)


def test_styles_are_times_new_roman_14(document):
    fonts = {fonts.get(f"{W}ascii") for fonts in document.styles.element.iter(f"{W}rFonts")}
    sizes = document.styles.element.find(f"{W}docDefaults").iter(f"{W}sz")
    overrides = list(document.element.body.iter(f"{W}rFonts"))

    assert fonts == {"Times New Roman"}
    assert [size.get(f"{W}val") for size in sizes] == ["28"]
    assert overrides == []


def test_headings_follow_the_outline(sample, document):
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style.name == "Heading 1"
    ]

    assert headings == [("Heading 1", section.heading) for section in sample.sections]
    assert {p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")} == {
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 4",
    }


def test_every_style_that_is_used_is_defined(document):
    defined = {style.style_id for style in document.styles}
    used = {style.get(f"{W}val") for style in document.element.body.iter(f"{W}pStyle")}

    assert used <= defined
    assert len(used) > 10


def test_a_portrait_section_and_a_landscape_one(document):
    report, appendix = document.sections

    assert (report.orientation, appendix.orientation) == (
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    )
    for section, width in ((report, 210), (appendix, 297)):
        assert round(section.page_width.mm) == width
        margins = (section.top_margin, section.bottom_margin, section.left_margin)
        assert [round(margin.mm) for margin in margins] == [20, 20, 30]
        assert round(section.right_margin.mm) == 15


def test_page_numbers_are_fields_in_the_header_and_start_anew(document):
    report, appendix = document.sections
    (field,) = report.header.paragraphs[0]._p.iter(f"{W}fldSimple")

    assert field.get(f"{W}instr").strip() == "PAGE"
    assert appendix.header.is_linked_to_previous
    assert appendix._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
    for section in (report, appendix):
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""


def test_tables_repeat_their_heads_and_rows_stay_whole(document):
    appendix = document.tables[-1]
    heads = list(appendix._tbl.iter(f"{W}tblHeader"))
    rows = list(appendix._tbl.iter(f"{W}tr"))
    whole = list(appendix._tbl.iter(f"{W}cantSplit"))

    assert len(heads) == 1
    assert len(whole) == len(rows) > 20
    assert len(list(document.tables[1]._tbl.iter(f"{W}tblHeader"))) == 2


def test_there_is_no_text_box(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        markup = archive.read("word/document.xml").decode()

    assert [tag for tag in ("w:txbxContent", "v:shape", "wp:anchor", "wps:") if tag in markup] == []


def test_properties(sample, document):
    facts = document.core_properties

    assert (facts.title, facts.author, facts.language) == (sample.title, sample.author, "vi")
    assert (facts.created.date(), facts.modified.date()) == (sample.day, sample.day)


def test_the_archive_carries_the_contents_day(sample, data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        dates = {entry.date_time[:3] for entry in archive.infolist()}

    assert dates == {(2023, 11, 20)}


def test_the_mark_stands_under_every_page(sample, document):
    for section in document.sections:
        footers = (section.footer, section.first_page_footer)
        assert [footer.paragraphs[0].text for footer in footers] == ["Dữ liệu minh họa"] * 2


def test_a_real_report_bears_no_mark(sample):
    data = render(replace(sample, demonstration=False))
    document = reading.docx_document(data)

    assert [section.footer.paragraphs[0].text for section in document.sections] == ["", ""]
    assert "minh họa" not in reading.docx_text(data)


def test_characters_that_xml_cannot_hold_do_not_break_it(sample):
    strange = replace(sample, subject="Tên \x00 lạ \ud800 <b>&\x0b\uffff")

    assert "Tên lạ <b>&" in reading.docx_text(render(strange))


def test_lines_are_as_long_as_in_the_font():
    """Measured with the font itself: 60.5 mm at 14 points."""
    assert round(bold_width("Độc lập - Tự do - Hạnh phúc", 14), 1) == 60.5
