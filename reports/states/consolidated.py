"""In what state a consolidated report can be, and which act leads from where to where
(domain.md §3.6, F16).

Every act that is not declared here for a state raises NotNow. "Thay thế" (replaced) and "out of
date" are derived and never stored.
"""

from django.db.models import TextChoices


class ReportStatus(TextChoices):
    """Each with its Vietnamese label and a sign, so that colour is never alone."""

    DRAFT = "draft", "Đang soạn thảo"
    SUBMITTED = "submitted", "Trình Lãnh đạo Sở"
    RETURNED = "returned", "Lãnh đạo Sở trả lại"
    SIGNED = "signed", "Đã ký duyệt"
    ISSUED = "issued", "Đã ban hành"
    SENT = "sent", "Đã gửi"

    @property
    def sign_name(self) -> str:
        """The drawn sign (static/signs.svg) that stands beside the word."""
        return _SIGNS[self]


_SIGNS = {
    ReportStatus.DRAFT: "in_progress",
    ReportStatus.SUBMITTED: "awaiting",
    ReportStatus.RETURNED: "returned",
    ReportStatus.SIGNED: "done",
    ReportStatus.ISSUED: "done",
    ReportStatus.SENT: "done",
}

# The Office writes; everywhere else the text is locked.
WRITABLE = frozenset({ReportStatus.DRAFT, ReportStatus.RETURNED})
# What lies before the leadership or was signed by it is one frozen text.
FROZEN = frozenset(
    {ReportStatus.SUBMITTED, ReportStatus.SIGNED, ReportStatus.ISSUED, ReportStatus.SENT}
)
# It has left the house of drafts: number, date, content and files never change again.
ISSUED = frozenset({ReportStatus.ISSUED, ReportStatus.SENT})


class Act(TextChoices):
    """What is done with a consolidated report; each leaves a step in its history."""

    START = "start", "Lập dự thảo"
    CORRECT = "correct", "Lập bản thay thế"
    EDIT = "edit", "Sửa nội dung"
    REFRESH = "refresh", "Cập nhật theo báo cáo mới"
    SUBMIT = "submit", "Trình Lãnh đạo Sở"
    RETURN = "return", "Trả lại"
    SIGN = "sign", "Ký duyệt"
    ISSUE = "issue", "Ban hành"
    SEND = "send", "Gửi"


# From which states an act may start, and to which it leads; START and CORRECT make a new report.
ALLOWED_FROM: dict[Act, frozenset[ReportStatus]] = {
    Act.EDIT: WRITABLE,
    Act.REFRESH: WRITABLE,
    Act.SUBMIT: WRITABLE,
    Act.RETURN: frozenset({ReportStatus.SUBMITTED, ReportStatus.SIGNED}),
    Act.SIGN: frozenset({ReportStatus.SUBMITTED}),
    Act.ISSUE: frozenset({ReportStatus.SIGNED}),
    Act.SEND: frozenset({ReportStatus.ISSUED}),
    Act.CORRECT: ISSUED,
}
LEADS_TO: dict[Act, ReportStatus] = {
    Act.SUBMIT: ReportStatus.SUBMITTED,
    Act.RETURN: ReportStatus.RETURNED,
    Act.SIGN: ReportStatus.SIGNED,
    Act.ISSUE: ReportStatus.ISSUED,
    Act.SEND: ReportStatus.SENT,
}
NEEDS_REASON = frozenset({Act.RETURN, Act.CORRECT})
# Whoever did one of these drafted the report, and may not sign it.
DRAFTING = frozenset({Act.START, Act.CORRECT, Act.EDIT, Act.REFRESH, Act.SUBMIT})

# Which columns of a report may still be written in a state, by whatever channel.
WRITTEN_IN: dict[ReportStatus, frozenset[str]] = {
    **dict.fromkeys(
        WRITABLE,
        frozenset(
            {
                "status",
                "sequence",
                "as_of",
                "generated",
                "sources",
                "frozen",
                "sha256",
                "signing_authority",
                "signing_title",
                "signing_name",
            }
        ),
    ),
    ReportStatus.SUBMITTED: frozenset({"status", "sequence", "frozen", "sha256"}),
    ReportStatus.SIGNED: frozenset(
        {
            "status",
            "sequence",
            "frozen",
            "sha256",
            "number",
            "symbol",
            "issued_on",
            "issued_year",
            "medium",
        }
    ),
    ReportStatus.ISSUED: frozenset({"status", "sequence", "sent_on", "sent_to", "sent_by_way"}),
    ReportStatus.SENT: frozenset(),
}


def reachable(status: ReportStatus) -> frozenset[ReportStatus]:
    """The states that a report in `status` may be in after one act."""
    acts = (act for act, sources in ALLOWED_FROM.items() if status in sources)
    return frozenset({status, *(LEADS_TO[act] for act in acts if act in LEADS_TO)})
