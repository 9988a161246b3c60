"""What the department asks of a unit, or a unit of the department, between two reports; in which
stage such a matter can be, and who may bring it to which next (S7–S9, S17; domain.md 3.4, 3.5).

Only moves of `MOVES` exist; the acts raise on every other. Lateness is derived as for tasks.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class MatterKind(TextChoices):
    DIRECTIVE = "directive", "Ý kiến chỉ đạo"
    URGING = "urging", "Đôn đốc"
    REMEDY = "remedy", "Biện pháp khắc phục"
    DIFFICULTY = "difficulty", "Khó khăn, vướng mắc"


class Stage(TextChoices):
    """Each with its Vietnamese label and the name of a drawn sign."""

    GIVEN = "given", "Chờ tiếp nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    ANSWERED = "answered", "Đã trả lời, chờ kết thúc"
    CLOSED = "closed", "Đã kết thúc"
    SENT = "sent", "Chưa trả lời"
    REPLIED = "replied", "Đã trả lời"
    OWED = "owed", "Đang khắc phục"
    REPORTED = "reported", "Chờ xác nhận"
    REMEDIED = "remedied", "Đã khắc phục"
    AT_OFFICE = "at_office", "Văn phòng đang xem xét"
    AT_LEADERSHIP = "at_leadership", "Đã trình Lãnh đạo Sở"
    AT_PROVINCE = "at_province", "Đã báo cáo UBND tỉnh"
    RESOLVED = "resolved", "Đã có trả lời"

    @property
    def sign(self) -> str:
        if self in ENDED:
            return "done"
        if self in (Stage.GIVEN, Stage.SENT):
            return "not_started"
        return "awaiting" if self in (Stage.ANSWERED, Stage.REPORTED) else "in_progress"


# The unit still owes something: these can be in time or overdue.
OWING = frozenset({Stage.GIVEN, Stage.ACCEPTED, Stage.SENT, Stage.OWED})
# Nothing more is owed by anybody.
ENDED = frozenset({Stage.CLOSED, Stage.REPLIED, Stage.REMEDIED, Stage.RESOLVED})

# The stage in which a matter of each kind begins, then those it can come to, in order.
STAGES = {
    MatterKind.DIRECTIVE: (Stage.GIVEN, Stage.ACCEPTED, Stage.ANSWERED, Stage.CLOSED),
    MatterKind.URGING: (Stage.SENT, Stage.REPLIED),
    MatterKind.REMEDY: (Stage.OWED, Stage.REPORTED, Stage.REMEDIED),
    MatterKind.DIFFICULTY: (
        Stage.AT_OFFICE,
        Stage.AT_LEADERSHIP,
        Stage.AT_PROVINCE,
        Stage.RESOLVED,
    ),
}


class StepKind(TextChoices):
    """What was done with a matter."""

    OPEN = "open", "Ghi nhận"
    ACKNOWLEDGE = "acknowledge", "Tiếp nhận"
    ANSWER = "answer", "Trả lời"
    REPORT = "report", "Báo cáo kết quả khắc phục"
    CONFIRM = "confirm", "Xác nhận đã khắc phục"
    PASS_UP = "pass_up", "Trình Lãnh đạo Sở"
    PASS_OUT = "pass_out", "Báo cáo UBND tỉnh"
    SEND_BACK = "send_back", "Trả lại"
    CLOSE = "close", "Kết thúc"
    REOPEN = "reopen", "Mở lại"
    MOVE_DUE = "move_due", "Đổi thời hạn"


class Party(StrEnum):
    """A side of a matter: the unit it is about, the Office, the leadership."""

    UNIT = "unit"
    OFFICE = "office"
    LEADERSHIP = "leadership"


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a stage to another: who may go it, what must be said, who is told.

    The Office does not decide on its own unit's matter unless `own_too`.
    """

    kind: MatterKind
    act: StepKind
    starts: frozenset[Stage]
    ends: Stage
    parties: frozenset[Party]
    told: frozenset[Party]
    words: str
    needs_words: bool = True
    needs_document: bool = False
    needs_day: bool = False
    own_too: bool = False

    @property
    def slug(self) -> str:
        """The move in the address bar."""
        return SLUGS[self.act]


SLUGS = {
    StepKind.ACKNOWLEDGE: "tiep-nhan",
    StepKind.ANSWER: "tra-loi",
    StepKind.REPORT: "bao-cao",
    StepKind.CONFIRM: "xac-nhan",
    StepKind.PASS_UP: "trinh",
    StepKind.PASS_OUT: "bao-cao-ubnd",
    StepKind.SEND_BACK: "tra-lai",
    StepKind.CLOSE: "ket-thuc",
    StepKind.REOPEN: "mo-lai",
    StepKind.MOVE_DUE: "doi-han",
}

_UNIT = frozenset({Party.UNIT})
_OFFICE = frozenset({Party.OFFICE})
_LEADERSHIP = frozenset({Party.LEADERSHIP})
_ABOVE = _OFFICE | _LEADERSHIP


