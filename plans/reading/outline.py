"""Lines as a tree, whatever the custom of numbering (F24): Phần, Chương, Mục, Điều, I, 1, 1.1,
(1), a), bullets, headings without a number.

The order of Phần > Chương > Mục > A > I > Điều > 1 > 1.1 is fixed, but "A" may stand below "I";
letters, numbers in brackets, bullets and unnumbered headings nest as they come: a kind that is open
already goes on beside its like, a new kind begins below.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from plans.reading.lines import Line
from plans.reading.marks import TASKS, Mark, split_labels, split_mark, turn_of

_HEADING_LETTERS = 200
_BELOW_ROMAN = 5
_BELOW_ARTICLE = 7
_REMARK = re.compile(
    r"\((?=[^()]*(?:chủ trì|thực hiện\s*:|phối hợp|thời hạn|thời gian|hoàn thành))[^()]*\)[.;]?$",
    re.IGNORECASE,
)


@dataclass
class Node:
    """One line with what stands below it. `labels` are those of an assignment ("Đơn vị chủ
    trì: …"); a heading stands out in print, or is followed by what belongs below it."""

    line: int
    text: str
    mark: Mark | None = None
    is_heading: bool = False
    level: int = 0
    labels: list[tuple[str, str]] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.mark.printed if self.mark and not self.mark.is_bullet else ""

    @property
    def printed(self) -> str:
        """The line as it stands, with what is before it."""
        if self.mark is None:
            return self.text
        dot = "" if self.mark.is_bullet or self.mark.printed.endswith(")") else "."
        return f"{self.mark.printed}{dot} {self.text}"

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


def build(lines: list[Line]) -> Node:
    """The tree of the lines of a plan's body; the root itself has no line."""
    root = Node(0, "")
    stack = [root]
    lines = _with_their_remarks(_with_their_titles(lines))
    nodes: list[Node] = []
    for line in lines:
        nodes.append(_node(line, nodes[-1] if nodes else None))
    _rank_letters(nodes)
    _rank_sections(nodes)
    for n, node in enumerate(nodes):
        following = nodes[n + 1] if n + 1 < len(nodes) else None
        if node.mark is None and not node.labels:
            node.is_heading = _is_heading(node, lines[n], following)
        _pop(stack, node)
        stack[-1].children.append(node)
        stack.append(node)
    return root


def _rank_letters(nodes: list[Node]) -> None:
    """ "A." stands above "I." or below it, as whichever comes first in the document has it."""
    first = next((n.mark.kind for n in nodes if n.mark and n.mark.kind in ("upper", "roman")), "")
    if first == "roman":
        for node in nodes:
            if node.mark and node.mark.kind == "upper":
                node.mark = replace(node.mark, rank=_BELOW_ROMAN)


def _rank_sections(nodes: list[Node]) -> None:
    """ "Mục" stands above "I." and "Điều" (F24), unless the first one begins right below "Điều 1",
    or where Roman numbers have already begun."""
    sections = [n for n, node in enumerate(nodes) if node.mark and node.mark.kind == "muc"]
    if not sections:
        return
    before = [node.mark.kind if node.mark else "" for node in nodes[: sections[0]]]
    rank = 0
    if before and before[-1] == "dieu":
        rank = _BELOW_ARTICLE
    elif "roman" in before and "chuong" not in before and "phan" not in before:
        rank = _BELOW_ROMAN
    for n in sections if rank else ():
        mark = nodes[n].mark
        assert mark is not None
        nodes[n].mark = replace(mark, rank=rank)


def _with_their_titles(lines: list[Line]) -> list[Line]:
    """ "Phần I" alone on its line has its title on the next (F24)."""
    joined: list[Line] = []
    waiting = False
    for line in lines:
        mark, rest = split_mark(line.text)
        if waiting and mark is None:
            above = joined[-1]
            joined[-1] = Line(
                above.number, f"{above.text.rstrip('.:')}. {rest}", above.bold, above.level
            )
        else:
            joined.append(line)
        waiting = mark is not None and not mark.is_bullet and not rest
    return joined


def _with_their_remarks(lines: list[Line]) -> list[Line]:
    """ "(Phòng A chủ trì; hoàn thành trong quý II)" on a line of its own belongs to the sentence
    before it."""
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above and _REMARK.match(line.text) and split_mark(above.text)[0] is not None:
            joined[-1] = replace(above, text=f"{above.text} {line.text}")
        else:
            joined.append(line)
    return joined


def _node(line: Line, before: Node | None) -> Node:
    mark, text = split_mark(line.text)
    labels = split_labels(text)
    ranked = mark is not None and mark.rank is not None and mark.rank <= 8
    if before is not None and before.labels and before.mark and mark:
        # "1. Đơn vị chủ trì: …", "2. Nội dung: …"
        ranked &= before.mark.kind != mark.kind
    if labels and labels[0][0] == TASKS and ranked:
        labels = []  # "II. Nhiệm vụ, giải pháp:" is a chapter and no label.
    heading = mark is not None and not mark.is_bullet and (line.bold or bool(line.level))
    return Node(line.number, text, mark, heading and not labels, line.level, labels)


def _is_heading(node: Node, line: Line, following: Node | None) -> bool:
    """Whether a line without a number is a heading and not a sentence."""
    text = node.text
    if len(text) > _HEADING_LETTERS or text.startswith("(") or text.endswith((";", "./.")):
        return False
    if line.level or line.bold or (text.isupper() and " " in text):
        return True
    # "Tiêu chí X:" and next the line that says who leads it.
    return following is not None and bool(following.labels) and not text.endswith(".")


def _pop(stack: list[Node], node: Node) -> None:
    """Leaves on the stack what `node` stands below."""
    mark = node.mark
    if mark is not None and mark.rank is not None:
        _pop_ranked(stack, mark)
    elif mark is not None:
        _pop_to_like(stack, node, mark)
    elif node.is_heading:
        _pop_heading(stack, node)
    else:
        # A plain paragraph or label goes with the nearest thing that is no bullet or paragraph.
        while len(stack) > 1 and not _holds_paragraphs(stack[-1]):
            stack.pop()
    if node.labels and mark is not None and mark.is_bullet:
        # Labels belong to the heading, not to a bullet or label before them.
        while len(stack) > 1 and (stack[-1].labels or not _holds_labels(stack[-1])):
            stack.pop()


def _holds_paragraphs(node: Node) -> bool:
    return node.is_heading or (node.mark is not None and not node.mark.is_bullet)


def _holds_labels(node: Node) -> bool:
    return node.is_heading or node.mark is not None


def _pop_ranked(stack: list[Node], mark: Mark) -> None:
    assert mark.rank is not None
    if mark.kind.startswith("decimal") and _in_a_list_of_its_own(stack, mark):
        return
    if mark.value == 1 and not mark.printed.count("."):
        # "1." again inside "a)" or below a heading of its own begins a list of its own.
        like = next(
            (n for n, one in enumerate(stack) if one.mark and one.mark.kind == mark.kind), 0
        )
        top = stack[-1]
        if like and top is not stack[like] and top.mark is not None and top.mark.rank is None:
            while stack[-1].mark is not None and stack[-1].mark.is_bullet:
                stack.pop()
            return
    while len(stack) > 1:
        top = stack[-1]
        if top.mark is None or top.mark.rank is None:
            # An unnumbered chapter in capitals stays above its numbers, unless they are beside it.
            if top.is_heading and not _ranked_below(stack[:-1], mark) and mark.rank > 3:
                return
            stack.pop()
        elif top.mark.rank >= mark.rank:
            stack.pop()
        else:
            return


def _in_a_list_of_its_own(stack: list[Node], mark: Mark) -> bool:
    """ "1.", "2." right below "1.2" begin anew there, and do not go on with what "1.2" is part of,
    and "1.3" goes on after them; leaves on the stack what they stand below."""
    if mark.value == 1:
        return mark.kind == "decimal1" and _is_deeper(stack[-1], mark)
    series = mark.printed.rpartition(".")[0]
    for n in range(len(stack) - 1, 0, -1):
        one = stack[n].mark
        if one and one.kind == mark.kind and one.printed.rpartition(".")[0] == series:
            if one.value + 1 == mark.value and (series or _is_deeper(stack[n - 1], mark)):
                del stack[n:]
                return True
            return False
    return False


def _is_deeper(node: Node, mark: Mark) -> bool:
    return node.mark is not None and (node.mark.rank or 0) > (mark.rank or 0)


def _ranked_below(stack: list[Node], mark: Mark) -> bool:
    """Whether the number goes on, or goes deeper than, a numbered thing that is open."""
    assert mark.rank is not None
    for node in reversed(stack):
        if node.mark is not None and node.mark.rank is not None:
            if node.mark.kind == mark.kind:
                return mark.value == node.mark.value + 1 or mark.printed.startswith(
                    node.mark.printed.rpartition(".")[0] + "."
                )
            return node.mark.rank > mark.rank
    return False


def _pop_to_like(stack: list[Node], node: Node, mark: Mark) -> None:
    if mark.kind == "(i)" and len(mark.printed) == 3:
        # "(i)" after "(h)" is a letter.
        letter = replace(mark, kind="(a)", value=turn_of(mark.printed[1]))
        if any(one.mark and one.mark.kind == "(a)" and _follows(letter, one) for one in stack):
            node.mark = mark = letter
    likes = [
        n
        for n, one in enumerate(stack)
        if one.mark is not None and (one.mark.kind == mark.kind or one.mark.printed == mark.printed)
    ]
    if not likes:
        # Below whatever is open, but not below a plain paragraph.
        while len(stack) > 1 and (_is_closed(stack[-1]) or _is_plain(stack[-1])):
            stack.pop()
        if mark.is_bullet and (before := stack[-1].mark) and _goes_on(stack[-1]):
            node.mark = replace(mark, kind=before.kind)
            stack.pop()
        return
    following = [n for n in likes if _value(stack[n]) + 1 == mark.value]
    like = (following or likes)[-1]
    if mark.value == 1 and stack[-1] is not stack[like] and _opens(stack[-1]):
        return
    del stack[like:]


def _opens(node: Node) -> bool:
    if node.mark is None and not node.labels and node.text.endswith(":"):
        return True  # "Giao Phòng X chủ trì:" and below it the tasks
    return node.is_heading or (bool(node.labels) and not _is_closed(node))


def _follows(mark: Mark, node: Node) -> bool:
    return _value(node) + 1 == mark.value


def _goes_on(node: Node) -> bool:
    """A bullet that ends with ";" is one of a list, whatever signs the others have."""
    return node.mark is not None and node.mark.is_bullet and node.text.endswith(";")


def _is_closed(node: Node) -> bool:
    """A label that says its value itself: what follows stands beside it, not below."""
    return bool(node.labels) and node.labels[-1][0] != TASKS and bool(node.labels[-1][1])


def _is_plain(node: Node) -> bool:
    return node.mark is None and not _opens(node)


def _value(node: Node) -> int:
    return node.mark.value if node.mark is not None else 0


def _pop_heading(stack: list[Node], node: Node) -> None:
    """Beside an unnumbered heading of its kind, else below the last number of fixed rank."""
    capitals = node.text.isupper()
    for n in range(len(stack) - 1, 0, -1):
        one = stack[n]
        if one.mark is None and one.is_heading and one.text.isupper() == capitals:
            if node.level and one.level and one.level < node.level:
                break
            if node.level and one.level > node.level:
                continue
            del stack[n:]
            return
    if capitals and not any(one.mark is not None and one.mark.rank is not None for one in stack):
        del stack[1:]
    while len(stack) > 1:
        top = stack[-1]
        if (top.mark is not None and top.mark.rank is not None) or (
            top.mark is None and top.is_heading
        ):
            return
        stack.pop()
