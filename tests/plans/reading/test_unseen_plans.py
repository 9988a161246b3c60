"""Plans of other departments and other shapes: what must come out stands beside each of them.

After a change that is meant, `python -m tests.plans.reading.test_unseen_plans` writes the
`.out` files anew; they are to be read before they are committed.
"""

import re
from pathlib import Path

import pytest

from config.vietnamese.text import fold
from plans.planfile import read_tree
from plans.reading import read_source
from plans.reading.titles import find_titles
from plans.reading.writing import plan_code, tree
from tests.plans.reading.knowing import outline, read_with_new_units
from tests.plans.reading.unseen import numbered_by_word, of_two_columns, only_an_appendix
from tests.plans.reading.untidy import beside_the_body, of_sheets, of_tables

LABELS = re.compile(
    r"don vi|co quan|chu tri|phoi hop|thuc hien|nhiem vu|giai phap|noi dung|noi nhan|\bso:"
    r"|thoi gian(?: hoan thanh| thuc hien)?|ket qua dat duoc|thoi han|ton tai, han che|san pham"
    r"|phu luc|^o |^v/v |kinh gui|lanh dao phu trach|ngay \d* ?thang \d+ nam"
)
FOLDER = Path(__file__).parent / "should_pass"
MADE = {
    "danh-so-tu-dong.docx": numbered_by_word,
    "chi-co-phu-luc.docx": only_an_appendix,
    "hai-cot.docx": of_two_columns,
    "bang-khong-gon.docx": of_tables,
    "than-va-phu-luc.docx": beside_the_body,
    "nhieu-trang-tinh.xlsx": of_sheets,
}
TEXTS = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def content_of(name):
    return MADE[name]() if name in MADE else (FOLDER / name).read_bytes()


def read(name):
    draft, known = read_with_new_units(read_source(content_of(name), name))
    return draft, known, "\n".join(outline(draft, known)) + "\n"


@pytest.mark.parametrize("name", [*TEXTS, *MADE])
def test_what_comes_out(name):
    draft, known, shown = read(name)

    assert shown == (FOLDER / f"{name}.out").read_text()
    plan_file = read_tree(tree(draft, known, plan_code(draft)))
    assert len(list(plan_file.tasks())) == len(list(draft.tasks()))


def test_there_are_enough():
    assert len(TEXTS) + len(MADE) == 26


@pytest.mark.parametrize("name", [*TEXTS, *MADE])
def test_no_text_is_dropped_in_silence(name):
    """Every sentence of the source is in the plan file, or in a doubt."""
    source = read_source(content_of(name), name)
    draft, known = read_with_new_units(source)
    root = tree(draft, known, plan_code(draft))
    written = _words(_scalars(root))

    texts = [line.text for line in source.lines]
    for table in source.tables:
        if found := find_titles(table.grid):
            rows = (row for row in table.grid.rows if row.number > found.head)
            cells = (cell for row in rows for cell in enumerate(row.cells))
            texts += [text for column, text in cells if column not in found.unread]
    lost = [text for text in texts if not set(_words(text).split()) <= set(written.split())]
    of_the_page = ("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do", "(Đã ký)", "___")
    assert [one for one in lost if not one.startswith(of_the_page)] == []


def _scalars(node):
    if isinstance(node.value, str):
        return node.value
    return " ".join(
        _scalars(part) for one in node.value for part in (one if isinstance(one, tuple) else (one,))
    )


def _words(text):
    return re.sub(r"\d+|\W+", " ", LABELS.sub(" ", fold(text)))


if __name__ == "__main__":
    for name in [*TEXTS, *MADE]:
        (FOLDER / f"{name}.out").write_text(read(name)[2])
