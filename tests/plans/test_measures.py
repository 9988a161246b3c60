"""Targets, values and verdicts of measures (S18–S25, A7, A8)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from plans import tallies
from plans.models import Measure, Task
from plans.overview import MeasureOnDay, tasks_on
from plans.tallies import MeasureTally
from tests.builders import TODAY, day, make_measure, make_task, record

PERCENT, NUMBER, YES_NO = Measure.Scale


def measure(**fields):
    numbers = {k: Decimal(v) for k, v in fields.items() if isinstance(v, str) and v[-1].isdigit()}
    return Measure(**{**fields, **numbers})


@pytest.mark.parametrize(
    ("fields", "year", "target"),
    [
        ({"target": "70"}, 2030, "70"),
        ({}, 2023, None),
        ({"target": "70", "yearly_growth": "20", "target_year": 2023, "cap": "100"}, 2023, "70"),
        ({"target": "70", "yearly_growth": "20", "target_year": 2023, "cap": "100"}, 2024, "90"),
        ({"target": "70", "yearly_growth": "20", "target_year": 2023, "cap": "100"}, 2025, "100"),
        ({"target": "70", "yearly_growth": "20", "target_year": 2023, "cap": "100"}, 2021, "30"),
        ({"target": "70", "yearly_growth": "20", "target_year": 2023, "cap": "100"}, 2019, "0"),
        ({"target": "70", "yearly_growth": "20", "target_year": 2023}, 2025, "110"),
        ({"yearly_growth": "20", "target_year": 2023}, 2024, None),
    ],
)
def test_target_of_a_year_grows_by_points_up_to_its_cap(fields, year, target):
    expected = None if target is None else Decimal(target)

    assert measure(**fields).target_in(year) == expected


@pytest.mark.parametrize(
    ("direction", "value", "target", "met"),
    [
        ("at_least", "70", "70", True),
        ("at_least", "69.9999", "70", False),
        ("at_most", "70", "70", True),
        ("at_most", "70.0001", "70", False),
        ("at_least", "70", None, None),
    ],
)
def test_met(direction, value, target, met):
    target = target and Decimal(target)

    assert measure(direction=direction).is_met_by(Decimal(value), target) is met


@pytest.mark.parametrize(
    ("fields", "value", "shown"),
    [
        ({"scale": PERCENT}, "98.5000", "98,5%"),
        ({"scale": NUMBER, "unit_label": "hồ sơ"}, "1200", "1.200 hồ sơ"),
        ({"scale": NUMBER}, "3", "3"),
        ({"scale": YES_NO}, "1", "Đạt"),
        ({"scale": YES_NO}, "0", "Chưa đạt"),
        ({"scale": PERCENT}, None, "–"),
    ],
)
def test_shown(fields, value, shown):
    assert measure(**fields).shown(value and Decimal(value)) == shown


@pytest.mark.parametrize(
    "fields",
    [
        {"target": Decimal("100.0001")},
        {"target": Decimal(-1)},
        {"target": Decimal(90), "cap": Decimal(80)},
    ],
)
def test_targets_that_cannot_be(world, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measure(world.task, **fields)


# --- On a day ------------------------------------------------------------------------------------


def on_day(task, asked=TODAY):
    [row] = tasks_on(Task.objects.filter(pk=task.pk).for_page(), asked)
    return row.measures


def test_the_latest_value_known_on_the_day(world):
    one = make_measure(world.task, target=Decimal(90))
    record(world.lead, world.head, values={one.pk: Decimal(50)}, on=day(9, 1))
    record(world.lead, world.head, values={one.pk: Decimal(95)}, on=day(10, 1))
    record(world.lead, world.head, on=day(11, 1))  # without a value

    asked = [day(8, 31), day(9, 1), day(9, 30), day(10, 1), TODAY]
    assert [on_day(world.task, one)[0].shown_values for one in asked] == [
        "",
        "50%",
        "50%",
        "95%",
        "95%",
    ]


def test_each_lead_gives_its_own_value_and_all_must_reach_the_target(world):
    task = make_task(world.block, (world.a, world.b))
    one = make_measure(task, target=Decimal(90))
    a, b = (task.assignments.get(unit=unit) for unit in (world.a, world.b))
    record(a, world.head, values={one.pk: Decimal(100)})
    [only_a] = on_day(task)
    assert (only_a.shown_values, only_a.is_met) == ("100%", True)

    record(b, world.other_head, values={one.pk: Decimal(80)})
    [both] = on_day(task)
    assert (both.shown_values, both.is_met) == ("A: 100%; B: 80%", False)


@pytest.mark.parametrize(
    ("values", "target", "verdict"),
    [
        ([], "90", "no_value"),
        (["90"], "90", "met"),
        (["90", "89"], "90", "unmet"),
        (["90"], None, "no_target"),
        ([], None, "no_target"),
    ],
)
def test_verdict(values, target, verdict):
    one = MeasureOnDay(
        measure(scale=PERCENT, direction="at_least"),
        tuple(("A", Decimal(value)) for value in values),
        target and Decimal(target),
    )

    assert tallies.measure_verdict(one) == verdict
    assert tallies.of_measures([one, one]) == MeasureTally(**{verdict: 2})
    assert tallies.of_measures([one, one]).total == 2


def test_bar_is_of_the_lowest_value_and_stays_inside(world):
    def bar(scale, values, target):
        one = measure(scale=scale)
        given = tuple(("A", Decimal(value)) for value in values)
        return MeasureOnDay(one, given, target and Decimal(target)).bar

    assert bar(PERCENT, ["98.5", "70"], "90") == {"value": "70.0", "target": "90.0"}
    assert bar(PERCENT, ["100"], "100") == {"value": "100.0", "target": "99.2"}
    assert bar(PERCENT, ["100"], None) == {"value": "100.0", "target": ""}
    assert bar(PERCENT, [], "90") is None
    assert bar(NUMBER, ["5"], "90") is None
