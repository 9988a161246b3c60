"""Workbooks that an office calculates with: the report, and the task list as it is filtered."""

from reports.files.xlsx.report import render

__all__ = ["render"]
