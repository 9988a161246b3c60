"""The units and groups whom a workbook can name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from plans.appendix.amendment import Parts
from plans.models import Assignment, Plan
from plans.reading import Directory, Party
from plans.reading.known import SPEAKING
from units.models import Unit, UnitGroup


@dataclass
class Owners:
    """The units and groups of the plan's agency, by code, with their names to be read."""

    directory: Directory
    units: dict[str, Unit]
    groups: dict[str, tuple[UnitGroup, list[Unit]]]

    def parts(self, codes: Iterable[str], taken: Iterable[int] = ()) -> Parts:
        """Everyone whom `codes` mean, once; those of `taken` have another part already."""
        found: Parts = []
        seen = set(taken)
        for code in codes:
            group, members = self.groups.get(code, (None, []))
            for unit in members if group else [self.units[code]]:
                if unit.pk not in seen:
                    seen.add(unit.pk)
                    found.append((unit, group))
        return found


def owners_of(plan: Plan) -> Owners:
    """Four queries and their aliases. A unit that works no more is known as long as the plan
    names it, or when it says who does its work: only by names that mean nobody who works."""
    here = Assignment.objects.filter(task__plan=plan).values("unit")
    known = Q(is_active=True) | Q(merged_into__isnull=False) | Q(pk__in=here)
    found = plan.agency.units.filter(known).select_related("merged_into")
    units = {one.code: one for one in found.prefetch_related("aliases")}
    active = {one.pk: one for one in units.values() if one.is_active}
    directory = Directory()
    for identity in plan.agency.identities.all():
        directory.call_agency(identity.name, identity.short_name)
    for unit in active.values():
        party = Party(unit.code, unit.name, speaks=unit.kind in SPEAKING)
        directory.add(party, *_other_names(unit))
    groups = {}
    for group in plan.agency.unit_groups.prefetch_related("aliases", "members"):
        members = [active[one.pk] for one in group.members.all() if one.pk in active]
        # A group may have the code of a unit: the directory tells them apart by a sign.
        code = f"nhóm {group.code}"
        groups[code] = (group, members)
        party = Party(code, group.name, True, tuple(one.code for one in members))
        directory.add(party, *(alias.name for alias in group.aliases.all()))
    for unit in units.values():
        if not unit.is_active and not _is_known(unit.name, directory):
            free = [name for name in _other_names(unit) if not _is_known(name, directory)]
            directory.add(Party(unit.code, unit.name), *free, offered=False)
    return Owners(directory, units, groups)


def _other_names(unit: Unit) -> list[str]:
    return [unit.short_name, *(alias.name for alias in unit.aliases.all())]


def _is_known(name: str, directory: Directory) -> bool:
    found = directory.read(name)
    return bool(found.codes) and not found.unknown
