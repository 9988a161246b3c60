"""What is told upward: rounds, the units' reports in them, and every step they took."""

from reports.models.consolidated import (
    ConsolidatedReport,
    IssuedFile,
    Medium,
    PassageEdit,
    ReportStep,
    sources_in,
)
from reports.models.locked import ReportLocked
from reports.models.made_file import MadeFile
from reports.models.round import RemindedUnit, Round, RoundKind, RoundReminder
from reports.models.unit_report import (
    SectionEdit,
    StepRemark,
    UnitReport,
    UnitReportStep,
    UnitReportVersion,
    accepted_versions,
    units_without_accepted,
)

__all__ = [
    "ConsolidatedReport",
    "IssuedFile",
    "MadeFile",
    "Medium",
    "PassageEdit",
    "RemindedUnit",
    "ReportLocked",
    "ReportStep",
    "Round",
    "RoundKind",
    "RoundReminder",
    "SectionEdit",
    "StepRemark",
    "UnitReport",
    "UnitReportStep",
    "UnitReportVersion",
    "accepted_versions",
    "sources_in",
    "units_without_accepted",
]
