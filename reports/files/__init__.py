"""Frozen content → the files that a report is given out as: no query, no clock, the same bytes
every time."""

from reports.files.making import (
    FORMATS,
    Format,
    PdfUnavailable,
    ReportFile,
    Told,
    make,
    make_assignments,
)

__all__ = [
    "FORMATS",
    "Format",
    "PdfUnavailable",
    "ReportFile",
    "Told",
    "make",
    "make_assignments",
]
