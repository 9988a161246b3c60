"""Decree 30/2020, rule by rule (domain.md §1, F1–F38), measured on paper: on our PDF, and on
the one that LibreOffice makes of our DOCX. The names of the tests are the numbers of the rules."""

import re
import unicodedata

import pytest

from tests.reports.measuring import BLACK, TIMES, Paper, family, squeezed

LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20  # F2, the safe default
ABOUT = 0.6  # millimetres that programs round differently
MARK = "Dữ liệu minh họa"

# Rules that no file of ours can meet or break, and why.
NOT_OURS = {
    31: "ô 12, 13 are optional; the drafter's sign stands in the line “Lưu: VT, VP (NMB)”",
    32: "stamps of secrecy and urgency: state secrets must not enter the system, and the clerk "
    "stamps what is urgent",
    37: "the appendix is in the same file; the seal's words at the top right are the clerk's",
}


_papers: dict[str, Paper] = {}


@pytest.fixture(params=["pdf", "docx"])
def paper(request, db) -> Paper:
    if request.param not in _papers:
        name = {"pdf": "sample_pdf", "docx": "converted_pdf"}[request.param]
        _papers[request.param] = Paper(request.getfixturevalue(name))
    return _papers[request.param]


def test_every_rule_has_a_test_or_a_reason():
    tested = {
        int(number)
        for name in globals()
        for number in re.findall(r"_F(\d+)", name)
        if name.startswith("test_F")
    }

    assert tested | NOT_OURS.keys() == set(range(1, 39))
    assert tested & NOT_OURS.keys() == set()


def near(one, other, tolerance=ABOUT):
    return abs(one - other) <= tolerance


# --- 1A. Page -----------------------------------------------------------------------------------


def test_F1_A4_upright_and_landscape_only_for_the_appendix(paper):
    sizes = [(round(page.width), round(page.height)) for page in paper.pages]
    first = len(paper.body)

    assert sizes == [(210, 297)] * first + [(297, 210)] * len(paper.appendix)
    assert first >= 2
    assert paper.appendix[0].lines(top=TOP)[0].text == "Phụ lục"


def test_F2_margins_of_upright_pages(paper):
    for page in paper.body:
        assert inside(page)
    # The margins are these and no wider: full lines begin and end on them.
    lines = [line for page in paper.body for line in page.lines(top=TOP, bottom=277)]
    assert near(min(line.x0 for line in lines), LEFT)
    assert near(max(line.x1 for line in lines), 210 - RIGHT, 1)


def test_F3_margins_of_landscape_pages_as_they_are_read(paper):
    for page in paper.appendix:
        assert inside(page)


def inside(page):
    """No text but page number and mark in the margins."""
    for line in page.lines():
        if line.text == MARK or (line.text.isdigit() and line in page.in_top_margin(TOP)):
            continue
        ends = (line.x0, line.x1, line.top, line.bottom)
        limits = (LEFT, page.width - RIGHT, TOP, page.height - BOTTOM)
        assert ends[0] >= limits[0] - ABOUT, line.text
        assert ends[1] <= limits[1] + 1, line.text  # Pango rounds in justified lines
        assert ends[2] >= limits[2] - ABOUT, line.text
        assert ends[3] <= limits[3] + 1.5, line.text  # the box of a letter is taller than it
    return True


def test_F4_one_font_black(paper):
    chars = [char for page in paper.pages for char in page.chars]

    assert {family(char["fontname"]) for char in chars} <= TIMES
    assert {char["non_stroking_color"] for char in chars} <= set(BLACK)
    assert len(chars) > 5000


def test_F5_composed_letters(paper):
    text = "".join(page.text for page in paper.pages)

    assert unicodedata.is_normalized("NFC", text)
    assert "ộ" in text  # one that could stand as three characters


def test_F6_page_numbers_in_the_middle_of_the_top_margin(paper):
    for place, page in enumerate(paper.body, start=1):
        found = page.in_top_margin(TOP)
        assert [line.text for line in found] == ([] if place == 1 else [str(place)])
        assert all(near(line.centre, page.width / 2, 1) for line in found)
        assert all(line.sizes <= {13, 14} and line.is_upright for line in found)
        assert not any(line.text.isdigit() for line in page.lines(top=page.height - BOTTOM))


def test_F7_the_appendix_is_numbered_anew(paper):
    found = [[line.text for line in page.in_top_margin(TOP)] for page in paper.appendix]

    assert found == [[], *([str(n)] for n in range(2, len(paper.appendix) + 1))]
    assert len(found) >= 2
    assert all(
        near(line.centre, page.width / 2, 1)
        for page in paper.appendix
        for line in page.in_top_margin(TOP)
    )


# --- 1B. Head -----------------------------------------------------------------------------------

