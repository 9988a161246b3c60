"""Content to PDF/A-3a: tagged, in Vietnamese, fonts embedded, the same bytes each time. The same
figures as a workbook are attached, so that whoever gets the report can calculate with them."""

import datetime as dt
import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pydyf
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.urls import URLFetcher

from reports.content.assignments import AssignmentContent
from reports.content.frozen import freeze
from reports.content.model import DEMONSTRATION_MARK, ReportContent
from reports.files.pdf import many_pages, progress
from reports.files.tables import appendix, assignments
from reports.files.xlsx import render as render_xlsx
from reports.files.xlsx.assignments import render as assignments_xlsx

many_pages.install()

VARIANT = "pdf/a-3a"
_STYLES = (
    Path(__file__).parents[3] / "static" / "reports" / "document.css",
    Path(__file__).parent / "pages.css",
)
# The mark stands in the bottom margin of every page, portrait or landscape.
_MARK = f"""
@page {{ @bottom-center {{ content: "{DEMONSTRATION_MARK}"; font: bold 11pt "Times New Roman",
"Liberation Serif"; border: 0.75pt solid #000; width: 40mm; height: 6mm; margin: auto; }} }}
"""


class _Nothing(URLFetcher):
    """A report loads nothing from anywhere: no network, no file that a text could name."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        raise ValueError(f"a report loads nothing: {url[:80]}")


def render(content: ReportContent, told: progress.Told | None = None) -> bytes:
    """The PDF; its identifier is the content's fingerprint, its dates are the content's day.

    `told` is called with the percent that are done.
    """
    source = render_to_string("reports/document.html", {"report": content})
    with progress.layout(len(content.tasks), told):
        return _written(source, content, appendix.WIDTHS, render_xlsx(content), told)


def render_assignments(content: AssignmentContent) -> bytes:
    """The plan's appendix of assignments, in the same way."""
    source = render_to_string("reports/assignments.html", {"content": content})
    return _written(source, content, assignments.WIDTHS, assignments_xlsx(content))


def _written(
    source: str,
    content: ReportContent | AssignmentContent,
    widths: tuple[int, ...],
    workbook: bytes,
    told: progress.Told | None = None,
) -> bytes:
    """A document as PDF; `widths` are those of its wide table, in millimetres."""
    options = {
        "stylesheets": [_style(widths, content.demonstration)],
        "pdf_variant": VARIANT,
        "attachments": [_attached(workbook, content.file_stem, content.day)],
        "pdf_identifier": hashlib.sha256(freeze(content)).digest()[:16],
    }
    document = HTML(string=source, url_fetcher=_Nothing()).render(**options)
    progress.drawing(document.pages, told)
    pdf: bytes = document.write_pdf(finisher=_associated_once, **options)
    return pdf


def _associated_once(_: Any, pdf: Any) -> None:
    """WeasyPrint (70) names an attachment twice among the files that belong to the document."""
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


@cache
def _style(widths: tuple[int, ...], is_demonstration: bool) -> CSS:
    """What the document looks like, read once; it brings no font of its own."""
    styles = [path.read_text(encoding="utf-8") for path in _STYLES]
    styles += [
        f".appendix-table col:nth-child({place}) {{ width: {width}mm }}"
        for place, width in enumerate(widths, start=1)
    ]
    if is_demonstration:
        styles.append(_MARK)
    return CSS(string="\n".join(styles))


def _attached(workbook: bytes, stem: str, on: dt.date) -> Attachment:
    day = dt.datetime.combine(on, dt.time(), dt.UTC)
    return Attachment(
        file_obj=io.BytesIO(workbook),
        name=f"{stem}.xlsx",
        description="Số liệu của văn bản dưới dạng bảng tính",
        created=day,
        modified=day,
        relationship="Data",
    )
