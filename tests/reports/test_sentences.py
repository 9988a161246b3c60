"""Generated sentences: their parts add up, whatever the figures."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.vietnamese.numbers import padded
from plans.tallies import MeasureTally, Tally
from reports.content import sentences
from tests.builders import TODAY

REAL = Tally(
    in_progress=2, no_info=1, awaiting=1, done_on_time=7, done_late=1, not_arisen=1, overdue=1
)

counts = st.integers(0, 400)


@st.composite
def tallies(draw):
    names = [name for name in Tally.__dataclass_fields__ if name not in CUTS]
    parts = {name: draw(counts) for name in names}
    opened = parts["no_info"] + parts["not_started"] + parts["in_progress"]
    return Tally(
        **parts,
        overdue=draw(st.integers(0, opened)),
        awaiting_past_due=draw(st.integers(0, parts["awaiting"])),
    )


CUTS = ("overdue", "awaiting_past_due")


def numbers(text):
    """Every whole number of a text; rates are none."""
    found = re.findall(r"\d+(?:\.\d{3})*", re.sub(r"\([\d,–]+%?\)", "", text))
    return [int(one.replace(".", "")) for one in found]


def test_the_shape_that_offices_write():
    assert sentences.overall(REAL, TODAY) == (
        "Kế hoạch có 13 nhiệm vụ đã phân công đơn vị chủ trì. Tính đến ngày 20/11/2023: hoàn thành "
        "08/13 nhiệm vụ (61,5%), trong đó đúng hạn 07, quá hạn 01; chưa hoàn thành 03/13 nhiệm vụ "
        "(trong hạn 02, quá hạn 01), gồm đang thực hiện 02, chưa có thông tin 01; chờ xác nhận "
        "01/13 nhiệm vụ; không phát sinh 01/13 nhiệm vụ."
    )
    assert sentences.rate_over_due(REAL) == (
        "Tính riêng 09 nhiệm vụ đã hoàn thành hoặc đã đến hạn: hoàn thành 08/09 nhiệm vụ (88,9%)."
    )


@given(tallies())
def test_the_parts_add_up(tally):
    parts = sentences.progress(tally).split("; ")
    firsts = [numbers(part)[0] for part in parts]
    wholes = {numbers(part)[1] for part in parts}

    assert sum(firsts) == tally.total
    assert wholes == {tally.total}
    assert firsts[0] == tally.done


@given(tallies())
def test_what_is_done_and_what_is_open_add_up_too(tally):
    done, *rest = sentences.progress(tally).split("; ")
    opened = [part for part in rest if part.startswith("chưa hoàn thành")]

    if tally.done:
        assert sum(numbers(done)[2:]) == tally.done
    assert len(opened) == bool(tally.open)
    for part in opened:
        when, what = part.split(", gồm ")
        assert sum(numbers(when)[2:]) == tally.open
        assert sum(numbers(what)) == tally.open


@given(st.builds(MeasureTally, counts, counts, counts, counts))
def test_measures_add_up(tally):
    total, *parts = numbers(sentences.of_measures(tally)) or [0]

    assert total == tally.total == sum(parts)


def test_nothing_is_said_plainly():
    assert sentences.overall(Tally(unassigned=1), TODAY) == (
        "Tính đến ngày 20/11/2023, Kế hoạch chưa có nhiệm vụ nào được phân công."
    )
    assert sentences.rate_over_due(Tally(no_info=2)) == (
        "Chưa có nhiệm vụ nào hoàn thành hoặc đến hạn phải hoàn thành."
    )
    assert sentences.of_indicator(Tally()) == "Chưa có nhiệm vụ nào được phân công."
    assert sentences.of_measures(MeasureTally()) == "Kế hoạch không giao chỉ tiêu cụ thể."
    assert sentences.silent([("Phòng A", Tally(awaiting=2))]) == ""


def test_silent_units_are_named_with_how_much_they_owe():
    units = [("Phòng A", Tally(no_info=2)), ("Phòng B", Tally()), ("Phòng C", Tally(no_info=1))]

    assert sentences.silent(units) == (
        "Chưa có thông tin từ: Phòng A (02 phần việc); Phòng C (01 phần việc)."
    )


def test_the_table_by_unit_says_why_it_adds_up_to_more():
    assert sentences.parts_note(Tally(no_info=23), Tally(no_info=13)) == (
        "Nhiệm vụ có nhiều đơn vị chủ trì được tính một lần cho từng đơn vị, nên 13 nhiệm vụ ứng "
        "với 23 phần việc; nhiệm vụ chỉ được coi là hoàn thành khi mọi đơn vị chủ trì đều hoàn "
        "thành."
    )
    assert sentences.parts_note(Tally(no_info=3), Tally(no_info=3)) == (
        "Nhiệm vụ có nhiều đơn vị chủ trì được tính một lần cho từng đơn vị."
    )


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Nâng cao Chỉ số", "nâng cao Chỉ số"),
        ("PAPI năm 2023", "PAPI năm 2023"),
        ("Đang thực hiện", "đang thực hiện"),
        ("", ""),
    ],
)
def test_a_text_goes_on_inside_a_sentence(text, inside):
    assert sentences.lower_first(text) == inside


@pytest.mark.parametrize(
    ("target", "values", "verdict", "words"),
    [
        ("100%", "98,5%", "chưa đạt", "Tỷ lệ: thực hiện 98,5%; chỉ tiêu 100% (chưa đạt)"),
        ("100%", "", "chưa có số liệu", "Tỷ lệ: chưa có số liệu; chỉ tiêu 100%"),
        ("", "54,2%", "không giao chỉ tiêu", "Tỷ lệ: thực hiện 54,2% (không giao chỉ tiêu)"),
        ("", "", "không giao chỉ tiêu", "Tỷ lệ: chưa có số liệu (không giao chỉ tiêu)"),
        ("Đạt", "Chưa đạt", "chưa đạt", "Tỷ lệ: chưa đạt"),
    ],
)
def test_a_measure_has_its_target_beside_its_value(target, values, verdict, words):
    assert sentences.of_measure("Tỷ lệ", target, values, verdict) == words


@given(tallies())
def test_rates_stand_beside_both_wholes(tally):
    said = sentences.rate_over_due(tally)

    if tally.due:
        assert f"{padded(tally.done)}/{padded(tally.due)} nhiệm vụ" in said
