"""A unit's report as a document: the same shape as the consolidated one, so that the page, the
PDF and the DOCX of both come from the same renderers. Pure: no query, no clock."""

from collections.abc import Iterator
from dataclasses import replace

from config.vietnamese import dates
from reports.content import sentences
from reports.content.heading import BLANK_NUMBER
from reports.content.model import (
    AppendixHead,
    Block,
    BlockKind,
    ReportContent,
    Section,
    TableKey,
)
from reports.content.naming import as_draft
from reports.content.sections import IN_THE_APPENDIX
from reports.unit_content.model import SECTIONS, UnitReportContent

_NOTHING = "Không có."
# Points under "Nguyên nhân", in this order; those without words are left out.
_CAUSES = ("objective", "subjective", "causes")


def as_document(content: UnitReportContent) -> ReportContent:
    """What is printed of a unit's report."""
    by_indicator = tuple(part.counts for part in content.indicators)
    day = dates.cited(content.day)
    return ReportContent(
        demonstration=content.demonstration,
        day=content.day,
        language=content.language,
        file_stem=content.file_stem,
        author=content.unit,
        plan=content.plan,
        head=content.head,
        kind=content.kind,
        subject=content.subject,
        addressee=content.addressee,
        opening=content.opening,
        sections=_sections(content),
        closing=content.closing,
        signature=content.signature,
        recipients=content.recipients,
        appendix=AppendixHead(
            label="Phụ lục",
            title="KẾT QUẢ TỪNG NHIỆM VỤ ĐƠN VỊ CHỦ TRÌ",
            note=f"(Kèm theo Báo cáo số{BLANK_NUMBER}"
            f"{content.head.number_line.partition(BLANK_NUMBER)[2]} "
            f"{dates.in_words_partly(_year_written(content), None)} của {content.unit})",
            cut_off=f"Số liệu tính đến ngày {day}",
            closing=f"{sentences.appendix_length(len(content.tasks), sentences.TASKS)}./.",
        ),
        total=content.total,
        by_indicator=by_indicator,
        by_unit=(),
        parts_total=content.total,
        measures=content.measures,
        course=(),
        events=(),
        indicators=content.indicators,
    )


def _year_written(content: UnitReportContent) -> int:
    """The year that its place and date line says."""
    return int(content.head.place_and_date.rpartition(" ")[2])


def as_drafted(content: UnitReportContent) -> ReportContent:
    """What would be printed of a report that was not handed in; its name and its title say so."""
    document = as_document(content)
    return as_draft(replace(document, kind=f"DỰ THẢO {document.kind}"))


def _sections(content: UnitReportContent) -> tuple[Section, ...]:
    return (
        Section("results", "I", "KẾT QUẢ THỰC HIỆN", tuple(_results(content))),
        Section(
            "shortcomings", "II", "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", tuple(_shortcomings(content))
        ),
        Section(
            "directions",
            "III",
            "PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG THỜI GIAN TỚI",
            tuple(_words(content.text("directions"))),
        ),
        Section("proposals", "IV", "KIẾN NGHỊ, ĐỀ XUẤT", tuple(_words(content.text("proposals")))),
    )


def _results(content: UnitReportContent) -> Iterator[Block]:
    for sentence in content.figures:
        yield Block(BlockKind.PARAGRAPH, sentence)
    if content.total.total:
        yield Block(
            BlockKind.TABLE,
            "Bảng 1. Phần việc đơn vị chủ trì theo chỉ số",
            table=TableKey.BY_INDICATOR,
        )
        yield Block(BlockKind.PARAGRAPH, IN_THE_APPENDIX)
    yield _heading("1. Kết quả nổi bật")
    yield from _words(content.text("highlights"))
    if content.supports:
        yield _heading("2. Kết quả phối hợp")
        for one in content.supports:
            said = one.contribution.result if one.contribution else "chưa ghi kết quả phối hợp."
            first, *more = said.split("\n")
            yield Block(BlockKind.ITEM, first, label=f"Nhiệm vụ {one.code} ({one.lead_words}):")
            yield from (Block(BlockKind.PARAGRAPH, line) for line in more if line)


def _shortcomings(content: UnitReportContent) -> Iterator[Block]:
    yield _heading("1. Tồn tại, hạn chế")
    yield from _words(content.text("shortcomings"))
    yield _heading("2. Nguyên nhân")
    said = [key for key in _CAUSES if content.text(key)]
    if not said:
        yield Block(BlockKind.PARAGRAPH, _NOTHING)
    for letter, key in zip("abc", said, strict=False):
        if said != ["causes"]:
            yield Block(BlockKind.HEADING, f"{letter}) {SECTIONS[key]}", level=3)
        yield from _words(content.text(key))


def _heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text, level=2)


def _words(text: str) -> Iterator[Block]:
    """Each line that a person typed is a paragraph of its own."""
    lines = [line for line in text.split("\n") if line.strip()]
    yield from (Block(BlockKind.PARAGRAPH, line) for line in lines or [_NOTHING])
