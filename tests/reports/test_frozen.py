"""Frozen means frozen: canonical, complete, and indifferent to what happens later."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from plans.acts.appendix import move_due_date
from reports.content import consolidated, frozen
from reports.content.model import RaisedLine
from reports.files import FORMATS, docx, make, xlsx
from reports.files.pdf.rendering import render as render_pdf
from tests.builders import TODAY
from units import clock
from units.models import AgencyIdentity, Unit


def test_it_comes_back_as_it_went(content):
    assert frozen.thaw(frozen.freeze(content)) == content


def test_the_same_content_gives_the_same_bytes(every_state, content):
    again = consolidated(every_state.plan, TODAY)

    assert frozen.freeze(again) == frozen.freeze(content)
    assert frozen.freeze(frozen.thaw(frozen.freeze(content))) == frozen.freeze(content)
    assert frozen.fingerprint(frozen.freeze(again)) == frozen.fingerprint(frozen.freeze(content))


def test_every_letter_is_written_as_the_json_of_python_writes_it(content):
    text = frozen.freeze(
        replace(content, subject='"Số 05" \\ <a>\n\t\x01\u2028 tiến độ 😀')
    ).decode()

    document = json.loads(text)
    assert document["report"]["subject"] == '"Số 05" \\ <a>\n\t\x01\u2028 tiến độ 😀'
    assert text == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_the_same_whether_its_content_was_frozen_or_not(content, name):
    assert make(content, name) == make(frozen.thaw(frozen.freeze(content)), name)


def test_another_word_gives_another_fingerprint(content):
    other = replace(content, subject=f"{content.subject} ")

    assert frozen.fingerprint(frozen.freeze(other)) != frozen.fingerprint(frozen.freeze(content))


def test_it_is_canonical_json_without_floats(content):
    text = frozen.freeze(content).decode()

    def no_float(number):
        raise AssertionError(number)

    document = json.loads(text, parse_float=no_float)
    assert text == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert document["report"]["day"] == "2023-11-20"
    assert document["report"]["total"]["rate"] == "20.0"


@pytest.mark.parametrize("value", [0.5, dt.datetime(2023, 11, 20, tzinfo=dt.UTC).time(), {"a": 1}])
def test_what_json_cannot_hold_exactly_is_refused(content, value):
    with pytest.raises(TypeError):
        frozen.freeze(replace(content, subject=value))


def test_what_was_frozen_before_a_field_was_added_reads_and_stays_the_same(content):
    """Reports had no list of what went up; one without any is still frozen so."""
    kept = frozen.freeze(content)
    raised = RaisedLine("Phòng A", ("D1",), ("x",), TODAY, "Thiếu máy.", "", ("đã trình",), False)
    newer = replace(content, raised=(raised,))

    assert "raised" not in json.loads(kept)["report"]
    assert frozen.thaw(kept).raised == ()
    assert frozen.freeze(frozen.thaw(kept)) == kept
    assert frozen.thaw(frozen.freeze(newer)) == newer


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"schema": 99, "report": {}}',
        b'{"schema": 1, "report": {"day": "2023-11-20"}}',
        b'{"schema": 1}',
    ],
)
def test_what_is_no_frozen_report_is_refused(text):
    with pytest.raises(frozen.NotReadable):
        frozen.thaw(text)


def test_a_wrong_type_inside_is_refused(content):
    document = json.loads(frozen.freeze(content))
    document["report"]["total"]["done"] = "3"

    with pytest.raises(frozen.NotReadable):
        frozen.thaw(json.dumps(document).encode())


def test_decimals_freeze_alike_whatever_zeros_the_database_adds(content):
    measure = content.tasks[4].measures[0]

    assert (measure.target, str(measure.target)) == (Decimal(100), "100")
    assert str(measure.values[0].value) == "81.5"


def test_nothing_that_happens_later_changes_a_frozen_report(every_state, content):
    kept = frozen.freeze(content)
    before = [docx.render(frozen.thaw(kept)), xlsx.render(frozen.thaw(kept))]
    Unit.objects.update(name="Phòng mang tên mới", short_name="MỚI")
    AgencyIdentity.objects.update(name="Sở mang tên mới")
    move_due_date(task=every_state.task, due_on=TODAY, by=every_state.leadership, reason="x")

    with clock.set_to(dt.date(2030, 1, 1)):
        after = [docx.render(frozen.thaw(kept)), xlsx.render(frozen.thaw(kept))]

    assert after == before
    assert frozen.freeze(consolidated(every_state.plan, TODAY)) != kept


def test_rendering_asks_no_database(content, django_assert_num_queries):
    with django_assert_num_queries(0):
        for name in ("pdf", "docx", "xlsx"):
            make(content, name)


def test_twice_the_same_pdf(content):
    assert render_pdf(content) == render_pdf(content)
