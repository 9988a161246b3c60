"""How a field of the file is described: the words with which content.py declares its classes."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar

from plans.planfile.problems import Place
from plans.planfile.scalars import (
    read_choice,
    read_code,
    read_day,
    read_flag,
    read_integer,
    read_line,
    read_number,
    read_text,
)

# Kinds of things that have a code, in the words of the messages.
AGENCY, UNIT, GROUP = "cơ quan", "đơn vị", "nhóm đơn vị"
DOCUMENT, INDICATOR, TASK, MEASURE = "văn bản", "chỉ số", "nhiệm vụ", "chỉ tiêu"
REMARK = "ghi chú"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One mapping of the file. `at` is where it begins, `marks` where each given field stands."""

    noun: ClassVar[str]

    at: Place = field(compare=False, repr=False)
    marks: Mapping[str, Place] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Spec:
    """How one field is read: a scalar by `read`, a nested entry by `part`, a list of either.

    `defines` is the kind of thing that the value names, `refers` the kinds it may point to.
    """

    label: str
    read: Callable[[str], object] = read_text
    part: Callable[[], type[Entry]] | None = None
    required: bool = False
    many: bool = False
    defines: str = ""
    refers: tuple[str, ...] = ()


def specs(cls: type[Entry]) -> Mapping[str, Spec]:
    """The fields that a file may give for `cls`, by name."""
    return {f.name: f.metadata["spec"] for f in fields(cls) if "spec" in f.metadata}


def _field(spec: Spec, blank: object) -> Any:
    return field(metadata={"spec": spec}, default=MISSING if spec.required else blank)


def text(label: str, *, required: bool = False) -> Any:
    """Text that may have several lines; "" when blank."""
    return _field(Spec(label, read_text, required=required), "")


def line(label: str, limit: int, *, required: bool = False) -> Any:
    """Text on one line, of at most `limit` letters; "" when blank."""
    return _field(Spec(label, read_line(limit), required=required), "")


def lines(label: str, limit: int) -> Any:
    """A list of such texts."""
    return _field(Spec(label, read_line(limit), many=True), ())


def number(label: str, *, below: int = 10**10) -> Any:
    """A Decimal, None when blank."""
    return _field(Spec(label, read_number(below)), None)


def integer(label: str, low: int, high: int, *, required: bool = False) -> Any:
    """None when blank."""
    return _field(Spec(label, read_integer(low, high), required=required), None)


def line_in_source() -> Any:
    """The line of the plan's text that the entry was taken from, None when not said."""
    return integer("dòng trong văn bản gốc", 1, 100_000)


def lines_in_source() -> Any:
    return _field(Spec("dòng trong văn bản gốc", read_integer(1, 100_000), many=True), ())


def day(label: str, *, required: bool = False) -> Any:
    """None when blank."""
    return _field(Spec(label, read_day, required=required), None)


def flag(label: str, *, blank: bool) -> Any:
    return _field(Spec(label, read_flag), blank)


def choice(label: str, choices: tuple[str, ...], *, blank: str | None = None) -> Any:
    """Required unless `blank` says what no answer means."""
    return _field(Spec(label, read_choice(choices), required=blank is None), blank)


def code(defines: str, *, slug: bool = True, limit: int = 50) -> Any:
    """The name by which other entries point here; once in a file. `slug`: fit for an address."""
    read = read_code(limit) if slug else read_line(limit)
    return _field(Spec("mã", read, required=True, defines=defines), "")


def ref(label: str, *refers: str, required: bool = False) -> Any:
    """The code of one other entry, "" when blank."""
    return _field(Spec(label, required=required, refers=refers), "")


def refs(label: str, *refers: str, required: bool = False) -> Any:
    """Codes of other entries, each once."""
    return _field(Spec(label, required=required, many=True, refers=refers), ())


def part(label: str, cls: Callable[[], type[Entry]], *, required: bool = False) -> Any:
    """One nested entry, None when blank. `cls` is a function: a class may hold its own kind."""
    return _field(Spec(label, part=cls, required=required), None)


def parts(label: str, cls: Callable[[], type[Entry]], *, required: bool = False) -> Any:
    """Nested entries in the order of the file; at least one when required."""
    return _field(Spec(label, part=cls, required=required, many=True), ())
