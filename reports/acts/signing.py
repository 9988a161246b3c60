"""A written report goes before the leadership, and is signed or returned."""

import uuid

from django.db import transaction
from django.urls import reverse

from plans.acts.refusals import Invalid, NotNow, NotYours
from reports.acts.report_history import (
    already_done,
    append,
    checked_words,
    locked,
    of_role,
    require,
    require_state,
    require_unchanged,
)
from reports.acts.signers import checked as acceptable
from reports.content.frozen import fingerprint, freeze
from reports.content.heading import written
from reports.content.model import Signature
from reports.models import ConsolidatedReport, ReportStep
from reports.round_content.differences import counted
from reports.round_content.freshness import freshness, later_news
from reports.rules import did_not_draft, may_draft, may_send_back_report
from reports.states.consolidated import Act
from units import clock
from units.models import Role, User
from units.notices import tell


def submit(
    *,
    report_id: int,
    by: User,
    seen: int,
    request_key: uuid.UUID,
    words: str = "",
    signature: Signature | None = None,
    checked: bool = False,
) -> ReportStep:
    """The Office puts the report before the leadership; its text is frozen from then on.

    `signature` is who is to sign and in which capacity (F26, F28); None leaves whom the report
    names. `checked`: `by` says to have checked every place where what people wrote names other
    figures or days than the generated words; without it a report with such places is refused.
    Refused, too, while the draft says something else than the accepted reports do, but for a
    correction that keeps the figures of the report it replaces.
    """
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, Act.SUBMIT, words):
            return earlier
        require(may_draft, by, "Văn phòng Sở trình báo cáo tổng hợp.")
        require_unchanged(report, seen)
        require_state(Act.SUBMIT, report)
        if not report.keeps_figures and freshness(report).is_stale:
            raise NotNow(
                "Dự thảo đã cũ so với báo cáo của các đơn vị. Đồng chí bấm “Cập nhật theo báo cáo "
                "mới”, xem lại rồi trình."
            )
        said = checked_words(words, Act.SUBMIT)
        differing = report.differences
        if differing and not checked:
            raise Invalid(
                {"checked": f"Đồng chí đối chiếu {counted(differing)} rồi đánh dấu đã kiểm tra."}
            )
        if signature is not None:
            _choose(report, acceptable(report, signature))
        content = written(report.content, clock.today())
        report.frozen = freeze(content)
        report.sha256 = fingerprint(report.frozen)
        step = append(
            report,
            Act.SUBMIT,
            by=by,
            request_key=request_key,
            words=said,
            signer=str(content.signature),
            checked="\n".join(map(str, differing)),
            columns=("frozen", "sha256", "signing_authority", "signing_title", "signing_name"),
        )
        tell(of_role(Role.LEADERSHIP), f"{_named(report)} đã trình ký.", page_of(report), by=by)
        return step


def send_back(
    *, report_id: int, by: User, words: str, seen: int, request_key: uuid.UUID
) -> ReportStep:
    """The leadership returns a report with a reason, also one that is signed and has no number
    yet: the signature then no longer stands."""
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, Act.RETURN, words):
            return earlier
        require(may_send_back_report, by, "Lãnh đạo Sở trả lại báo cáo đã trình.")
        require_unchanged(report, seen)
        require_state(Act.RETURN, report)
        reason = checked_words(words, Act.RETURN)
        report.frozen, report.sha256 = None, ""
        step = append(
            report,
            Act.RETURN,
            by=by,
            request_key=request_key,
            words=reason,
            columns=("frozen", "sha256"),
        )
        tell(of_role(Role.OFFICE), f"{_named(report)} bị trả lại: {reason}", page_of(report), by=by)
        return step


def sign(
    *, report_id: int, by: User, seen: int, request_key: uuid.UUID, words: str = ""
) -> ReportStep:
    """The leadership signs exactly the text that was submitted; never who drafted it."""
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, Act.SIGN, words):
            return earlier
        require(may_send_back_report, by, "Lãnh đạo Sở ký duyệt báo cáo.")
        if not did_not_draft(by, report):
            raise NotYours("Người đã tham gia soạn báo cáo không ký duyệt báo cáo đó.")
        require_unchanged(report, seen)
        require_state(Act.SIGN, report)
        news = later_news(report)
        if news and not report.keeps_figures:
            units = "; ".join(f"{one.unit}: {one.words}" for one in news)
            raise NotNow(
                f"Sau khi trình, báo cáo của đơn vị đã thay đổi ({units}). Đồng chí trả lại để Văn "
                "phòng cập nhật rồi trình lại."
            )
        said = checked_words(words, Act.SIGN)
        step = append(report, Act.SIGN, by=by, request_key=request_key, words=said)
        tell(
            of_role(Role.OFFICE),
            f"{_named(report)} đã được ký duyệt, chờ lấy số và ban hành.",
            page_of(report),
            by=by,
        )
        return step


def _choose(report: ConsolidatedReport, signature: Signature) -> None:
    """Kept only as far as it differs from what the plan says, so that a new signatory of the plan
    reaches a report whose Office chose nobody else."""
    if signature == report.draft.content.signature:
        signature = Signature("", "", "")
    report.signing_authority = signature.authority
    report.signing_title = signature.title
    report.signing_name = signature.full_name


def page_of(report: ConsolidatedReport) -> str:
    return reverse("consolidated", args=[report.pk])


def _named(report: ConsolidatedReport) -> str:
    return f"Báo cáo tổng hợp “{report.round}”"
