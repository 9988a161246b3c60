"""Blocks and tasks: what is to be done, who leads and supports, until when (S14–S27).

Also what tables.py asks for the tasks of an appendix. Whatever is read keeps its line, and whatever
is not understood is a doubt.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from config.vietnamese.text import fold
from plans.reading import marks, targets
from plans.reading.citations import citations
from plans.reading.deadlines import Deadline, read_deadline
from plans.reading.doubting import cut, doubts_about
from plans.reading.draft import Doubt, DraftBlock, DraftPlan, DraftTask
from plans.reading.levels import TASK, Levels, is_title
from plans.reading.outline import Node
from plans.reading.parties import Directory, Parties, read_parties
from plans.reading.sentence_deadlines import deadline_in
from plans.reading.sentences import all_units, also_leading, named_in, short_title, without_who

_CRITERION = re.compile(r"^(?:nhóm\s+)?tiêu chí(?:\s+thành phần)?\s*:?\s+", re.IGNORECASE)
_ONGOING = re.compile(r"^(?:tiep tuc )?(?:duy tri|thuong xuyen)\b")


class Blocks:
    """The blocks and tasks of one reading of one plan."""

    def __init__(self, plan: DraftPlan, directory: Directory, doubts: list[Doubt]) -> None:
        self.plan = plan
        self.directory = directory
        self.doubts = doubts
        self.levels = Levels(directory)
        self._keys: dict[str, int] = {}
        self._said: set[tuple[int | None, str]] = set()

    def blocks_of(self, nodes: Iterable[Node]) -> list[DraftBlock]:
        return [self.block_of(node) for node in nodes]

    def block_of(self, node: Node) -> DraftBlock:
        if self.levels.kind(node) == TASK:
            task = self.task(node)
            block = DraftBlock(node.line, lead=task.lead, support=task.support, tasks=[task])
            task.lead, task.support = Parties(), Parties()
            return block
        says_who = bool(named_in(node.text, self.directory)[0].words) and (
            not node.is_heading or all_units(node.text.rstrip(" :"), self.directory)
        )
        heading = node.text if is_title(node) and not says_who else ""
        block = DraftBlock(node.line, node.number, heading)
        if heading:
            block.criteria = _criteria(heading)
            if len(block.criteria) > 1:
                self.doubt(node.line, f"một khối có {len(block.criteria)} tiêu chí; đã tách ra")
        else:
            block.lead, block.support = self._inline(node.text, node.line)
            block.heading = node.text
            self._above(block, node)
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

    def _above(self, block: DraftBlock, node: Node) -> None:
        """A sentence that names who does it is a task itself when all below it is others'."""
        below = [child for child in node.children if not child.labels]
        led = [child for child in below if self.levels.stands_apart(child)]
        says_who = block.lead.words or block.support.words
        if says_who and led and (len(led) == len(below) or not node.text.endswith(":")):
            block.heading = ""
            block.tasks.append(self.task(replace(node, children=[])))
            if len(led) == len(below) or not block.lead.words:
                block.lead, block.support = Parties(), Parties()

    def _fill(self, block: DraftBlock, node: Node) -> None:
        """Labels and tasks of a block, in the order of the text."""
        common = DraftTask("", node.line, node.text)
        self._understand_deadline(common)
        intro = ""
        for child in node.children:
            if not child.labels:
                block.tasks += self.tasks(child, intro)
                continue
            for kind, value in child.labels:
                if kind != marks.TASKS:
                    self.label(block, common, kind, _with_children(child, value), child.line)
                    continue
                intro = ""
                if value and not (child.children and value.endswith(":")):
                    task_node = Node(child.line, value)
                    task_node.children = [c for c in child.children if c.mark is None]
                    block.tasks += self.tasks(task_node)
                else:
                    intro = value
                for inner in child.children:
                    if not (value and inner.mark is None and not value.endswith(":")):
                        block.tasks += self.tasks(inner, intro)
        for task in block.tasks:
            _fill_in(task, common, "due", "product", "shortcoming", "note")
            if task.due.ongoing and not task.due.due_on:
                task.kind = "ongoing"
        if not block.tasks:
            self.doubt(node.line, f"không có nhiệm vụ nào dưới “{cut(node.text)}”", must=True)
            if node.text:
                block.tasks.append(self.task(Node(node.line, node.text)))

    def tasks(self, node: Node, intro: str = "") -> list[DraftTask]:
        """A line with what stands below it is one task, unless lines below have a lead of their
        own: then each of these is one, and what stands above them too where it says who does it
        or has something else below it."""
        labels = [child for child in node.children if child.labels]
        below = [child for child in node.children if not child.labels]
        led = [child for child in below if self.levels.stands_apart(child)]
        if not led:
            return [self.task(node, intro)]
        introduced = f"{intro}\n{node.text}".strip()
        if len(led) < len(below) and node.text.endswith(":"):
            above = self.task(replace(node, children=labels))
            made = [task for child in below for task in self.tasks(child, introduced)]
            for task in made:
                _fill_in(task, above, "lead", "support", "due")
            return made
        rest = [child for child in node.children if not any(child is one for one in led)]
        above_node = replace(node, children=rest)
        made = []
        if rest or self.levels.has_own_lead(above_node):
            made.append(self.task(above_node, intro))
            introduced = intro
        return made + [task for child in led for task in self.tasks(child, introduced)]

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
        self._understand_deadline(task)
        if (task.due.ongoing and not task.due.due_on) or _ONGOING.match(folded):
            task.kind = "ongoing"
        elif re.search(r"\(neu co\)\W*$", folded):
            task.kind = "conditional"
        task.title = short_title(task.wording, self.directory)
        task.targets, doubts = targets.targets(without_who(task.wording, self.directory), task.line)
        for message in doubts:
            self.doubt(task.line, message)
        task.cites = citations(task.wording, task.line)

    def _understand_deadline(self, task: DraftTask) -> None:
        """What the sentence says of its deadline; a label or a column says it with more right."""
        due, doubts = deadline_in(task.wording, self.plan.year)
        if not task.due.words:
            task.due = due if due.words else task.due
        elif due.due_on and due.due_on != task.due.due_on:
            doubts = [f"trong câu ghi “{due.words}”, thời hạn ghi “{task.due.words}”; lấy thời hạn"]
        elif due.words:
            return
        for message in doubts:
            self.doubt(task.line, message)

    def _inline(self, text: str, line: int) -> tuple[Parties, Parties]:
        lead, support = named_in(text, self.directory)
        for parties, what in ((lead, "chủ trì"), (support, "phối hợp")):
            self._doubt_parties(parties, line, what, must=what == "chủ trì")
        for name in also_leading(text, self.directory):
            self.doubt(line, f"chủ trì: trong câu còn “{cut(name)}”, chưa tính")
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
        """Said once, however often the text is read."""
        if (line, message) not in self._said:
            self._said.add((line, message))
            self.doubts.append(Doubt(line, message, must))


def _fill_in(task: DraftTask, other: DraftTask, *names: str) -> None:
    """What a task does not say itself, as `other` says it."""
    for name in names:
        if not _said(getattr(task, name)) and _said(getattr(other, name)):
            setattr(task, name, getattr(other, name))


def _said(value: object) -> bool:
    if isinstance(value, Deadline):
        return bool(value.words or value.due_on)
    return bool(value.words) if isinstance(value, Parties) else bool(value)


def _with_children(node: Node, value: str) -> str:
    """What a label says, also when it is listed below it."""
    listed = [one.text for child in node.children for one in child.walk()]
    return "\n".join(one for one in (value, *listed) if one)


def _criteria(heading: str) -> list[str]:
    parts = [one.strip(" .:") for one in heading.split(";")]
    names = [_CRITERION.sub("", one) for one in parts if one]
    return [cut(one[:1].upper() + one[1:], 1000) for one in names]
