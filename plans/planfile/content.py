"""What a plan file may hold: one class for each kind of entry, one line for each field.

Names, units and shapes are those of the models, so that loading is copying. Text is NFC. A blank
text is "", any other blank is None, a blank list is (). S-numbers are sentences of the first
real plan; they say why a field is there.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, get_args

from plans import years
from plans.planfile import fields as f
from plans.planfile.fields import (
    AGENCY,
    DOCUMENT,
    GROUP,
    INDICATOR,
    MEASURE,
    REMARK,
    TASK,
    UNIT,
    Entry,
)

UnitKind = Literal["leadership", "office", "inspectorate", "division", "affiliated"]
TaskKind = Literal["deadline", "ongoing", "conditional"]
Scale = Literal["percent", "number", "yes_no"]
Direction = Literal["at_least", "at_most"]
DocumentType = Literal[
    "Luật",
    "Nghị định",
    "Nghị quyết",
    "Quyết định",
    "Chỉ thị",
    "Thông tư",
    "Kế hoạch",
    "Báo cáo",
    "Công văn",
    "Văn bản khác",
]


@dataclass(frozen=True, kw_only=True)
class AgencyIdentity(Entry):
    """What an agency was called from the first to the last day, both included; None is open."""

    noun: ClassVar[str] = "tên gọi"

    name: str = f.line("tên cơ quan", 200, required=True)
    short_name: str = f.line("tên gọi tắt", 60, required=True)
    symbol: str = f.line("ký hiệu", 20, required=True)
    superior: str = f.ref("cơ quan chủ quản", AGENCY)
    superior_heading: str = f.line("cơ quan chủ quản in ở đầu văn bản", 200)
    place: str = f.line("địa danh", 100)
    valid_from: dt.date | None = f.day("hiệu lực từ ngày")
    valid_until: dt.date | None = f.day("đến hết ngày")


@dataclass(frozen=True, kw_only=True)
class Agency(Entry):
    """A body that issues or receives documents."""

    noun: ClassVar[str] = AGENCY

    code: str = f.code(AGENCY)
    identities: tuple[AgencyIdentity, ...] = f.parts(
        "tên gọi", lambda: AgencyIdentity, required=True
    )
    note: str = f.text("ghi chú")


@dataclass(frozen=True, kw_only=True)
class Unit(Entry):
    """A unit of the plan's agency; the order of the file is the protocol order."""

    noun: ClassVar[str] = UNIT

    code: str = f.code(UNIT, limit=30)
    name: str = f.line("tên đơn vị", 200, required=True)
    short_name: str = f.line("tên viết tắt", 30, required=True)
    kind: UnitKind = f.choice("loại đơn vị", get_args(UnitKind))
    aliases: tuple[str, ...] = f.lines("cách viết khác", 300)


@dataclass(frozen=True, kw_only=True)
class Group(Entry):
    """Units that a plan names as one (S14, S15); `members` are unit codes."""

    noun: ClassVar[str] = GROUP

    code: str = f.code(GROUP, limit=60)
    name: str = f.line("tên nhóm", 300, required=True)
    members: tuple[str, ...] = f.refs("các đơn vị trong nhóm", UNIT)
    aliases: tuple[str, ...] = f.lines("cách viết khác", 300)
    note: str = f.text("ghi chú")


@dataclass(frozen=True, kw_only=True)
class Document(Entry):
    """A document that the plan rests on or cites (S4, S21, S22). A law has its name as title."""

    noun: ClassVar[str] = DOCUMENT

    code: str = f.code(DOCUMENT)
    type: DocumentType = f.choice("loại văn bản", get_args(DocumentType))
    number: str = f.line("số", 20)
    symbol: str = f.line("ký hiệu", 40)
    issued_on: dt.date | None = f.day("ngày ban hành")
    issuer: str = f.line("cơ quan ban hành", 200)
    title: str = f.text("trích yếu")
    short_name: str = f.line("tên gọi tắt", 300)


