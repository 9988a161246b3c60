"""What the reader of an appendix hands on: its rows, what stands over them, and what is to be said
of their cells."""

from dataclasses import dataclass, field

from config.office_files.workbooks import Grid
from config.vietnamese.text import clean_line
from plans.reading import marks
from plans.reading.deadlines import Deadline
from plans.reading.doubting import cut
from plans.reading.parties import Parties
from plans.reading.titles import CODE, TASK

# Letters in a cell of words, and in the words of a deadline.
_MOST, _MOST_OF_DUE = 20_000, 200


@dataclass(frozen=True)
class Remark:
    """What a person should know of a cell; `must`: the workbook cannot be applied with it.
    `found` is the value there, `accepted` what would be accepted instead; `name` is the unknown
    name that it is about, `nearest` the codes of known ones like it, `role` what the column
    holds."""

    sheet: str
    cell: str
    message: str
    must: bool = False
    found: str = ""
    accepted: str = ""
    unit: bool = False  # an unknown unit, which a person may decide to keep as words
    meaning: bool = False  # what the words mean, no matter where the plan says the same already
    name: str = ""
    nearest: tuple[str, ...] = ()
    role: str = ""


@dataclass
class Heading:
    """A row over the rows that follow."""

    number: str
    text: str
    row: int


@dataclass
class AppendixRow:
    """One task. `said` are the roles for which the sheet has a column: a column that is not there
    says nothing, an empty cell says that there is nothing."""

    grid: Grid = field(repr=False)
    number: int
    said: frozenset[str]
    columns: dict[str, list[int]]
    headings: tuple[Heading, ...]
    texts: dict[str, str]
    lead: Parties = field(default_factory=Parties)
    support: Parties = field(default_factory=Parties)
    due: Deadline = field(default_factory=Deadline)
    hidden: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def text(self, role: str) -> str:
        return self.texts.get(role, "")

    @property
    def sheet(self) -> str:
        return self.grid.name

    @property
    def wording(self) -> str:
        return self.text(TASK)

    @property
    def code(self) -> str:
        return clean_line(self.text(CODE))

    def cell(self, role: str) -> str:
        columns = self.columns.get(role) or [0]
        return self.grid.cell(columns[0], self.number)

    def remark(
        self,
        role: str,
        message: str,
        *,
        must: bool = False,
        accepted: str = "",
        unit: bool = False,
        meaning: bool = False,
        name: str = "",
        nearest: tuple[str, ...] = (),
    ) -> None:
        found, cell = cut(clean_line(self.text(role)), 120), self.cell(role)
        self.remarks.append(
            Remark(
                self.sheet, cell, message, must, found, accepted, unit, meaning, name, nearest, role
            )
        )

    def refuse_long(self, role: str) -> None:
        most = _MOST_OF_DUE if role == marks.DUE else _MOST
        if (length := len(self.text(role))) > most:
            accepted = f"tối đa {most} ký tự"
            self.remark(role, f"dài {length} ký tự", must=True, accepted=accepted)

    def mean_nothing_new(self, role: str) -> None:
        """The plan says the same of this cell: whatever its words mean is no question of now."""
        cell = self.cell(role)
        self.remarks = [one for one in self.remarks if not (one.meaning and one.cell == cell)]


@dataclass
class Appendix:
    rows: list[AppendixRow]
    remarks: list[Remark]
