"""Django admin of what is told upward: to look at; every change goes through reports/acts/."""

# isort: off
from reports.admin import rounds, unit_reports

__all__ = ["rounds", "unit_reports"]
