"""A plan document as lines with their place in the source: text and Markdown files.

Marks of Markdown (#, **, *) are artefacts of a conversion, not of the document (E6); a line that
was wholly emphasised is remembered as bold, for headings often have no other mark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from config.office_files.legacy import legacy_kind
from config.office_files.opening import FileRefused
from config.office_files.workbooks import Grid, GridRow, kept_grids
from config.vietnamese.text import clean, clean_line

MAX_BYTES = 5 * 2**20
MAX_LINES = 20_000
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
_EMPHASISED = re.compile(r"^(\*{1,3}|_{2})(?!\s)(.+?)(?<!\s)\1([:.]?)$")
_STARS = re.compile(r"\*{2,3}|(?<=\S)\*|\*(?=\S)")
_RULE = re.compile(r"^(?:[-–—_=*]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_BULLET = re.compile(r"^[-–—+*•▪◦·○●■►]\s")


@dataclass
class Line:
    """One paragraph. `number` counts lines of a text file or paragraphs of a Word file from 1;
    `level` is that of a heading, 0 for none; `place` where it is, when that is no such count."""

    number: int
    text: str
    bold: bool = False
    level: int = 0
    place: str = ""


@dataclass
class Table:
    """A table of a document; `numbers` are the places of its rows among the lines."""

    grid: Grid
    numbers: list[int]


@dataclass
class Source:
    """A whole document. `counts` says what the numbers count ("dòng" or "đoạn"); `notes` are words
    about what stands there, not of the document."""

    lines: list[Line]
    tables: list[Table] = field(default_factory=list)
    counts: str = "dòng"
    notes: list[Line] = field(default_factory=list)

    def places(self) -> dict[int, str]:
        """Where numbers are that do not simply count: "trang “A”, dòng 5", "bảng 2, dòng 3"."""
        found = {line.number: line.place for line in (*self.lines, *self.notes) if line.place}
        for table in self.tables:
            for row, number in zip(table.grid.rows, table.numbers, strict=True):
                found[number] = table.grid.place(f"dòng {row.number}")
        return found


def kept_source(kept: Mapping[str, Any]) -> Source:
    """A document that was kept as its `asdict`, as it was read."""
    return Source(
        [Line(**line) for line in kept["lines"]],
        [Table(kept_grids([one["grid"]])[0], one["numbers"]) for one in kept["tables"]],
        kept["counts"],
        [Line(**line) for line in kept["notes"]],
    )


def read_text(content: bytes, name: str) -> Source:
    """The lines of a .txt or .md file; FileRefused when it is no Vietnamese text."""
    raw = _decoded(content, name).split("\n")
    if len(raw) > MAX_LINES:
        raise FileRefused(f"Tệp “{name}” có hơn {MAX_LINES} dòng. Đồng chí tách tệp.")
    source = Source([])
    width, hangs = _wrap_width(raw), _hangs(raw)
    previous = ""
    rows: list[tuple[int, str]] = []
    for number, written in enumerate([*raw, ""], 1):
        line = written.strip()
        if line.startswith("|") and line.count("|") > 1:
            rows.append((number, line))
            previous = ""
            continue
        if rows:
            source.tables.append(_markdown_table(rows))
            rows = []
        if not line or _RULE.match(line):
            previous = ""
            continue
        read = _line(number, written)
        if not read.text:
            continue
        if source.lines and previous and _continues(previous, written, width, hangs):
            source.lines[-1].text += " " + read.text
        else:
            source.lines.append(read)
        previous = written.rstrip()
    refuse_legacy(source, name)
    return source


def refuse_legacy(source: Source, name: str) -> None:
    """FileRefused when lines were typed in a legacy font: they must not come in as rubbish."""
    for line in source.lines:
        if kind := legacy_kind(line.text):
            raise FileRefused(
                f"Tệp “{name}”, {source.counts} {line.number}: chữ gõ bằng {kind}, không phải "
                f"Unicode: “{line.text[:40]}”. Đồng chí chuyển mã sang Unicode rồi gửi lại."
            )


def _decoded(content: bytes, name: str) -> str:
    if not content.strip():
        raise FileRefused(f"Tệp “{name}” trống.")
    if len(content) > MAX_BYTES:
        raise FileRefused(f"Tệp “{name}” lớn hơn {MAX_BYTES // 2**20} MB. Đồng chí tách tệp.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise FileRefused(f"Tệp “{name}” không phải tệp chữ.")
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if kind := legacy_kind(content.decode("latin-1")):
            raise FileRefused(
                f"Tệp “{name}” gõ bằng {kind}, không phải Unicode. Đồng chí chuyển mã rồi gửi lại."
            ) from error
        raise FileRefused(
            f"Tệp “{name}” không phải tệp chữ UTF-8. Đồng chí lưu lại với mã UTF-8 rồi gửi lại."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(number: int, written: str) -> Line:
    text = clean_line(written.rstrip("\\"))
    level = 0
    if heading := _HEADING.match(text):
        level = len(heading[1])
        text = text[heading.end() :]
    text, bold = _without_emphasis(text)
    return Line(number, text, bold, level)


def _without_emphasis(text: str) -> tuple[str, bool]:
    bold = False
    while emphasised := _EMPHASISED.match(text):
        text, bold = emphasised[2] + emphasised[3], True
    bullet = "* " if text.startswith("* ") else ""
    text = _STARS.sub("", text.removeprefix(bullet))
    text = re.sub(r"(?<!\w)__?(\S(?:.*?\S)?)__?(?!\w)", r"\1", text)
    return clean_line(bullet + re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", text)), bold


def _wrap_width(raw: list[str]) -> int:
    """The width at which a file was wrapped by hand, 0 when its lines are whole paragraphs."""
    if not any(_is_cut(line.strip()) for line in raw):
        return 0
    longest = max((len(line.rstrip()) for line in raw), default=0)
    return longest if 40 <= longest <= 120 else 0


def _is_cut(line: str) -> bool:
    """Whether a line can only be the rest of the one before it."""
    return line[:1].islower() and not re.match(r"\w[.)/]\s", line)


def _hangs(raw: list[str]) -> bool:
    """Whether what goes on with a line is set in below it; else a line that is set in begins a
    paragraph."""
    pairs = pairwise(raw)
    return any(_is_cut(line.strip()) and _indent(line) > _indent(before) for before, line in pairs)


def _indent(line: str) -> int:
    expanded = line.expandtabs(8)
    return len(expanded) - len(expanded.lstrip()) if line.strip() else 0


def _continues(previous: str, written: str, width: int, hangs: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before it: its first word had no room
    there. A line of its own begins with a bullet, a number, a label or, often, an indent."""
    line = written.strip()
    if not width or _BULLET.match(line) or re.match(r"[(#|]|\d{1,3}(\.\d+)*[.)]\s|\w[.)]\s", line):
        return False
    if _indent(written) > _indent(previous) and not hangs:
        return False
    return len(previous) + 1 + len(line.split()[0]) > width


def _markdown_table(rows: list[tuple[int, str]]) -> Table:
    """Its rows are called by the lines of the file."""
    grid = Grid("", [], is_table=True)
    for number, row in rows:
        if _TABLE_RULE.match(row):
            continue
        parts = re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))
        cells = [clean(_BREAK.sub("\n", _without_emphasis(part)[0])) for part in parts]
        grid.rows.append(GridRow(number, cells))
    return Table(grid, [row.number for row in grid.rows])
