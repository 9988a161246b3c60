"""The plan's own sections beside its content: purpose, common deadline, organisation, and the note
on its appendix (S5–S9, S28–S33)."""

import re
from collections.abc import Iterator

from config.vietnamese.dates import short
from config.vietnamese.text import fold
from plans.reading import marks
from plans.reading.deadlines import read_deadline
from plans.reading.doubting import cut
from plans.reading.draft import Doubt, DraftParagraph, DraftPlan, DraftSection, ProposedDue
from plans.reading.outline import Node
from plans.reading.sentence_deadlines import deadline_in

_PURPOSE = re.compile(
    r"^(?:cac |nhung |mot so )?(?:muc dich|muc tieu|yeu cau|quan diem|can cu|co so phap ly|chi tieu"
    r"|su can thiet|pham vi|doi tuong|quy dinh chung)\b(?!.*\b(?:nhiem vu|giai phap)\b)"
)
# What was, not what is to be done.
_SITUATION = re.compile(
    r"^(?:(?:dac diem|khai quat|danh gia|khai quat chung|danh gia chung|mot so dac diem)"
    r"(?: ve)? )?(?:tinh hinh|thuc trang|ket qua (?:thuc hien|dat duoc)|danh gia)\b"
)
_ORGANISATION = re.compile(
    r"\bto chuc (?:thuc hien|trien khai)\b|\bphan cong (?:thuc hien|trach nhiem)\b"
    r"|^(?:trach nhiem (?:cua|thuc hien|to chuc|cac)|trach nhiem$|(?:nguon )?kinh phi|nguon luc)\b"
    r"|\bche do (?:thong tin|bao cao)\b|\bdieu khoan\b"
)
# Within the content, only what says nothing else.
_ONLY_ORGANISATION = re.compile(
    r"(?:to chuc (?:thuc hien|trien khai)|(?:trach nhiem|dieu khoan|hieu luc) thi hanh)"
    r"(?: ke hoach(?: nay)?)?\W*"
)
_DEADLINE = re.compile(r"^(?:ve )?(?:thoi (?:gian|han)|tien do)(?: hoan thanh| thuc hien)?\b")
_REPORTS = re.compile(r"\bbao cao\b")
_OF_THE_WHOLE = re.compile(r"\b(?:bao cao|hoan thanh|hoan tat|ket qua|tong ket|ket thuc)\b")
_SENTENCES = re.compile(r"(?<=[.;])\s+|\n")
_PERCENT = re.compile(r"\d\s*%")
_APPENDIX = re.compile(r"\bphu luc\b.*\bkem theo\b|\bkem theo\b.*\bphu luc\b")


def take_sections(
    root: Node, plan: DraftPlan, doubts: list[Doubt], has_tables: bool = False
) -> list[Node]:
    """Fills in the plan's own sections; the parts that are its content. A plan that has no other
    content, and no tables, has its tasks where it says how it is carried out."""
    _take_appendix_note(root, plan)
    parts = [(_part_of(node), node) for node in root.children]
    if not has_tables and all(part in ("purpose", "organisation") for part, _ in parts):
        for n, (part, node) in enumerate(parts):
            if part == "organisation" and node.children:
                parts[n] = "", node
                message = f"không có phần nội dung; đọc nhiệm vụ ở “{cut(node.printed)}”"
                doubts.append(Doubt(node.line, message))
                break
    contents: list[Node] = []
    for part, node in parts:
        if _take_deadline(node, plan, doubts):
            continue
        if part == "unclear":
            doubts.append(Doubt(node.line, f"chưa rõ là phần nào: “{cut(node.text)}”"))
            _into("organisation", node, plan)
        elif part == "situation":
            doubts.append(Doubt(node.line, f"hiểu là phần mở đầu: “{cut(node.printed)}”"))
            _into("purpose", node, plan)
        elif part:
            _into(part, node, plan)
            if part == "purpose":
                _doubt_targets(node, doubts)
        else:
            contents.append(node)
    for node in contents:
        kept = [one for one in node.children if not _is_only_organisation(one)]
        for one in node.children if kept else ():
            if _is_only_organisation(one):
                _into("organisation", one, plan)
        node.children = kept or node.children
    _propose_deadlines(plan, doubts)
    for node in contents:
        node.children = [one for one in node.children if not _take_deadline(one, plan, doubts)]
    return contents


def _propose_deadlines(plan: DraftPlan, doubts: list[Doubt]) -> None:
    """A day on which units report stands where it is said how the plan is carried out; whether it
    is the plan's deadline, only a person can say: it is proposed where the sentence speaks of the
    whole, and the plan says no other."""
    for paragraph in plan.organisation.paragraphs if plan.organisation else ():
        _propose(paragraph, plan, doubts)


def propose_in_closing(plan: DraftPlan, line: int, doubts: list[Doubt]) -> None:
    """The same of the last words, which a letter often ends with; `line` is where they begin."""
    if plan.closing:
        _propose(DraftParagraph("", plan.closing, line), plan, doubts)


