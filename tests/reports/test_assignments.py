"""The plan's own appendix, "Phụ lục phân công nhiệm vụ": every task with its units and its time,
the same on the page, as PDF, DOCX and XLSX, and within the decree."""

import datetime as dt

import pytest
from pytest_django.asserts import assertContains

from plans.acts.appendix import move_due_date
from reports import files
from reports.content.assignments import assignments
from reports.files.tables.assignments import HEAD, rows
from reports.management.commands.export_report import CommandError
from tests.builders import TODAY, agree, ask, day, make_block, make_plan, make_task
from tests.reports import reading
from tests.reports.measuring import Paper
from tests.reports.test_export_report import run
from units import clock

PAGE = "/ke-hoach/phu-luc/"


@pytest.fixture
def content(every_state):
    task = every_state.task
    task.product, task.note, task.due_words = "Báo cáo", "Thường xuyên", "Trước ngày 30/11/2023"
    task.save()
    return assignments(every_state.plan, TODAY)


def printed(content):
    return [list(row.cells) for row in rows(content) if hasattr(row, "cells")]


def test_every_task_in_the_plans_order(every_state, content):
    codes = every_state.plan.tasks.order_by("position").values_list("code", flat=True)

    assert [cells[1].split(". ")[0] for cells in printed(content)] == list(codes)
    assert [cells[0] for cells in printed(content)] == [str(n) for n in range(1, len(codes) + 1)]
    first = printed(content)[0]
    assert first[2:] == ["Phòng A", "Phòng S", "Trước ngày 30/11/2023", "Báo cáo", "Thường xuyên"]


def test_a_deadline_that_was_moved_is_the_one_in_force(world):
    """The plan's words alone would send a unit after a day that the leadership moved."""
    words = "Trước ngày 30 tháng 11 năm 2023"
    as_planned = make_task(world.block, (world.a,), due_words=words)
    moved = make_task(world.block, (world.a,), due_words=words)
    for_one = make_task(world.block, (world.a, world.b), due_words=words)
    ongoing = make_task(world.block, (world.a,), due_words="Thường xuyên", due_on=None)
    with clock.set_to(day(11, 1)):
        move_due_date(task=moved, due_on=day(11, 10), by=world.admin, reason="Chỉ đạo của Sở.")
    agree(
        ask(for_one.assignments.get(unit=world.b), world.other_head, day(12, 15)), world.leadership
    )

    content = assignments(world.plan, TODAY)
    due = {cells[1].split(". ")[0]: cells[4] for cells in printed(content)}
    sheet = reading.sheet_rows(files.make_assignments(content, "xlsx").data, "Phân công nhiệm vụ")

    assert due[as_planned.code] == words
    assert due[moved.code] == "10/11/2023 (theo Kế hoạch: trước ngày 30 tháng 11 năm 2023)"
    assert due[for_one.code] == (
        "A: 30/11/2023; B: 15/12/2023 (theo Kế hoạch: trước ngày 30 tháng 11 năm 2023)"
    )
    assert due[ongoing.code] == "Thường xuyên"
    told = {row["Số mục"]: row["Thời gian hoàn thành"] for row in sheet}
    assert {code: told[code] for code in due if told[code]} == {
        code: words for code, words in due.items() if words != "–"
    }


def test_its_head(content):
    head = content.appendix

    assert (head.label, head.title[:30]) == ("Phụ lục", "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN K")
    assert head.note == (
        "(Kèm theo Kế hoạch số         /KH-STTTT ngày     tháng 6 năm 2023 "
        "của Sở Thông tin và Truyền thông)"
    )
    assert head.closing == "Phụ lục này có 16 nhiệm vụ, yêu cầu./."


def test_a_number_that_was_issued_is_printed(every_state):
    plan = every_state.plan
    plan.number, plan.issued_on = "15", dt.date(2023, 6, 26)

    note = assignments(plan, TODAY).appendix.note

    assert note.startswith("(Kèm theo Kế hoạch số 15/KH-STTTT ngày 26 tháng 6 năm 2023 của Sở")


