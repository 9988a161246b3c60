"""`manage.py export_report`: the page's file from the command line, or a message and no file."""

import stat

import pytest
from django.core.management import CommandError, call_command

from reports import files
from reports.content import consolidated
from tests.builders import day, make_plan


def run(**options):
    call_command("export_report", **{"format": "xlsx", **options})


@pytest.mark.parametrize("text", ["2023-11-12", "12/11/2023"])
def test_the_same_bytes_as_the_page(every_state, as_user, tmp_path, text):
    target = tmp_path / "bao-cao.docx"

    run(as_of=text, format="docx", output=str(target))

    page = as_user(every_state.office).get("/bao-cao/tai-ve/docx/", {"ngay": "12/11/2023"})
    assert target.read_bytes() == page.content


def test_today_is_the_default_day(world, tmp_path):
    run(output=tmp_path / "a.xlsx")
    run(output=tmp_path / "b.xlsx", as_of="2023-11-20")

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_it_says_what_it_wrote(world, tmp_path, capsys):
    run(output=tmp_path / "a.xlsx")

    assert capsys.readouterr().out == (
        f"Đã ghi {tmp_path / 'a.xlsx'} (số liệu đến ngày 20/11/2023).\n"
    )


def test_a_plan_by_its_code(world, tmp_path):
    older = make_plan(world.agency, "kh-2022", year=2022)

    run(output=tmp_path / "a.xlsx", plan="kh-2022")

    expected = files.make(consolidated(older, day(11, 20)), "xlsx").data
    assert (tmp_path / "a.xlsx").read_bytes() == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"as_of": "31/11/2023"},
            "“31/11/2023” không phải là một ngày. Viết như 2023-11-20 hoặc 20/11/2023.",
        ),
        (
            {"as_of": "2023-13-01"},
            "“2023-13-01” không phải là một ngày. Viết như 2023-11-20 hoặc 20/11/2023.",
        ),
        (
            {"as_of": "2023-11-21"},
            "Ngày 21/11/2023 chưa đến (hôm nay là 20/11/2023), nên chưa có số liệu.",
        ),
        ({"format": "doc"}, "Chọn loại tệp bằng --format: pdf, docx, xlsx."),
        ({"format": None}, "Chọn loại tệp bằng --format: pdf, docx, xlsx."),
        ({"output": None}, "Ghi nơi lưu tệp bằng --output TỆP."),
        ({"plan": "khac"}, "Không có kế hoạch mang mã “khac”. Các mã hiện có: kh-2023."),
    ],
)
def test_what_cannot_be_done_is_said(world, tmp_path, options, message):
    with pytest.raises(CommandError) as refused:
        run(**{"output": tmp_path / "a.xlsx", **options})

    assert str(refused.value) == message
    assert list(tmp_path.iterdir()) == []


def test_nothing_loaded(db, tmp_path):
    with pytest.raises(CommandError, match="Chưa có kế hoạch nào"):
        run(output=tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("place", "why"), [("khong-co/a.xlsx", "không có thư mục này"), ("", "đây là một thư mục")]
)
def test_where_nothing_can_be_written(world, tmp_path, place, why):
    target = tmp_path / place

    with pytest.raises(CommandError) as refused:
        run(output=target)

    assert str(refused.value) == f"Không ghi được tệp {target}: {why}."
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_replaced_whole(world, tmp_path):
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"x")

    run(output=target)

    assert target.read_bytes() == files.make(consolidated(world.plan, day(11, 20)), "xlsx").data
    assert list(tmp_path.iterdir()) == [target]
    assert stat.S_IMODE(target.stat().st_mode) & 0o600 == 0o600