@dataclass(frozen=True, kw_only=True)
class Paragraph(Entry):
    """A paragraph outside the tasks; `number` without its dot."""

    noun: ClassVar[str] = "đoạn"

    number: str = f.line("số mục", 20)
    text: str = f.text("nội dung", required=True)
    line: int | None = f.line_in_source()


@dataclass(frozen=True, kw_only=True)
class Section(Entry):
    """A part of the plan with its printed heading; the content's paragraphs are the indicators."""

    noun: ClassVar[str] = "phần"

    number: str = f.line("số mục", 20)
    heading: str = f.line("đề mục như đã in", 400, required=True)
    paragraphs: tuple[Paragraph, ...] = f.parts("đoạn", lambda: Paragraph)


@dataclass(frozen=True, kw_only=True)
class Recipient(Entry):
    """A line of "Nơi nhận" (S35), such as UBND tỉnh, B/c."""

    noun: ClassVar[str] = "nơi nhận"

    text: str = f.line("nơi nhận", 200, required=True)
    purpose: str = f.line("để làm gì", 20)


@dataclass(frozen=True, kw_only=True)
class Signatory(Entry):
    """Who signed, by which authority (S36); each on its own line in print."""

    noun: ClassVar[str] = "người ký"

    authority: str = f.line("quyền hạn ký", 100)
    title: str = f.line("chức vụ", 100, required=True)
    full_name: str = f.line("họ và tên", 100, required=True)
    agency: str = f.ref("cơ quan", AGENCY, required=True)


@dataclass(frozen=True, kw_only=True)
class Plan(Entry):
    """The document itself (S1–S9, S28–S36). `number` and `issued_day` are blank until the clerk
    issues them; `starts_on` is the first day on which a task can have been finished."""

    noun: ClassVar[str] = "kế hoạch"

    code: str = f.code("kế hoạch")
    agency: str = f.ref("cơ quan ban hành", AGENCY, required=True)
    type: DocumentType = f.choice("loại văn bản", get_args(DocumentType))
    number: str = f.line("số", 20)
    symbol: str = f.line("ký hiệu", 40, required=True)
    place: str = f.line("địa danh", 100)
    issued_day: int | None = f.integer("ngày ban hành", 1, 31)
    issued_month: int | None = f.integer("tháng ban hành", 1, 12)
    issued_year: int | None = f.integer("năm ban hành", years.FIRST, years.LAST)
    title: str = f.text("trích yếu", required=True)
    short_title: str = f.line("tên gọi tắt", 200, required=True)
    year: int = f.integer("năm kế hoạch", years.FIRST, years.LAST, required=True)
    results_year: int | None = f.integer("năm kết quả làm căn cứ", years.FIRST, years.LAST)
    parent: str = f.ref("thực hiện văn bản", DOCUMENT)
    starts_on: dt.date = f.day("bắt đầu từ ngày", required=True)
    due_on: dt.date | None = f.day("thời hạn chung")
    due_words: str = f.line("thời hạn như đã in", 200)
    due_day_counts: bool = f.flag("tính cả ngày đến hạn", blank=True)
    unit_reports_due_on: dt.date | None = f.day("hạn đơn vị báo cáo Văn phòng")
    department_report_due_on: dt.date | None = f.day("hạn cơ quan báo cáo cấp trên")
    opening: str = f.text("phần mở đầu")
    purpose: Section | None = f.part("mục đích, yêu cầu", lambda: Section)
    content: Section | None = f.part("nội dung", lambda: Section)
    appendix_note: str = f.line("câu dẫn phụ lục", 300)
    deadline: Section | None = f.part("thời gian hoàn thành", lambda: Section)
    organisation: Section | None = f.part("tổ chức thực hiện", lambda: Section)
    closing: str = f.text("phần kết")
    recipients: tuple[Recipient, ...] = f.parts("nơi nhận", lambda: Recipient)
    signatory: Signatory | None = f.part("người ký", lambda: Signatory)

    @property
    def issued_on(self) -> dt.date | None:
        """The whole day of issue, None while a part of it is blank."""
        if self.issued_year and self.issued_month and self.issued_day:
            return dt.date(self.issued_year, self.issued_month, self.issued_day)
        return None