def test_the_same_in_every_file(content, every_state, as_user):
    wanted = [[reading.squeezed(cell) for cell in cells] for cells in printed(content)]
    (docx,) = reading.docx_tables(files.make_assignments(content, "docx").data)
    pdf = files.make_assignments(content, "pdf").data
    sheet = reading.sheet_rows(files.make_assignments(content, "xlsx").data, "Phân công nhiệm vụ")
    page = as_user(every_state.office).get(PAGE)

    assert docx[0] == list(HEAD)
    assert [row for row in docx[1:] if row[0].isdigit()] == wanted
    found = [row for table in reading.pdf_tables(pdf) for row in table if (row[0] or "").isdigit()]
    assert found == wanted
    assert [f"{row['Số mục']}. {row['Nhiệm vụ, giải pháp']}" for row in sheet] == [
        cells[1] for cells in printed(content)
    ]
    assert sheet[0]["Thời hạn"] == dt.datetime(2023, 11, 30)  # noqa: DTZ001
    assert page.context["content"] == content
    for cells in wanted:
        assertContains(page, cells[1])


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_it_is_as_the_decree_wants_an_appendix(content, kind, as_pdf):
    data = files.make_assignments(content, kind).data
    paper = Paper(as_pdf(data) if kind == "docx" else data)

    assert all(page.is_landscape for page in paper.pages)  # F1
    assert [[line.text for line in page.in_top_margin(20)] for page in paper.pages] == [
        [] if number == 1 else [str(number)] for number, _ in enumerate(paper.pages, start=1)
    ]  # F7
    label, title = paper.first.lines(top=20)[:2]
    assert (label.text, label.is_bold, label.sizes) == ("Phụ lục", True, {14})  # F34
    assert title.is_bold  # F35
    assert title.text.isupper()
    _, note = paper.find("(Kèm theo Kế hoạch số")
    assert note.is_italic  # F36
    for page in paper.pages:
        (table,) = page.tables()
        assert reading.squeezed(table.extract()[0][0]) == "STT"  # F38
    assert "./." in paper.pages[-1].text  # F25


def test_the_same_bytes_twice(content):
    for kind in files.FORMATS:
        assert files.make_assignments(content, kind) == files.make_assignments(content, kind)


def test_downloads_are_named_as_offices_name_them(content, every_state, as_user):
    for kind in files.FORMATS:
        answer = as_user(every_state.office).get(f"{PAGE}tai-ve/{kind}/")
        assert answer["Content-Disposition"] == (
            f'attachment; filename="PL_PhanCong_KH_PAPI_PARINDEX_2023.{kind}"'
        )
        assert answer.content == files.make_assignments(content, kind).data


def test_from_the_command_line(world, tmp_path):
    run(output=tmp_path / "a.docx", format="docx", assignments=True)

    expected = files.make_assignments(assignments(world.plan, TODAY), "docx").data
    assert (tmp_path / "a.docx").read_bytes() == expected
    with pytest.raises(CommandError, match="không dùng --as-of"):
        run(output=tmp_path / "b.docx", assignments=True, as_of="2023-11-01")


def test_a_plan_without_tasks(world):
    content = assignments(make_plan(world.agency, "kh-2022", year=2022), TODAY)

    assert printed(content) == [["–", "Chưa có nhiệm vụ nào được phân công."]]
    assert content.appendix.closing == "Phụ lục này chưa có nhiệm vụ, yêu cầu nào./."
    for kind in files.FORMATS:
        assert files.make_assignments(content, kind).data


def test_without_a_plan(world, as_user):
    world.plan.tasks.all().delete()
    world.plan.delete()

    assert as_user(world.office).get(PAGE).status_code == 200
    assert as_user(world.office).get(f"{PAGE}tai-ve/pdf/").status_code == 404


def test_queries_do_not_grow_with_the_plan(world, every_state, as_user, django_assert_num_queries):
    client = as_user(world.office)
    client.get(PAGE)  # writes when the session was last used
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
    for number in range(3, 8):
        block = make_block(world.plan, str(number))
        for _ in range(6):
            make_task(block, (world.a, world.b), (world.s,))
    client.get(PAGE)  # what is remembered is made anew
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


QUERIES = 26
