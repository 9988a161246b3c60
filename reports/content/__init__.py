"""The consolidated report as plain data: `consolidated(plan, day)` makes it, files print it."""

from reports.content.build import consolidated
from reports.content.model import ReportContent

__all__ = ["ReportContent", "consolidated"]
