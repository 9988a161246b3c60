"""Django admin: where administrators keep plans, their outline and the appendix.

Whatever changes an assignment or a deadline goes through plans/acts/appendix.py; the history is
only to be looked at. TaskStanding and AssignmentStanding have no page: they are computed.
The order of registration is the order on the index page (units/admin_site.py).
"""

# isort: off
from plans.admin import plan, task, lists, outline, legal, history, answers, steering, importing

__all__ = [
    "answers",
    "history",
    "importing",
    "legal",
    "lists",
    "outline",
    "plan",
    "steering",
    "task",
]
