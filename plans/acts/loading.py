"""A plan file becomes a plan: all of it or nothing (S1–S36)."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from plans.acts.appendix import assign_all
from plans.models import (
    Area,
    AssignmentRole,
    Block,
    Criterion,
    DocumentType,
    Indicator,
    LegalDocument,
    Measure,
    Plan,
    PlanSection,
    Recipient,
    Task,
)
from plans.planfile import PlanFile, content
from plans.planfile.fields import Entry
from units import clock
from units.models import Agency, Alias, Signatory, Unit, UnitGroup

_DOCUMENT_TYPES = {kind.label: kind.value for kind in DocumentType}


@dataclass(frozen=True)
class Loaded:
    """What a loading did; `is_new` is False when the plan was there and was left as it is."""

    plan: Plan
    is_new: bool


def load(*, plan_file: PlanFile) -> Loaded:
    """Make the plan of a file that was read without problems.

    A plan with its code that is already there is left untouched: what people changed since then
    counts more than the file. Agencies, units, groups and documents that are there are used as
    they are.
    """
    with transaction.atomic():
        existing = Plan.objects.filter(code=plan_file.plan.code).first()
        if existing is not None:
            return Loaded(existing, is_new=False)
        return Loaded(_Loader(plan_file).plan(), is_new=True)


class _Loader:
    """The things of one file by their codes, while they are made."""

    def __init__(self, plan_file: PlanFile) -> None:
        self.file = plan_file
        self.agencies: dict[str, Agency] = {}
        self.units: dict[str, Unit] = {}
        self.groups: dict[str, UnitGroup] = {}
        self.documents: dict[str, LegalDocument] = {}
        self.assigned_on = min(clock.today(), plan_file.plan.starts_on)
        self.position = 0

    def plan(self) -> Plan:
        self._make_agencies()
        self.agency = self.agencies[self.file.plan.agency]
        self._make_units()
        self._make_groups()
        self._make_documents()
        self.made = self._make_plan(self.file.plan)
        for position, indicator in enumerate(self.file.indicators, 1):
            self._make_indicator(position, indicator)
        return self.made

    def _make_agencies(self) -> None:
        for one in self.file.agencies:
            self.agencies[one.code], _ = Agency.objects.get_or_create(code=one.code)
        for one in self.file.agencies:
            agency = self.agencies[one.code]
            if agency.identities.exists():
                continue
            for identity in one.identities:
                fields = _fields(identity)
                fields["superior"] = self.agencies.get(identity.superior)
                agency.identities.create(**fields)

    def _make_units(self) -> None:
        for position, one in enumerate(self.file.units, 1):
            fields = {name: getattr(one, name) for name in ("name", "short_name", "kind")}
            unit, _ = Unit.objects.get_or_create(
                agency=self.agency,
                code__iexact=one.code,
                defaults={**fields, "code": one.code, "position": position},
            )
            self.units[one.code] = unit
            self._make_aliases(one.aliases, unit=unit)

    def _make_groups(self) -> None:
        for one in self.file.groups:
            group, is_new = UnitGroup.objects.get_or_create(
                agency=self.agency,
                code__iexact=one.code,
                defaults={"code": one.code, "name": one.name},
            )
            if is_new:
                group.members.set(self.units[code] for code in one.members)
            self.groups[one.code] = group
            self._make_aliases(one.aliases, group=group)

    def _make_aliases(self, names: tuple[str, ...], **owner: Any) -> None:
        for name in names:
            alias = Alias(agency=self.agency, name=name, **owner)
            alias.clean()
            if not Alias.objects.filter(agency=self.agency, folded=alias.folded).exists():
                alias.save()

    def _make_documents(self) -> None:
        for one in self.file.documents:
            fields = _fields(one, "code") | {"type": _DOCUMENT_TYPES[one.type]}
            self.documents[one.code], _ = LegalDocument.objects.get_or_create(
                code=one.code, defaults=fields
            )

    def _make_plan(self, one: content.Plan) -> Plan:
        made = Plan.objects.create(
            agency=self.agency,
            parent=self.documents.get(one.parent),
            issued_on=one.issued_on,
            signatory=self._signatory(one.signatory),
            **{name: getattr(one, name) for name in _PLAN_FIELDS},
        )
        made.references.set(doc for code, doc in self.documents.items() if code != one.parent)
        for part in PlanSection.Part:
            self._make_sections(made, part, getattr(one, part.value))
        for position, recipient in enumerate(one.recipients, 1):
            Recipient.objects.create(
                plan=made, position=position, text=recipient.text, purpose=recipient.purpose
            )
        return made

    def _make_sections(self, plan: Plan, part: str, section: content.Section | None) -> None:
        if section is None:
            return
        heading = f"{section.number}. {section.heading}" if section.number else section.heading
        paragraphs = [(one.number, one.text) for one in section.paragraphs] or [("", "")]
        for position, (number, text) in enumerate(paragraphs, 1):
            PlanSection.objects.create(
                plan=plan,
                part=part,
                position=position,
                number=number,
                heading=heading if position == 1 else "",
                text=text,
            )

    def _signatory(self, one: content.Signatory | None) -> Signatory | None:
        if one is None:
            return None
        fields = {name: getattr(one, name) for name in ("authority", "title", "full_name")}
        signatory, _ = Signatory.objects.get_or_create(agency=self.agencies[one.agency], **fields)
        return signatory

    def _make_indicator(self, position: int, one: content.Indicator) -> None:
        indicator = Indicator.objects.create(
            plan=self.made,
            position=position,
            number=one.number or str(position),
            code=one.code,
            name=one.name,
            heading=one.heading,
        )
        place = 0
        for area in one.areas:
            place += 1
            parent = self._make_area(indicator, place, area, None)
            for inner in area.areas:
                place += 1
                self._make_area(indicator, place, inner, parent)

    def _make_area(
        self, indicator: Indicator, position: int, one: content.Area, parent: Area | None
    ) -> Area:
        area = Area.objects.create(
            indicator=indicator,
            parent=parent,
            position=position,
            number=one.number,
            title=one.title,
            heading=one.heading,
        )
        for place, block in enumerate(one.blocks, 1):
            self._make_block(area, place, block)
        return area

    def _make_block(self, area: Area, position: int, one: content.Block) -> None:
        names = ("number", "heading", "lead_words", "support_words", "keeps_register")
        block = Block.objects.create(
            area=area, position=position, **{name: getattr(one, name) for name in names}
        )
        criteria = [
            Criterion.objects.create(block=block, position=place, title=title)
            for place, title in enumerate(one.criteria, 1)
        ]
        for task in one.tasks:
            self._make_task(block, criteria, one, task)

    def _make_task(
        self, block: Block, criteria: list[Criterion], printed: content.Block, one: content.Task
    ) -> None:
        self.position += 10  # leaves room for tasks that are put between others
        plan = self.file.plan
        task = Task.objects.create(
            plan=self.made,
            block=block,
            position=self.position,
            due_on=one.due_on or plan.due_on,
            due_words=one.due_words or ("" if one.due_on else plan.due_words),
            **{name: getattr(one, name) for name in _TASK_FIELDS},
        )
        task.references.set(self.documents[code] for code in one.references)
        for place, measure in enumerate(one.measures, 1):
            fields = _fields(measure, "criterion", "line")
            fields["target_year"] = measure.target_year or plan.year
            Measure.objects.create(
                task=task,
                position=place,
                criterion=criteria[measure.criterion - 1] if measure.criterion else None,
                **fields,
            )
        leads = self._parts(AssignmentRole.LEAD, printed.leads_of(one))
        supports = self._parts(AssignmentRole.SUPPORT, printed.supports_of(one))
        assign_all(task=task, parts=[*leads, *supports], assigned_on=self.assigned_on)

    def _parts(self, role: str, codes: tuple[str, ...]) -> list[tuple[str, Unit | UnitGroup, int]]:
        owners: dict[str, Unit | UnitGroup] = {**self.groups, **self.units}
        return [(role, owners[code], position) for position, code in enumerate(codes, 1)]


_PLAN_FIELDS = (
    "code",
    "number",
    "symbol",
    "issued_month",
    "title",
    "short_title",
    "year",
    "results_year",
    "starts_on",
    "opening",
    "closing",
    "appendix_note",
    "due_on",
    "due_words",
    "due_day_counts",
    "unit_reports_due_on",
    "department_report_due_on",
)
_TASK_FIELDS = (
    "code",
    "number",
    "title",
    "wording",
    "kind",
    "lead_words",
    "support_words",
    "product",
    "shortcoming",
    "note",
)


def _fields(entry: Entry, *left_out: str) -> dict[str, Any]:
    """The fields of an entry of the file that are also those of its model."""
    return {
        name: value
        for name, value in asdict(entry).items()
        if name not in ("at", "marks", *left_out)
    }
