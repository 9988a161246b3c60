"""The report's generated sentences: pure functions from figures to Vietnamese, parts that add up.

Shapes follow Lạng Sơn's own reports: "đã thực hiện hoàn thành 23/34 mục tiêu; …", counts below
ten padded, "chưa có thông tin" a category of its own (domain.md §2, V7).
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from config.vietnamese import dates
from config.vietnamese.numbers import padded, percent
from plans.overview import Status
from plans.states import OPEN, State
from plans.tallies import MeasureTally, SteeringTally, Tally
from reports.content.prose import listed
from reports.content.scope import ASKED, Scope, joint_note, of_asked
from reports.content.withdrawn import Withdrawn

TASKS = "nhiệm vụ"
PARTS = "phần việc"


def lower_first(text: str) -> str:
    """The text as it goes on inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# --- Figures ----------------------------------------------------------------------------------


def progress(tally: Tally, noun: str = TASKS) -> str:
    """ "hoàn thành 08/13 nhiệm vụ (61,5%), trong đó đúng hạn 07, quá hạn 01; chưa hoàn thành …".

    The parts between semicolons add up to the total, the figures inside each to that part.
    Parts of zero are left out, except what is done.
    """
    parts = [_done(tally, noun)]
    if tally.open:
        parts.append(_open(tally, noun))
    parts += [
        f"{words} {_of(count, tally, noun)}"
        for words, count in (
            ("chờ xác nhận", tally.awaiting),
            ("không phát sinh", tally.not_arisen),
            ("tạm dừng", tally.paused),
            ("dừng thực hiện", tally.stopped),
        )
        if count
    ]
    return "; ".join(parts)


def _of(count: int, tally: Tally, noun: str) -> str:
    return f"{padded(count)}/{padded(tally.total)} {noun}"


def _done(tally: Tally, noun: str) -> str:
    words = f"hoàn thành {_of(tally.done, tally, noun)} ({percent(tally.rate)})"
    if not tally.done:
        return words
    how = [f"đúng hạn {padded(tally.done_on_time)}", f"quá hạn {padded(tally.done_late)}"]
    if tally.done_no_deadline:
        how.append(f"không có thời hạn {padded(tally.done_no_deadline)}")
    return f"{words}, trong đó {listed(how)}"


def _open(tally: Tally, noun: str) -> str:
    what = [
        f"{words} {padded(count)}"
        for words, count in (
            ("đang thực hiện", tally.in_progress),
            ("chưa thực hiện", tally.not_started),
            ("chưa có thông tin", tally.no_info),
        )
        if count
    ]
    when = f"trong hạn {padded(tally.open_in_time)}, quá hạn {padded(tally.overdue)}"
    return f"chưa hoàn thành {_of(tally.open, tally, noun)} ({when}), gồm {listed(what)}"


def overall(tally: Tally, day: dt.date, scope: Scope | None = None) -> str:
    """The first sentence of the report: all tasks that are assigned, as of the day; with a `scope`
    those of the units that were asked, beside how many the plan has."""
    if scope:
        return f"{_in_scope(tally, scope)}{_as_of(tally, day)}"
    if not tally.total:
        return f"Tính đến ngày {dates.cited(day)}, Kế hoạch chưa có nhiệm vụ nào được phân công."
    return (
        f"Kế hoạch có {padded(tally.total)} nhiệm vụ đã phân công đơn vị chủ trì."
        f"{_as_of(tally, day)}"
    )


def _as_of(tally: Tally, day: dt.date) -> str:
    return f" Tính đến ngày {dates.cited(day)}: {progress(tally)}." if tally.total else ""


def _in_scope(tally: Tally, scope: Scope) -> str:
    asked = f"{scope.whom} ({scope.names})"
    told = (
        f"Báo cáo này nêu {padded(tally.total)} nhiệm vụ do {asked} chủ trì"
        if tally.total
        else f"{asked} không chủ trì nhiệm vụ nào"
    )
    return f"Kế hoạch có {padded(scope.tasks)} nhiệm vụ đã phân công đơn vị chủ trì; {told}."


