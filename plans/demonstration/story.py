"""What a demonstration file holds. Codes are those of the plan file; a blank text is ""."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from plans.planfile.problems import Place


class Act(StrEnum):
    """What somebody did on a day; each is carried out by the act of the same name."""

    REPORT = "report"
    CONTRIBUTE = "contribute"
    UNCHANGED = "unchanged"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    PAUSE = "pause"
    STOP = "stop"
    MOVE_DUE_DATE = "move_due_date"
    ASK_EXTENSION = "ask_extension"
    FORWARD_EXTENSION = "forward_extension"
    REMARK = "remark"
    REGISTER = "register"
    DIRECT = "direct"
    URGE = "urge"
    RAISE = "raise"
    INSPECT = "inspect"
    DISSEMINATE = "disseminate"
    STEP = "step"
    AMEND = "amend"
    UPLOAD = "upload"


APPENDIX = frozenset({Act.AMEND, Act.UPLOAD})
STEERING = frozenset({Act.DIRECT, Act.URGE, Act.RAISE, Act.INSPECT, Act.DISSEMINATE, Act.STEP})


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person who can log in; `tries` says what a visitor can try with it."""

    username: str
    full_name: str
    job_title: str
    unit: str
    role: str
    email: str
    tries: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A piece of evidence: a document by number and date, or a file made of a table or lines."""

    number: str
    date: dt.date | None
    proves: str
    file: str
    table: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Steered:
    """What was directed, urged, raised, inspected or brought to all, or the next step with what an
    earlier entry called `name`. Fields that an act does not have are blank."""

    name: str = ""
    step: str = ""
    tasks: tuple[str, ...] = ()
    words: str = ""
    proposal: str = ""
    form: str = ""
    number: str = ""
    date: dt.date | None = None
    finding: str = ""
    remedy: str = ""
    people: int = 0


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What becomes of the appendix. Of one task: a `passage` of its wording as it was and as it is
    now, who leads and who supports it afterwards (codes; blank: as they are). Or a workbook that
    waits to be applied: the appendix with `cells` that say something else (code of the task, title
    of the column, text); a code that the plan does not have is a new row."""

    passage: tuple[str, ...] = ()
    leads: str = ""
    supports: str = ""
    file: str = ""
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that was done. `values` are keyed by the code of the measure; yes and no are 1
    and 0. `unit` is blank only where a whole task is meant; `given` is what enters the register."""

    at: Place
    day: dt.date
    by: str
    act: Act
    task: str
    unit: str = ""
    state: str = ""
    completed_on: dt.date | None = None
    due_on: dt.date | None = None
    reason: str = ""
    texts: Mapping[str, str]
    values: Mapping[str, Decimal]
    evidence: tuple[Paper, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    steered: Steered = Steered()
    changed: Changed = Changed()


@dataclass(frozen=True, kw_only=True)
class Story:
    """A whole file: `course` is in the order of days, none of them after `today`. The plan and the
    accounts were entered on the day `entered`."""

    plan: str
    entered: dt.date
    today: dt.date
    password: str
    accounts: tuple[Account, ...]
    course: tuple[Entry, ...]
