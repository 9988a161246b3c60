"""The body of a plan: its sections, and the content as indices, areas, blocks and tasks (S10–S33).

How deep a plan goes decides what its levels are; words such as "chỉ số" only help. Whatever is
read keeps its line, and whatever is not understood is a doubt.
"""

import re
from collections.abc import Iterable

from config.vietnamese.text import fold
from plans.reading import marks, targets
from plans.reading.citations import citations
from plans.reading.codes import give_codes, short_number
from plans.reading.deadlines import Deadline, read_deadline
from plans.reading.doubting import cut, doubts_about
from plans.reading.draft import (
    Doubt,
    DraftArea,
    DraftBlock,
    DraftIndicator,
    DraftParagraph,
    DraftPlan,
    DraftSection,
    DraftTask,
)
from plans.reading.outline import Node
from plans.reading.parties import Directory, Parties, read_parties
from plans.reading.sentences import named_in, short_title

_PURPOSE = re.compile(
    r"\bmuc dich\b|\byeu cau\b|\bmuc tieu\b|\bquan diem\b|\bcan cu\b|\bsu can thiet\b"
)
_ORGANISATION = re.compile(
    r"\bto chuc thuc hien\b|\btrach nhiem\b|\bkinh phi\b|\bche do (?:thong tin|bao cao)\b"
    r"|\bdieu khoan\b|\bphan cong thuc hien\b|\bto chuc trien khai\b"
)
_DEADLINE = re.compile(r"^(?:ve )?(?:thoi (?:gian|han)|tien do)(?: hoan thanh| thuc hien)?\b")
_INDEX = re.compile(
    r"^(?:chi so|nang cao chi so|cai thien chi so)\b|\([A-Z][A-Z ]{2,20}\)\s*[:.]?$"
)
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9 -]{1,20})\)")
_APPENDIX = re.compile(r"\bphu luc\b.*\bkem theo\b|\bkem theo\b.*\bphu luc\b")
_QUOTED = re.compile(
    r"^(?:đối với\s+)?(?:nội dung|lĩnh vực)\s*[“\"](.+?)[”\"][.:]?$", re.IGNORECASE
)
_CRITERION = re.compile(r"^(?:nhóm\s+)?tiêu chí(?:\s+thành phần)?\s*:?\s+", re.IGNORECASE)
_ONGOING = re.compile(r"^(?:tiep tuc )?(?:duy tri|thuong xuyen)\b")
_WITHIN = re.compile(
    r"\b(?:[Hh]oàn thành(?: xong)?|[Tt]hời hạn(?: hoàn thành)?:?) "
    r"((?:trước|trong|chậm nhất|vào|ngày|quý|tháng)\b[^.;,()]*)"
)
TASK, BLOCK, GROUP = "task", "block", "group"


