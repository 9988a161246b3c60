"""A plan written as one YAML file, read into plain dataclasses: no Django, no database.

`read_plan` is the door. content.py says what a file may hold, field by field; reading.py reads
it by that description; checks.py looks at fields together; every problem names its place.
"""

from plans.planfile.content import (
    Agency,
    AgencyIdentity,
    Area,
    Block,
    Correction,
    Document,
    Flag,
    Group,
    Indicator,
    Measure,
    Paragraph,
    Plan,
    PlanFile,
    Recipient,
    Section,
    Signatory,
    Task,
    Term,
    Unit,
)
from plans.planfile.problems import Place, PlanFileError, Problem
from plans.planfile.reading import read_plan, read_tree

__all__ = [
    "Agency",
    "AgencyIdentity",
    "Area",
    "Block",
    "Correction",
    "Document",
    "Flag",
    "Group",
    "Indicator",
    "Measure",
    "Paragraph",
    "Place",
    "Plan",
    "PlanFile",
    "PlanFileError",
    "Problem",
    "Recipient",
    "Section",
    "Signatory",
    "Task",
    "Term",
    "Unit",
    "read_plan",
    "read_tree",
]
