"""Reads a demonstration file strictly: an unknown field, code or day is an error with its place."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NoReturn, TypeVar

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from plans.demonstration.story import (
    APPENDIX,
    STEERING,
    Account,
    Act,
    Changed,
    Entry,
    Paper,
    Steered,
    Story,
)
from plans.planfile.naming import nearest, quoted
from plans.planfile.problems import Place, PlanFileError
from plans.planfile.scalars import read_choice, read_day, read_line, read_number, read_text
from plans.planfile.source import Source, compose

T = TypeVar("T")

ROLES = ("staff", "head", "office", "leadership", "admin")
STATES = ("not_started", "in_progress", "done", "not_arisen")
TEXTS = ("result", "difficulty", "cause", "next_step", "proposal", "explanation")
NEED_REASON = (
    Act.SEND_BACK,
    Act.PAUSE,
    Act.STOP,
    Act.MOVE_DUE_DATE,
    Act.ASK_EXTENSION,
    Act.FORWARD_EXTENSION,
    Act.REMARK,
)
# Of a task that enters the register; "leads" and "supports" are codes of units.
GIVEN = ("title", "wording", "number", "symbol", "date", "leads", "supports")
FORMS = ("notice", "letter", "criticism")
STEPS = ("acknowledge", "answer", "report", "confirm", "pass_up", "pass_out", "close", "send_back")
YES_NO = {"đạt": Decimal(1), "chưa đạt": Decimal(0)}


def read_story(source: Source) -> Story:
    """The demonstration in a YAML file, given as a path or an open stream.

    Raises PlanFileError at the first problem, OSError when the path cannot be read.
    """
    fields = _Fields(compose(source), "")
    plan = fields.take("plan", read_line(50))
    entered, today = fields.take("entered", read_day), fields.take("today", read_day)
    password = fields.take("password", read_line(100))
    accounts = tuple(_account(one) for one in fields.entries("accounts", "tài khoản"))
    usernames = tuple(account.username for account in accounts)
    course = tuple(_entry(one, usernames) for one in fields.entries("course", "diễn biến"))
    fields.close()
    if course and course[0].day < entered:
        _refuse(course[0].at, f"ngày {course[0].day} trước ngày nhập kế hoạch {entered}")
    for earlier, later in pairwise(course):
        if later.day < earlier.day:
            _refuse(later.at, f"ngày {later.day} đứng sau ngày {earlier.day}; viết theo thứ tự")
    if course and course[-1].day > today:
        _refuse(course[-1].at, f"ngày {course[-1].day} sau ngày của bản minh họa {today}")
    return Story(
        plan=plan,
        entered=entered,
        today=today,
        password=password,
        accounts=accounts,
        course=course,
    )


def _account(fields: "_Fields") -> Account:
    account = Account(
        username=fields.take("username", read_line(150)),
        full_name=fields.take("full_name", read_line(100)),
        job_title=fields.take("job_title", read_line(100)),
        unit=fields.take("unit", read_line(30), ""),
        role=fields.take("role", read_choice(ROLES)),
        email=fields.take("email", read_line(254)),
        tries=fields.take("tries", read_line(200)),
    )
    fields.close()
    return account


def _entry(fields: "_Fields", usernames: tuple[str, ...]) -> Entry:
    act = Act(fields.take("act", read_choice(tuple(Act))))
    if act in STEERING:
        return _steering(fields, act, usernames)
    if act in APPENDIX:
        return _appendix(fields, act, usernames)
    says = act in (Act.REPORT, Act.CONTRIBUTE)
    moves = act == Act.MOVE_DUE_DATE
    decides = act in NEED_REASON
    registers = act == Act.REGISTER
    dated = act in (Act.MOVE_DUE_DATE, Act.ASK_EXTENSION, Act.REGISTER)
    reports = act == Act.REPORT
    entry = Entry(
        at=fields.at,
        day=fields.take("day", read_day),
        by=fields.take("by", read_choice(usernames)),
        act=act,
        task=fields.take("task", read_line(30)),
        unit="" if moves or registers else fields.take("unit", read_line(30)),
        due_on=fields.take("due_on", read_day) if dated else None,
        reason=fields.take("reason", read_text) if decides else "",
        state=fields.take("state", read_choice(STATES), "in_progress") if reports else "",
        completed_on=fields.take("completed_on", read_day, None) if reports else None,
        texts={name: fields.take(name, read_text, "") for name in TEXTS}
        if says or act == Act.ASK_EXTENSION
        else {},
        values=fields.values("values", _read_value) if reports else {},
        evidence=tuple(_paper(one) for one in fields.entries("evidence", "tài liệu", ()))
        if says
        else (),
        given={name: fields.take(name, read_text) for name in GIVEN} if registers else {},
    )
    fields.close()
    return entry


def _steering(fields: "_Fields", act: Act, usernames: tuple[str, ...]) -> Entry:
    """Something beside the tasks: what is asked for depends on the act."""
    take = fields.take
    speaks = act in (Act.DIRECT, Act.URGE, Act.RAISE, Act.INSPECT)
    has_day = act in (Act.DIRECT, Act.INSPECT)
    entry = Entry(
        at=fields.at,
        day=take("day", read_day),
        by=take("by", read_choice(usernames)),
        act=act,
        task="",
        unit=take("unit", read_line(30)) if act in (Act.DIRECT, Act.URGE, Act.INSPECT) else "",
        due_on=take("due_on", read_day) if has_day else None,
        texts={},
        values={},
        steered=Steered(
            name=take("name", read_line(30), "") if act != Act.DISSEMINATE else "",
            step=take("step", read_choice(STEPS)) if act == Act.STEP else "",
            tasks=fields.lines("tasks") if speaks else (),
            words=take("words", read_text, "") if act != Act.DISSEMINATE else "",
            proposal=take("proposal", read_text, "") if act == Act.RAISE else "",
            form=take("form", read_choice(FORMS)) if act == Act.URGE else "",
            number=take("number", read_line(60), "") if act in (Act.URGE, Act.STEP) else "",
            date=take("date", read_day, None) if act in (Act.URGE, Act.STEP) else None,
            finding=take("finding", read_text) if act == Act.INSPECT else "",
            remedy=take("remedy", read_text) if act == Act.INSPECT else "",
            people=int(take("people", read_number(10**5))) if act == Act.DISSEMINATE else 0,
        ),
    )
    fields.close()
    return entry


def _appendix(fields: "_Fields", act: Act, usernames: tuple[str, ...]) -> Entry:
    """A task that was given is changed, or a workbook is sent."""
    take, amends = fields.take, act == Act.AMEND
    entry = Entry(
        at=fields.at,
        day=take("day", read_day),
        by=take("by", read_choice(usernames)),
        act=act,
        task=take("task", read_line(30)) if amends else "",
        reason=take("reason", read_text) if amends else "",
        texts={},
        values={},
        changed=Changed(
            passage=fields.lines("passage"),
            leads=take("leads", read_line(100), ""),
            supports=take("supports", read_line(100), ""),
        )
        if amends
        else Changed(file=take("file", read_line(200)), cells=fields.rows("cells")),
    )
    fields.close()
    if len(entry.changed.passage) not in (0, 2):
        _refuse(fields.at, "passage có hai phần: câu chữ cũ, câu chữ mới")
    if any(len(cell) != 3 for cell in entry.changed.cells):
        _refuse(fields.at, "mỗi ô trong cells có ba phần: mã nhiệm vụ, tên cột, nội dung")
    return entry


def _paper(fields: "_Fields") -> Paper:
    paper = Paper(
        number=fields.take("number", read_line(60), ""),
        date=fields.take("date", read_day, None),
        proves=fields.take("proves", read_line(300), ""),
        file=fields.take("file", read_line(200), ""),
        table=fields.rows("table"),
        lines=fields.lines("lines"),
    )
    fields.close()
    if bool(paper.number) == bool(paper.file):
        _refuse(fields.at, "ghi đúng một trong hai: số văn bản (number) hoặc tên tệp (file)")
    if bool(paper.file) != (bool(paper.table) != bool(paper.lines)):
        _refuse(fields.at, "tệp có nội dung là table hoặc lines, văn bản không có cả hai")
    return paper


def _read_value(written: str) -> Decimal:
    return YES_NO[written] if written in YES_NO else read_number(10**10)(written)


class _Required:
    """Stands for "there is no answer that blank could mean"."""


_REQUIRED = _Required()


class _Fields:
    """The fields of one mapping, each taken once; what is left at the end is a mistake."""

    def __init__(self, node: Node, words: str) -> None:
        self.at = _place(node, words)
        if not isinstance(node, MappingNode):
            _refuse(self.at, "cần các trường, mỗi trường một dòng")
        self.left: dict[str, Node] = {}
        self.known: list[str] = []
        for key, value in node.value:
            name = str(key.value)
            if name in self.left:
                _refuse(_place(key, words), f"trường {quoted(name)} viết hai lần")
            self.left[name] = value

    def take(self, name: str, read: Callable[[str], T], blank: T | _Required = _REQUIRED) -> T:
        """One value; `blank` is what no value means, without it the field is required."""
        node = self._pop(name)
        if node is None or (isinstance(node, ScalarNode) and not node.value.strip()):
            if isinstance(blank, _Required):
                _refuse(self.at, f"thiếu trường {quoted(name)}")
            return blank
        return _read(node, self._words(name), read)

    def values(self, name: str, read: Callable[[str], T]) -> dict[str, T]:
        """A mapping from codes to values; empty when there is none."""
        node = self._pop(name)
        if node is None:
            return {}
        inner = _Fields(node, self._words(name))
        return {code: inner.take(code, read) for code in list(inner.left)}

    def entries(
        self, name: str, noun: str, blank: tuple["_Fields", ...] | None = None
    ) -> tuple["_Fields", ...]:
        """A list of mappings, each called `noun` and its number."""
        node = self._pop(name)
        if node is None:
            if blank is None:
                _refuse(self.at, f"thiếu trường {quoted(name)}")
            return blank
        words = f"{self.at.words}, {noun}" if self.at.words else noun
        items = _items(node, self._words(name))
        return tuple(_Fields(one, f"{words} thứ {n}") for n, one in enumerate(items, 1))

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """A table: a list of lists of cells, empty when there is none."""
        node, words = self._pop(name), self._words(name)
        return tuple(_cells(row, words) for row in _items(node, words)) if node else ()

    def lines(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when there is none."""
        node = self._pop(name)
        return _cells(node, self._words(name)) if node else ()

    def close(self) -> None:
        """Raise unless every field was taken."""
        for name, node in self.left.items():
            message = f"không có trường {quoted(name)} ở đây. {nearest(name, self.known)}"
            _refuse(_place(node, self.at.words), message)

    def _pop(self, name: str) -> Node | None:
        self.known.append(name)
        return self.left.pop(name, None)

    def _words(self, name: str) -> str:
        return f"{self.at.words}, {name}" if self.at.words else name


def _cells(node: Node, words: str) -> tuple[str, ...]:
    return tuple(_read(cell, words, str) for cell in _items(node, words))


def _items(node: Node, words: str) -> Iterator[Node]:
    if not isinstance(node, SequenceNode):
        _refuse(_place(node, words), "cần một danh sách")
    yield from node.value


def _read(node: Node, words: str, read: Callable[[str], T]) -> T:
    if not isinstance(node, ScalarNode):
        _refuse(_place(node, words), "cần một giá trị")
    try:
        return read(node.value.strip())
    except ValueError as error:
        _refuse(_place(node, words), str(error))


def _place(node: Node, words: str) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1, words)


def _refuse(at: Place, message: str) -> NoReturn:
    raise PlanFileError([at.problem(message)])
