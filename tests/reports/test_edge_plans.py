"""Plans at the edge: none of a thing, one of a thing, far too much of a thing."""

import io

import pdfplumber
import pytest

from plans.states import State
from reports import files
from reports.content import consolidated
from reports.content.model import TableKey
from reports.content.naming import report_stem
from reports.files.tables.charts import chart
from tests.builders import TODAY, make_agency, make_block, make_plan, make_task, make_unit, record
from tests.reports import reading

LONG_WORD = "Chuyểnđổisố" * 6
LONG_TEXT = "Kết quả thực hiện nhiệm vụ được giao trong kỳ báo cáo. " * 73
MANY_LINES = "\n".join(f"{n}. Việc thứ {n} đã làm xong." for n in range(1, 61))


def every_file(plan):
    content = consolidated(plan, TODAY)
    return content, {name: files.make(content, name).data for name in files.FORMATS}


def test_no_task(db):
    content, made = every_file(make_plan(make_agency()))

    nothing = "Tính đến ngày 20/11/2023, Kế hoạch chưa có nhiệm vụ nào được phân công."
    assert nothing in reading.pdf_text(made["pdf"])
    assert "tại Phụ lục kèm theo" in reading.pdf_text(made["pdf"])  # F33
    assert nothing in reading.docx_text(made["docx"])
    assert reading.sheet_rows(made["xlsx"], "Chi tiết nhiệm vụ") == []
    assert content.total.total == 0
    assert content.file_stem == "BC_KetQua_KH_kh-2023_2023"


def test_an_index_without_a_task(db):
    plan = make_plan(make_agency())
    make_block(plan)

    content, made = every_file(plan)

    assert [part.tasks for part in content.indicators] == [()]
    assert "Chưa có nhiệm vụ nào được phân công." in reading.pdf_text(made["pdf"])


def test_one_task(db):
    agency = make_agency()
    make_task(make_block(make_plan(agency)), (make_unit(agency, "a"),), code="1")

    content, made = every_file(agency.plans.get())

    text = reading.pdf_text(made["pdf"])
    assert "Kế hoạch có 01 nhiệm vụ đã phân công đơn vị chủ trì." in text
    assert content.appendix.closing == "Phụ lục này có 01 nhiệm vụ, yêu cầu./."
    assert len(reading.sheet_rows(made["xlsx"], "Chi tiết nhiệm vụ")) == 1


@pytest.mark.parametrize("words", [LONG_TEXT, f"Đã {LONG_WORD} xong", MANY_LINES])
def test_very_long_results_are_complete_and_inside_the_page(world, words):
    words = words.strip()
    record(world.lead, world.head, State.IN_PROGRESS, result=words, difficulty=words)

    _, made = every_file(world.plan)

    # Once under its task, once in section III, and in two columns of the appendix.
    bare = "".join(words.split())
    assert "".join(reading.docx_text(made["docx"]).split()).count(bare) == 4
    row = next(
        row
        for row in reading.sheet_rows(made["xlsx"], "Chi tiết nhiệm vụ")
        if row["Số mục"] == world.task.code
    )
    assert (row["Kết quả"], row["Khó khăn, vướng mắc"]) == (words, words)
    assert overflowing(made["pdf"]) == []
    last = bare[-12:]
    assert "".join(reading.pdf_text(made["pdf"]).split()).count(last) >= 2


def test_no_page_of_the_appendix_stays_half_empty(world):
    """Rows of half a page go on to the next one; what is asked of a task stays whole."""
    words = "\n".join(f"{n}. Việc thứ {n} đã làm xong." for n in range(1, 18))
    for number in range(6):
        task = make_task(
            world.block, (world.a,), code=f"X{number}", wording="Việc được giao. " * 30
        )
        record(task.assignments.get(), world.head, State.IN_PROGRESS, result=words)

    _, made = every_file(world.plan)

    with pdfplumber.open(io.BytesIO(made["pdf"])) as pdf:
        *appendix, _ = [page for page in pdf.pages if page.width > page.height]
        last = 190 * 72 / 25.4  # where the margin begins, in which the mark stands
        ends = [
            max(word["bottom"] for word in page.extract_words() if word["bottom"] < last) / last
            for page in appendix
        ]
        text = "".join(page.extract_text() for page in appendix)
    assert len(ends) >= 3
    assert min(ends) > 0.8
    assert "17. Việc thứ 17 đã làm xong." in text


def overflowing(data):
    """Words that stand outside the margins at the right."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [
            word["text"]
            for page in pdf.pages
            for word in page.extract_words()
            if word["x1"] > page.width - 14 * 72 / 25.4
        ]


def test_names_of_files_are_plain(db):
    plan = make_plan(make_agency())
    plan.short_title = "Nâng cao SIPAS và PAR INDEX"

    assert report_stem(plan, ["PAR INDEX", "SIPAS"]) == "BC_KetQua_KH_SIPAS_PARINDEX_2023"
    assert report_stem(plan, ["Chuyển đổi số"]) == "BC_KetQua_KH_Chuyendoiso_2023"


def test_a_chart_of_more_units_than_a_page_holds(db):
    agency = make_agency()
    block = make_block(make_plan(agency))
    for number in range(40):
        unit = make_unit(
            agency, f"u{number}", name=f"Trung tâm Công nghệ và Truyền thông số {number}"
        )
        make_task(block, (unit,))

    content, made = every_file(block.area.indicator.plan)

    whole = chart(content, TableKey.BY_UNIT)
    assert [len(piece.labels) for piece in whole.pieces] == [14, 14, 12]
    assert sum((piece.totals for piece in whole.pieces), ()) == whole.totals
    assert {piece.scale for piece in whole.pieces} == {1}
    with pdfplumber.open(io.BytesIO(made["pdf"])) as pdf:
        upright = [page for page in pdf.pages if page.width < page.height]
        lowest = max(one["bottom"] for page in upright for one in (*page.chars, *page.rects))
    assert lowest < (297 - 20) / 25.4 * 72  # F2
    assert len(reading.docx_charts(made["docx"])) == 5
