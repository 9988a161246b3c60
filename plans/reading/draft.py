"""What was understood of a plan document: a tree in which everything keeps its place in the source,
with doubts beside it. content.py of plans/planfile says what the fields mean."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from plans.reading.citations import Cited
from plans.reading.deadlines import Deadline
from plans.reading.parties import Parties
from plans.reading.targets import Target


@dataclass
class Doubt:
    """Something that a person should look at. `must`: not without a decision; `name` is the
    unknown name that it is about, `nearest` the codes of known ones like it. `place` is that of the
    cell `cell`, where it is one; `settled_by` the field of a corrected task that answers it."""

    line: int | None
    message: str
    must: bool = False
    name: str = ""
    nearest: tuple[str, ...] = ()
    field: str = ""  # of the plan, when it is what is missing
    place: str = ""
    cell: str = ""
    settled_by: str = "leads"


@dataclass
class DraftTask:
    """`key` names the task in corrections and stays the same however often the text is read.
    Blank `lead` or `support`: those of the block. `own_code` is the one that the document gives.
    """

    key: str
    line: int
    wording: str
    number: str = ""
    code: str = ""
    own_code: str = ""
    title: str = ""
    kind: str = "deadline"
    lead: Parties = field(default_factory=Parties)
    support: Parties = field(default_factory=Parties)
    due: Deadline = field(default_factory=Deadline)
    product: str = ""
    shortcoming: str = ""
    note: str = ""
    targets: list[Target] = field(default_factory=list)
    cites: list[Cited] = field(default_factory=list)
    dropped: bool = False


@dataclass
class DraftBlock:
    line: int
    number: str = ""
    heading: str = ""
    criteria: list[str] = field(default_factory=list)
    lead: Parties = field(default_factory=Parties)
    support: Parties = field(default_factory=Parties)
    tasks: list[DraftTask] = field(default_factory=list)

    def lead_of(self, task: DraftTask) -> Parties:
        return task.lead if task.lead.words else self.lead

    def support_of(self, task: DraftTask) -> Parties:
        return task.support if task.support.words else self.support


@dataclass
class DraftArea:
    line: int
    number: str = ""
    title: str = ""
    heading: str = ""
    areas: list["DraftArea"] = field(default_factory=list)
    blocks: list[DraftBlock] = field(default_factory=list)


@dataclass
class DraftIndicator:
    line: int
    number: str = ""
    code: str = ""
    name: str = ""
    heading: str = ""
    areas: list[DraftArea] = field(default_factory=list)


@dataclass
class DraftParagraph:
    number: str
    text: str
    line: int


@dataclass
class DraftSection:
    number: str
    heading: str
    line: int
    paragraphs: list[DraftParagraph] = field(default_factory=list)


@dataclass
class DraftRecipient:
    text: str
    purpose: str
    line: int


@dataclass
class ProposedDue:
    """A deadline that may be the plan's common one: `words` of the sentence `text`; taken only when
    a person says so. `reports_too`: units report by that day."""

    line: int
    text: str
    words: str
    due_on: dt.date
    reports_too: bool


@dataclass
class DraftPlan:
    """The document itself. What was not found is "" or None; nothing is made up for it."""

    agency_name: str = ""
    superior: str = ""
    type: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: int | None = None
    month: int | None = None
    issue_year: int | None = None
    title: str = ""
    title_line: int | None = None
    year: int | None = None
    results_year: int | None = None
    parent: Cited | None = None
    opening: str = ""
    due: Deadline = field(default_factory=Deadline)
    due_words: str = ""
    reports_too: bool = False
    proposed_dues: list[ProposedDue] = field(default_factory=list)
    purpose: DraftSection | None = None
    content: DraftSection | None = None
    deadline: DraftSection | None = None
    organisation: DraftSection | None = None
    appendix_note: str = ""
    closing: str = ""
    recipients: list[DraftRecipient] = field(default_factory=list)
    authority: str = ""
    signer_title: str = ""
    signer: str = ""
    starts_on: dt.date | None = None  # only when a person said so


@dataclass
class Draft:
    plan: DraftPlan
    indicators: list[DraftIndicator]
    cites: list[Cited]
    doubts: list[Doubt]
    counts: str = "dòng"
    places: dict[int, str] = field(default_factory=dict)

    def place(self, line: int) -> str:
        """Where a line of the source is, as a person finds it in the file."""
        return self.places.get(line) or f"{self.counts} {line}"

    def place_of(self, doubt: Doubt) -> str:
        """ "" when it is about the whole."""
        return doubt.place or (self.place(doubt.line) if doubt.line else "")

    def areas(self) -> Iterator[tuple[DraftIndicator, DraftArea]]:
        for indicator in self.indicators:
            for area in indicator.areas:
                yield indicator, area
                for inner in area.areas:
                    yield indicator, inner

    def blocks(self) -> Iterator[DraftBlock]:
        for _, area in self.areas():
            yield from area.blocks

    def tasks(self) -> Iterator[DraftTask]:
        for block in self.blocks():
            yield from block.tasks

    @property
    def starts_on(self) -> tuple[dt.date | None, str]:
        """The first day on which work of the plan can be finished, and where it is taken from."""
        plan = self.plan
        if plan.starts_on:
            return plan.starts_on, ""
        if plan.issue_year and plan.month and plan.day:
            return dt.date(plan.issue_year, plan.month, plan.day), ""
        issued_on = plan.parent.issued_on if plan.parent else None
        if issued_on and plan.year and issued_on.year == plan.year:
            return issued_on, "lấy ngày của văn bản cấp trên, vì kế hoạch chưa ghi ngày ban hành"
        if plan.issue_year and plan.month:
            return dt.date(plan.issue_year, plan.month, 1), "lấy ngày đầu tháng ban hành"
        if plan.year:
            return dt.date(plan.year, 1, 1), "lấy ngày đầu năm kế hoạch"
        return None, ""
