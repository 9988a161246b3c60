"""What a unit's report still lacks, and what of it stops the submission."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from plans.states import OPEN, State
from reports.content.model import LeadLine, MeasureLine, TaskLine
from reports.unit_content.model import UnitReportContent


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: of which task (code, "" for the whole report), in words; `stops` the
    submission or is only told."""

    code: str
    words: str
    stops: bool


def lacks(content: UnitReportContent, today: dt.date) -> list[Lack]:
    """Everything that is missing, what stops the submission first.

    A part without any update stops it: the unit would report nothing on what it was given (the
    update may say "chưa thực hiện" and why). After the cut-off no update can change what was known
    on that day, so it is told and stops nothing any more. Missing values and evidence are told.
    """
    stops = content.day >= today
    found = [lack for task in content.tasks for lack in _of_task(task, stops)]
    found += [
        Lack(one.code, "chưa ghi kết quả phối hợp", False)
        for one in content.supports
        if one.contribution is None
    ]
    if content.text("causes"):
        found.append(Lack("", "còn nguyên nhân chưa chia thành khách quan, chủ quan", False))
    return sorted(found, key=lambda one: not one.stops)


def _of_task(task: TaskLine, stops: bool) -> Iterator[Lack]:
    for lead in task.leads:
        if lead.status.state == State.NO_INFO:
            yield Lack(task.code, "chưa có cập nhật nào", stops)
            continue
        for measure in task.measures:
            if _lacks_value(measure):
                yield Lack(task.code, f"chỉ tiêu “{measure.name}” chưa có số liệu", False)
        if _lacks_proof(lead):
            yield Lack(task.code, "báo hoàn thành nhưng không có tài liệu kiểm chứng", False)
        if lead.status.returned and lead.status.state in OPEN:
            yield Lack(task.code, "kết quả bị trả lại, chưa bổ sung", False)


def _lacks_value(measure: MeasureLine) -> bool:
    return measure.target is not None and not measure.values


def _lacks_proof(lead: LeadLine) -> bool:
    return lead.status.state in (State.DONE, State.AWAITING) and not (
        lead.evidence or lead.status.completed_on is None
    )
