"""What must hold between fields: one function for each class that has such a rule.

Called once for each entry that could be made, so a broken neighbour hides nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

from config.vietnamese.dates import short
from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import fold
from plans.planfile.content import (
    Agency,
    AgencyIdentity,
    Area,
    Block,
    Group,
    Indicator,
    Measure,
    Plan,
    PlanFile,
    Unit,
)
from plans.planfile.fields import Entry
from plans.planfile.problems import Problem


def problems_of(entry: Entry) -> Iterable[Problem]:
    """What is wrong between the fields of one entry, its nested entries seen from it."""
    check = _CHECKS.get(type(entry))
    return check(entry) if check else ()


def _identity(identity: AgencyIdentity) -> Iterator[Problem]:
    first, last = identity.valid_from, identity.valid_until
    if first and last and last < first:
        yield identity.marks["valid_until"].problem(f"trước ngày bắt đầu {short(first)}")


def _agency(agency: Agency) -> Iterator[Problem]:
    for one, other in combinations(agency.identities, 2):
        apart = (one.valid_until and other.valid_from and one.valid_until < other.valid_from) or (
            other.valid_until and one.valid_from and other.valid_until < one.valid_from
        )
        if not apart:
            yield other.at.problem(f"trùng thời gian hiệu lực với tên gọi ở dòng {one.at.line}")


def _plan(plan: Plan) -> Iterator[Problem]:
    try:
        _ = plan.issued_on
    except ValueError:
        yield plan.marks["issued_day"].problem(
            f"tháng {plan.issued_month} năm {plan.issued_year} không có ngày {plan.issued_day}"
        )
    for name in ("due_on", "unit_reports_due_on", "department_report_due_on"):
        due_on = getattr(plan, name)
        if due_on and due_on < plan.starts_on:
            yield plan.marks[name].problem(f"trước ngày bắt đầu {short(plan.starts_on)}")
    units, department = plan.unit_reports_due_on, plan.department_report_due_on
    if units and department and department < units:
        yield plan.marks["department_report_due_on"].problem(f"trước hạn của đơn vị {short(units)}")


def _indicator(indicator: Indicator) -> Iterator[Problem]:
    for area in indicator.areas:
        for inner in area.areas:
            for deep in inner.areas:
                yield deep.at.problem("lĩnh vực chỉ được lồng hai cấp")


def _area(area: Area) -> Iterator[Problem]:
    if "areas" not in area.marks and "blocks" not in area.marks:
        yield area.at.problem("chưa có nhiệm vụ: thiếu “areas” hoặc “blocks”")


def _block(block: Block) -> Iterator[Problem]:
    count = len(block.criteria)
    for task in block.tasks:
        for measure in task.measures:
            if measure.criterion and measure.criterion > count:
                yield measure.marks["criterion"].problem(
                    f"không có tiêu chí thứ {measure.criterion}; khối có {count} tiêu chí"
                )


def _measure(measure: Measure) -> Iterator[Problem]:
    def wrong(name: str, message: str) -> Problem:
        return measure.marks[name].problem(f"{format_decimal(getattr(measure, name))} {message}")

    for name in ("target", "baseline", "cap", "yearly_growth"):
        value: Decimal | None = getattr(measure, name)
        if value is None:
            continue
        if measure.scale == "percent" and not 0 <= value <= 100:
            yield wrong(name, "nằm ngoài khoảng 0 đến 100%")
        if measure.scale == "yes_no" and value not in (0, 1):
            yield wrong(name, "không dùng được; chỉ tiêu đạt / chưa đạt ghi 1 hoặc 0")
    for name in ("target", "baseline"):
        value = getattr(measure, name)
        if value is not None and measure.cap is not None and value > measure.cap:
            yield wrong(name, f"vượt mức trần {format_decimal(measure.cap)}")


def _file(plan_file: PlanFile) -> Iterator[Problem]:
    yield from _group_codes(plan_file)
    yield from _names(plan_file)
    for task in plan_file.tasks():
        if task.due_on and task.due_on < plan_file.plan.starts_on:
            starts_on = short(plan_file.plan.starts_on)
            yield task.marks["due_on"].problem(f"trước ngày bắt đầu của kế hoạch {starts_on}")


def _group_codes(plan_file: PlanFile) -> Iterator[Problem]:
    """Leads are named by the codes of units and groups alike, so no code may be both."""
    units = {unit.code: unit.at.line for unit in plan_file.units}
    for group in plan_file.groups:
        if group.code in units:
            yield group.marks["code"].problem(
                f"mã “{group.code}” đã dùng cho đơn vị ở dòng {units[group.code]}"
            )


def _names(plan_file: PlanFile) -> Iterator[Problem]:
    """A written name means one unit or group; accents, case and hyphens do not tell names apart."""
    owners: dict[str, Unit | Group] = {}
    everyone: tuple[Unit | Group, ...] = (*plan_file.units, *plan_file.groups)
    for owner in everyone:
        own_names = (owner.name, owner.short_name) if isinstance(owner, Unit) else (owner.name,)
        for name in (*own_names, *owner.aliases):
            first = owners.setdefault(fold(name), owner)
            if first is not owner:
                yield owner.at.problem(f"“{name}” cũng là cách gọi của {first.noun} “{first.code}”")
        aliases = [fold(alias) for alias in owner.aliases]
        for n, alias in enumerate(aliases):
            if alias in aliases[:n]:
                yield owner.marks["aliases"].problem(
                    f"“{owner.aliases[n]}” trùng với một cách viết khác đã ghi"
                    " (không phân biệt dấu, chữ hoa, kiểu gạch nối)"
                )


_CHECKS: dict[type[Entry], Callable[[Any], Iterator[Problem]]] = {
    AgencyIdentity: _identity,
    Agency: _agency,
    Plan: _plan,
    Indicator: _indicator,
    Area: _area,
    Block: _block,
    Measure: _measure,
    PlanFile: _file,
}