@dataclass(frozen=True, kw_only=True)
class Measure(Entry):
    """A measurable target (S18–S25). No `target`: none was set (A7). `yearly_growth` is in
    percentage points a year (A8). A yes/no target is 1 or 0. `criterion` counts from 1 in the
    block; `target_year` None is the plan's year."""

    noun: ClassVar[str] = MEASURE

    code: str = f.code(MEASURE, limit=60)
    name: str = f.line("chỉ tiêu", 400, required=True)
    scale: Scale = f.choice("thang đo", get_args(Scale))
    unit_label: str = f.line("đơn vị tính", 30)
    direction: Direction = f.choice("chiều", get_args(Direction))
    target: Decimal | None = f.number("mức giao")
    target_year: int | None = f.integer("năm của chỉ tiêu", years.FIRST, years.LAST)
    baseline: Decimal | None = f.number("xuất phát điểm")
    yearly_growth: Decimal | None = f.number("tăng mỗi năm", below=1000)
    cap: Decimal | None = f.number("mức trần")
    criterion: int | None = f.integer("tiêu chí thứ", 1, 1000)
    line: int | None = f.line_in_source()


@dataclass(frozen=True, kw_only=True)
class Task(Entry):
    """One task or solution (S16–S27). `title` names it in lists and is not printed; `wording` is
    the text as printed. Blank leads or supports are those of the block."""

    noun: ClassVar[str] = TASK

    code: str = f.code(TASK, slug=False, limit=30)
    number: str = f.line("số mục như đã in", 20)
    title: str = f.line("tên gọi ngắn", 90, required=True)
    wording: str = f.text("nội dung nhiệm vụ, giải pháp", required=True)
    kind: TaskKind = f.choice("loại nhiệm vụ", get_args(TaskKind))
    lead_words: str = f.text("chủ trì như đã in")
    leads: tuple[str, ...] = f.refs("chủ trì", UNIT, GROUP)
    support_words: str = f.text("phối hợp như đã in")
    supports: tuple[str, ...] = f.refs("phối hợp", UNIT, GROUP)
    due_on: dt.date | None = f.day("thời hạn riêng")
    due_words: str = f.line("thời hạn như đã in", 200)
    product: str = f.text("sản phẩm, kết quả cần đạt")
    shortcoming: str = f.text("tồn tại, hạn chế cần khắc phục")
    references: tuple[str, ...] = f.refs("văn bản viện dẫn", DOCUMENT)
    measures: tuple[Measure, ...] = f.parts("chỉ tiêu", lambda: Measure)
    note: str = f.text("ghi chú")
    line: int | None = f.line_in_source()


@dataclass(frozen=True, kw_only=True)
class Block(Entry):
    """Criteria and tasks that the plan assigns in one breath (S14, S18–S25). `lead_words` and
    `support_words` are as printed; `leads` and `supports` say who they are, in codes of units and
    groups. No leads at all: not assigned."""

    noun: ClassVar[str] = "khối"

    number: str = f.line("số mục", 20)
    heading: str = f.text("đề mục như đã in")
    criteria: tuple[str, ...] = f.lines("tiêu chí", 1000)
    lead_words: str = f.text("chủ trì như đã in")
    leads: tuple[str, ...] = f.refs("chủ trì", UNIT, GROUP)
    support_words: str = f.text("phối hợp như đã in")
    supports: tuple[str, ...] = f.refs("phối hợp", UNIT, GROUP)
    keeps_register: bool = f.flag("có sổ nhiệm vụ được giao", blank=False)
    tasks: tuple[Task, ...] = f.parts("nhiệm vụ", lambda: Task, required=True)
    line: int | None = f.line_in_source()

    def leads_of(self, task: Task) -> tuple[str, ...]:
        """Who leads a task of this block: its own leads, else the block's."""
        return task.leads or self.leads

    def supports_of(self, task: Task) -> tuple[str, ...]:
        return task.supports or self.supports


