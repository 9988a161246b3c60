"""Content to PDF/A-3a: tagged, in Vietnamese, fonts embedded, the same bytes each time. The same
figures as a workbook are attached, so that whoever gets the report can calculate with them."""

import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from reports.content.model import DEMONSTRATION_MARK, ReportContent
from reports.frozen import freeze
from reports.tables import appendix
from reports.xlsx import render as render_xlsx

VARIANT = "pdf/a-3a"
_STYLES = (
    Path(__file__).parents[2] / "static" / "reports" / "document.css",
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


def render(content: ReportContent) -> bytes:
    """The PDF; its identifier is the content's fingerprint, its dates are the content's day."""
    fonts = FontConfiguration()
    source = render_to_string("reports/document.html", {"report": content})
    document = HTML(string=source, url_fetcher=_Nothing())
    pdf: bytes = document.write_pdf(
        stylesheets=[CSS(string=text, font_config=fonts) for text in _styles(content)],
        font_config=fonts,
        pdf_variant=VARIANT,
        attachments=[_workbook(content)],
        pdf_identifier=hashlib.sha256(freeze(content)).digest()[:16],
    )
    return pdf


def _workbook(content: ReportContent) -> Attachment:
    day = dt.datetime.combine(content.day, dt.time(), dt.UTC)
    return Attachment(
        file_obj=io.BytesIO(render_xlsx(content)),
        name=f"{content.file_stem}.xlsx",
        description="Số liệu của Báo cáo dưới dạng bảng tính",
        created=day,
        modified=day,
        relationship="Data",
    )


def _styles(content: ReportContent) -> list[str]:
    styles = [path.read_text(encoding="utf-8") for path in _STYLES]
    widths = (
        f".appendix-table col:nth-child({place}) {{ width: {width}mm }}"
        for place, width in enumerate(appendix.WIDTHS, start=1)
    )
    styles.append("\n".join(widths))
    if content.demonstration:
        styles.append(_MARK)
    return styles
