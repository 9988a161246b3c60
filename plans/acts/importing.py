"""A plan document of people becomes a plan: uploaded, corrected, applied whole or not at all."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import fold
from plans import rules
from plans.acts.loading import load
from plans.acts.refusals import NotNow, NotYours, Refusal
from plans.models import ImportCorrection, LegalDocument, Plan, PlanImport
from plans.planfile import PlanFileError, Problem, read_tree
from plans.reading import (
    Directory,
    Draft,
    Source,
    read_document_head,
    read_plan_document,
    read_source,
)
from plans.reading.corrected import Corrections, correct_head, merged
from plans.reading.draft import Doubt, DraftPlan
from plans.reading.head import named_by_title
from plans.reading.known import FormerUnit, Known, KnownAgency, KnownGroup, KnownUnit
from plans.reading.lines import kept_source
from plans.reading.parties import shortens
from plans.reading.writing import plan_code, tree
from units import clock
from units.models import Agency, AgencyIdentity, Role, User
from units.notices import tell


class Outdated(Refusal):
    """Somebody corrected or applied the import after this person saw it."""


class HasProblems(Refusal):
    """The draft is no plan yet: what is wrong, at the lines of the document."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Undecided(Refusal):
    """Doubts are open that only a person can settle."""


@dataclass(frozen=True)
class Understood:
    """What a document means to this installation, with the corrections made so far; `decided` are
    the decisions about names, by the names folded."""

    draft: Draft
    known: Known
    code: str
    decided: Mapping[str, str] = field(default_factory=dict)

    @property
    def open_doubts(self) -> int:
        return sum(doubt.must for doubt in self.draft.doubts)

    @property
    def unknown_names(self) -> list[str]:
        """Each once, however it is written, in the order of the document."""
        found: dict[str, str] = {}
        for doubt in self.draft.doubts:
            if doubt.name:
                found.setdefault(fold(doubt.name), doubt.name)
        return list(found.values())

    @property
    def undecided_names(self) -> list[str]:
        return [name for name in self.unknown_names if fold(name) not in self.decided]

    def is_agency(self, name: str) -> bool:
        """Whether a name means the plan's agency itself, which is none of its units."""
        return self._directory.is_agency(name)

    @cached_property
    def _directory(self) -> Directory:
        directory = self.known.directory()
        directory.call_agency(self.draft.plan.agency_name)
        return directory

    def tree(self) -> Any:
        """The plan file that it makes (plans/planfile)."""
        return tree(self.draft, self.known, self.code)


def understand(source: Source, corrections: Corrections | None = None) -> Understood:
    """Read a document against the units, groups and documents that are known here."""
    corrections = corrections or {}
    head = read_document_head(source)
    correct_head(head, corrections.get("plan", {}))
    agency, is_named = _agency_of(head)
    known = _known(agency).decide(corrections.get("names", {}))
    draft = read_plan_document(source, known.directory(), corrections)
    if known.agency is not None and not is_named:
        others = (one for one in draft.doubts if one.field != "agency_name")
        draft.doubts[:] = [_assumed(known.agency), *others]
    decided = {fold(name): choice for name, choice in corrections.get("names", {}).items()}
    return Understood(draft, known, _free_code(draft, agency), decided)


def _assumed(agency: KnownAgency) -> Doubt:
    """Nobody but a person can say that a plan without a name is that of an agency."""
    message = (
        f"văn bản không ghi cơ quan ban hành; đang đọc theo các đơn vị của “{agency.name}”, đồng "
        "chí xác nhận ở “Sửa phần này”"
    )
    return Doubt(None, message, must=True, field="agency_name")


def upload(*, by: User, name: str, content: bytes, request_key: uuid.UUID) -> PlanImport:
    """Keep the text of a document; FileRefused when it cannot be read as a plan."""
    _require_administrator(by)
    source = read_source(content, name)
    draft = understand(source).draft
    return PlanImport.objects.keep(
        by=by,
        name=name,
        request_key=request_key,
        title=draft.plan.title,
        source=asdict(source),
    )


def corrections_of(one: PlanImport) -> dict[str, dict[str, Any]]:
    """Everything that was corrected so far."""
    steps = one.corrections.order_by("sequence").values_list("changes", flat=True)
    return merged(steps)


def source_of(one: PlanImport) -> Source:
    """The uploaded text, as it was read."""
    return kept_source(one.source)


def correct(
    *, import_id: int, by: User, changes: Mapping[str, Mapping[str, Any]], seen: int
) -> ImportCorrection:
    """Add a correction; Outdated when somebody else added one that `by` had not seen."""
    with transaction.atomic():
        one = _locked(import_id, by, seen)
        one.sequence += 1
        one.save(update_fields=["sequence"])
        return ImportCorrection.objects.create(
            of=one,
            sequence=one.sequence,
            changes=changes,
            by=by,
            by_label=by.label,
            recorded_at=clock.now(),
        )


def put_aside(*, import_id: int, by: User, seen: int) -> None:
    """The document is not wanted after all; its text and its corrections stay kept."""
    with transaction.atomic():
        one = _locked(import_id, by, seen)
        one.put_aside = True
        one.save(update_fields=["put_aside"])


def apply(*, import_id: int, by: User, seen: int) -> Plan:
    """Make the plan, all of it or nothing."""
    with transaction.atomic():
        one = _locked(import_id, by, seen)
        understood = understand(source_of(one), corrections_of(one))
        plan = make(understood)
        one.plan, one.applied_at, one.applied_by_label = plan, clock.now(), by.label
        one.save(update_fields=["plan", "applied_at", "applied_by_label"])
        tell(
            User.objects.filter(role=Role.ADMIN),
            f"Kế hoạch “{plan.short_title}” vừa được nạp từ tệp {one.file_name}.",
            reverse("task-list"),
            by=by,
        )
        return plan


