"""Decree 30/2020, rule by rule, in the DOCX itself (domain.md §1): what Word will be told.

What only shows on paper is measured in test_decree_on_paper.py on the same file.
"""

import io
import re
import unicodedata
import zipfile

import docx
import pytest
from lxml import etree

from tests.reports.reading import W, squeezed

MILLIMETRE = 1440 / 25.4  # twips


@pytest.fixture
def document(sample_docx):
    return docx.Document(io.BytesIO(sample_docx))


def style(document, name):
    """The properties of a style, with those it is based on: points, booleans, twips."""
    found = {}
    one = next(s for s in document.styles if s.style_id == name)
    chain = [one]
    while chain[-1].base_style is not None:
        chain.append(chain[-1].base_style)
    for each in reversed(chain):
        for element in each.element.iter():
            tag = element.tag.removeprefix(W)
            if tag in ("b", "i", "keepNext", "keepLines"):
                found[tag] = element.get(f"{W}val", "1") != "0"
            elif tag in ("sz", "jc", "outlineLvl"):
                found[tag] = element.get(f"{W}val")
            elif tag in ("spacing", "ind"):
                found |= {key.removeprefix(W): value for key, value in element.attrib.items()}
    found["points"] = int(found.get("sz", 28)) / 2
    return found


def paragraphs(document, name):
    return [one for one in document.paragraphs if one.style.style_id == name]


def head_cells(document):
    return document.tables[0].rows


def test_F1_F2_F3_paper_and_margins(document):
    report, appendix = document.sections

    assert (round(report.page_width.mm), round(report.page_height.mm)) == (210, 297)
    assert (round(appendix.page_width.mm), round(appendix.page_height.mm)) == (297, 210)
    for section in (report, appendix):
        sides = (section.top_margin, section.bottom_margin, section.left_margin)
        assert [round(side.mm) for side in sides] == [20, 20, 30]
        assert round(section.right_margin.mm) == 15


def test_F4_one_font_black(document, sample_docx):
    fonts = set()
    colours = set()
    with zipfile.ZipFile(io.BytesIO(sample_docx)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|styles|header\d+|footer\d+)\.xml", name):
                root = etree.fromstring(archive.read(name))
                fonts |= {v for one in root.iter(f"{W}rFonts") for v in one.attrib.values()}
                colours |= {one.get(f"{W}val") for one in root.iter(f"{W}color")}

    assert fonts == {"Times New Roman"}
    assert colours == {"000000"}


def test_F5_composed_letters(document):
    text = "".join(node.text or "" for node in document.element.iter(f"{W}t"))

    assert unicodedata.is_normalized("NFC", text)
    assert "ộ" in text


def test_F6_F7_page_numbers_are_fields_in_the_header(document):
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert section.header_distance.mm < 15
        (paragraph,) = section.header.paragraphs
        (field,) = paragraph._p.iter(f"{W}fldSimple")
        assert field.get(f"{W}instr").strip() == "PAGE"
        assert paragraph.text == ""  # no "Trang 2/5", no dashes
        assert not list(section.footer._element.iter(f"{W}fldSimple"))
        assert section.first_page_header.paragraphs[0].text == ""
    assert document.sections[1]._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
    header = style(document, "Header")
    assert (header["jc"], header["points"]) == ("center", 13)
    # In the middle of the page, though the margins differ by 15 mm.
    assert round(int(header["right"]) / MILLIMETRE) == 15


