"""The demonstration goes on: the yearly round of 2023 as the units and the Office went about it up
to 20/11/2023. Everything is recorded through the acts, each on its day."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from plans.models import Plan
from reports.acts import drafting, steps, writing
from reports.acts.rounds import open_round, urge, yearly
from reports.models import Round, UnitReport
from reports.unit_content.working import working
from units import clock
from units.models import Unit, User

# The same step has the same key in every database.
_KEYS = uuid.UUID("6f1d2c1e-5d0b-4a57-9b8e-20231120beef")
_UNITS = ("vp", "ttbcxb", "hts", "cds", "ttcns")


def report_upward(*, plan: Plan, people: Mapping[str, User], **_: Any) -> None:
    """One unit accepted after a return, one returned, one submitted; two are urged. Told only of a
    plan and of people that are those of 2023: other stories have other rounds."""
    office = people.get("vanphong")
    units = {unit.code: unit for unit in Unit.objects.filter(agency=plan.agency, code__in=_UNITS)}
    if office is None or len(units) < len(_UNITS):
        return
    with clock.set_to(_november(1)):
        new = yearly(plan, [units[code] for code in _UNITS])
        if new is None:
            return
        opened = open_round(plan=plan, new=new, by=office, request_key=_key("open"))
    course = _Course(opened, people)
    _accepted_at_last(course)
    _returned(course)
    _submitted_and_missing(course)
    _consolidated(course)


def _november(day: int) -> dt.date:
    return dt.date(2023, 11, day)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(_KEYS, name)


class _Course:
    """Carries out steps of one round, each on its day."""

    def __init__(self, opened: Round, people: Mapping[str, User]) -> None:
        self.opened = opened
        self.people = people
        self.number = 0

    def report(self, unit: str) -> UnitReport:
        return UnitReport.objects.for_page().get(round=self.opened, unit__code=unit)

    def step(self, day: int, by: str, act: Any, unit: str, **said: Any) -> None:
        report = self.report(unit)
        self.number += 1
        common = {"by": self.people[by], "request_key": _key(str(self.number))}
        with clock.set_to(_november(day)):
            if act is steps.submit:
                said["responsible_id"] = self.people[by].pk
                said["fingerprint"] = working(report, clock.today()).fingerprint
            act(report_id=report.pk, seen=report.sequence, **common, **said)

    def write(self, day: int, by: str, unit: str, section: str, text: str) -> None:
        report = self.report(unit)
        self.number += 1
        with clock.set_to(_november(day)):
            writing.write_section(
                report_id=report.pk,
                section=section,
                text=text,
                by=self.people[by],
                seen=report.edits.filter(section=section).count(),
                request_key=_key(str(self.number)),
            )

    def remark(self, code: str, text: str) -> dict[int, str]:
        return {self.opened.plan.tasks.get(code=code).pk: text}


def _accepted_at_last(course: _Course) -> None:
    course.step(13, "tp.ttbcxb", writing.start, "ttbcxb")
    course.step(14, "tp.ttbcxb", steps.submit, "ttbcxb")
    course.step(15, "vanphong", steps.begin_review, "ttbcxb")
    course.step(
        15,
        "vanphong",
        steps.send_back,
        "ttbcxb",
        reason="Phần phương hướng chưa nêu thời gian thực hiện; đề nghị bổ sung rồi nộp lại.",
        remarks=course.remark("2.1", "Nêu rõ việc còn lại và thời gian hoàn thành."),
    )
    course.write(
        16,
        "tp.ttbcxb",
        "ttbcxb",
        "directions",
        "- Hoàn thành phần việc còn lại của nhiệm vụ 2.1 trước ngày 30/11/2023.\n"
        "- Tiếp tục tuyên truyền về dịch vụ công trực tuyến trên các cơ quan báo chí của tỉnh.",
    )
    course.step(16, "tp.ttbcxb", steps.submit, "ttbcxb")
    course.step(17, "vanphong", steps.accept, "ttbcxb")


def _returned(course: _Course) -> None:
    course.step(14, "cv.cds", writing.start, "cds")
    course.write(
        15,
        "cv.cds",
        "cds",
        "objective",
        "Một số chức năng phụ thuộc hệ thống của bộ, ngành trung ương nên chưa chủ động được "
        "tiến độ.",
    )
    course.step(16, "tp.cds", steps.submit, "cds")
    course.step(20, "vanphong", steps.begin_review, "cds")
    course.step(
        20,
        "vanphong",
        steps.send_back,
        "cds",
        reason="Nhiệm vụ 1.2.3.1 đã quá hạn nhưng báo cáo chưa nêu nguyên nhân chủ quan và biện "
        "pháp khắc phục.",
        remarks=course.remark("1.2.3.1", "Nêu nguyên nhân quá hạn, mốc hoàn thành và đề xuất."),
    )


def _submitted_and_missing(course: _Course) -> None:
    course.step(17, "vanphong", writing.start, "vp")
    course.step(20, "vanphong", steps.submit, "vp")
    course.step(17, "gd.ttcns", writing.start, "ttcns")
    with clock.set_to(_november(20)):
        urge(round_id=course.opened.pk, by=course.people["vanphong"], request_key=_key("urge"))


def _consolidated(course: _Course) -> None:
    """The Office has begun the department's report from what it has accepted so far."""
    office = course.people["vanphong"]
    with clock.set_to(_november(20)):
        report = drafting.start(round_id=course.opened.pk, by=office, request_key=_key("draft"))
        drafting.edit(
            report_id=report.pk,
            passage="directing.spread",
            by=office,
            text="Ngày 05/7/2023, Sở tổ chức hội nghị quán triệt Kế hoạch đến toàn thể công chức, "
            "viên chức; các phòng, đơn vị phân công cụ thể trách nhiệm thực hiện từng nhiệm vụ.",
            seen=0,
            request_key=_key("spread"),
        )