def appendix_of(tally: Tally) -> str:
    """How many lines the appendix has that tells of these tasks, and of what nobody was given."""
    return appendix_length(tally.total + tally.unassigned)


def appendix_length(count: int, noun: str = f"{TASKS}, yêu cầu") -> str:
    return f"Phụ lục này có {padded(count)} {noun}" if count else f"Phụ lục này chưa có {noun} nào"


def rate_over_due(tally: Tally, noun: str = TASKS, scope: Scope | None = None) -> str:
    """The rate over what was due, beside the rate over all (BC 1270, domain.md §2)."""
    if not tally.due:
        if scope:
            return f"Trong số đó, chưa có {noun} nào hoàn thành hoặc đến hạn phải hoàn thành."
        return f"Chưa có {noun} nào hoàn thành hoặc đến hạn phải hoàn thành."
    return (
        f"Tính riêng {padded(tally.due)} {noun} đã hoàn thành hoặc đã đến hạn: hoàn thành "
        f"{padded(tally.done)}/{padded(tally.due)} {noun} ({percent(tally.rate_due)})."
    )


def of_indicator(tally: Tally, scope: Scope | None = None) -> str:
    """One sentence under the heading of an index."""
    whose = of_asked(scope)
    if not tally.total:
        return f"Không có nhiệm vụ{whose}." if scope else "Chưa có nhiệm vụ nào được phân công."
    return f"Có {padded(tally.total)} nhiệm vụ{whose}: {progress(tally)}."


def of_measures(tally: MeasureTally, scope: Scope | None = None) -> str:
    """Measures beside tasks: both count (S32)."""
    has = f"Kế hoạch theo dõi {padded(scope.measures if scope else tally.total)} chỉ tiêu"
    if scope and scope.measures and not tally.total:
        return f"{has}; nhiệm vụ nêu trong Báo cáo này không có chỉ tiêu."
    if not tally.total:
        return "Kế hoạch không giao chỉ tiêu cụ thể."
    parts = [
        f"{words} {padded(count)}"
        for words, count in (
            ("đạt", tally.met),
            ("chưa đạt", tally.unmet),
            ("chưa có số liệu", tally.no_value),
            ("không giao mức cụ thể", tally.no_target),
        )
        if count
    ]
    if scope:
        has += f"; nhiệm vụ nêu trong Báo cáo này có {padded(tally.total)} chỉ tiêu"
    return f"{has}: {listed(parts)}."


def unassigned(tally: Tally, codes: Sequence[str]) -> str:
    """Requirements without a lead, told apart from the tasks that are counted (S11)."""
    return (
        f"Ngoài ra, có {padded(tally.unassigned)} yêu cầu, nhiệm vụ chưa phân công đơn vị chủ trì "
        f"(mục {listed(codes)}); số này không tính vào các tỷ lệ trên."
    )


def left_plan(gone: Sequence[Withdrawn]) -> str:
    """Which tasks were withdrawn, since when and why; empty when none was."""
    if not gone:
        return ""
    count = sum(len(one.codes) for one in gone)
    return (
        f"Đã rút khỏi Kế hoạch {padded(count)} {TASKS}, không tính vào số liệu từ ngày rút: "
        f"{'; '.join(map(_left_plan, gone))}."
    )


def _left_plan(one: Withdrawn) -> str:
    after = f", thay bằng {TASKS} {listed(one.successors)}" if one.successors else ""
    why = f" (lý do: {lower_first(one.reason.strip().rstrip('.'))})" if one.reason else ""
    return f"{TASKS} {listed(one.codes)} từ ngày {dates.cited(one.since)}{after}{why}"


def silent(units: Sequence[tuple[str, Tally]]) -> str:
    """Which units have said nothing yet about how much of their work; empty when all have."""
    said = [f"{name} ({padded(t.no_info)} {PARTS})" for name, t in units if t.no_info]
    return f"Chưa có thông tin từ: {'; '.join(said)}." if said else ""


