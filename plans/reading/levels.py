"""How deep a plan goes: which of its lines are one task, a block of tasks assigned together, or a
group of them, and which of them stand out as titles. Words such as "chỉ số" only help."""

import re
from collections.abc import Iterable

from config.vietnamese.text import fold
from plans.reading import marks
from plans.reading.outline import Node
from plans.reading.parties import Directory
from plans.reading.sentences import known_start, named_in

TASK, BLOCK, GROUP = "task", "block", "group"
ACRONYM = re.compile(r"\(([A-Z][A-Z0-9 -]{1,20})\)")
_INDEX = re.compile(
    r"^(?:chi so|nang cao chi so|cai thien chi so)\b|\([A-Z][A-Z ]{2,20}\)\s*[:.]?$"
)
_GENERAL = re.compile(
    r"(?:(?:noi dung|nhiem vu|giai phap|bien phap|cong viec|hoat dong|ke hoach|phan cong|thuc hien"
    r"|trien khai|to chuc|chu yeu|trong tam|cu the|chi tiet|chung|cac|nhung|mot so|va|cua|nam"
    r"|\d{4})(?:\W+|$))+"
)


class Levels:
    """The kinds of the nodes of one tree; each is found out once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._kinds: dict[int, str] = {}

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
        led = any(self.stands_apart(child) for child in others)
        if labelled:
            return BLOCK if others and (led or is_title(node)) else TASK
        if not node.children:
            return TASK
        if any(is_structural(child) for child in node.children):
            return GROUP
        if is_title(node) and not named_in(node.text, self._directory)[0].words:
            return GROUP
        return BLOCK if led or node.text.endswith(":") else TASK

    def has_own_lead(self, node: Node) -> bool:
        """Whether a line, or a label of it, says who does it."""
        text, remark = marks.split_remark(node.text)
        below = [pair for child in node.children for pair in child.labels]
        if any(kind == marks.LEAD for kind, _ in (*remark, *node.labels, *below)):
            return True
        return any(parties.words for parties in named_in(text, self._directory))

    def names_leads(self, node: Node) -> bool:
        """Whether a line, or one below it, has a lead of its own."""
        return self.has_own_lead(node) or any(self.names_leads(child) for child in node.children)

    def stands_apart(self, node: Node) -> bool:
        """Whether a line is no part of the task that it stands below: it, or one below it, says
        who does it, or begins with a unit."""
        return self.names_leads(node) or bool(known_start(node.text, self._directory).words)

    def depth(self, node: Node) -> int:
        if self.kind(node) != GROUP:
            return 0
        return 1 + max(self.depth(child) for child in node.children)

    def holds_indices(self, content: Node) -> bool:
        """Whether what stands below are indices: they say so, or go two levels down."""
        groups = [child for child in content.children if self.kind(child) != TASK]
        return bool(groups) and (
            any(_says_index(child) for child in groups)
            or any(self.depth(child) >= 2 for child in groups)
        )


def all_tasks(levels: Levels, nodes: Iterable[Node]) -> bool:
    return all(levels.kind(node) == TASK for node in nodes)


def _says_index(node: Node) -> bool:
    return bool(_INDEX.search(fold(node.text)) or ACRONYM.search(node.text[-25:]))


def is_structural(node: Node) -> bool:
    return node.is_heading or (node.mark is not None and not node.mark.is_bullet)


def is_title(node: Node) -> bool:
    """A heading rather than a sentence to act on: it stands out, or is short and does not end as
    sentences do."""
    if node.is_heading:
        return True
    return len(node.text) <= 250 and not node.text.endswith((".", ";"))


def is_bare_heading(node: Node) -> bool:
    """A heading that nothing stands below: "II. NHIỆM VỤ" before a table is nothing to be done."""
    if node.children or node.labels:
        return False
    capitals = node.text.isupper() and " " in node.text
    if node.mark and node.mark.kind in ("phan", "chuong") and is_title(node):
        return True
    return capitals or bool(_GENERAL.fullmatch(fold(node.text)))
