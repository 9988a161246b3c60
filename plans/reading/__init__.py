"""A plan document of people (.docx, .xlsx, .txt, .md), read into a draft that becomes a plan file.

`read_source` opens a file safely and gives its lines; `read_plan_document` says what they mean,
with a doubt wherever that is not certain: nothing is guessed and no text is dropped in silence.
writing.py turns a draft into the tree that plans/planfile reads, so that the same checks and the
same act load it. Knows no Django and no database; names come in a `Directory`.

Also for workbooks: office_files (safe opening), parties (units in a cell), deadlines (words of a
deadline), legacy (TCVN3, VNI).
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from config.office_files.opening import FileRefused
from config.office_files.workbooks import Grid, read_workbook
from plans.reading.appendix import WITHOUT_TITLES
from plans.reading.attached import over_appendix, read_attached
from plans.reading.body import Body
from plans.reading.citations import Cited, citations
from plans.reading.corrected import Corrections, correct, correct_head
from plans.reading.doubting import unknown_recipients
from plans.reading.draft import Doubt, Draft, DraftBlock, DraftPlan, DraftTask
from plans.reading.ending import read_end
from plans.reading.head import read_head, spell_agency, split, take_title_of_list
from plans.reading.lines import Line, Source, read_text
from plans.reading.outline import build
from plans.reading.parties import Directory, Party, units_before_verb
from plans.reading.private import without_phones_in_sentence
from plans.reading.sections import propose_in_closing
from plans.reading.sentences import known_start, named_without_role, opens_what_it_does
from plans.reading.sheets import source_of, without_private
from plans.reading.tables import read_tables
from plans.reading.word import read_word

ENDINGS = (".docx", ".xlsx", ".txt", ".md")
_RESULTS = re.compile(r"kết quả[^.]*?năm (\d{4})")

__all__ = [
    "ENDINGS",
    "Directory",
    "Doubt",
    "Draft",
    "FileRefused",
    "Party",
    "Source",
    "read_document_head",
    "read_grids",
    "read_plan_document",
    "read_source",
]


def read_source(content: bytes, name: str) -> Source:
    """The lines and tables of a file, without telephone numbers in lines and in columns of units;
    FileRefused says why it cannot be read."""
    source = _read_source(content, name)
    without_private([table.grid for table in source.tables])
    for line in source.lines:
        line.text, count = without_phones_in_sentence(line.text)
        if count:
            said = Line(line.number, f"có {count} số điện thoại, không lưu", place=line.place)
            source.notes.append(said)
    return source


def read_grids(content: bytes, name: str) -> list[Grid]:
    """The sheets of a workbook, or the tables of a Word file, as `read_source` reads them."""
    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        grids = [table.grid for table in read_word(content, name).tables]
    elif ending in (".txt", ".md"):
        raise FileRefused(
            f"Phụ lục của kế hoạch đã có sửa bằng tệp Excel (.xlsx) hoặc Word (.docx), không phải "
            f"“{name}”."
        )
    else:
        grids = read_workbook(content, name)
    without_private(grids)
    return grids


def _read_source(content: bytes, name: str) -> Source:
    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        return read_word(content, name)
    if ending == ".xlsx":
        return source_of(read_workbook(content, name))
    if ending in (".txt", ".md"):
        return read_text(content, name)
    if ending in (".xls", ".xlsm", ".xlsb"):
        raise FileRefused(
            f"Tệp “{name}” là Excel loại {ending}. Đồng chí mở bằng Excel rồi lưu thành .xlsx."
        )
    if ending == ".doc":
        raise FileRefused(f"Tệp “{name}” là Word loại cũ (.doc). Đồng chí lưu thành .docx.")
    raise FileRefused(f"Tệp “{name}” không thuộc loại đọc được: {', '.join(ENDINGS)}.")


def read_document_head(source: Source) -> DraftPlan:
    """Only what the head says: enough to know whose plan it is."""
    plan = DraftPlan()
    head, *_, late = _parts(source)
    _read_head(source, head, late, plan)
    return plan


def _read_head(source: Source, head: list[Line], late: list[Line], plan: DraftPlan) -> list[Line]:
    """Fills in what the head says, and the words over an appendix; the lines not understood."""
    unread = [*read_head(head, plan), *late]
    read_attached([line.text for line in (*unread, *source.notes)], plan)
    return take_title_of_list(unread, plan)


def _parts(source: Source) -> tuple[list[Line], list[Line], list[Line], list[Line], list[Line]]:
    """Head, body, end, what follows the end; and what stands over or after a table, where there is
    no body for it."""
    head, body, end, appendix = split(source.lines)
    first = min((table.numbers[0] for table in source.tables if table.numbers), default=None)
    named = over_appendix(head) if first is not None else len(head)
    late = head[named:]
    late += [line for line in head[:named] if first is not None and line.number > first]
    return [line for line in head if line not in late], body, end, appendix, late


def read_plan_document(
    source: Source, directory: Directory, corrections: Corrections | None = None
) -> Draft:
    """What the document says, and what is not certain; FileRefused when it is no plan at all.
    Corrections of a person are laid over what was understood."""
    corrections = corrections or {}
    plan = DraftPlan()
    doubts: list[Doubt] = []
    head, body_lines, end, appendix, late = _parts(source)
    unread = _read_head(source, head, late, plan)
    correct_head(plan, corrections.get("plan", {}))
    doubts += spell_agency(plan, source.lines, directory)
    is_known = bool(directory.agency)
    directory.call_agency(plan.agency_name)
    body = Body(plan, directory, doubts)
    body.read(build(body_lines), bool(source.tables))
    unread += read_end(end, plan)
    propose_in_closing(plan, end[0].number if end else 0, doubts)
    doubts += [Doubt(one.number, f"chưa hiểu, không đưa vào: “{one.text}”") for one in unread]
    places = source.places() | read_tables(source.tables, body)
    doubts += [Doubt(note.number, note.text) for note in source.notes]
    for line in appendix:
        if len(line.text) > 60:
            doubts.append(Doubt(line.number, f"phụ lục: chưa đưa vào: “{line.text}”"))
    draft = Draft(plan, body.indicators, [], doubts, source.counts, places)
    if not any(True for _ in draft.tasks()):
        raise FileRefused(
            "Không thấy nhiệm vụ nào: văn bản không có đề mục đánh số, không có “Đơn vị chủ trì”, "
            f"{WITHOUT_TITLES}. Đồng chí xem có đúng tệp kế hoạch không."
        )
    draft.cites = _cited(draft)
    _doubt_the_head(draft, is_known)
    for block in draft.blocks():
        for task in block.tasks:
            doubts += _doubt_lead(block, task, directory)
    for recipient in plan.recipients:
        doubts += unknown_recipients(recipient, directory)
    correct(draft, corrections)
    doubts.sort(key=lambda one: one.line or 0)
    return draft


def _doubt_lead(block: DraftBlock, task: DraftTask, directory: Directory) -> Iterator[Doubt]:
    """Who opens a sentence is proposed as its lead where nobody else is; all else is only said."""
    first = known_start(task.wording, directory)
    if not block.lead_of(task).words and not task.lead.unclear:
        if first.codes and opens_what_it_does(task.wording, first):
            task.lead = first
            yield Doubt(
                task.line, f"hiểu “{first.words}” mở đầu câu là chủ trì, dù câu không ghi “chủ trì”"
            )
        elif named := named_without_role(task.wording, directory):
            message = f"câu có “{named}” nhưng không ghi là chủ trì: chưa phân công"
            yield Doubt(task.line, message)
        elif names := units_before_verb(task.wording):
            for name in names:
                near = tuple(one.code for one in directory.nearest(name))
                message = f"câu mở đầu bằng “{name}”, chưa có đơn vị nào tên như vậy"
                yield Doubt(task.line, f"{message}: chưa phân công", name=name, nearest=near)
        else:
            yield Doubt(task.line, "không ghi đơn vị chủ trì: chưa phân công")
    elif not task.lead.words:
        others = set(first.codes) - {*block.lead.codes, *block.support_of(task).codes}
        if any(not directory.parties[code].is_group for code in others):
            message = f"câu mở đầu bằng “{first.words}”; chủ trì vẫn lấy theo khối"
            yield Doubt(task.line, message)


def _cited(draft: Draft) -> list[Cited]:
    """Every document once, the parent first."""
    plan = draft.plan
    found = [plan.parent] if plan.parent else []
    found += citations(plan.opening, plan.title_line)
    for section in (plan.purpose, plan.organisation):
        for paragraph in section.paragraphs if section else ():
            found += citations(paragraph.text, paragraph.line)
    for task in draft.tasks():
        found += task.cites
    once: dict[tuple[object, ...], Cited] = {}
    own = (plan.number, plan.symbol)
    for cited in found:
        if cited.number and (cited.number, cited.symbol) == own:
            continue  # the words over what it puts into force name the document itself
        once.setdefault(cited.key, cited)
    return list(once.values())


def _doubt_the_head(draft: Draft, agency_is_known: bool) -> None:
    plan, doubts = draft.plan, draft.doubts
    wanted = (
        ("title", "trích yếu", True),
        ("year", "năm của kế hoạch", True),
        ("symbol", "ký hiệu (Số: …/KH-…)", True),
        ("type", "tên loại văn bản", False),
        ("agency_name", "cơ quan ban hành", not agency_is_known),
        ("signer", "người ký", False),
        ("recipients", "nơi nhận", False),
    )
    doubts += [
        Doubt(None, f"không thấy {words}", must, field=name)
        for name, words, must in wanted
        if not getattr(plan, name)
    ]
    if not plan.number or not plan.day:
        doubts.append(Doubt(None, "số, ngày ban hành để trống: văn thư cấp sau khi ký"))
    day, why = draft.starts_on
    if day and why:
        doubts.append(Doubt(None, f"ngày bắt đầu {day:%d/%m/%Y}: {why}"))
    if not plan.due.due_on:
        doubts.append(Doubt(None, "không thấy thời hạn chung của kế hoạch"))
    if plan.year:
        years = [
            int(year)
            for section in (plan.purpose,)
            for paragraph in (section.paragraphs if section else ())
            for year in _RESULTS.findall(paragraph.text)
        ]
        earlier = [year for year in years if year < plan.year]
        plan.results_year = max(earlier) if earlier else None
    for line in draft.plan.closing, draft.plan.opening:
        if len(line) > 20_000:
            doubts.append(Doubt(None, "một đoạn dài bất thường; đồng chí xem lại"))