@dataclass(frozen=True, kw_only=True)
class Area(Entry):
    """A part of an indicator, at most two levels deep (S11–S13): areas, or blocks of tasks.
    `title` is for lists; `heading` as printed, "" when it is the title."""

    noun: ClassVar[str] = "lĩnh vực"

    number: str = f.line("số mục", 20)
    title: str = f.line("tên lĩnh vực / nội dung", 500, required=True)
    heading: str = f.text("đề mục như đã in")
    areas: tuple["Area", ...] = f.parts("lĩnh vực", lambda: Area)
    blocks: tuple[Block, ...] = f.parts("khối", lambda: Block)
    line: int | None = f.line_in_source()


@dataclass(frozen=True, kw_only=True)
class Indicator(Entry):
    """An index (S10, S24, S25): one official `name`, the `heading` as printed."""

    noun: ClassVar[str] = INDICATOR

    code: str = f.code(INDICATOR, slug=False, limit=30)
    number: str = f.line("số mục", 10)
    name: str = f.line("tên chính thức", 300, required=True)
    heading: str = f.line("đề mục như đã in", 400)
    areas: tuple[Area, ...] = f.parts("lĩnh vực", lambda: Area, required=True)
    line: int | None = f.line_in_source()


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    """An abbreviation of the plan and what it stands for (E12)."""

    noun: ClassVar[str] = "từ viết tắt"

    short: str = f.line("viết tắt", 30, required=True)
    full: str = f.line("viết đủ", 300, required=True)


@dataclass(frozen=True, kw_only=True)
class Correction(Entry):
    """An error of the source text that this file has put right; `lines` are of the source."""

    noun: ClassVar[str] = "lỗi đã sửa"

    id: str = f.code(REMARK, limit=20)
    lines: tuple[int, ...] = f.lines_in_source()
    printed: str = f.text("chữ trong bản gốc", required=True)
    corrected: str = f.text("chữ đã sửa", required=True)
    note: str = f.text("ghi chú")


@dataclass(frozen=True, kw_only=True)
class Flag(Entry):
    """Something doubtful in the source text, left as it is for a person to decide."""

    noun: ClassVar[str] = "chỗ cần xem lại"

    id: str = f.code(REMARK, limit=20)
    lines: tuple[int, ...] = f.lines_in_source()
    words: str = f.text("chữ trong văn bản")
    note: str = f.text("ghi chú", required=True)


@dataclass(frozen=True, kw_only=True)
class PlanFile(Entry):
    """A whole file. Units and groups are those of the plan's agency."""

    noun: ClassVar[str] = "tệp kế hoạch"

    plan: Plan = f.part("kế hoạch", lambda: Plan, required=True)
    agencies: tuple[Agency, ...] = f.parts("cơ quan", lambda: Agency, required=True)
    units: tuple[Unit, ...] = f.parts("đơn vị", lambda: Unit, required=True)
    groups: tuple[Group, ...] = f.parts("nhóm đơn vị", lambda: Group)
    documents: tuple[Document, ...] = f.parts("văn bản", lambda: Document)
    indicators: tuple[Indicator, ...] = f.parts("chỉ số", lambda: Indicator, required=True)
    glossary: tuple[Term, ...] = f.parts("từ viết tắt", lambda: Term)
    corrections: tuple[Correction, ...] = f.parts("lỗi đã sửa", lambda: Correction)
    flags: tuple[Flag, ...] = f.parts("chỗ cần xem lại", lambda: Flag)

    def blocks(self) -> Iterator[Block]:
        """All blocks in the order of the plan."""
        for indicator in self.indicators:
            for area in indicator.areas:
                for inner in (area, *area.areas):
                    yield from inner.blocks

    def tasks(self) -> Iterator[Task]:
        """All tasks in the order of the plan."""
        for block in self.blocks():
            yield from block.tasks
