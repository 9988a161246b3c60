"""Django admin of what is told upward: to look at; every change goes through reports/acts/."""

# isort: off
from reports.admin import consolidated

__all__ = ["consolidated"]
