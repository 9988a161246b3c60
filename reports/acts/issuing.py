"""The clerk gives a signed report its number and date, its files are kept, and it is sent."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from config.vietnamese import dates
from config.vietnamese.text import clean_line
from plans.acts.refusals import Invalid, NotNow
from reports import files
from reports.acts.keeping import keep, take_away
from reports.acts.report_history import (
    already_done,
    append,
    locked,
    of_role,
    require,
    require_state,
    require_unchanged,
)
from reports.acts.signing import page_of
from reports.content.frozen import fingerprint, freeze, thaw
from reports.content.heading import numbered
from reports.models import ConsolidatedReport, Medium, ReportStep
from reports.models.consolidated import padded_number
from reports.rules import may_issue
from reports.states.consolidated import Act
from units import clock
from units.models import Agency, Role, User
from units.notices import tell

_SYMBOL = re.compile(r"[^\s/]{2,40}")
_MAX_LINE = 200
_OF_CLERK = "Văn thư (Văn phòng Sở) vào số và ban hành báo cáo."


@dataclass(frozen=True)
class Issue:
    """What the clerk gave: the number, the symbol ("BC-STTTT"), the date, and how it is issued."""

    number: int
    symbol: str
    issued_on: dt.date
    medium: str = Medium.PAPER

    @property
    def words(self) -> str:
        """As the history keeps it: "Số 05/BC-STTTT ngày 28/11/2023, bản giấy"."""
        medium = Medium(self.medium).label.lower()
        number = f"{padded_number(self.number)}/{self.symbol}"
        return f"Số {number} ngày {dates.cited(self.issued_on)}, {medium}"


def check(*, report_id: int, by: User, issue: Issue, seen: int) -> ConsolidatedReport:
    """The signed report, if it can be issued so as things are; nothing is changed."""
    require(may_issue, by, _OF_CLERK)
    signed = ConsolidatedReport.objects.for_page().get(pk=report_id)
    require_unchanged(signed, seen)
    require_state(Act.ISSUE, signed)
    _check(signed, issue)
    return signed


def issue(
    *,
    report_id: int,
    by: User,
    issue: Issue,
    seen: int,
    request_key: uuid.UUID,
    told: files.Told | None = None,
) -> ReportStep:
    """Number and date enter the signed text, which is frozen with its hash and its three files.

    The files take seconds, so they are made before the row is locked; what was made is kept only
    when the signed text is still the same. `told` is called with the percent that are done.
    """
    require(may_issue, by, _OF_CLERK)
    words = issue.words
    if earlier := already_done(request_key, by, Act.ISSUE, words):
        return earlier
    frozen = _numbered(check(report_id=report_id, by=by, issue=issue, seen=seen), issue)
    made = _files(frozen, told)
    stored: list[str] = []
    try:
        with transaction.atomic():
            report = locked(report_id)
            if earlier := already_done(request_key, by, Act.ISSUE, words):
                return earlier
            require_unchanged(report, seen)
            require_state(Act.ISSUE, report)
            # Whoever issues another report of the agency in this moment waits here.
            Agency.objects.select_for_update(no_key=True).get(pk=report.agency_id)
            _check(report, issue)
            step = _issue(report, by, issue, frozen, request_key, words)
            for file_format, file in made:
                keep(report, file_format, file, stored)
            tell(
                of_role(Role.OFFICE, Role.LEADERSHIP, Role.HEAD),
                f"Đã ban hành {report.cited} ({report.round}).",
                page_of(report),
                by=by,
            )
            return step
    except BaseException:
        take_away(stored)
        raise


def send(
    *,
    report_id: int,
    by: User,
    sent_on: dt.date,
    sent_to: str,
    way: str,
    seen: int,
    request_key: uuid.UUID,
) -> ReportStep:
    """Record that the issued report was sent: on which day, to whom, how (S33)."""
    sent_to, way = clean_line(sent_to), clean_line(way)
    words = f"Gửi {sent_to} ngày {dates.cited(sent_on)}, {way}"
    with transaction.atomic():
        report = locked(report_id)
        if earlier := already_done(request_key, by, Act.SEND, words):
            return earlier
        require(may_issue, by, "Văn thư (Văn phòng Sở) gửi báo cáo.")
        require_unchanged(report, seen)
        require_state(Act.SEND, report)
        assert report.issued_on is not None
        errors = {}
        if not report.issued_on <= sent_on <= clock.today():
            errors["sent_on"] = (
                f"Ngày gửi từ ngày ban hành ({dates.short(report.issued_on)}) đến hôm nay "
                f"({dates.short(clock.today())})."
            )
        for name, text in (("sent_to", sent_to), ("way", way)):
            if not text or len(text) > _MAX_LINE:
                errors[name] = f"Đồng chí ghi từ 1 đến {_MAX_LINE} ký tự."
        if errors:
            raise Invalid(errors)
        report.sent_on, report.sent_to, report.sent_by_way = sent_on, sent_to, way
        step = append(
            report,
            Act.SEND,
            by=by,
            request_key=request_key,
            words=words,
            columns=("sent_on", "sent_to", "sent_by_way"),
        )
        tell(
            of_role(Role.OFFICE, Role.LEADERSHIP),
            f"{report.cited} đã gửi {sent_to}.",
            page_of(report),
            by=by,
        )
        return step


def _check(report: ConsolidatedReport, issue: Issue) -> None:
    """Raise Invalid for what cannot be a number, a symbol or the date of this report."""
    errors = {}
    if not 1 <= issue.number <= 999_999:
        errors["number"] = "Số là một số nguyên từ 1."
    if not _SYMBOL.fullmatch(issue.symbol):
        errors["symbol"] = "Ký hiệu viết liền, không có dấu /, như BC-STTTT."
    # The paper may have been signed before the leadership pressed the button, never before the day
    # that its figures are of.
    if not report.as_of <= issue.issued_on <= clock.today():
        errors["issued_on"] = (
            f"Ngày ban hành từ ngày chốt số liệu ({dates.short(report.as_of)}) đến hôm nay "
            f"({dates.short(clock.today())})."
        )
    if not errors and (other := _same_number(report, issue)):
        errors["number"] = _taken(other)
    if errors:
        raise Invalid(errors)


def _same_number(report: ConsolidatedReport, issue: Issue) -> ConsolidatedReport | None:
    """The agency's report that has this number in this year: numbers run on for a kind of document
    (Decree 30/2020, article 15), whatever symbol stands behind them."""
    return ConsolidatedReport.objects.filter(
        agency=report.agency, issued_year=issue.issued_on.year, number=issue.number
    ).first()


def _taken(other: ConsolidatedReport) -> str:
    return (
        f"Số {padded_number(other.number or 0)} đã dùng cho {other.cited}; số báo cáo của cơ quan "
        f"không lặp lại trong năm {other.issued_year}, kể cả khi ký hiệu khác."
    )


def _numbered(report: ConsolidatedReport, issue: Issue) -> bytes:
    """The signed text with its number and date (F14-F16, F36)."""
    assert report.frozen is not None
    content = numbered(
        thaw(bytes(report.frozen)),
        f"{padded_number(issue.number)}/{issue.symbol}",
        issue.issued_on,
        on_paper=issue.medium == Medium.PAPER,
    )
    return freeze(content)


def _files(frozen: bytes, told: files.Told | None) -> Sequence[tuple[str, files.ReportFile]]:
    content = thaw(frozen)
    try:
        return [(name, files.make(content, name, told=told)) for name in files.FORMATS]
    except files.PdfUnavailable as error:
        # An issued report keeps all of its files or is not issued.
        raise NotNow(str(error)) from error


def _issue(
    report: ConsolidatedReport,
    by: User,
    issue: Issue,
    frozen: bytes,
    request_key: uuid.UUID,
    words: str,
) -> ReportStep:
    report.number, report.symbol = issue.number, issue.symbol
    report.issued_on, report.issued_year = issue.issued_on, issue.issued_on.year
    report.medium = issue.medium
    report.frozen, report.sha256 = frozen, fingerprint(frozen)
    columns = ("number", "symbol", "issued_on", "issued_year", "medium", "frozen", "sha256")
    return append(report, Act.ISSUE, by=by, request_key=request_key, words=words, columns=columns)
