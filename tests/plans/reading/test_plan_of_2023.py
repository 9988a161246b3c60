"""The real document reads into the structure of the data file that was made from it by hand
(S1–S36). What differs is listed: the noted corrections, and names that are not in the document."""

import io
import unicodedata
from dataclasses import astuple, fields, is_dataclass, replace

import pytest

from benchmarks.accuracy import (
    BY_HAND,
    TEXT,
    accuracy,
    facts,
    known_of,
    read_as_plan_file,
    table,
)
from plans.planfile import read_plan
from plans.reading import read_plan_document, read_source
from plans.reading.writing import as_yaml, tree
from tests.plans.reading.documents import word_of

MADE_BY_HAND = read_plan(BY_HAND)
# Names for lists and codes that a person gave; the document does not have them.
OURS = {"title", "short_title", "code", "parent", "references", "at", "marks", "note"}


def read(content, name):
    return read_as_plan_file(content, name, MADE_BY_HAND)


@pytest.fixture(scope="module")
def found():
    return read(TEXT.read_bytes(), TEXT.name)


def differences(one, other, path=""):
    """Every field in which two entries differ, with both values."""
    if is_dataclass(one) and is_dataclass(other):
        for field in fields(one):
            if field.name in OURS or (field.name == "name" and type(one).__name__ == "Measure"):
                continue
            yield from differences(
                getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}"
            )
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for n, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{path}[{n}]")
    elif one != other:
        yield path, one, other


def with_corrections(text):
    for correction in MADE_BY_HAND.corrections:
        text = text.replace(correction.printed, correction.corrected)
    return text


def test_the_differences_are_the_noted_corrections(found):
    differing = [
        *differences(MADE_BY_HAND.plan, found.plan, "plan"),
        *differences(MADE_BY_HAND.indicators, found.indicators, "indicators"),
    ]
    noted = [
        one for one in differing if isinstance(one[2], str) and one[1] == with_corrections(one[2])
    ]
    rest = {
        path.rpartition("indicators")[2]: pair
        for path, *pair in differing
        if [path, *pair] not in [list(one) for one in noted]
    }

    assert len(noted) == 13  # E1–E5 where they stand in wordings and words of leads
    assert rest == {
        # A heading that is also its own short name is written once by the reader.
        "[0].areas[0].heading": [MADE_BY_HAND.indicators[0].areas[0].heading, ""],
        "[0].areas[1].heading": [MADE_BY_HAND.indicators[0].areas[1].heading, ""],
        "[0].areas[0].blocks[0].line": [None, 23],
        # Whether given tasks are kept under a criterion is the department's choice, not the text's.
        "[0].areas[1].areas[0].blocks[0].keeps_register": [True, False],
    }  # fmt: skip


def cited(plan_file, codes):
    by_code = {one.code: one for one in plan_file.documents}
    return [facts(by_code[code]) for code in codes]


def test_the_documents_and_who_cites_them(found):
    assert {facts(one) for one in found.documents} == {facts(one) for one in MADE_BY_HAND.documents}
    assert cited(found, [found.plan.parent]) == cited(MADE_BY_HAND, [MADE_BY_HAND.plan.parent])
    for ours, theirs in zip(found.tasks(), MADE_BY_HAND.tasks(), strict=True):
        assert cited(found, ours.references) == cited(MADE_BY_HAND, theirs.references)


def test_accuracy(found):
    """Found, there, and found that are not there; `make bench` prints the same."""
    counts = {name: astuple(one) for name, one in accuracy(found, MADE_BY_HAND).items()}
    assert counts == {
        "blocks": (12, 12, 0),
        "criteria": (10, 10, 0),
        "tasks": (14, 14, 0),
        "leads": (20, 20, 0),
        "supports": (11, 11, 0),
        "measures": (9, 9, 0),
        "references": (4, 4, 0),
        "paragraphs": (6, 6, 0),
        "recipients": (5, 5, 0),
    }
    head, *rows = table()
    assert head.split() == ["Plan", "of", "2023", "there", "found", "%", "wrong"]
    assert {row.split()[0]: [*map(float, row.split()[1:])] for row in rows} == {
        name: [there, seen, 100 * seen / there, wrong]
        for name, (seen, there, wrong) in counts.items()
    }


def test_accuracy_counts_what_is_missing_and_what_is_invented(found):
    first, *rest = found.indicators
    less = accuracy(replace(found, indicators=tuple(rest)), MADE_BY_HAND)
    assert (less["tasks"].found, less["tasks"].there) == (5, 14)

    renamed = replace(first, areas=(replace_first_lead(first.areas[1]),))
    wrong = accuracy(replace(found, indicators=(renamed, *rest)), MADE_BY_HAND)["leads"]
    assert wrong.wrong > 0
    assert wrong.found < wrong.there


def replace_first_lead(area):
    inner, *others = area.areas
    block = replace(inner.blocks[0], leads=("vp",))
    return replace(area, areas=(replace(inner, blocks=(block, *inner.blocks[1:])), *others))


def test_as_a_word_file_it_reads_the_same(found):
    """Only the places are others: paragraphs instead of lines."""
    content = word_of(read_source(TEXT.read_bytes(), TEXT.name))
    differing = differences(found, read(content, "ke-hoach.docx"))

    assert {path.rpartition(".")[2] for path, *_ in differing} <= {"line", "lines[0]"}


def test_in_nfd_it_reads_the_same(found):
    nfd = unicodedata.normalize("NFD", TEXT.read_text()).encode()
    assert list(differences(found, read(nfd, "a.txt"))) == []


def test_written_out_and_read_again(found):
    known = known_of(MADE_BY_HAND)
    draft = read_plan_document(read_source(TEXT.read_bytes(), TEXT.name), known.directory())

    written = as_yaml(tree(draft, known, "ke-hoach-2023"))

    assert read_plan(io.StringIO(written)) == found


def test_the_doubts(found):
    draft = read_plan_document(
        read_source(TEXT.read_bytes(), TEXT.name), known_of(MADE_BY_HAND).directory()
    )
    assert [doubt for doubt in draft.doubts if doubt.must] == []
    assert [(doubt.line, " ".join(doubt.message.split()[:4])) for doubt in draft.doubts] == [
        (None, "số, ngày ban hành"),
        (None, "ngày bắt đầu 24/06/2023:"),
        (23, "không ghi đơn vị"),
        (47, "“Tỷ lệ hồ sơ"),
        (57, "một khối có 3"),
        (79, "“mỗi năm tăng tối"),
        (81, "một khối có 2"),
        (81, "“Nâng cao tỷ lệ"),
        (81, "“Tỷ lệ thanh toán"),
        (89, "phối hợp: không rõ"),
        (93, "gọi theo trích yếu"),
        (107, "gọi theo trích yếu"),
    ]