def _propose(paragraph: DraftParagraph, plan: DraftPlan, doubts: list[Doubt]) -> None:
    due = deadline_in(paragraph.text, plan.year)[0]
    proposed = [] if plan.due.due_on else list(_proposed_in(paragraph, plan.year))
    for one in proposed:
        if one.due_on not in {before.due_on for before in plan.proposed_dues}:
            plan.proposed_dues.append(one)
    if proposed:
        listed = " hoặc ".join(dict.fromkeys(short(one.due_on) for one in proposed))
        message = (
            f"“{cut(proposed[0].words)}” có thể là thời hạn chung ({listed}); chưa lấy, "
            "đồng chí xác nhận"
        )
    elif due.words and not (due.due_on and due.due_on == plan.due.due_on):
        message = f"“{cut(due.words)}”: chưa lấy làm thời hạn chung hay hạn báo cáo"
    else:
        return
    doubts.append(Doubt(paragraph.line, message))


def _proposed_in(paragraph: DraftParagraph, year: int | None) -> Iterator[ProposedDue]:
    """Sentence by sentence, for one paragraph may set a day for each of several things."""
    for sentence in _SENTENCES.split(paragraph.text.removesuffix("./.")):
        words = fold(sentence)
        due = deadline_in(sentence, year)[0]
        if due.due_on and not due.ongoing and _OF_THE_WHOLE.search(words):
            reports = bool(_REPORTS.search(words))
            yield ProposedDue(paragraph.line, cut(sentence, 300), due.words, due.due_on, reports)


def _doubt_targets(node: Node, doubts: list[Doubt]) -> None:
    """Figures to be reached stand there too; whose they are, only a person can say."""
    for one in node.walk():
        if _PERCENT.search(one.text):
            message = (
                f"“{cut(one.text)}”: con số ở phần mục tiêu giữ nguyên chữ, chưa giao chỉ tiêu"
            )
            doubts.append(Doubt(one.line, message))


def _part_of(node: Node) -> str:
    """Which section of the plan a part is, "" for its content."""
    if not node.children and not node.labels and node.mark is None:
        return "unclear"
    if _has_labels(node):
        return ""
    words = fold(node.text)
    if _PURPOSE.search(words):
        return "purpose"
    if _SITUATION.search(words):
        return "situation"
    return "organisation" if _ORGANISATION.search(words) else ""


def _is_only_organisation(node: Node) -> bool:
    named = bool(_ONLY_ORGANISATION.fullmatch(fold(node.text)))
    return named and bool(node.children) and not _has_labels(node)


def section_of(node: Node) -> DraftSection:
    """A part of the plan as a section, without what stands below it."""
    heading = cut(node.text.strip(" :") or "Nội dung", 400)
    return DraftSection(node.number, heading, node.line)


def _into(part: str, node: Node, plan: DraftPlan) -> None:
    section: DraftSection | None = getattr(plan, part)
    if section is None:
        section = section_of(node)
        setattr(plan, part, section)
    else:
        section.paragraphs.append(DraftParagraph(node.number, node.text, node.line))
    for child in node.children:
        text = "\n".join([child.text, *(one.printed for one in list(child.walk())[1:])])
        section.paragraphs.append(DraftParagraph(child.number, text, child.line))


def _take_appendix_note(root: Node, plan: DraftPlan) -> None:
    """ "(Chi tiết … tại Phụ lục kèm theo)" belongs to the plan, not to the task before it."""
    for node in root.walk():
        for child in node.children:
            bare = child.mark is None and not child.children and len(child.text) <= 300
            if bare and _APPENDIX.search(fold(child.text)):
                plan.appendix_note = child.text
        if plan.appendix_note:
            node.children = [c for c in node.children if c.text != plan.appendix_note]


def _take_deadline(node: Node, plan: DraftPlan, doubts: list[Doubt]) -> bool:
    """The plan's common deadline (S29): a numbered part, not the deadline of a task."""
    numbered = node.mark is not None and not node.mark.is_bullet
    if not (numbered or node.is_heading) or not _DEADLINE.match(fold(node.text)):
        return False
    label = next((value for kind, value in node.labels if kind == marks.DUE), "")
    heading = re.split(r"\s*:", node.text, maxsplit=1)[0].rstrip(".")
    texts = [DraftParagraph("", label, node.line)] if label else []
    texts += [
        DraftParagraph(c.number, c.printed if not c.number else c.text, c.line)
        for child in node.children
        for c in child.walk()
    ]
    plan.deadline = DraftSection(node.number, heading, node.line, texts)
    for paragraph in texts:
        first = re.split(r",\s+(?=\D)|\.\s|;", paragraph.text, maxsplit=1)[0]
        for words in (first.rstrip(" ."), paragraph.text):
            due = read_deadline(words, plan.year)
            if due.due_on:
                plan.due, plan.due_words = due, words if len(words) <= 200 else ""
                plan.reports_too = bool(_REPORTS.search(fold(paragraph.text)))
                if due.doubt:
                    doubts.append(Doubt(paragraph.line, f"thời hạn chung: {due.doubt}"))
                return True
    doubts.append(Doubt(node.line, f"không hiểu thời hạn chung “{cut(node.printed)}”"))
    return True


def _has_labels(node: Node) -> bool:
    return any(kind in (marks.LEAD, marks.TASKS) for one in node.walk() for kind, _ in one.labels)
