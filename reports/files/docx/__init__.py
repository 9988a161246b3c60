"""The report as a DOCX that an office goes on editing: real styles, tables, sections, fields."""

from reports.files.docx.rendering import render, render_assignments

__all__ = ["render", "render_assignments"]
