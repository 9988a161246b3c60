"""Every part of a chart has its count, inside or beside it, however small it is."""

import pytest

from reports.content.model import TableKey
from reports.files.tables.charts import PARTS, Chart, Series
from reports.files.tables.drawing import WIDTH, drawing


@pytest.mark.parametrize("key", [TableKey.BY_UNIT, TableKey.COURSE])
def test_every_part_has_its_count(key):
    values = (871, 3, 2, 5, 4, 1)
    series = tuple(Series(part, (value, 0)) for part, value in zip(PARTS, values, strict=False))
    shown = Chart(key, "việc", ("30/9/2023", "31/10/2023"), (886, 0), series, 886)

    drawn = drawing(shown)

    texts = [text.text for text in drawn.texts]
    assert all(texts.count(str(value)) == 1 for value in values)
    assert all(0 <= float(text.x) <= WIDTH - 3 for text in drawn.texts if text.text.isdigit())
    assert all(2.5 <= float(text.y) <= drawn.height for text in drawn.texts)
    assert all(float(one.x) + float(one.width) <= WIDTH for one in drawn.rects)
