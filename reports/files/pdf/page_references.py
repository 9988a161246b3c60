"""A tagged PDF in time that grows with its pages, not with their square.

WeasyPrint asks pydyf for the reference of a page once for each tag, and pydyf (0.13) lists the
references of all pages each time: of 1,900 pages with 270,000 tags that is half a billion strings.
The list is the same as long as no page is added, so it is kept.
"""

from typing import Any

import pydyf


def install() -> None:
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    kids = pdf.pages["Kids"]
    count, references = pdf.__dict__.get("_kept_references", (0, ()))
    if count != len(kids):
        references = tuple(f"{number} 0 R".encode() for number in kids[::3])
        pdf._kept_references = (len(kids), references)
    return references
