"""What every act on a consolidated report shares: the lock, the question who, and the record."""

import uuid
from collections.abc import Callable

from config.vietnamese.text import clean
from plans.acts.reasons import checked_reason
from plans.acts.refusals import Conflict, NotNow, NotYours, Refusal
from reports.models import ConsolidatedReport, PassageEdit, ReportStep
from reports.states.consolidated import ALLOWED_FROM, LEADS_TO, NEEDS_REASON, Act, ReportStatus
from units import clock
from units.models import Role, User

Rule = Callable[[User], bool]


class ReportMovedOn(Conflict):
    """Somebody wrote or decided after this person read; `who` and `what` say what was newest."""

    def __init__(self, newest: ReportStep | PassageEdit | None) -> None:
        who = newest.by_label if newest else "Người khác"
        Refusal.__init__(
            self,
            f"{who} vừa ghi vào báo cáo này sau khi đồng chí mở trang. Chưa có gì bị ghi đè: đồng "
            "chí xem nội dung mới rồi gửi hoặc quyết định lại.",
        )


def locked(report_id: int) -> ConsolidatedReport:
    """The report, its row locked until the end of the transaction."""
    rows = ConsolidatedReport.objects.select_for_update(of=("self",))
    return rows.select_related("round__plan__agency", "round__plan__parent").get(pk=report_id)


def already_done(request_key: uuid.UUID, by: User, act: Act, words: str = "") -> ReportStep | None:
    """The step that an earlier sending of the same form made, if it did."""
    earlier = ReportStep.objects.filter(request_key=request_key).select_related("report").first()
    if earlier is None or (earlier.by_id, earlier.act, earlier.words) == (by.pk, act, clean(words)):
        return earlier
    raise NotNow("Biểu mẫu này đã được gửi một lần. Đồng chí tải lại trang rồi gửi lại.")


def require(rule: Rule, by: User, message: str) -> None:
    if not rule(by):
        raise NotYours(message)


def require_unchanged(report: ConsolidatedReport, seen: int) -> None:
    """Raise Conflict when the history has steps or edits that the person had not seen."""
    if seen != report.sequence:
        last = [report.steps.order_by("-sequence").first(), report.edits.last()]
        newest = max((one for one in last if one), key=lambda one: one.sequence, default=None)
        raise ReportMovedOn(newest)


def require_state(act: Act, report: ConsolidatedReport) -> None:
    """Raise NotNow unless `act` may start from the state the report is in."""
    if report.status not in ALLOWED_FROM[act]:
        state = ReportStatus(report.status).label.lower()
        raise NotNow(
            f"Báo cáo đang ở bước “{state}” nên không làm được việc này. Đồng chí tải lại trang "
            "để xem tình trạng mới nhất."
        )


def checked_words(words: str, act: Act) -> str:
    """The words of a step, cleaned; required where a reason must be given."""
    return checked_reason(words, history="báo cáo", field="words", is_required=act in NEEDS_REASON)


def next_number(report: ConsolidatedReport) -> int:
    """The number of the next record; the caller saves `sequence` with what else it changes."""
    report.sequence += 1
    return report.sequence


def append(
    report: ConsolidatedReport,
    act: Act,
    *,
    by: User,
    request_key: uuid.UUID,
    words: str = "",
    signer: str = "",
    checked: str = "",
    columns: tuple[str, ...] = (),
) -> ReportStep:
    """Move the report (writing `columns` besides its state) and add the step to its history."""
    report.status = LEADS_TO.get(act, ReportStatus(report.status))
    sequence = next_number(report)
    report.save(update_fields=["status", "sequence", *columns])
    return record(
        report,
        act,
        sequence,
        by=by,
        request_key=request_key,
        words=words,
        signer=signer,
        checked=checked,
    )


def record(
    report: ConsolidatedReport,
    act: Act,
    sequence: int,
    *,
    by: User,
    request_key: uuid.UUID,
    words: str = "",
    signer: str = "",
    checked: str = "",
) -> ReportStep:
    return ReportStep.objects.create(
        report=report,
        sequence=sequence,
        request_key=request_key,
        act=act,
        status=report.status,
        words=words,
        signer=signer,
        checked=checked,
        by=by,
        by_label=by.label,
        recorded_on=clock.today(),
        recorded_at=clock.now(),
    )


def of_role(*roles: Role) -> list[User]:
    """Everybody active with one of the roles, to be told."""
    return list(User.objects.filter(role__in=roles, is_active=True))
