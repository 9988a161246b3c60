"""The real document reads into the structure of the data file that was made from it by hand
(S1–S36). What differs is listed: the noted corrections, and names that are not in the document."""

import io
import unicodedata
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from plans.planfile import read_plan, read_tree
from plans.reading import read_plan_document, read_source
from plans.reading.writing import as_yaml, plan_code, tree
from tests.plans.reading.documents import word_of
from tests.plans.reading.knowing import known_of

TEXT = Path("tests/plans/reading/ke-hoach-2023.txt")
MADE_BY_HAND = read_plan("plans/data/ke-hoach-2023.yaml")
# Names for lists and codes that a person gave; the document does not have them.
OURS = {"title", "short_title", "code", "parent", "references", "at", "marks", "note"}


def read(content, name):
    known = known_of(MADE_BY_HAND)
    draft = read_plan_document(read_source(content, name), known.directory())
    return read_tree(tree(draft, known, plan_code(draft)))


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


def facts(document):
    return (
        document.type, document.number, document.symbol, document.issued_on, document.issuer,
        document.title, document.short_name,
    )  # fmt: skip


def test_the_documents_and_who_cites_them(found):
    assert {facts(one) for one in found.documents} == {facts(one) for one in MADE_BY_HAND.documents}
    assert cited(found, [found.plan.parent]) == cited(MADE_BY_HAND, [MADE_BY_HAND.plan.parent])
    for ours, theirs in zip(found.tasks(), MADE_BY_HAND.tasks(), strict=True):
        assert cited(found, ours.references) == cited(MADE_BY_HAND, theirs.references)


def things(plan_file):
    """What there is to be found, by its place in the document."""
    blocks = list(plan_file.blocks())
    tasks = [(block, task) for block in blocks for task in block.tasks]
    return {
        "blocks": {(b.number, b.heading, b.criteria, b.tasks[0].line) for b in blocks},
        "criteria": {(b.tasks[0].line, one) for b in blocks for one in b.criteria},
        "tasks": {(t.line, t.code, t.number, t.kind) for _, t in tasks},
        "leads": {(t.line, code) for b, t in tasks for code in b.leads_of(t)},
        "supports": {(t.line, code) for b, t in tasks for code in b.supports_of(t)},
        "measures": {
            (t.line, n, m.scale, m.direction, m.target, m.yearly_growth, m.cap, m.criterion)
            for _, t in tasks
            for n, m in enumerate(t.measures)
        },
        "references": {
            (t.line, *facts(one))
            for _, t in tasks
            for one in plan_file.documents
            if one.code in t.references
        },
        "paragraphs": {
            (one.line, one.text)
            for part in ("purpose", "deadline", "organisation")
            for one in getattr(plan_file.plan, part).paragraphs
        },
        "recipients": {(one.text, one.purpose) for one in plan_file.plan.recipients},
    }


def accuracy(found):
    there, seen = things(MADE_BY_HAND), things(found)
    return {
        name: (len(there[name] & seen[name]), len(there[name]), len(seen[name] - there[name]))
        for name in there
    }


def test_accuracy(found):
    """Found, there, and found that are not there."""
    assert accuracy(found) == {
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
