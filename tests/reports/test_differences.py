"""Where edited words name other figures or days than the generated ones."""

import pytest

from plans.acts.refusals import Invalid
from reports.content.prose import paragraph
from reports.round_content.differences import difference, lost_figures, places
from reports.round_content.passages import Passage
from tests.builders import TODAY
from tests.reports.rounds import accept, begin, open_round, take, word

GENERATED = "Tính đến ngày 20/11/2023: hoàn thành 08/13 nhiệm vụ (61,5%)."


def found(generated, written):
    blocks = (paragraph(generated),) if generated else ()
    one = difference(Passage("p", "Đoạn", blocks=blocks), written, TODAY)
    return one and (one.other_days, one.added, one.lost)


@pytest.mark.parametrize(
    ("generated", "written", "lost"),
    [
        ("hoàn thành 08/13 (61,5%)", "hoàn thành 08/13 (61,5%), rất tốt", ()),
        ("hoàn thành 08/13 (61,5%)", "hoàn thành 09/13", ("08/13", "61,5%")),
        ("không có số", "", ()),
        # Codes, years, months and documents are no figures; a day and a thousand are.
        (
            "Nhiệm vụ 1.2.2.1, 2.1 và 3.b (nhiệm vụ 3) năm 2023, đến 12/2023, giai đoạn 2021-2025 "
            "theo Kế hoạch số 142/KH-UBND ngày 24/6/2023, Nghị định số 30/2020/NĐ-CP, 15-KH/TU; "
            "PAR INDEX 2023: 1.234 hồ sơ, 05 nhiệm vụ, 8,25 điểm, 98.5%, nhiệm vụ 5: xong.",
            "",
            ("24/6/2023", "1.234", "05", "8,25", "98.5%"),
        ),
        ("hoàn thành 08/13 nhiệm vụ 7 ngày; 2050 chứng thư", "", ("08/13", "7", "2050")),
    ],
)
def test_figures_that_an_edit_no_longer_says(generated, written, lost):
    assert lost_figures(generated, written) == lost


@pytest.mark.parametrize(
    ("generated", "written", "expected"),
    [
        (GENERATED, None, None),
        (GENERATED, f"{GENERATED} Rất tốt.", None),
        (
            GENERATED,
            GENERATED.replace("20/11", "25/11").replace("08/13", "09/13"),
            (("25/11/2023",), ("25/11/2023", "09/13"), ("20/11/2023", "08/13")),
        ),
        # Without generated words no figure is another one, and the report's day is its day.
        ("", "Ngày 05/7/2023, Sở họp 37 người.", None),
        ("", "Tính đến ngày 20/11: 37 người. Đến hết ngày 20/11/2023: 38.", None),
        ("", "Họp từ ngày 01/7 đến ngày 05/7/2023.", None),
        ("", "Tính đến ngày 25/11, 37 người.", (("25/11",), (), ())),
    ],
)
def test_what_differs(generated, written, expected):
    assert found(generated, written) == expected


def test_many_places_are_counted_and_a_few_named():
    blocks = (paragraph("Có 03 việc."),)
    many = [difference(Passage(f"p{n}", f"Đoạn {n}", blocks=blocks), "", TODAY) for n in range(7)]

    said = places(many)

    assert said.startswith(
        "07 chỗ có số hoặc ngày khác lời máy soạn: Đoạn 0 (không còn 03); Đoạn 1"
    )
    assert said.endswith("Đoạn 4 (không còn 03) và 02 đoạn khác")


def test_the_act_itself_asks(world):
    round = open_round(world)
    accept(world, round, world.a, world.head)
    report = begin(world, round)
    word(world, report, "results.overall", "Đã hoàn thành 99/13 nhiệm vụ.")

    with pytest.raises(Invalid) as refused:
        take(world, report, "submit", checked=False)

    assert refused.value.errors == {
        "checked": "Đồng chí đối chiếu 01 chỗ có số hoặc ngày khác lời máy soạn rồi đánh dấu đã "
        "kiểm tra."
    }
    assert report.steps.count() == 1
    assert "99/13" in take(world, report, "submit", checked=True).checked
