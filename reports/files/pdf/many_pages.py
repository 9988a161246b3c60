"""Documents of thousands of pages in time that grows with their pages, not with their square.

The same bytes come out. What is replaced walked through the whole document for each page or tag:

- WeasyPrint (70) looks for the margin boxes of a page among the styles of all elements and pages:
  of 2,600 pages with 60,000 elements that was a tenth of the time, of 13,000 more than a third.
- WeasyPrint asks pydyf (0.13) for the reference of a page once for each tag, and pydyf lists the
  references of all pages each time. The list is the same as long as no page is added.
"""

from typing import Any

import pydyf
import weasyprint.layout.page


def install() -> None:
    pydyf.PDF.page_references = property(_page_references)
    weasyprint.layout.page.set_page_type_computed_styles = _set_page_styles


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    kids = pdf.pages["Kids"]
    count, references = pdf.__dict__.get("_kept_references", (0, ()))
    if count != len(kids):
        references = tuple(f"{number} 0 R".encode() for number in kids[::3])
        pdf._kept_references = (len(kids), references)
    return references


def _set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """The styles of one page and of its margin boxes, which are all that @page rules name."""
    style_for.add_page_declarations(page_type)
    root, base_url = html.etree_element, html.base_url
    style_for.set_computed_styles(page_type, root=root, parent=root, base_url=base_url)
    for place in _margin_boxes(style_for):
        if (page_type, place) in style_for.get_cascaded_styles():
            style_for.set_computed_styles(
                page_type, pseudo_type=place, root=root, parent=page_type, base_url=base_url
            )


def _margin_boxes(style_for: Any) -> tuple[str, ...]:
    found: tuple[str, ...] | None = style_for.__dict__.get("_kept_margin_boxes")
    if found is None:
        rules = [rule for sheet, *_ in style_for._sheets for rule in sheet.page_rules]
        places = [place for _, selectors, _ in rules for _, place, _ in selectors if place]
        found = style_for._kept_margin_boxes = tuple(dict.fromkeys(places))
    return found