def test_F8_to_F15_the_head_is_a_table_without_lines(document):
    table = document.tables[0]
    (left, right), (number, dated) = (row.cells for row in table.rows)

    assert [one.text for one in left.paragraphs if one.text] == [
        "UBND TỈNH LẠNG SƠN",
        "SỞ THÔNG TIN",
        "VÀ TRUYỀN THÔNG",
    ]
    assert [one.text for one in right.paragraphs if one.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    bold = [[run.bold for run in p.runs] for p in (*left.paragraphs, *right.paragraphs) if p.text]
    assert bold == [[None], [True], [True], [True], [True]]
    rules = [p for p in (*left.paragraphs, *right.paragraphs) if p.style.style_id == "Rule"]
    assert len(rules) == 2  # F10, F13: borders, not underlined text
    assert list(table._tbl.iter(f"{W}u")) == []
    assert table.style.style_id == "TableNormal"
    assert squeezed(number.text) == "Số: /BC-STTTT"
    assert squeezed(dated.text) == "Lạng Sơn, ngày tháng 11 năm 2023"
    assert [run.italic for run in dated.paragraphs[0].runs] == [True]
    widths = [int(one.get(f"{W}w")) for one in table._tbl.iter(f"{W}gridCol")]
    assert [round(width / sum(widths), 1) for width in widths] == [0.4, 0.6]


def test_F16_no_number_is_invented(document):
    number = head_cells(document)[1].cells[0].text

    assert not re.search(r"\d", number)


def test_F17_to_F20_title_and_addressee(document):
    kind, subject = paragraphs(document, "Title")
    look = style(document, "Title")

    assert kind.text == "BÁO CÁO"
    assert subject.text.startswith("Kết quả thực hiện Kế hoạch")
    assert (look["b"], look["points"], look["jc"]) == (True, 14, "center")
    order = [one.style.style_id for one in document.paragraphs[:4]]
    assert order == ["Title", "Title", "Rule", "Addressee"]
    assert document.paragraphs[3].text.startswith("Kính gửi: ")


def test_F21_body_text(document):
    look = style(document, "BodyText")

    assert (look["points"], look["jc"]) == (14, "both")
    assert round(int(look["firstLine"]) / MILLIMETRE, 1) == 10
    assert int(look["before"]) >= 6 * 20
    defaults = document.styles.element.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing")
    line = look.get("line", defaults.get(f"{W}line"))
    assert 240 <= int(line) <= 360  # 240ths of a line: single to one and a half
    assert "i" not in look


def test_F22_F23_the_opening_is_an_upright_sentence(document):
    opening = paragraphs(document, "BodyText")[0]

    assert opening.text.startswith("Thực hiện Kế hoạch số 142/KH-UBND ngày 24/6/2023 của UBND")
    assert opening.text.endswith(":")
    assert [run.italic for run in opening.runs] == [None]


def test_F24_real_headings(document):
    sections = paragraphs(document, "Heading1")
    first, second = style(document, "Heading1"), style(document, "Heading2")

    assert [one.text.split(".")[0] for one in sections] == ["I", "II", "III", "IV", "V"]
    assert all(one.text == one.text.upper() for one in sections)
    assert (first["b"], first["points"], first["outlineLvl"]) == (True, 14, "0")
    assert (second["b"], second["outlineLvl"]) == (True, "1")
    assert paragraphs(document, "Heading2")[0].text.startswith("1. ")


def test_F25_end_marks(document):
    ends = [one.text for one in document.paragraphs if one.text.endswith("./.")]

    assert len(ends) == 2
    assert paragraphs(document, "AppendixEnd")[0].text == ends[1]


def test_F26_to_F30_signature_and_recipients_stand_side_by_side(document):
    table = next(one for one in document.tables if "Nơi nhận" in one.rows[0].cells[0].text)
    left, right = table.rows[0].cells
    lines = [one.text for one in right.paragraphs]

    assert lines[:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert lines[2:-1] == [""] * 4  # F27
    assert lines[-1] == "Nguyễn Trọng Hùng"
    assert {one.style.style_id for one in right.paragraphs} == {"Signature"}
    look = style(document, "Signature")
    assert (look["b"], look["points"], look["jc"]) == (True, 14, "center")
    to, *others = left.paragraphs
    (run,) = to.runs
    assert (to.text, run.bold, run.italic, run.font.size.pt) == ("Nơi nhận:", True, True, 12)
    assert [one.text for one in others] == [
        "- Như trên;",
        "- Sở Nội vụ;",
        "- Lãnh đạo Sở;",
        "- Lưu: VT, VP (NMB).",
    ]
    assert style(document, "Recipients")["points"] == 11
    assert len(list(table._tbl.iter(f"{W}cantSplit"))) == 1


def test_F33_to_F36_the_appendix(document):
    label, title = paragraphs(document, "AppendixTitle")
    note, cut_off = paragraphs(document, "AppendixNote")
    look, noted = style(document, "AppendixTitle"), style(document, "AppendixNote")

    assert any("Phụ lục kèm theo" in one.text for one in document.paragraphs)
    assert label.text == "Phụ lục"
    assert title.text == title.text.upper()
    assert (look["b"], look["points"], look["jc"]) == (True, 14, "center")
    assert note.text.startswith("(Kèm theo Báo cáo số")
    assert (noted["i"], noted["points"], noted["jc"]) == (True, 14, "center")
    assert cut_off.text == "Số liệu tính đến ngày 20/11/2023"


def test_F38_tables(document):
    """Heads are repeated, bold and in the middle; rows stay whole; text of 11 points."""
    for table in document.tables[1:]:
        rows = table._tbl.findall(f"{W}tr")
        heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        if "Nơi nhận" in table.rows[0].cells[0].text:
            continue
        assert heads == rows[: len(heads)]
        assert heads
        assert [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is None] == []
    assert style(document, "TableText")["points"] == 11
    head = style(document, "TableHead")
    assert (head["b"], head["jc"]) == (True, "center")
    assert style(document, "TableCentred")["jc"] == "center"


# --- What Word opens without repair -----------------------------------------------------------

# The order of children in the schema (ISO/IEC 29500, transitional); only those that we write.
ORDER = {
    "pPr": "pStyle keepNext keepLines pBdr spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
}


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_elements_stand_in_the_order_of_the_schema(sample_docx, part):
    with zipfile.ZipFile(io.BytesIO(sample_docx)) as archive:
        root = etree.fromstring(archive.read(part))
    wrong = []
    for parent, order in ORDER.items():
        places = {f"{W}{name}": place for place, name in enumerate(order.split())}
        for element in root.iter(f"{W}{parent}"):
            children = [child.tag for child in element]
            if sorted(children, key=lambda tag: places[tag]) != children:
                wrong.append((parent, [tag.removeprefix(W) for tag in children]))

    assert wrong == []


def test_every_cell_ends_with_a_paragraph_and_rows_fill_the_grid(document):
    for table in document.tables:
        columns = len(list(table._tbl.iter(f"{W}gridCol")))
        for row in table._tbl.findall(f"{W}tr"):
            spans = [
                int(cell.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val"))
                if cell.find(f"{W}tcPr/{W}gridSpan") is not None
                else 1
                for cell in row.findall(f"{W}tc")
            ]
            assert sum(spans) == columns
            assert {cell[-1].tag for cell in row.findall(f"{W}tc")} == {f"{W}p"}


def test_every_part_has_a_type_and_every_relation_a_part(sample_docx):
    with zipfile.ZipFile(io.BytesIO(sample_docx)) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        typed = {one.get("PartName", "").lstrip("/") for one in types}
        extensions = {one.get("Extension") for one in types if one.get("Extension")}
        for name in names - {"[Content_Types].xml"}:
            assert name in typed or name.rsplit(".", 1)[-1] in extensions, name
        for name in [one for one in names if one.endswith(".rels")]:
            folder = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name[6:] else ""
            for relation in etree.fromstring(archive.read(name)):
                target = relation.get("Target")
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                assert normal(path) in names, (name, target)
    assert {"word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"} <= names
    assert not [name for name in names if "thumbnail" in name]


def normal(path):
    """A path without its detours: "word/charts/../embeddings/a" → "word/embeddings/a"."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        elif part:
            parts.append(part)
    return "/".join(parts)


def test_charts_are_told_to_those_who_do_not_see_them(document):
    words = [
        node.get("descr")
        for node in document.element.iter()
        if node.tag.endswith("}docPr") and node.get("descr")
    ]

    assert len(words) == 3
    assert words[0].startswith("PAR INDEX: 10 nhiệm vụ (hoàn thành 3, ")
    identifiers = [n.get("id") for n in document.element.iter() if n.tag.endswith("}docPr")]
    assert len(set(identifiers)) == 3
