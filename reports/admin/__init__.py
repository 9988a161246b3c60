"""Django admin of what is told upward: to look at; every change goes through reports/acts/."""

# isort: off
from reports.admin import rounds, unit_reports, consolidated

__all__ = ["consolidated", "rounds", "unit_reports"]