MIDDLE = LEFT + 66  # between the two columns, 40 and 60 per cent


def left(paper):
    return paper.first.lines(top=TOP, x1=MIDDLE, bottom=60)


def right(paper):
    return paper.first.lines(top=TOP, x0=MIDDLE, bottom=60)


def test_F8_the_states_name(paper):
    line = right(paper)[0]

    assert line.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert line.sizes <= {12, 13}
    assert line.is_bold
    assert line.is_upright
    assert line.x0 > LEFT + 0.4 * 165


def test_F9_the_motto(paper):
    country, line = right(paper)[:2]

    assert line.text == "Độc lập - Tự do - Hạnh phúc"
    assert line.sizes <= {13, 14}
    assert line.is_bold
    assert line.is_upright
    assert near(line.centre, country.centre, 1)
    assert line.top - country.top < 14 * 1.3 / 72 * 25.4


def test_F10_a_rule_as_long_as_the_motto(paper):
    line = right(paper)[1]
    rule = paper.first.rule_below(line)

    assert near(rule.length, line.length, 2)
    assert near(rule.centre, line.centre, 1)


def test_F11_the_superior(paper):
    line = left(paper)[0]

    assert line.text == "UBND TỈNH LẠNG SƠN"
    assert line.sizes <= {12, 13}
    assert line.is_light
    assert line.is_upright


def test_F12_the_issuing_body(paper):
    superior, *lines = left(paper)[:3]

    assert " ".join(line.text for line in lines) == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert all(line.is_bold and line.is_upright for line in lines)
    assert all(line.sizes <= {12, 13} for line in lines)
    assert all(near(line.centre, superior.centre, 1) for line in lines)


def test_F13_a_rule_under_the_issuing_body(paper):
    lines = left(paper)[1:3]
    rule = paper.first.rule_below(lines[-1])
    longest = max(line.length for line in lines)

    assert longest / 3 <= rule.length <= longest / 2
    assert near(rule.centre, lines[-1].centre, 1)


def test_F14_the_number_is_left_to_the_clerk(paper):
    superior, *_, line = left(paper)[:4]

    assert re.fullmatch(r"Số: ?/BC-STTTT", line.text)
    assert line.sizes <= {13}
    assert line.is_upright
    assert line.is_light
    assert near(line.centre, superior.centre, 1)
    gap = line.x1 - line.x0 - 30  # the word, the symbol and a blank of eight spaces
    assert 0 < gap < 20


def test_F15_place_and_date(paper):
    number, line = left(paper)[3], right(paper)[2]

    assert re.fullmatch(r"Lạng Sơn, ngày tháng 11 năm 2023", line.text)
    assert line.sizes <= {13, 14}
    assert line.is_italic
    assert line.is_light
    assert near(line.centre, right(paper)[0].centre, 1)
    assert near(line.bottom, number.bottom, 1)


def test_F16_no_number_and_no_day_are_invented(paper):
    head = paper.first.lines(top=TOP, bottom=60)
    (row,) = [squeezed(line.text) for line in head if "/BC-STTTT" in line.text]

    assert re.findall(r"\d+", row) == ["11", "2023"]  # the month of the report, no number, no day


# --- 1C. Title ----------------------------------------------------------------------------------

CENTRE = LEFT + 165 / 2


def title(paper):
    _, kind = paper.find("BÁO CÁO")
    below = paper.first.lines(top=kind.bottom - 1, bottom=kind.bottom + 14)
    return kind, [line for line in below if line.is_bold and line.top > kind.top + 2]


def test_F17_the_kind(paper):
    kind, _ = title(paper)

    assert kind.text == "BÁO CÁO"
    assert kind.sizes <= {13, 14}
    assert kind.is_bold
    assert kind.is_upright
    assert near(kind.centre, CENTRE, 1)


def test_F18_the_subject(paper):
    kind, lines = title(paper)

    assert squeezed(" ".join(line.text for line in lines)) == (
        "Kết quả thực hiện Kế hoạch nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm "
        "2023 của Sở Thông tin và Truyền thông"
    )
    assert all(line.sizes <= {13, 14} and line.is_upright for line in lines)
    assert all(near(line.centre, CENTRE, 1) for line in lines)
    assert lines[0].top - kind.bottom < 3


def test_F19_a_rule_under_the_subject(paper):
    _, lines = title(paper)
    rule = paper.first.rule_below(lines[-1])
    longest = max(line.length for line in lines)

    assert longest / 3 <= rule.length <= longest / 2
    assert near(rule.centre, CENTRE, 1)


def test_F20_the_addressee(paper):
    page, line = paper.find("Kính gửi:")
    _, lines = title(paper)
    _, opening = paper.find("Thực hiện Kế hoạch")

    assert line.text == "Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn (qua Sở Nội vụ)"
    assert line.sizes <= {13, 14}
    assert line.is_upright
    assert line.is_light
    assert page.number == 1
    assert lines[-1].bottom < line.top < opening.top


