"""Documents that were uploaded stay readable: as they are kept, and as they were kept before."""

import json
from dataclasses import asdict
from importlib import import_module

import pytest

from plans.reading import read_source
from plans.reading.lines import kept_source
from tests.plans.reading.test_unseen_plans import MADE


@pytest.mark.parametrize("name", [*MADE])
def test_kept_and_read_again(name):
    source = read_source(MADE[name](), name)

    kept = json.dumps(asdict(source))
    assert kept_source(json.loads(kept)) == source
    assert "345" not in kept  # of telephone numbers


def test_what_was_kept_before_keeps_its_places():
    before = {
        "lines": [{"number": 1, "text": "KẾ HOẠCH", "bold": False, "level": 0}],
        "tables": [{"number": 4, "rows": [["Nhiệm vụ", "Chủ trì"]], "row_numbers": [7]}],
        "counts": "đoạn",
        "unread": [],
    }

    now = import_module("plans.migrations.0013_tables_of_imports")._as_grids(before)

    assert kept_source(now).places() == {7: "bảng 1, dòng 1"}
    assert kept_source(now).tables[0].grid.rows[0].cells == ["Nhiệm vụ", "Chủ trì"]
