"""Workbooks as offices really keep them, and files that must be refused: a module for each, which
makes it. What must come out of `should_pass/` stands beside it.

After a change that is meant, `python -m tests.plans.appendix.test_untidy` writes the `.out` files
anew; they are to be read before they are committed.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.office_files.opening import FileRefused
from config.office_files.workbooks import read_workbook
from plans.reading.appendix import read_appendix
from plans.reading.parties import Directory, Party
from plans.reading.rows import Appendix, AppendixRow, Remark
from plans.reading.sheets import without_private

FOLDER = Path(__file__).parent
PASS, FAIL = (
    sorted(path.stem for path in (FOLDER / name).glob("[a-z]*.py"))
    for name in ("should_pass", "should_fail")
)
UNITS = (
    ("vp", "Văn phòng Sở", "Văn phòng"),
    ("tt", "Thanh tra Sở", "Thanh tra"),
    ("cntt", "Phòng Công nghệ thông tin", "Phòng CNTT"),
    ("bcvt", "Phòng Bưu chính - Viễn thông", "Phòng BCVT"),
    ("khtc", "Phòng Kế hoạch - Tài chính", "Phòng KHTC"),
)


def directory() -> Directory:
    made = Directory()
    for code, name, short in UNITS:
        made.add(Party(code, name), short)
    made.add(Party("nhóm", "Các phòng chuyên môn", True, ("cntt", "bcvt", "khtc")))
    return made


def read(name: str, folder: str = "should_pass") -> Appendix:
    made = importlib.import_module(f"tests.plans.appendix.{folder}.{name}")
    grids = read_workbook(made.content(), getattr(made, "NAME", "phụ lục.xlsx"))
    without_private(grids)
    return read_appendix(grids, directory(), 2026)


def told(appendix: Appendix) -> Iterator[str]:
    """What was understood, as lines that a person can check against the workbook."""
    for row in appendix.rows:
        yield from _row(row)
    for remark in appendix.remarks:
        yield _remark(remark)


def _row(row: AppendixRow) -> Iterator[str]:
    above = " › ".join(f"{one.number} {one.text}".strip() for one in row.headings)
    yield f"{row.sheet} {row.number}: {row.wording!r}" + (f" dưới {above}" if above else "")
    lead = ", ".join(row.lead.codes) or "–"
    support = ", ".join(row.support.codes) or "–"
    yield f"    chủ trì {lead}; phối hợp {support}; hạn {row.due.due_on} “{row.due.words}”" + (
        f": {row.due.said}" if row.due.said else ""
    )
    for role in ("product", "note", "criterion", "code"):
        if text := row.text(role):
            yield f"    {role}: {text!r}"
    for remark in row.remarks:
        yield f"    {_remark(remark)}"


def _remark(remark: Remark) -> str:
    sign = "!" if remark.must else "?"
    found = f" “{remark.found}”" if remark.found else ""
    accepted = f" ← {remark.accepted}" if remark.accepted else ""
    return f"{sign} {remark.sheet} {remark.cell}{found}: {remark.message}{accepted}"


@pytest.mark.parametrize("name", PASS)
def test_what_is_understood(name):
    expected = (FOLDER / "should_pass" / f"{name}.out").read_text(encoding="utf-8")

    assert "\n".join(told(read(name))) + "\n" == expected


@pytest.mark.parametrize("name", FAIL)
def test_what_is_refused(name):
    with pytest.raises(FileRefused) as refused:
        read(name, "should_fail")

    module = importlib.import_module(f"tests.plans.appendix.should_fail.{name}")
    assert module.SAID in str(refused.value)


@pytest.mark.parametrize("name", ["don_vi_trong_o", "nhu_tren"])
def test_no_telephone_number_is_left_anywhere(name):
    appendix = read(name)
    kept = repr((appendix, [row.grid for row in appendix.rows]))

    assert "345" not in kept
    assert "654" not in kept


if __name__ == "__main__":
    for each in PASS:
        text = "\n".join(told(read(each))) + "\n"
        (FOLDER / "should_pass" / f"{each}.out").write_text(text, encoding="utf-8")