def make(understood: Understood) -> Plan:
    """The plan of a reading without open doubts (the command's way, and that of `apply`)."""
    if count := understood.open_doubts:
        raise Undecided(f"Còn {format_decimal(count)} chỗ chưa rõ phải quyết định trước khi nạp.")
    same = _same_plan(understood.draft)
    if same is not None:
        raise NotNow(f"Kế hoạch “{same}” đã có trong hệ thống; không nạp lần thứ hai.")
    try:
        plan_file = read_tree(understood.tree())
    except PlanFileError as error:
        raise HasProblems(error.problems) from error
    try:
        with transaction.atomic():
            loaded = load(plan_file=plan_file)
    except IntegrityError as error:
        raise NotNow(
            "Người khác vừa nạp kế hoạch, đơn vị hoặc văn bản cùng mã. Chưa có gì được ghi; "
            "đồng chí tải lại trang để xem."
        ) from error
    if not loaded.is_new:
        raise NotNow(f"Kế hoạch “{loaded.plan}” đã có trong hệ thống; không nạp lần thứ hai.")
    return loaded.plan


def _locked(import_id: int, by: User, seen: int) -> PlanImport:
    _require_administrator(by)
    one = PlanImport.objects.select_for_update().get(pk=import_id)
    if one.plan_id is not None or one.put_aside:
        done = f"đã được {one.applied_by_label} áp dụng" if one.plan_id else "đã bị bỏ"
        raise NotNow(f"Lần nhập này {done}; không sửa được nữa.")
    if one.sequence != seen:
        last = one.corrections.order_by("-sequence").first()
        who = last.by_label if last else "Người khác"
        raise Outdated(
            f"{who} vừa sửa sau khi đồng chí mở trang. Chưa có gì bị ghi đè: đồng chí xem lại "
            "rồi gửi lại."
        )
    return one


def _require_administrator(by: User) -> None:
    if not rules.is_administrator(by):
        raise NotYours("Chỉ quản trị được nhập kế hoạch.")


def _agency_of(head: DraftPlan) -> tuple[Agency | None, bool]:
    """The agency that the document names, by one of its names or its symbol; of a document that
    names none, the one whose units stand here, where there is only one. Whether it was named."""
    symbol = head.symbol.rpartition("-")[2]
    identities = list(AgencyIdentity.objects.select_related("agency"))
    if name := head.agency_name:
        same = (one.agency for one in identities if _is_called(one, name))
        return next(same, None), True
    if symbol:
        found = {one.agency for one in identities if one.symbol == symbol}
        return (found.pop() if len(found) == 1 else None), True
    if name := named_by_title(head.title):
        return next((one.agency for one in identities if _is_called(one, name)), None), False
    own = list(Agency.objects.filter(units__is_active=True).distinct()[:2])
    return (own[0] if len(own) == 1 else None), False


def _is_called(identity: AgencyIdentity, written: str) -> bool:
    """By its name, also with its province after it, or by what is short for it."""
    place = fold(identity.place)
    ends = [f" {kind} {place}" for kind in ("tinh", "thanh pho")] if place else []
    bare = fold(written)
    for end in ends:
        bare = bare.removesuffix(end)
    names = (fold(identity.name), fold(identity.short_name))
    return bare in names or shortens(written, identity.name)


def _known(agency: Agency | None) -> Known:
    documents: dict[tuple[object, ...], str] = {}
    for one in LegalDocument.objects.all():
        kind = one.get_type_display()
        key = (kind, one.number, one.symbol, one.issued_on)
        documents[key if one.number else (kind, one.title.casefold())] = one.code
    if agency is None:
        return Known(documents=documents)
    identity = agency.identity_on(clock.today())
    return Known(
        KnownAgency(
            agency.code,
            identity.name,
            identity.short_name,
            identity.symbol,
            identity.superior_heading,
            identity.place,
        ),
        [
            KnownUnit(u.code, u.name, u.short_name, u.kind, _aliases(u))
            for u in agency.units.filter(is_active=True).prefetch_related("aliases")
        ],
        [
            KnownGroup(
                g.code,
                g.name,
                tuple(m.code for m in g.members.all() if m.is_active),
                _aliases(g),
            )
            for g in agency.unit_groups.prefetch_related("members", "aliases")
        ],
        documents,
        former=tuple(_former(agency)),
    )


def _former(agency: Agency) -> Iterator[FormerUnit]:
    """Units that became part of one that works, also by way of another."""
    merged = agency.units.filter(merged_into__isnull=False).prefetch_related("aliases")
    for unit in merged.select_related("merged_into__merged_into"):
        heir = unit.line[-1]
        if heir.is_active:
            yield FormerUnit((unit.name, unit.short_name, *_aliases(unit)), heir.code, unit.became)


def _aliases(owner: Any) -> tuple[str, ...]:
    return tuple(alias.name for alias in owner.aliases.all())


def _same_plan(draft: Draft) -> Plan | None:
    """A plan of the same year, symbol and title."""
    if draft.plan.year is None:
        return None
    plans = Plan.objects.filter(year=draft.plan.year, symbol=draft.plan.symbol)
    return next((one for one in plans if fold(one.title) == fold(draft.plan.title)), None)


def _free_code(draft: Draft, agency: Agency | None) -> str:
    code = plan_code(draft)
    taken = set(Plan.objects.filter(code__startswith=code).values_list("code", flat=True))
    if code in taken and agency is not None:
        code = f"{code}-{agency.code}"
    base, turn = code, 2
    while code in taken:
        code, turn = f"{base}-{turn}", turn + 1
    return code[:50]
