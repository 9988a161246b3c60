"""What of the plan a report is about when a round asked some units only (S30), and the words that
say so: a reader must never take it for the whole plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.content.prose import listed

NOT_ASKED = "không thuộc đợt báo cáo này"
ASKED = "đơn vị được yêu cầu báo cáo"


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the plan a report is about when a round asked some units only (S30): how many tasks
    and measures the whole plan has, whom the round asked, which units that lead tasks it did not
    ask, (code, those of them) of the tasks that they lead together with a unit that was, and which
    tasks nobody leads."""

    tasks: int
    measures: int
    asked: tuple[str, ...]
    outside: tuple[str, ...]
    joint: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unassigned: tuple[str, ...] = ()

    @property
    def whom(self) -> str:
        """Those that were asked, in general words."""
        return f"các {ASKED}" if len(self.asked) > 1 else ASKED

    @property
    def names(self) -> str:
        return "; ".join(self.asked)


def from_whom(scope: Scope | None) -> str:
    """Who tells, at the beginning of a sentence."""
    whom = scope.whom if scope else "các đơn vị"
    return f"{whom[:1].upper()}{whom[1:]}"


def of_asked(scope: Scope | None) -> str:
    """Whose tasks a count is about when it is not about all: goes on after the noun."""
    return f" của {scope.whom}" if scope else ""


def in_part(scope: Scope) -> str:
    """Said where the report begins: it is not on the whole plan."""
    return (
        f"Báo cáo này chỉ nêu kết quả của {scope.whom} ({scope.names}), không phải kết quả thực "
        "hiện toàn bộ Kế hoạch."
    )


def not_asked(scope: Scope) -> tuple[str, ...]:
    """Whose tasks a round leaves out because it did not ask them, and of which a part only."""
    nobodys = (
        f" và yêu cầu, nhiệm vụ chưa phân công đơn vị chủ trì (mục {listed(scope.unassigned)})"
        if scope.unassigned
        else ""
    )
    said = (
        f"Đợt báo cáo này không yêu cầu báo cáo của: {'; '.join(scope.outside)}; nhiệm vụ do riêng "
        f"các đơn vị đó chủ trì{nobodys} không có trong Báo cáo này."
    )
    return tuple(filter(None, (said, joint_note(scope))))


def joint_note(scope: Scope) -> str:
    """Of which tasks a part is not counted, because who leads it too was not asked."""
    if not scope.joint:
        return ""
    told = "; ".join(f"nhiệm vụ {code} ({listed(units)})" for code, units in scope.joint)
    return (
        f"Không tính phần việc của đơn vị cùng chủ trì {NOT_ASKED}: {told}; các nhiệm vụ đó được "
        f"coi là hoàn thành khi phần việc của {scope.whom} hoàn thành."
    )


def without_others(words: str, others: Sequence[str]) -> str:
    """The state of a task as far as those who lead it were asked: without the part of `others`."""
    return f"{words}; không tính phần việc của {listed(others)}"
