"""Files that go out before or beside an issued report are remembered by their hash, so that the
check of a file can say what it is instead of "none of ours"."""

import hashlib

from reports.files import ReportFile
from reports.models import ConsolidatedReport, MadeFile, UnitReport
from reports.states.consolidated import ReportStatus
from units import clock


def remembered(made: ReportFile, words: str) -> ReportFile:
    """The file itself; that these bytes were made of what `words` say is kept the first time."""
    sha256 = hashlib.sha256(made.data).hexdigest()
    first = {"made_on": clock.today(), "made_at": clock.now()}
    MadeFile.objects.get_or_create(sha256=sha256, words=words, defaults=first)
    return made


def of_draft(report: ConsolidatedReport) -> str:
    """What a file of a consolidated report is that has not been issued."""
    state = ReportStatus(report.status).label.lower()
    return f"bản dự thảo báo cáo tổng hợp “{report.round}”, lần {report.version} ({state})"


def of_unit_report(report: UnitReport, version: int | None) -> str:
    """What a file of a unit's report is: of a version, or as it is written (None)."""
    which = "bản đang soạn, chưa nộp" if version is None else f"phiên bản {version}"
    return f"báo cáo của {report.unit} trong đợt “{report.round}” ({which})"
