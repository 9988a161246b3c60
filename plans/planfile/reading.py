"""Reads a YAML tree by the description in content.py and gathers every problem with its place."""

from collections import defaultdict
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from plans.codes import same_code
from plans.planfile.checks import problems_of
from plans.planfile.content import PlanFile
from plans.planfile.fields import GROUP, TASK, UNIT, Entry, Spec, specs
from plans.planfile.naming import nearest, quoted
from plans.planfile.problems import Place, PlanFileError, Problem
from plans.planfile.source import Source, compose

# Read and found wrong: already reported.
_WRONG: Any = object()


def read_plan(source: Source) -> PlanFile:
    """The plan in a YAML file, given as a path or an open stream.

    Raises PlanFileError with every problem, OSError when the path cannot be read.
    """
    return read_tree(compose(source))


def read_tree(root: Node) -> PlanFile:
    """The same of a tree that was made otherwise; PlanFileError has the places of its nodes."""
    reading = _Reading()
    plan_file = reading.entry(PlanFile, root, "")
    reading.resolve_references()
    if plan_file is _WRONG or reading.problems:
        raise PlanFileError(reading.problems)
    assert isinstance(plan_file, PlanFile)
    return plan_file


class _Reading:
    """One pass over one file: what is wrong, which codes it defines and which it points to."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.defined: defaultdict[str, dict[str, Place]] = defaultdict(dict)
        self.alike: dict[tuple[str, str], Place] = {}
        self.references: list[tuple[Spec, str, Place]] = []

    def entry(self, cls: type[Entry], node: Node, words: str) -> Any:
        """An instance of `cls`, or _WRONG when it cannot be made."""
        at = _place(node, words)
        if not isinstance(node, MappingNode):
            return self.wrong(at, f"cần các trường của {cls.noun}, đang là {_kind(node)}")
        known = specs(cls)
        given = self.given(cls, node, words)
        values = {name: self.value(known[name], given[name], words) for name in given}
        complete = True
        for name, spec in known.items():
            if spec.required and name not in given:
                self.wrong(at, f"thiếu trường bắt buộc “{name}” ({spec.label})")
            if spec.required and values.get(name, _WRONG) is _WRONG:
                complete = False
        if not complete:
            return _WRONG
        marks = {
            name: _place(value, _join(words, known[name].label)) for name, value in given.items()
        }
        kept = {name: value for name, value in values.items() if value is not _WRONG}
        entry = cls(at=at, marks=marks, **kept)
        self.problems.extend(problems_of(entry))
        return entry

    def given(self, cls: type[Entry], node: MappingNode, words: str) -> dict[str, Node]:
        """The value nodes by field name; blank ones are left out, as if not written."""
        known = specs(cls)
        seen: set[str] = set()
        given: dict[str, Node] = {}
        for key, value in node.value:
            at = _place(key, words)
            name = key.value if isinstance(key, ScalarNode) else ""
            if name not in known:
                self.wrong(at, f"không có trường {quoted(name)}. {nearest(name, known)}")
            elif name in seen:
                self.wrong(at, f"trường “{name}” viết hai lần")
            elif not _is_blank(value):
                given[name] = value
            seen.add(name)
        return given

    def value(self, spec: Spec, node: Node, words: str) -> Any:
        if not spec.many:
            return self.single(spec, node, words, 0)
        at = _place(node, _join(words, spec.label))
        if not isinstance(node, SequenceNode):
            return self.wrong(at, f"cần một danh sách, đang là {_kind(node)}")
        if spec.required and not node.value:
            return self.wrong(at, "danh sách trống")
        items = [self.single(spec, item, words, n) for n, item in enumerate(node.value, start=1)]
        if spec.refers:
            self.refuse_repeats(node, items, _join(words, spec.label))
        return tuple(item for item in items if item is not _WRONG)

    def single(self, spec: Spec, node: Node, words: str, ordinal: int) -> Any:
        """A scalar or a nested entry, the `ordinal`-th of its list or 0 where there is no list."""
        if spec.part is not None:
            cls = spec.part()
            return self.entry(cls, node, _entry_words(cls, spec, node, words, ordinal))
        at = _place(node, _join(words, spec.label))
        if not isinstance(node, ScalarNode):
            return self.wrong(at, f"cần một giá trị, đang là {_kind(node)}")
        if _is_blank(node):
            return self.wrong(at, "mục trống trong danh sách")
        try:
            value = spec.read(node.value.strip())
        except ValueError as error:
            return self.wrong(at, str(error))
        if spec.defines:
            self.define(spec.defines, str(value), at)
        if spec.refers:
            self.references.append((spec, str(value), at))
        return value

    def define(self, kind: str, value: str, at: Place) -> None:
        alike = self.alike.setdefault((kind, _likeness(kind, value)), at)
        if alike is not at:
            self.wrong(at, f"mã {kind} {quoted(value)} đã dùng ở dòng {alike.line}")
        else:
            self.defined[kind][value] = at

    def resolve_references(self) -> None:
        """Reports each code that points to nothing; possible once the whole file is read."""
        for spec, value, at in self.references:
            if not any(value in self.defined[kind] for kind in spec.refers):
                kinds = " hoặc ".join(spec.refers)
                known = dict.fromkeys(code for kind in spec.refers for code in self.defined[kind])
                self.wrong(at, f"không có {kinds} {quoted(value)}. {nearest(value, known)}")

    def refuse_repeats(self, node: SequenceNode, items: list[Any], words: str) -> None:
        seen: set[str] = set()
        for item, item_node in zip(items, node.value, strict=True):
            if item in seen:
                self.wrong(_place(item_node, words), f"{quoted(item)} viết hai lần")
            elif item is not _WRONG:
                seen.add(item)

    def wrong(self, at: Place, message: str) -> Any:
        self.problems.append(at.problem(message))
        return _WRONG


def _likeness(kind: str, code: str) -> str:
    """What two codes of a kind may not have in common (units/models, plans/codes)."""
    if kind == TASK:
        return same_code(code)
    return code.lower() if kind in (UNIT, GROUP) else code


def _place(node: Node, words: str) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1, words)


def _join(words: str, more: str) -> str:
    return f"{words}, {more}" if words else more


def _entry_words(cls: type[Entry], spec: Spec, node: Node, words: str, ordinal: int) -> str:
    """How messages call an entry: by its code alone, which is one in the file; else by its number
    or its turn, after what it stands in."""
    if not ordinal:
        return _join(words, spec.label)
    named = {
        key.value: value.value
        for key, value in (node.value if isinstance(node, MappingNode) else ())
        if isinstance(key, ScalarNode) and isinstance(value, ScalarNode)
    }
    for name in ("code", "id"):
        if named.get(name):
            return f"{cls.noun} {named[name]}"
    if named.get("number"):
        return _join(words, f"{cls.noun} {named['number']}")
    return _join(words, f"{cls.noun} thứ {ordinal}")


def _is_blank(node: Node) -> bool:
    """Nothing written, or only quotes; YAML's null signs count when they stand without quotes."""
    if not isinstance(node, ScalarNode):
        return False
    return not node.value.strip() or (node.style is None and node.value in ("~", "null"))


def _kind(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "một nhóm trường"
    return "một danh sách" if isinstance(node, SequenceNode) else "một giá trị"
