"""Frozen content → the files that a report is given out as: no query, no clock, the same bytes
every time."""

from reports.files.making import (
    FORMATS,
    Format,
    PdfUnavailable,
    ReportFile,
    make,
    make_assignments,
)
from reports.files.pdf.progress import Told

__all__ = [
    "FORMATS",
    "Format",
    "PdfUnavailable",
    "ReportFile",
    "Told",
    "make",
    "make_assignments",
]