# --- 1D. Body -----------------------------------------------------------------------------------


def paragraph(paper, beginning):
    """The lines of a paragraph on one page: from its first to the one before the next indent."""
    page, first = paper.find(beginning, paper.body)
    below = [line for line in page.lines(top=TOP, bottom=277) if line.top > first.top + 1]
    rest = []
    for line in below:
        if line.x0 > LEFT + 5:
            return first, rest, line
        rest.append(line)
    raise AssertionError(beginning)


def test_F21_body_text(paper):
    first, rest, following = paragraph(paper, "Thực hiện Kế hoạch")
    lines = [first, *rest]
    pitch = [(b.bottom - a.bottom) * 72 / 25.4 for a, b in zip(lines, rest, strict=False)]
    single = 14 * 1.15  # of Times New Roman

    assert all(line.sizes <= {13, 14} and line.is_upright and line.is_light for line in lines)
    assert len(lines) >= 4
    assert near(first.x0 - LEFT, 10)
    assert all(near(line.x0, LEFT) for line in rest)
    assert all(near(line.x1, 210 - RIGHT, 1) for line in lines[:-1])  # both sides
    assert all(single - 0.3 <= one <= single * 1.5 for one in pitch)
    apart = (following.bottom - lines[-1].bottom) * 72 / 25.4
    assert apart - max(pitch) >= 6 - 0.3


def test_F22_what_is_carried_out_is_body_text(paper):
    """There are no lines "Căn cứ …;": the opening is a sentence, upright, ending with a colon."""
    first, rest, _ = paragraph(paper, "Thực hiện Kế hoạch")

    assert first.is_upright
    assert rest[-1].text.endswith("như sau:")
    assert list(paper.find_all("Căn cứ")) == []


def test_F23_the_first_citation_is_whole(paper):
    text = squeezed(" ".join(page.text for page in paper.body))

    assert re.search(
        r"Kế hoạch số 142/KH-UBND ngày 24/6/2023 của UBND tỉnh về nâng cao Chỉ số PAPI, SIPAS và "
        r"PAR INDEX tỉnh Lạng Sơn năm 2023 \(sau đây gọi tắt là Kế hoạch 142\)",
        text,
    )


def test_F24_the_outline(paper):
    headings = [
        line
        for page in paper.body
        for line in page.lines(top=TOP)
        if re.match(r"(I|II|III|IV|V)\. ", line.text)
    ]

    assert [line.text.split(".")[0] for line in headings] == ["I", "II", "III", "IV", "V"]
    for line in headings:
        assert line.text == line.text.upper()
        assert line.is_bold
        assert line.is_upright
        assert line.sizes <= {13, 14}
    _, point = paper.find("1. Chỉ số", paper.body)
    assert point.is_bold
    assert point.is_upright
    letters = [line.text[0] for _, line in paper.find_all("a) ", paper.body)]
    assert letters == ["a"]
    assert [line.text[0] for _, line in paper.find_all("b) ", paper.body)] == ["b"]


def test_F25_the_end_mark(paper):
    body = squeezed(" ".join(page.text for page in paper.body))
    appendix = squeezed(" ".join(page.text for page in paper.appendix))

    assert (body.count("./."), appendix.count("./.")) == (1, 1)
    assert "trân trọng báo cáo Ủy ban nhân dân tỉnh Lạng Sơn./. Nơi nhận" in body
    assert re.search(rf"\./\.( {MARK})?$", appendix)


# --- 1E. Signature and recipients -----------------------------------------------------------------


def signature(paper):
    page, to = paper.find("Nơi nhận", paper.body)
    return page, list(page.lines(x0=MIDDLE, top=to.top - 2, bottom=277))


def recipients(paper):
    page, to = paper.find("Nơi nhận", paper.body)
    return list(page.lines(x1=MIDDLE - 1, top=to.top - 1, bottom=277))


def test_F26_who_signs(paper):
    _, lines = signature(paper)

    assert [line.text for line in lines[:2]] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert all(line.is_bold and line.is_upright for line in lines[:2])
    assert all(line.sizes <= {13, 14} for line in lines[:2])
    assert all(near(line.centre, (MIDDLE + 195) / 2, 1) for line in lines[:2])


def test_F27_room_for_the_signature(paper):
    _, (_, above, name, *_) = signature(paper)

    assert 20 < name.top - above.bottom < 40


def test_F28_the_name(paper):
    _, (_, above, name, *_) = signature(paper)

    assert name.text == "Nguyễn Trọng Hùng"
    assert name.is_bold
    assert name.is_upright
    assert name.sizes <= {13, 14}
    assert near(name.centre, above.centre, 1)