class Body:
    """One reading of one body."""

    def __init__(self, plan: DraftPlan, directory: Directory, doubts: list[Doubt]) -> None:
        self.plan = plan
        self.directory = directory
        self.doubts = doubts
        self.indicators: list[DraftIndicator] = []
        self._keys: dict[str, int] = {}
        self._kinds: dict[int, str] = {}

    # --- Sections ---------------------------------------------------------------------------------

    def read(self, root: Node) -> None:
        contents: list[Node] = []
        self._take_appendix_note(root)
        for node in root.children:
            words = fold(node.text)
            if self._is_deadline(node):
                continue
            if not node.children and not node.labels and node.mark is None:
                self.doubt(node.line, f"chưa rõ là phần nào: “{cut(node.text)}”")
                self._into("organisation", node)
            elif _PURPOSE.search(words) and not _has_labels(node):
                self._into("purpose", node)
            elif _ORGANISATION.search(words) and not _has_labels(node):
                self._into("organisation", node)
            else:
                contents.append(node)
        for node in contents:
            node.children = [child for child in node.children if not self._is_deadline(child)]
        single = len(contents) == 1 and bool(contents[0].children)
        if single:
            [content] = contents
            self.plan.content = DraftSection(content.number, _heading(content), content.line)
            self._indicators(content)
        elif contents and all(self.kind(node) == TASK for node in contents):
            whole = Node(contents[0].line, self.plan.title or "Nhiệm vụ", children=contents)
            self.indicators.append(self._indicator(whole))
        else:
            for node in contents:
                self.indicators.append(self._indicator(node))
        give_codes(self.indicators)

    def _into(self, part: str, node: Node) -> None:
        section: DraftSection | None = getattr(self.plan, part)
        if section is None:
            section = DraftSection(node.number, _heading(node), node.line)
            setattr(self.plan, part, section)
        else:
            section.paragraphs.append(DraftParagraph(node.number, node.text, node.line))
        for child in node.children:
            text = "\n".join([child.text, *(one.printed for one in list(child.walk())[1:])])
            section.paragraphs.append(DraftParagraph(child.number, text, child.line))

    def _take_appendix_note(self, root: Node) -> None:
        """ "(Chi tiết … tại Phụ lục kèm theo)" belongs to the plan, not to the task before it."""
        for node in root.walk():
            for child in node.children:
                bare = child.mark is None and not child.children and len(child.text) <= 300
                if bare and _APPENDIX.search(fold(child.text)):
                    self.plan.appendix_note = child.text
            if self.plan.appendix_note:
                node.children = [c for c in node.children if c.text != self.plan.appendix_note]

    def _is_deadline(self, node: Node) -> bool:
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
        self.plan.deadline = DraftSection(node.number, heading, node.line, texts)
        for paragraph in texts:
            first = re.split(r",\s+(?=\D)|\.\s|;", paragraph.text, maxsplit=1)[0]
            for words in (first.rstrip(" ."), paragraph.text):
                due = read_deadline(words, self.plan.year)
                if due.due_on:
                    self.plan.due, self.plan.due_words = due, words if len(words) <= 200 else ""
                    self.plan.reports_too = "bao cao" in fold(paragraph.text)
                    if due.doubt:
                        self.doubt(paragraph.line, f"thời hạn chung: {due.doubt}")
                    return True
        self.doubt(node.line, f"không hiểu thời hạn chung “{cut(node.printed)}”")
        return True

    # --- Levels -----------------------------------------------------------------------------------

    def kind(self, node: Node) -> str:
        """Whether a node is one task, a block of tasks assigned together, or a group of them."""
        known = self._kinds.get(id(node))
        if known is None:
            known = self._kinds[id(node)] = self._kind(node)
        return known

    def _kind(self, node: Node) -> str:
        labelled = [child for child in node.children if child.labels]
        others = [child for child in node.children if not child.labels]
        if any(kind == marks.TASKS for child in labelled for kind, _ in child.labels):
            return BLOCK
        if labelled:
            return BLOCK if others and _is_title(node) else TASK
        if not node.children:
            return TASK
        if any(_is_structural(child) for child in node.children):
            return GROUP
        if _is_title(node) and not named_in(node.text, self.directory)[0].words:
            return GROUP
        return BLOCK if node.text.endswith(":") else TASK

    def depth(self, node: Node) -> int:
        if self.kind(node) != GROUP:
            return 0
        return 1 + max(self.depth(child) for child in node.children)

    def _indicators(self, content: Node) -> None:
        """Children are indices when they say so or go two levels down; else the whole content is
        one."""
        groups = [child for child in content.children if self.kind(child) != TASK]
        says = any(
            _INDEX.search(fold(child.text)) or _ACRONYM.search(child.text[-25:]) for child in groups
        )
        if groups and (says or any(self.depth(child) >= 2 for child in groups)):
            for child in content.children:
                self.indicators.append(self._indicator(child))
        else:
            self.indicators.append(self._indicator(content))

    def _indicator(self, node: Node) -> DraftIndicator:
        acronym = _ACRONYM.search(node.text)
        name = _ACRONYM.sub("", node.text).strip(" :.") if acronym else node.text.strip(" :.")
        if acronym and (official := self._official(acronym[1])) and official != name:
            self.doubt(node.line, f"gọi theo trích yếu là “{official}”; đầu mục giữ như bản in")
            name = official
        made = DraftIndicator(
            node.line,
            short_number(node.number),
            acronym[1] if acronym else "",
            cut(name or "Nội dung", 300),
            cut(node.text, 400),
        )
        if self.kind(node) in (TASK, BLOCK):
            made.areas.append(self._own_area(node))
            return made
        if all(self.kind(child) == TASK for child in node.children):
            made.areas.append(
                DraftArea(node.line, "", cut(node.text, 500), blocks=self._blocks(node.children))
            )
            return made
        for child in node.children:
            if self.kind(child) == GROUP:
                made.areas.append(self._area(child))
            else:
                made.areas.append(self._own_area(child))
        return made

    def _official(self, acronym: str) -> str:
        """The name of an index in the plan's title, which is the official one (E7)."""
        found = re.search(rf"((?:Chỉ số|Bộ chỉ số)[^;()]+?)\s*\({acronym}\)", self.plan.title)
        return found[1] if found else ""

    def _own_area(self, node: Node) -> DraftArea:
        """A block or a task without an area above it is an area of its own (1.1, SIPAS)."""
        area = self._titled(node)
        block = self._block(node)
        block.number, block.heading, block.criteria = "", "", []
        if self.kind(node) == BLOCK and node.children:
            block.line = node.children[0].line
        if self.kind(node) == TASK:
            for task in block.tasks:
                task.number = ""
        area.blocks.append(block)
        return area

    def _titled(self, node: Node) -> DraftArea:
        quoted = _QUOTED.match(node.text)
        title = quoted[1] if quoted else node.text
        title = cut(title.strip(), 500)
        return DraftArea(
            node.line, node.number, title, "" if title == node.text.strip() else node.text
        )

    def _area(self, node: Node) -> DraftArea:
        area = self._titled(node)
        for child in node.children:
            if self.kind(child) == GROUP:
                area.areas += self._inner(child, "")
            else:
                area.blocks += self._blocks([child])
        return area

    def _inner(self, node: Node, before: str) -> Iterable[DraftArea]:
        """Areas nest two levels; what goes deeper keeps its place and the headings above it."""
        inner = self._titled(node)
        inner.title = cut(f"{before}{inner.title}", 500)
        inner.blocks = [
            block
            for child in node.children
            if self.kind(child) != GROUP
            for block in self._blocks([child])
        ]
        if inner.blocks:
            yield inner
        for child in node.children:
            if self.kind(child) == GROUP:
                yield from self._inner(child, f"{inner.title} – ")

    # --- Blocks and tasks -------------------------------------------------------------------------

    def _blocks(self, nodes: Iterable[Node]) -> list[DraftBlock]:
        return [self._block(node) for node in nodes]

    def _block(self, node: Node) -> DraftBlock:
        if self.kind(node) == TASK:
            task = self.task(node)
            block = DraftBlock(node.line, lead=task.lead, support=task.support, tasks=[task])
            task.lead, task.support = Parties(), Parties()
            return block
        says_who = not node.is_heading and bool(named_in(node.text, self.directory)[0].words)
        heading = node.text if _is_title(node) and not says_who else ""
        block = DraftBlock(node.line, node.number, heading)
        if heading:
            block.criteria = _criteria(heading)
            if len(block.criteria) > 1:
                self.doubt(node.line, f"một khối có {len(block.criteria)} tiêu chí; đã tách ra")
        else:
            block.lead, block.support = self._inline(node.text, node.line)
            block.heading = node.text
        self._fill(block, node)
        found = [target for task in block.tasks for target in task.targets]
        targets.match_criteria(found, block.criteria)
        missing = targets.without_number(block.criteria, found)
        if missing and block.tasks:
            for target in missing:
                target.line = node.line
                self.doubt(node.line, f"“{cut(target.name)}” không có con số: không giao chỉ tiêu")
            block.tasks[0].targets += missing
        return block

    def _fill(self, block: DraftBlock, node: Node) -> None:
        """Labels and tasks of a block, in the order of the text."""
        common = DraftTask("", node.line, "")
        intro = ""
        for child in node.children:
            if not child.labels:
                block.tasks.append(self.task(child, intro))
                continue
            for kind, value in child.labels:
                if kind != marks.TASKS:
                    self.label(block, common, kind, _with_children(child, value), child.line)
                    continue
                intro = ""
                if value and not (child.children and value.endswith(":")):
                    task_node = Node(child.line, value)
                    task_node.children = [c for c in child.children if c.mark is None]
                    block.tasks.append(self.task(task_node))
                else:
                    intro = value
                for inner in child.children:
                    if not (value and inner.mark is None and not value.endswith(":")):
                        block.tasks.append(self.task(inner, intro))
        for task in block.tasks:
            for name in ("due", "product", "shortcoming", "note"):
                if not _said(getattr(task, name)) and _said(getattr(common, name)):
                    setattr(task, name, getattr(common, name))
            if task.due.ongoing and not task.due.due_on:
                task.kind = "ongoing"
        if not block.tasks:
            self.doubt(node.line, f"không có nhiệm vụ nào dưới “{cut(node.text)}”", must=True)
            if node.text:
                block.tasks.append(self.task(Node(node.line, node.text)))

    def label(
        self, block: DraftBlock | DraftTask, task: DraftTask, kind: str, value: str, line: int
    ) -> None:
        if kind == marks.LEAD:
            block.lead = self.parties(value, line, "chủ trì", must=True)
        elif kind == marks.SUPPORT:
            block.support = self.parties(value, line, "phối hợp")
        elif kind == marks.DUE:
            task.due = self._due(value, line)
        else:
            before = getattr(task, kind)
            setattr(task, kind, f"{before}\n{value}" if before else value)

    def task(self, node: Node, intro: str = "") -> DraftTask:
        text, remark = marks.split_remark(node.text)
        labels = list(remark)
        labels += node.labels
        more = []
        for child in node.children:
            if child.labels and not any(kind == marks.TASKS for kind, _ in child.labels):
                labels += [(kind, _with_children(child, value)) for kind, value in child.labels]
            else:
                more += [one.printed for one in child.walk()]
        if node.labels:
            text = next((value for kind, value in node.labels if kind == marks.TASKS), text)
        wording = "\n".join([text, *more])
        task = DraftTask(self._key(node), node.line, wording, node.number)
        task.lead, task.support = self._inline(text, node.line)
        for kind, value in labels:
            if kind != marks.TASKS:
                self.label(task, task, kind, value, node.line)
        if intro:
            task.note = f"{intro}\n{task.note}".strip()
        self.understand(task)
        return task

    def understand(self, task: DraftTask) -> None:
        folded = fold(task.wording)
        if not task.due.words and (match := _WITHIN.search(task.wording)):
            due = read_deadline(match[1].strip(), self.plan.year)
            if due.due_on:
                task.due = due
        if (task.due.ongoing and not task.due.due_on) or _ONGOING.match(folded):
            task.kind = "ongoing"
        elif re.search(r"\(neu co\)\W*$", folded):
            task.kind = "conditional"
        task.title = short_title(task.wording, self.directory)
        task.targets, doubts = targets.targets(task.wording, task.line)
        for message in doubts:
            self.doubt(task.line, message)
        task.cites = citations(task.wording, task.line)

    def _inline(self, text: str, line: int) -> tuple[Parties, Parties]:
        lead, support = named_in(text, self.directory)
        for parties, what in ((lead, "chủ trì"), (support, "phối hợp")):
            self._doubt_parties(parties, line, what, must=what == "chủ trì")
        return lead, support

    def parties(self, words: str, line: int, what: str, must: bool = False) -> Parties:
        found = read_parties(words, self.directory)
        self._doubt_parties(found, line, what, must)
        return found

    def _doubt_parties(self, found: Parties, line: int, what: str, must: bool = False) -> None:
        self.doubts += doubts_about(found, self.directory, line, what, must)

    def _due(self, words: str, line: int) -> Deadline:
        due = read_deadline(words.rstrip(" .;"), self.plan.year)
        if due.doubt:
            self.doubt(line, f"thời hạn: {due.doubt}")
        return due

    def _key(self, node: Node) -> str:
        """Of the line, so that a correction finds its task again."""
        count = self._keys[str(node.line)] = self._keys.get(str(node.line), 0) + 1
        return f"{node.line}" if count == 1 else f"{node.line}-{count}"

    def doubt(self, line: int | None, message: str, must: bool = False) -> None:
        self.doubts.append(Doubt(line, message, must))


def _said(value: object) -> bool:
    return bool(value.words or value.due_on) if isinstance(value, Deadline) else bool(value)


def _with_children(node: Node, value: str) -> str:
    """What a label says, also when it is listed below it."""
    listed = [one.text for child in node.children for one in child.walk()]
    return "\n".join(one for one in (value, *listed) if one)


def _criteria(heading: str) -> list[str]:
    parts = [one.strip(" .:") for one in heading.split(";")]
    names = [_CRITERION.sub("", one) for one in parts if one]
    return [cut(one[:1].upper() + one[1:], 1000) for one in names]


def _heading(node: Node) -> str:
    return cut(node.text.strip(" :") or "Nội dung", 400)


def _is_structural(node: Node) -> bool:
    return node.is_heading or (node.mark is not None and not node.mark.is_bullet)


def _is_title(node: Node) -> bool:
    """A heading rather than a sentence to act on: it stands out, or is short and does not end as
    sentences do."""
    if node.is_heading:
        return True
    return len(node.text) <= 250 and not node.text.endswith((".", ";"))


def _has_labels(node: Node) -> bool:
    return any(kind in (marks.LEAD, marks.TASKS) for one in node.walk() for kind, _ in one.labels)
