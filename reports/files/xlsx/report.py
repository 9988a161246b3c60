"""The report as a workbook: figures as numbers, days as dates, one row a thing."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.text import capfirst

from reports.content.model import (
    DEMONSTRATION_MARK,
    Counts,
    Entry,
    IndicatorPart,
    LeadLine,
    MeasureLine,
    ReportContent,
    TaskLine,
)
from reports.files.tables.counts import COLUMNS
from reports.files.xlsx.sheet import Book, Column, Kind, Sheet, Typed, Value


def render(content: ReportContent) -> bytes:
    """The XLSX; its dates are the content's day."""
    mark = DEMONSTRATION_MARK if content.demonstration else ""
    book = Book(title=content.title, author=content.author, mark=mark)
    _summary(book, content)
    _tasks(book, content)
    _measures(book, content)
    _units(book, content)
    _difficulties(book, content)
    _events(book, content)
    return book.saved(content.day)


def _head(content: ReportContent, title: str) -> list[str]:
    number = f" Số: {content.head.number}." if content.head.number else ""
    line = f"{content.plan} – {content.author}.{number} {content.appendix.cut_off}"
    return [title, line, *content.scope]


# --- Figures ----------------------------------------------------------------------------------


def _figure_columns(first: Column) -> list[Column]:
    return [first] + [
        Column(
            f"{column.group}: {column.title.lower()}" if column.group else column.title,
            13,
            Kind.PERCENT if column.is_rate else Kind.COUNT,
        )
        for column in COLUMNS
    ]


def _figures(row: Counts) -> list[Value | Typed]:
    return [row.label, *(_figure(row, column.field, column.is_rate) for column in COLUMNS)]


def _figure(row: Counts, field: str, is_rate: bool) -> Value:
    value: int | Decimal | None = getattr(row, field)
    return Decimal(value) / 100 if is_rate and value is not None else value


def _summary(book: Book, content: ReportContent) -> None:
    columns = _figure_columns(Column("Chỉ số", 22))
    sheet = book.sheet("Tổng hợp", columns, head=_head(content, content.title))
    for row in content.by_indicator:
        sheet.row(_figures(row))
    sheet.filtered()
    sheet.row(_figures(content.total), bold=True)
    sheet.line("")
    sheet.line("Kết quả qua các tháng (toàn Kế hoạch, tính đến cuối ngày)", bold=True)
    for moment in content.course:
        figures = _figures(moment.counts)
        sheet.row([Typed(moment.day, Kind.DATE), *figures[1:]])
    sheet.line("")
    sheet.line("Chỉ tiêu", bold=True)
    measures = content.measures
    for label, count in (
        ("Đạt", measures.met),
        ("Chưa đạt", measures.unmet),
        ("Chưa có số liệu", measures.no_value),
        ("Không giao chỉ tiêu", measures.no_target),
        ("Tổng cộng", measures.total),
    ):
        sheet.pair(label, count, bold=label == "Tổng cộng")
    sheet.line("")
    for text in _sentences(content):
        sheet.paragraph(text)


def _sentences(content: ReportContent) -> Iterator[str]:
    """The generated sentences of the first section, as the report prints them."""
    for section in content.sections:
        if section.key == "overview":
            yield from (block.text for block in section.blocks if block.kind == "paragraph")


def _units(book: Book, content: ReportContent) -> None:
    columns = _figure_columns(Column("Đơn vị chủ trì", 38))
    title = "Kết quả theo đơn vị chủ trì (mỗi nhiệm vụ tính một lần cho từng đơn vị chủ trì)"
    sheet = book.sheet("Theo đơn vị", columns, head=_head(content, title))
    for row in content.by_unit:
        sheet.row(_figures(row))
    sheet.filtered()
    sheet.row(_figures(content.parts_total), bold=True)


# --- Tasks ------------------------------------------------------------------------------------

_TASK_COLUMNS = (
    Column("STT", 5, Kind.COUNT),
    Column("Số mục", 10),
    Column("Chỉ số", 11),
    Column("Lĩnh vực, nội dung", 20),
    Column("Tiêu chí", 22),
    Column("Nhiệm vụ, giải pháp", 40),
    Column("Chủ trì", 18),
    Column("Phối hợp", 16),
    Column("Thời hạn", 12, Kind.DATE),
    Column("Tình trạng", 13),
    Column("Mức độ", 13),
    Column("Số ngày quá hạn", 8, Kind.COUNT),
    Column("Ngày hoàn thành", 12, Kind.DATE),
    Column("Bị trả lại", 7, Kind.CENTRED),
    Column("Chỉ tiêu", 30),
    Column("Kết quả", 40),
    Column("Kết quả phối hợp", 30),
    Column("Tài liệu kiểm chứng", 22),
    Column("Khó khăn, vướng mắc", 26),
    Column("Nguyên nhân", 24),
    Column("Đề xuất, kiến nghị", 24),
    Column("Cập nhật", 12, Kind.DATE),
)


def _tasks(book: Book, content: ReportContent) -> None:
    head = _head(content, "Chi tiết nhiệm vụ")
    sheet = book.sheet("Chi tiết nhiệm vụ", _TASK_COLUMNS, head=head)
    for number, (part, areas, criteria, task) in enumerate(_placed(content), start=1):
        sheet.row([number, task.code, part.code, areas, criteria, *_task(task)])
    sheet.filtered()