def parts_note(parts: Tally, tasks: Tally, scope: Scope | None = None) -> str:
    """Why the table by unit adds up to more than there are tasks."""
    note = "Nhiệm vụ có nhiều đơn vị chủ trì được tính một lần cho từng đơn vị"
    if scope:
        note = note.replace("từng đơn vị", f"từng {ASKED}")
    more = f" {note_on_joint}" if scope and (note_on_joint := joint_note(scope)) else ""
    if parts.total == tasks.total:
        return f"{note}.{more}"
    every = "mọi đơn vị chủ trì được yêu cầu báo cáo" if scope else "mọi đơn vị chủ trì"
    return (
        f"{note}, nên {padded(tasks.total)} nhiệm vụ ứng với {padded(parts.total)} phần việc; "
        f"nhiệm vụ chỉ được coi là hoàn thành khi {every} đều hoàn thành.{more}"
    )


# --- One task ---------------------------------------------------------------------------------


def of_status(status: Status) -> str:
    """State and lateness in one phrase: "Hoàn thành quá hạn 5 ngày (ngày 05/12/2023)".

    Only what the Office confirmed is said as done; a claim is said as waiting.
    """
    words = status.label
    if status.state == State.AWAITING:
        words += f" ({_claim(status)})"
    elif status.completed_on is not None:
        joint = " " if status.label == State.DONE.label else ", "
        timing = f"{joint}{status.lateness}" if status.lateness and status.due_on else ""
        words += f"{timing} (ngày {dates.cited(status.completed_on)})"
    elif status.state in OPEN and status.lateness is not None:
        words += f" ({status.lateness})"
    if status.returned:
        words += "; kết quả đã báo cáo bị trả lại để bổ sung"
    return words


def _claim(status: Status) -> str:
    if status.completed_on is None:
        return "đơn vị báo cáo không phát sinh"
    timing = f", {status.lateness}" if status.lateness and status.due_on else ""
    return f"đơn vị báo cáo hoàn thành ngày {dates.cited(status.completed_on)}{timing}"


def of_verdict(verdict: str) -> str:
    """The word for a verdict of plans.tallies.measure_verdict."""
    return {
        "met": "đạt",
        "unmet": "chưa đạt",
        "no_value": "chưa có số liệu",
        "no_target": "không giao chỉ tiêu",
    }[verdict]


def of_measure(name: str, target: str, values: str, verdict: str) -> str:
    """ "Tỷ lệ …: thực hiện 98,5%; chỉ tiêu 100% (chưa đạt)"; `target` is empty when none is set."""
    if not values:
        aim = f"; chỉ tiêu {lower_first(target)}" if target else f" ({verdict})"
        return f"{name}: chưa có số liệu{aim}"
    if lower_first(values) == verdict:  # a yes/no measure says its verdict
        return f"{name}: {verdict}"
    if not target:
        return f"{name}: thực hiện {values} ({verdict})"
    return f"{name}: thực hiện {values}; chỉ tiêu {lower_first(target)} ({verdict})"


# --- A round's reports ------------------------------------------------------------------------


def reports_received(
    received: Sequence[str], missing: Sequence[tuple[str, str]], scope: Scope | None = None
) -> str:
    """ "Đã tiếp nhận báo cáo của 04/05 đơn vị; chưa tiếp nhận 01/05: Phòng … (chưa nộp)." """
    count = len(received) + len(missing)
    said = f"Đã tiếp nhận báo cáo của {padded(len(received))}/{padded(count)} {_units(scope)}"
    if not missing:
        return f"{said}."
    names = "; ".join(f"{unit} ({words})" for unit, words in missing)
    return f"{said}; chưa tiếp nhận {padded(len(missing))}/{padded(count)}: {names}."


def not_reported(missing: Sequence[tuple[str, int]]) -> str:
    """Units without an accepted report, with how many parts they lead; empty when all have one."""
    if not missing:
        return ""
    names = "; ".join(f"{unit} ({padded(count)} {PARTS})" for unit, count in missing)
    these = "các đơn vị này" if len(missing) > 1 else "đơn vị này"
    return (
        f"Chưa có báo cáo được tiếp nhận của: {names}. Phần việc của {these} được tính là "
        "“chưa có thông tin”."
    )