def _on(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


def _moved_in(kind: MatterKind, stage: Stage, parties: frozenset[Party]) -> Move:
    """Whoever set a deadline sets another, with a reason, as long as it is owed."""
    act, words = StepKind.MOVE_DUE, "Đổi thời hạn"
    return Move(kind, act, _on(stage), stage, parties, _UNIT, words, needs_day=True)


_D, _U, _R, _H = MatterKind

MOVES = (
    # Directives (3.5): the unit takes note and answers; the leadership, or the Office for it, ends.
    Move(
        _D,
        StepKind.ACKNOWLEDGE,
        _on(Stage.GIVEN),
        Stage.ACCEPTED,
        _UNIT,
        _ABOVE,
        "Tiếp nhận",
        needs_words=False,
    ),
    Move(
        _D,
        StepKind.ANSWER,
        _on(Stage.GIVEN, Stage.ACCEPTED),
        Stage.ANSWERED,
        _UNIT,
        _ABOVE,
        "Trả lời",
    ),
    Move(
        _D,
        StepKind.CLOSE,
        _on(Stage.ANSWERED),
        Stage.CLOSED,
        _ABOVE,
        _UNIT,
        "Kết thúc",
        needs_words=False,
    ),
    _moved_in(_D, Stage.GIVEN, _LEADERSHIP),
    _moved_in(_D, Stage.ACCEPTED, _LEADERSHIP),
    Move(
        _D,
        StepKind.CLOSE,
        _on(Stage.GIVEN, Stage.ACCEPTED),
        Stage.CLOSED,
        _LEADERSHIP,
        _UNIT,
        "Kết thúc, không chờ trả lời",
    ),
    Move(
        _D,
        StepKind.SEND_BACK,
        _on(Stage.ANSWERED),
        Stage.ACCEPTED,
        _ABOVE,
        _UNIT,
        "Yêu cầu làm rõ",
    ),
    Move(_D, StepKind.REOPEN, _on(Stage.CLOSED), Stage.ACCEPTED, _LEADERSHIP, _UNIT, "Mở lại"),
    # Urgings (3.4): the unit answers, again if it has more to say.
    Move(
        _U,
        StepKind.ANSWER,
        _on(Stage.SENT, Stage.REPLIED),
        Stage.REPLIED,
        _UNIT,
        _OFFICE,
        "Trả lời",
    ),
    # Remedies (S9): reported by the unit, confirmed by who did not report.
    Move(
        _R,
        StepKind.REPORT,
        _on(Stage.OWED),
        Stage.REPORTED,
        _UNIT,
        _ABOVE,
        "Báo cáo đã khắc phục",
    ),
    Move(
        _R,
        StepKind.CONFIRM,
        _on(Stage.REPORTED),
        Stage.REMEDIED,
        _ABOVE,
        _UNIT,
        "Xác nhận đã khắc phục",
        needs_words=False,
    ),
    Move(_R, StepKind.SEND_BACK, _on(Stage.REPORTED), Stage.OWED, _ABOVE, _UNIT, "Trả lại"),
    Move(_R, StepKind.REOPEN, _on(Stage.REMEDIED), Stage.OWED, _ABOVE, _UNIT, "Mở lại"),
    _moved_in(_R, Stage.OWED, _ABOVE),
    # Difficulties (S17): unit → Office → leadership → UBND tỉnh, answered at any of the three.
    Move(
        _H,
        StepKind.PASS_UP,
        _on(Stage.AT_OFFICE),
        Stage.AT_LEADERSHIP,
        _OFFICE,
        _LEADERSHIP | _UNIT,
        "Trình Lãnh đạo Sở",
        needs_words=False,
        own_too=True,
    ),
    Move(
        _H,
        StepKind.PASS_OUT,
        _on(Stage.AT_LEADERSHIP),
        Stage.AT_PROVINCE,
        _ABOVE,
        _OFFICE | _UNIT,
        "Báo cáo UBND tỉnh",
        needs_words=False,
        needs_document=True,
        own_too=True,
    ),
    Move(
        _H,
        StepKind.ANSWER,
        _on(Stage.AT_OFFICE),
        Stage.RESOLVED,
        _ABOVE,
        _UNIT,
        "Trả lời đơn vị",
    ),
    Move(
        _H,
        StepKind.ANSWER,
        _on(Stage.AT_LEADERSHIP),
        Stage.RESOLVED,
        _LEADERSHIP,
        _OFFICE | _UNIT,
        "Trả lời đơn vị",
    ),
    Move(
        _H,
        StepKind.ANSWER,
        _on(Stage.AT_PROVINCE),
        Stage.RESOLVED,
        _ABOVE,
        _ABOVE | _UNIT,
        "Ghi trả lời của UBND tỉnh",
        own_too=True,
    ),
    Move(
        _H,
        StepKind.SEND_BACK,
        _on(Stage.AT_LEADERSHIP),
        Stage.AT_OFFICE,
        _LEADERSHIP,
        _OFFICE,
        "Trả lại Văn phòng",
    ),
    Move(
        _H,
        StepKind.REOPEN,
        _on(Stage.RESOLVED),
        Stage.AT_OFFICE,
        _UNIT,
        _OFFICE,
        "Nêu lại, chưa được giải quyết",
    ),
)


def move_from(kind: str, act: str, stage: str) -> Move | None:
    """The move that `act` is from this stage; None when there is no such way."""
    return next((m for m in MOVES if (m.kind, m.act) == (kind, act) and stage in m.starts), None)


def act_of(kind: str, slug: str) -> StepKind | None:
    """The act that an address names, if matters of this kind know it."""
    return next((m.act for m in MOVES if m.kind == kind and m.slug == slug), None)
