"""Everything around the body: head, title, addressee, opening, closing, signature, recipients.

Names are those in force on the report's day; number and date stay blank for the clerk (F14-F16).
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from config.vietnamese import dates
from config.vietnamese.text import fold
from plans.models import DocumentType, Plan, PlanSection
from reports.content.breaking import in_lines
from reports.content.model import AppendixHead, Head, ReportContent, Signature
from reports.content.sentences import lower_first
from units import clock
from units.models import AgencyIdentity, Signatory

KIND = "BÁO CÁO"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK_NUMBER = "        "
# Capitals of 13 points that stand on one line in the left column of the head.
ONE_LINE = 22

_BLANK_DAY = re.compile(r"ngày {2,}tháng {2,}năm \d{4}")
# How a demand begins that is a document, folded; any other is somebody who asks.
_DOCUMENTS = tuple(
    fold(one)
    for one in ("Công văn", "Văn bản", "Thông báo", "Công điện", "Giấy mời", *DocumentType.labels)
)
# The place for a number with its symbol, which the clerk may have written otherwise.
_BLANK_SYMBOL = re.compile(rf"(?<=Báo cáo số){BLANK_NUMBER}/\S+")
_FILED = re.compile(r"^lưu\b", re.IGNORECASE)


@dataclass(frozen=True)
class Around:
    """The plan and the names in force on the day; five queries, made by `around`. The document is
    written on `written_on`, which its place and date line says."""

    plan: Plan
    day: dt.date
    written_on: dt.date
    agency: AgencyIdentity
    superior: AgencyIdentity | None
    signatory: Signatory | None
    organisation: tuple[str, ...]
    recipients: tuple[str, ...]
    # Whether the report is on the tasks of some units only (S30).
    is_in_part: bool = False

    @property
    def symbol(self) -> str:
        return f"BC-{self.agency.symbol}"

    @property
    def plan_words(self) -> str:
        """ "Kế hoạch nâng cao Chỉ số … năm 2023"; of some units only, "một số nhiệm vụ của …"."""
        some = "một số nhiệm vụ của " if self.is_in_part else ""
        return f"{some}Kế hoạch {lower_first(self.plan.short_title)}"

    @property
    def of_agency(self) -> str:
        """ " của Sở …", unless the plan's title says it already."""
        if fold(self.agency.name) in fold(self.plan.short_title):
            return ""
        return f" của {self.agency.name}"


def around(plan: Plan, day: dt.date) -> Around:
    identity = plan.agency.identity_on(day)
    superior = identity.superior.identity_on(day) if identity.superior else None
    return Around(
        plan=plan,
        day=day,
        written_on=clock.today(),
        agency=identity,
        superior=superior,
        signatory=plan.signatory or plan.agency.signatories.valid_on(day).order_by("pk").last(),
        organisation=tuple(
            plan.sections.filter(part=PlanSection.Part.ORGANISATION)
            .order_by("position")
            .values_list("text", flat=True)
        ),
        recipients=tuple(plan.recipients.order_by("position").values_list("text", flat=True)),
    )


def balanced(name: str) -> tuple[str, ...]:
    """A name that is too long for one line of the head on several of about equal length (F12).

    >>> balanced("SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    ('SỞ THÔNG TIN', 'VÀ TRUYỀN THÔNG')
    """
    return in_lines(name, ONE_LINE)


def head(facts: Around) -> Head:
    place = facts.agency.place or (facts.superior.place if facts.superior else "")
    day = dates.in_words_partly(facts.written_on.year, facts.written_on.month)
    return Head(
        superior=facts.agency.superior_heading
        or (facts.superior.short_name.upper() if facts.superior else ""),
        agency=balanced(facts.agency.name.upper()),
        number_line=f"Số:{BLANK_NUMBER}/{facts.symbol}",
        country=COUNTRY,
        motto=MOTTO,
        place_and_date=f"{place}, {day}" if place else day,
    )


def subject(facts: Around) -> str:
    return f"Kết quả thực hiện {facts.plan_words}{facts.of_agency}"


def addressee(facts: Around) -> str:
    """The superior, and through whom, as the plan's own organisation says it (F20, S33)."""
    if facts.superior is None:
        return ""
    names = "|".join(re.escape(n) for n in (facts.superior.name, facts.superior.short_name))
    through = re.compile(rf"(?:{names})\s*(\(qua [^()]+\))")
    for text in facts.organisation:
        if found := through.search(text):
            return f"{facts.superior.name} {found[1]}"
    return facts.superior.name