def of_other_days(reports: Sequence[tuple[str, dt.date]], day: dt.date) -> str:
    """Units whose figures speak of a day before the report's; empty when none does."""
    told = [f"{unit} đến ngày {dates.cited(at)}" for unit, at in reports if at != day]
    if not told:
        return ""
    return (
        f"Số liệu của các đơn vị theo báo cáo đã tiếp nhận: {'; '.join(told)}; trong hạn, quá hạn "
        f"được tính đến ngày {dates.cited(day)} theo số liệu đó."
    )


def by_data_of(words: str, told_on: dt.date) -> str:
    """A state that is judged on a later day than it was told, with the day it was told for."""
    return f"{words}; theo số liệu của đơn vị đến ngày {dates.cited(told_on)}"


def moved_on(later: Iterable[tuple[str, str]]) -> str:
    """(code, unit) of what was recorded after the units' reports and is not counted."""
    named = "; ".join(f"nhiệm vụ {code} ({unit})" for code, unit in later)
    if not named:
        return ""
    return (
        f"Sau ngày số liệu của báo cáo đơn vị còn cập nhật mới hơn đối với: {named}; các cập nhật "
        "này chưa có trong báo cáo được tiếp nhận nên không tính vào Báo cáo này."
    )


def course_note(day: dt.date) -> str:
    """Where the figures of the months come from, and those of the last row."""
    return (
        "Số liệu các tháng trước theo cập nhật của các đơn vị tại thời điểm đó; số liệu ngày "
        f"{dates.cited(day)} theo báo cáo đã tiếp nhận của các đơn vị."
    )


# --- How the work was directed ----------------------------------------------------------------


def _units(scope: Scope | None) -> str:
    """The noun after a number of units; with a `scope` none but those that were asked."""
    return ASKED if scope else "đơn vị"


def disseminated(tally: SteeringTally, scope: Scope | None = None) -> str:
    """To how many the plan was brought (S31); empty when nothing of it was recorded."""
    if not tally.disseminations:
        return ""
    return (
        f"{padded(len(tally.brought_to))} {_units(scope)} đã quán triệt, phổ biến Kế hoạch "
        f"{padded(tally.disseminations)} lần cho {padded(tally.people)} lượt người: "
        f"{'; '.join(tally.brought_to)}."
    )


def inspected(tally: SteeringTally, scope: Scope | None = None) -> str:
    """Inspections, what they found and how far the remedies are (S7, S9); empty without any."""
    if not tally.inspections:
        return ""
    said = (
        f"Đã tổ chức {padded(tally.inspections)} cuộc kiểm tra tại {padded(len(tally.inspected))} "
        f"{_units(scope)} ({'; '.join(tally.inspected)}); ghi nhận {padded(tally.findings)} "
        "tồn tại, hạn chế"
    )
    if not tally.remedies:
        return f"{said}."
    late = f" (trong đó quá hạn {padded(tally.overdue)})" if tally.overdue else ""
    parts = [
        f"{words} {padded(count)}/{padded(tally.remedies)}{more}"
        for words, count, more in (
            ("đã khắc phục", tally.remedied, ""),
            ("chờ xác nhận kết quả", tally.reported, ""),
            ("đang khắc phục", tally.owed, late),
        )
        if count
    ]
    return f"{said}, yêu cầu {padded(tally.remedies)} biện pháp khắc phục: {listed(parts)}."


def urged(tally: SteeringTally, scope: Scope | None = None) -> str:
    """How often units were urged to do their tasks (3.4); empty when none was."""
    if not tally.urgings:
        return ""
    answered = tally.urgings - tally.unanswered
    return (
        f"Đã đôn đốc {padded(tally.urgings)} lần việc thực hiện nhiệm vụ đối với "
        f"{padded(len(tally.urged))} {_units(scope)} ({'; '.join(tally.urged)}): đơn vị đã trả lời "
        f"{padded(answered)}/{padded(tally.urgings)}, chưa trả lời "
        f"{padded(tally.unanswered)}/{padded(tally.urgings)}."
    )
