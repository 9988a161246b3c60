"""The body of a plan: its sections, and the content as indices, areas, blocks and tasks (S10–S33).

Levels (levels.py) say what is an index, an area or a block; sections.py takes the plan's own
sections, blocks.py reads blocks and tasks.
"""

import re
from collections.abc import Iterable

from plans.reading.blocks import Blocks
from plans.reading.codes import give_codes, short_number
from plans.reading.doubting import LEAD, cut
from plans.reading.draft import Doubt, DraftArea, DraftIndicator, DraftPlan
from plans.reading.levels import ACRONYM, BLOCK, GROUP, TASK, all_tasks, is_bare_heading
from plans.reading.outline import Node
from plans.reading.parties import Directory
from plans.reading.sections import section_of, take_sections
from plans.reading.sentence_deadlines import deadline_in
from plans.reading.sentences import all_units, roles_alone

_QUOTED = re.compile(
    r"^(?:đối với\s+)?(?:nội dung|lĩnh vực)\s*[“\"](.+?)[”\"][.:]?$", re.IGNORECASE
)


class Body(Blocks):
    """One reading of one body."""

    def __init__(self, plan: DraftPlan, directory: Directory, doubts: list[Doubt]) -> None:
        super().__init__(plan, directory, doubts)
        self.indicators: list[DraftIndicator] = []

    def read(self, root: Node, has_tables: bool = False) -> None:
        """`has_tables`: the document has tasks in tables, too (tables.py)."""
        contents = take_sections(root, self.plan, self.doubts, has_tables)
        contents = self._without_bare_headings(contents)
        for content in contents:
            self._label_roles(content)
        if len(contents) == 1 and contents[0].children:
            [content] = contents
            self.plan.content = section_of(content)
            held = content.children if self.levels.holds_indices(content) else [content]
            self.indicators += [self._indicator(one) for one in held]
        elif contents and all_tasks(self.levels, contents):
            whole = Node(contents[0].line, self.plan.title or "Nhiệm vụ", children=contents)
            self.indicators.append(self._indicator(whole))
        else:
            self.indicators += [self._indicator(node) for node in contents]
        give_codes(self.indicators)

    def _without_bare_headings(self, nodes: list[Node]) -> list[Node]:
        kept: list[Node] = []
        for node in nodes:
            if is_bare_heading(node):
                self.plan.content = self.plan.content or section_of(node)
                self.doubt(node.line, f"không có gì dưới đề mục “{node.printed}”")
            else:
                node.children = self._without_bare_headings(node.children)
                kept.append(node)
        return kept

    def _label_roles(self, node: Node) -> None:
        """A line that says only who leads and supports is a label of what it stands below."""
        for child in node.children:
            if not child.children and not child.labels and not child.number:
                child.labels = roles_alone(child.text, self.directory)
            self._label_roles(child)

    def _doubt_deadline(self, node: Node) -> None:
        """A deadline in the title of an area or an index is nobody's until a person says whose."""
        if deadline_in(node.text, self.plan.year)[0].words:
            self.doubt(
                node.line, f"đầu mục “{cut(node.text)}” có thời hạn, chưa áp cho nhiệm vụ nào"
            )

    def _indicator(self, node: Node) -> DraftIndicator:
        acronym = ACRONYM.search(node.text)
        name = ACRONYM.sub("", node.text).strip(" :.") if acronym else node.text.strip(" :.")
        if acronym and (official := self._official(acronym[1])) and official != name:
            self.doubt(node.line, f"gọi theo trích yếu là “{official}”; đầu mục giữ như bản in")
            name = official
        number, heading = _number_and_heading(node)
        made = DraftIndicator(
            node.line,
            short_number(number),
            acronym[1] if acronym else "",
            cut(name or "Nội dung", 300),
            cut(heading, 400),
        )
        if self.levels.kind(node) in (TASK, BLOCK):
            made.areas.append(self._own_area(node))
            made.areas[0].number = ""
            return made
        self._doubt_deadline(node)
        if all_tasks(self.levels, node.children):
            made.areas.append(
                DraftArea(node.line, "", cut(node.text, 500), blocks=self.blocks_of(node.children))
            )
            self._led_by_title(node, made.areas)
            return made
        for child in node.children:
            if self.levels.kind(child) == GROUP:
                made.areas.append(self._area(child))
            else:
                made.areas.append(self._own_area(child))
        self._led_by_title(node, [inner for area in made.areas for inner in (area, *area.areas)])
        return made

    def _official(self, acronym: str) -> str:
        """The name of an index in the plan's title, which is the official one (E7)."""
        found = re.search(rf"((?:Chỉ số|Bộ chỉ số)[^;()]+?)\s*\({acronym}\)", self.plan.title)
        return found[1] if found else ""

    def _own_area(self, node: Node) -> DraftArea:
        """A block or a task without an area above it is an area of its own (1.1, SIPAS)."""
        area = self._titled(node)
        block = self.block_of(node)
        block.number, block.heading, block.criteria = "", "", []
        if self.levels.kind(node) == BLOCK and node.children:
            block.line = node.children[0].line
        if self.levels.kind(node) == TASK:
            for task in block.tasks:
                task.number = ""
        area.blocks.append(block)
        return area

    def _titled(self, node: Node) -> DraftArea:
        quoted = _QUOTED.match(node.text)
        title = quoted[1] if quoted else node.text
        title = cut(title.strip(), 500)
        number, heading = _number_and_heading(node)
        return DraftArea(node.line, number, title, "" if title == heading.strip() else heading)

    def _led_by_title(self, node: Node, areas: Iterable[DraftArea]) -> None:
        """ "1. Văn phòng Sở" above tasks says who does those that name nobody themselves."""
        if not all_units(node.text.strip(" :."), self.directory):
            return
        found = self.parties(node.text.strip(" :."), node.line, LEAD)
        blocks = [block for area in areas for block in area.blocks if not block.lead.words]
        if found.unknown or not found.codes or not blocks:
            return
        self.doubt(node.line, f"hiểu “{found.words}” ở đầu mục là chủ trì các nhiệm vụ bên dưới")
        for block in blocks:
            block.lead = found

    def _area(self, node: Node) -> DraftArea:
        area = self._titled(node)
        self._doubt_deadline(node)
        for child in node.children:
            if self.levels.kind(child) == GROUP:
                area.areas += self._inner(child, "")
            else:
                area.blocks += self.blocks_of([child])
        self._led_by_title(node, (area, *area.areas))
        return area

    def _inner(self, node: Node, before: str) -> Iterable[DraftArea]:
        """Areas nest two levels; what goes deeper keeps its place and the headings above it."""
        inner = self._titled(node)
        self._doubt_deadline(node)
        inner.title = cut(f"{before}{inner.title}", 500)
        inner.blocks = [
            block
            for child in node.children
            if self.levels.kind(child) != GROUP
            for block in self.blocks_of([child])
        ]
        self._led_by_title(node, [inner])
        if inner.blocks:
            yield inner
        for child in node.children:
            if self.levels.kind(child) == GROUP:
                yield from self._inner(child, f"{inner.title} – ")


def _number_and_heading(node: Node) -> tuple[str, str]:
    """A number in words ("Phần thứ hai") is short for lists and codes; the heading keeps it."""
    short = node.mark.short if node.mark and node.number else node.number
    return short, node.text if short == node.number else node.printed