def opening(facts: Around, demand: str = "", round: str = "") -> tuple[str, ...]:
    """Which documents are carried out (F22, F23) and up to which day the figures go; for a report
    that was asked for, by whom or by which document (`demand`) and in which `round` (S30)."""
    plan = facts.plan
    is_document = fold(demand).startswith(_DOCUMENTS)
    carried_out = [demand] if is_document else []
    carried_out += [_parent(plan)] if plan.parent else []
    by_whom = f"Theo yêu cầu của {demand}, thực hiện" if demand and not is_document else "Thực hiện"
    in_round = f" (đợt báo cáo “{round}”)" if round else ""
    carried_out.append(f"{plan.citation} của {facts.agency.name} về {_about(plan)}")
    return (
        f"{by_whom} {_joined(carried_out)}, {facts.agency.name} báo cáo kết quả thực hiện như sau:",
        f"Số liệu trong Báo cáo này{in_round} tính đến ngày {dates.cited(facts.day)}.",
    )


def _joined(documents: list[str]) -> str:
    *first, last = documents
    return f"{'; '.join(first)} và {last}" if first else last


def _parent(plan: Plan) -> str:
    assert plan.parent is not None
    words = plan.parent.citation
    if plan.parent.title:
        words += f" về {lower_first(plan.parent.title)}"
    if plan.parent.short_name:
        words += f" (sau đây gọi tắt là {plan.parent.short_name})"
    return words


def _about(plan: Plan) -> str:
    """The plan's subject; by its short title where the parent has just said the long one."""
    long = plan.parent is not None and fold(plan.parent.title) in fold(plan.title)
    return lower_first(plan.short_title if long else plan.title)


def closing(facts: Around) -> str:
    to = f" {facts.superior.name}" if facts.superior else ""
    return (
        f"Trên đây là Báo cáo kết quả thực hiện {facts.plan_words}, "
        f"{facts.agency.name} trân trọng báo cáo{to}./."
    )


def signature(facts: Around) -> Signature:
    return printed(facts.signatory) if facts.signatory else Signature("", "", "")


def printed(one: Signatory) -> Signature:
    return Signature(one.authority, one.title, one.full_name)


def recipients(facts: Around) -> tuple[str, ...]:
    """The addressee as "Như trên", the plan's other recipients, what is filed last (F30)."""
    superior = facts.superior
    addressed = {fold(superior.name), fold(superior.short_name)} if superior else set()
    others = [text for text in facts.recipients if fold(text) not in addressed]
    filed = [text for text in others if _FILED.match(text)]
    sent = [text for text in others if not _FILED.match(text)]
    lines = [*(["Như trên"] if superior else []), *sent]
    last = filed[-1] if filed else "Lưu: VT"
    return (*(f"- {line};" for line in lines), f"- {last}.")


def appendix(facts: Around, count: str) -> AppendixHead:
    """`count` says how many lines the appendix has, in words that end the list (F25)."""
    blank_day = dates.in_words_partly(facts.written_on.year, None)
    return AppendixHead(
        label="Phụ lục",
        title=f"TỔNG HỢP KẾT QUẢ THỰC HIỆN {facts.plan_words.upper()}",
        note=f"(Kèm theo Báo cáo số{BLANK_NUMBER}/{facts.symbol} {blank_day} "
        f"của {facts.agency.name})",
        cut_off=f"Số liệu tính đến ngày {dates.cited(facts.day)}",
        closing=f"{count}./.",
    )


def written(content: ReportContent, day: dt.date) -> ReportContent:
    """The content as it is submitted on `day`: of that month and year, the day blank (F15)."""
    place, found, _ = content.head.place_and_date.partition(", ngày")
    words = dates.in_words_partly(day.year, day.month)
    head = replace(content.head, place_and_date=f"{place}, {words}" if found else words)
    note = _BLANK_DAY.sub(dates.in_words_partly(day.year, None), content.appendix.note)
    return replace(content, head=head, appendix=replace(content.appendix, note=note))


def numbered(
    content: ReportContent, number: str, issued_on: dt.date, *, on_paper: bool
) -> ReportContent:
    """The content with the number ("05/BC-STTTT") and the date that the clerk gave it (F14, F15);
    those of the appendix are filled in on paper and stay blank in an electronic document (F36),
    whose symbol is the clerk's there too."""
    place, found, _ = content.head.place_and_date.partition(", ngày")
    day = dates.in_words(issued_on)
    head = replace(
        content.head,
        number_line=f"Số: {number}",
        place_and_date=f"{place}, {day}" if found else day,
    )
    if on_paper:
        note = f"(Kèm theo Báo cáo số {number} {day} của {content.author})"
    else:
        symbol = number.partition("/")[2]
        note = _BLANK_SYMBOL.sub(f"{BLANK_NUMBER}/{symbol}", content.appendix.note)
    return replace(content, head=head, appendix=replace(content.appendix, note=note))
