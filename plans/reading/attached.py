"""What the words over an appendix say of the plan that it belongs to: "(Kèm theo Kế hoạch số
12/KH-STTTT ngày 05/01/2024 của Sở …)" (F33–F36)."""

import re

from config.vietnamese.text import clean_line, fold
from plans.reading.draft import DraftPlan
from plans.reading.lines import Line

_ATTACHED = re.compile(
    r"\b[Kk]èm theo\s+(?P<type>Kế hoạch|Chương trình)\s+số\s*:?\s*(?P<number>\d*)[\s.…_]*/\s*"
    r"(?P<symbol>[A-ZĐ][\w&]*(?:-[\w&]+)*)"
    r"(?:,?\s*ngày\s*(?P<day>\d{0,2})[\s.…_/]*(?:tháng\s*)?(?P<month>\d{0,2})[\s.…_/]*(?:năm\s*)?"
    r"(?P<year>\d{4}))?(?:\s*của\s+(?P<issuer>[^();:]{3,200}))?(?:\s*:\s*(?P<title>\S[^\n]{9,}))?"
)
_YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)


def over_appendix(head: list[Line]) -> int:
    """Where the words over an appendix begin among the lines of a head; their number when none
    are."""
    return next(
        (n for n, line in enumerate(head) if fold(line.text).startswith("phu luc")), len(head)
    )


def read_attached(texts: list[str], plan: DraftPlan) -> None:
    """Fills in what the head did not say."""
    match = next(filter(None, map(_ATTACHED.search, texts)), None)
    if match is None or plan.symbol:
        return
    plan.type = plan.type or ("Kế hoạch" if match["type"] == "Kế hoạch" else "Văn bản khác")
    plan.number, plan.symbol = match["number"], match["symbol"]
    if match["year"] and plan.issue_year is None:
        plan.day = int(match["day"]) if match["day"] else None
        plan.month = int(match["month"]) if match["month"] else None
        plan.issue_year = int(match["year"])
    plan.title = plan.title or clean_line(match["title"] or "").rstrip(" .)")
    plan.agency_name = plan.agency_name or clean_line(match["issuer"] or "")
    if plan.year is None:
        named = [
            int(year) for text in texts for year in _YEAR.findall(text) if text != match.string
        ]
        plan.year = named[0] if named else plan.issue_year