def _placed(content: ReportContent) -> Iterator[tuple[IndicatorPart, str, str, TaskLine]]:
    """Every task with the areas and the criteria above it."""
    for part in content.indicators:
        above: list[Entry] = []
        for entry in part.entries:
            above = [one for one in above if one.level < entry.level]
            if entry.task is None:
                above.append(entry)
                continue
            areas = "\n".join(one.heading for one in above if not one.is_criteria)
            criteria = "\n".join(one.heading for one in above if one.is_criteria)
            yield part, areas, criteria, entry.task


def _task(task: TaskLine) -> list[Value | Typed]:
    status = task.status
    reported = [lead.reported_on for lead in task.leads if lead.reported_on]
    return [
        task.wording,
        task.lead_words.replace("; ", "\n"),
        task.support_words.replace("; ", "\n"),
        status.due_on,
        status.label,
        status.lateness,
        status.days_late or None,
        status.completed_on,
        "x" if status.returned else "",
        "\n".join(measure.words for measure in task.measures),
        by_lead(task, lambda lead: lead.result),
        "\n".join(f"{one.unit}: {one.result}" for one in task.contributions),
        by_lead(task, lambda lead: "; ".join(lead.evidence) or lead.explanation),
        by_lead(task, lambda lead: lead.difficulty),
        by_lead(task, lambda lead: lead.cause),
        by_lead(task, lambda lead: lead.proposal),
        max(reported, default=None),
    ]


def by_lead(task: TaskLine, words_of: Callable[[LeadLine], str]) -> str:
    """What each lead wrote, under its name when there are several."""
    said = [(lead.unit, words) for lead in task.leads if (words := words_of(lead))]
    if not task.is_joint:
        return "".join(words for _, words in said)
    return "\n".join(f"{unit}: {words}" for unit, words in said)


# --- Measures, difficulties -------------------------------------------------------------------

_MEASURE_COLUMNS = (
    Column("Số mục", 11),
    Column("Chỉ số", 12),
    Column("Chỉ tiêu", 60),
    Column("Đơn vị tính", 12),
    Column("Xuất phát điểm", 13, Kind.NUMBER),
    Column("Chỉ tiêu giao", 13, Kind.NUMBER),
    Column("Đơn vị báo cáo", 18),
    Column("Kết quả", 13, Kind.NUMBER),
    Column("Đánh giá chỉ tiêu", 20),
)


def _measures(book: Book, content: ReportContent) -> None:
    sheet = book.sheet("Chỉ tiêu", _MEASURE_COLUMNS, head=_head(content, "Chỉ tiêu"))
    for part in content.indicators:
        for task in part.tasks:
            for measure in task.measures:
                _measure(sheet, part, task, measure)
    sheet.filtered()


def _measure(sheet: Sheet, part: IndicatorPart, task: TaskLine, measure: MeasureLine) -> None:
    """A row for each value; one without a value for a measure that nobody reported."""
    kind = Kind.YES_NO if measure.scale == "yes_no" else Kind.NUMBER
    for value in measure.values or (None,):
        sheet.row([
            task.code,
            part.code,
            measure.name,
            measure.unit_label,
            Typed(measure.baseline, kind),
            Typed(measure.target, kind),
            value.unit if value else "",
            Typed(value.value if value else None, kind),
            value.verdict if value else measure.verdict,
        ])  # fmt: skip


_DIFFICULTY_COLUMNS = (
    Column("Số mục", 11),
    Column("Nhiệm vụ", 40),
    Column("Đơn vị", 28),
    Column("Tình trạng", 26),
    Column("Khó khăn, vướng mắc", 45),
    Column("Nguyên nhân", 40),
    Column("Việc tiếp theo", 40),
    Column("Đề xuất, kiến nghị", 45),
    Column("Cập nhật", 13, Kind.DATE),
)


def _difficulties(book: Book, content: ReportContent) -> None:
    head = _head(content, "Khó khăn, vướng mắc và kiến nghị của các đơn vị")
    sheet = book.sheet("Khó khăn - kiến nghị", _DIFFICULTY_COLUMNS, head=head)
    for task in content.tasks:
        for voice in task.voices:
            words = [voice.difficulty, voice.cause, voice.next_step, voice.proposal]
            if any(words):
                role = voice.status.words if isinstance(voice, LeadLine) else "Phối hợp"
                named = [task.code, task.title, voice.unit, role]
                sheet.row([*named, *words, voice.reported_on])
    for one in content.raised:
        about = ["\n".join(one.codes), "\n".join(one.titles), one.unit]
        standings = "; ".join(one.standings)
        sheet.row([*about, capfirst(standings), one.words, "", "", one.proposal, one.raised_on])
    sheet.filtered()


_EVENT_COLUMNS = (
    Column("Ngày ghi", 12, Kind.DATE),
    Column("Số mục", 11),
    Column("Nhiệm vụ", 45),
    Column("Đơn vị", 28),
    Column("Việc", 30),
    Column("Người ghi", 34),
    Column("Lý do, nội dung", 45),
)


def _events(book: Book, content: ReportContent) -> None:
    """The history that the figures rest on, oldest first."""
    head = _head(content, "Nhật ký cập nhật, xác nhận, chỉ đạo")
    sheet = book.sheet("Nhật ký", _EVENT_COLUMNS, head=head)
    for one in content.events:
        sheet.row([one.day, one.code, one.title, one.unit, one.kind, one.by, one.words])
    sheet.filtered()