def test_F29_recipients_level_with_the_signature(paper):
    to = recipients(paper)[0]
    _, lines = signature(paper)

    assert to.text == "Nơi nhận:"
    assert to.sizes == {12}
    assert to.is_bold
    assert to.is_italic
    assert near(to.x0, LEFT)
    assert near(to.bottom, lines[0].bottom, 1.5)


def test_F30_the_recipients(paper):
    _, *lines = [line for line in recipients(paper) if line.text != MARK]

    assert [line.text for line in lines] == [
        "- Như trên;",
        "- Sở Nội vụ;",
        "- Lãnh đạo Sở;",
        "- Lưu: VT, VP (NMB).",
    ]
    assert all(line.sizes == {11} and line.is_upright and line.is_light for line in lines)
    assert all(near(line.x0, LEFT) for line in lines)


# --- 1F. Appendix ---------------------------------------------------------------------------------

ACROSS = LEFT + 252 / 2


def appendix_head(paper):
    return paper.appendix[0].lines(top=TOP, bottom=60)


def test_F33_the_body_names_the_appendix(paper):
    body = squeezed(" ".join(page.text for page in paper.body))

    assert "tại Phụ lục kèm theo" in body


def test_F34_one_appendix_has_no_number(paper):
    line = appendix_head(paper)[0]

    assert line.text == "Phụ lục"
    assert line.sizes == {14}
    assert line.is_bold
    assert line.is_upright
    assert near(line.centre, ACROSS, 1)


def test_F35_its_title(paper):
    lines = [line for line in appendix_head(paper)[1:] if line.text.isupper() and line.is_bold]

    assert lines[0].text.startswith("TỔNG HỢP KẾT QUẢ THỰC HIỆN KẾ HOẠCH")
    assert all(line.sizes <= {13, 14} and line.is_upright for line in lines)
    assert all(near(line.centre, ACROSS, 1) for line in lines)


def test_F36_what_it_belongs_to(paper):
    page, line = paper.find("(Kèm theo Báo cáo số", paper.appendix)

    assert re.fullmatch(
        r"\(Kèm theo Báo cáo số ?/BC-STTTT ngày tháng năm 2023 của Sở Thông tin và Truyền thông\)",
        line.text,
    )
    assert line.is_italic
    assert line.is_light
    assert line.sizes <= {13, 14}
    assert near(line.centre, ACROSS, 1)
    assert near(page.rule_below(line).centre, ACROSS, 1)


HEAD = [
    "STT",
    "Đơn vị chủ trì, phối hợp",
    "Thời hạn, tình trạng",
    "Kết quả thực hiện, tài liệu kiểm chứng",
    "Tồn tại, nguyên nhân, đề xuất",
]


def test_F38_the_table(paper):
    """The head on every page, bold and in the middle; 11 to 13 points; no line of a row is cut."""
    for page in paper.appendix:
        (table,) = page.tables()
        box = [side * 25.4 / 72 for side in table.bbox]
        head = [squeezed(cell or "") for cell in table.extract()[0]]
        assert [title for title in HEAD if title not in head] == []
        cells = [cell for cell in table.rows[0].cells if cell]
        for cell in cells:
            x0, top, x1, bottom = (side * 25.4 / 72 for side in cell)
            lines = page.lines(x0, top, x1, bottom)
            assert all(line.is_bold and line.is_upright for line in lines)
            assert all(near(line.centre, (x0 + x1) / 2, 1) for line in lines)
        for line in page.lines(*box):
            assert line.sizes <= {11, 12, 13}
        # Every letter stands whole inside the table's frame, over no rule.
        inner = [char for char in page.chars if top_of(char) > box[1] - 1]
        assert all(
            char["bottom"] * 25.4 / 72 <= box[3] + 0.8
            for char in inner
            if char["bottom"] * 25.4 / 72 < page.height - BOTTOM
            and char["x0"] * 25.4 / 72 < box[2]
            and top_of(char) < box[3] - 0.5
        )


def top_of(char):
    return char["top"] * 25.4 / 72


def test_F38_numbers_stand_in_the_middle(paper):
    (table,) = paper.appendix[0].tables()
    numbers = [
        (row.cells[0], squeezed(text[0] or ""))
        for row, text in zip(table.rows, table.extract(), strict=True)
        if row.cells[0] and (text[0] or "").strip().isdigit()
    ]

    assert numbers
    for (x0, top, x1, bottom), number in numbers:
        sides = [side * 25.4 / 72 for side in (x0, top, x1, bottom)]
        line = paper.appendix[0].lines(*sides)[0]
        assert line.text == number
        assert near(line.centre, (sides[0] + sides[2]) / 2, 1)
