"""The PDF as a file: paper, page numbers, tags, language, archive profile, fonts, the mark."""

import importlib.util
import io
from dataclasses import replace

import pdfplumber
import pydyf
import pypdf
import pytest
from weasyprint.layout import page as pagination

from reports.files.pdf.rendering import _Nothing, render
from tests.reports import reading

MILLIMETRE = 72 / 25.4


@pytest.fixture
def data(sample_pdf):
    return sample_pdf


@pytest.fixture
def pages(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        yield pdf.pages


def test_it_is_tagged_vietnamese_pdf_a_3a(sample, data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    facts = root["/Metadata"].get_object().get_data().decode()

    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/StructTreeRoot"]["/K"]
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in facts
    assert root["/OutputIntents"]
    (attached,) = root["/AF"]
    assert attached.get_object()["/AFRelationship"] == "/Data"
    assert {"/F", "/UF", "/EF", "/Desc"} <= set(attached.get_object())
    assert (reader.metadata.title, reader.metadata.author) == (sample.title, sample.author)
    assert reader.metadata["/CreationDate"] == "D:20231120"


def test_fonts_are_embedded_and_of_times_metrics(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            whole = font.get_object()
            inner = whole["/DescendantFonts"][0].get_object()
            names.add(str(whole["/BaseFont"]).split("+")[-1])
            descriptor = inner["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)

    assert {name.split("-")[0] for name in names} <= {
        "Liberation",
        "LiberationSerif",
        "Times",
        "TimesNewRoman",
    }


def test_portrait_then_landscape(pages):
    sizes = [(round(page.width / MILLIMETRE), round(page.height / MILLIMETRE)) for page in pages]
    first_landscape = sizes.index((297, 210))

    assert set(sizes[:first_landscape]) == {(210, 297)}
    assert set(sizes[first_landscape:]) == {(297, 210)}


def test_pages_are_numbered_in_the_top_margin_and_anew_in_the_appendix(pages):
    """F6, F7: in the middle, not on the first page of the report nor of the appendix."""
    first_landscape = next(n for n, page in enumerate(pages) if page.width > page.height)
    expected = [*range(1, first_landscape + 1), *range(1, len(pages) - first_landscape + 1)]
    found = []
    for page in pages:
        words = page.crop((0, 0, page.width, 20 * MILLIMETRE)).extract_words()
        found.append(words[0]["text"] if words else "")
        for word in words:
            centre = (word["x0"] + word["x1"]) / 2
            assert abs(centre - page.width / 2) < 2 * MILLIMETRE

    assert found == ["" if number == 1 else str(number) for number in expected]


def test_text_keeps_to_the_margins(pages):
    """F2, F3: 20 mm above and below, 30 left, 15 right; only number and mark stand outside.

    Pango's rounding of justified lines may add some tenths of a millimetre at the right.
    """
    for page in pages:
        inside = page.crop((0, 20 * MILLIMETRE, page.width, page.height - 20 * MILLIMETRE))
        assert min(char["x0"] for char in inside.chars) >= 29 * MILLIMETRE
        assert max(char["x1"] for char in inside.chars) <= page.width - 14 * MILLIMETRE


def test_everything_is_black(pages):
    """F4."""
    colours = {char["non_stroking_color"] for page in pages for char in page.chars}

    assert colours <= {(0, 0, 0), (0.0, 0.0, 0.0), (0,), 0}


def test_the_head_is_two_columns(pages):
    """F8-F15: the issuer left, the state's name right, number and date on one line."""
    middle = (30 + 66) * MILLIMETRE
    top = pages[0].crop((0, 0, pages[0].width, 60 * MILLIMETRE))
    left = top.crop((0, 0, middle, top.height)).extract_text().split("\n")
    right = top.crop((middle, 0, top.width, top.height)).extract_text().split("\n")

    assert left[:3] == ["UBND TỈNH LẠNG SƠN", "SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert left[3].replace("\xa0", " ").split() == ["Số:", "/BC-STTTT"]
    assert right[2].replace("\xa0", " ").split()[:3] == ["Lạng", "Sơn,", "ngày"]


def test_the_table_head_stands_on_every_page_of_the_appendix(pages):
    landscape = [page for page in pages if page.width > page.height]

    assert len(landscape) > 1
    assert ["Thời hạn, tình trạng" in page.extract_text() for page in landscape] == [True] * len(
        landscape
    )


def test_the_mark_of_a_demonstration_stands_on_every_page(sample, pages):
    assert sample.demonstration
    assert ["Dữ liệu minh họa" in page.extract_text() for page in pages] == [True] * len(pages)


def test_a_real_report_bears_no_mark(sample):
    assert "minh họa" not in reading.pdf_text(render(replace(sample, demonstration=False)))


@pytest.mark.parametrize("url", ["https://example.vn/a.png", "file:///etc/passwd", "data:,x"])
def test_nothing_is_loaded_from_anywhere(url):
    with pytest.raises(ValueError, match="loads nothing"):
        _Nothing().fetch(url)


def test_kept_references_are_those_of_the_pages(data):
    """reports/files/pdf/many_pages.py: every tag names the page that its content stands on."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    pages = [page.indirect_reference.idnum for page in reader.pages]
    named = list(tagged_pages(reader.trailer["/Root"]["/StructTreeRoot"]))

    assert set(named) == set(pages)
    assert named == sorted(named, key=pages.index)


def tagged_pages(element):
    """The pages of all tags in the order of reading."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object()
        if isinstance(inner, dict) and inner.get("/Type") == "/StructElem":
            if "/Pg" in inner:
                yield inner.raw_get("/Pg").idnum
            yield from tagged_pages(inner)


def test_margin_boxes_look_as_weasyprint_alone_makes_them(sample, data, monkeypatch):
    """reports/files/pdf/many_pages.py: page numbers and the mark of the demonstration."""
    marked = render(replace(sample, demonstration=True))
    monkeypatch.setattr(pagination, "set_page_type_computed_styles", weasyprints_own())

    assert render(sample) == data
    assert render(replace(sample, demonstration=True)) == marked


def weasyprints_own():
    """The function that was replaced, read anew from its file."""
    found = importlib.util.spec_from_file_location(pagination.__name__, pagination.__file__)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module.set_page_type_computed_styles


def test_pages_that_are_added_later_are_referred_to():
    pdf = pydyf.PDF()
    found = []
    for _ in range(3):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
        found.append(len(pdf.page_references))

    assert found == [1, 2, 3]
    assert pdf.page_references[-1] == pdf.objects[-1].reference
