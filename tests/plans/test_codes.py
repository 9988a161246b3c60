"""Which codes are one, and which are given where a document gives none."""

import pytest

from plans.codes import same_code
from plans.reading.codes import give_codes
from plans.reading.draft import DraftArea, DraftBlock, DraftIndicator, DraftTask


@pytest.mark.parametrize("code", ["NV1.1", "nv1.1", "NV 1.1", "NV.1.1", "NV 1 . 1", " NV1.1."])
def test_written_otherwise_is_the_same(code):
    assert same_code(code) == "nv1.1"


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.1", "11"), ("1.11", "11.1"), ("3.d", "3.đ"), ("1 1", "11"), ("A-1", "A1")],
)
def test_two_codes(one, other):
    assert same_code(one) != same_code(other)


def given(*parts):
    """The codes of tasks with these numbers, by index, area and block."""
    indicators = [
        DraftIndicator(
            1, number,
            areas=[
                DraftArea(1, area, blocks=[
                    DraftBlock(1, "", tasks=[
                        DraftTask("k", 1, "x", number=n, own_code=own) for n, own in tasks
                    ])
                ])
                for area, tasks in areas
            ],
        )
        for number, areas in parts
    ]  # fmt: skip
    give_codes(indicators)
    return [
        task.code
        for one in indicators
        for area in one.areas
        for block in area.blocks
        for task in block.tasks
    ]


ONE_TWO = [("1", ""), ("2", "")]


def test_two_parts_with_the_same_number_have_codes_of_their_own():
    assert given(("1", [("", ONE_TWO)]), ("1", [("", ONE_TWO)]), ("3", [("", ONE_TWO)])) == [
        "1.1", "1.2", "2.1", "2.2", "3.1", "3.2",
    ]  # fmt: skip


def test_numbers_that_begin_again_go_on():
    assert given(("I", [("", ONE_TWO), ("", ONE_TWO)])) == ["I.1", "I.2", "I.3", "I.4"]


def test_a_code_of_the_document_is_left_to_its_task():
    assert given(("1", [("", [("1", ""), ("9", "1 .1"), ("2", "")])])) == ["1.3", "1 .1", "1.2"]
