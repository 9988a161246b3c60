"""The units and groups whom a workbook can name."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.appendix.amendment import Parts
from plans.models import Plan
from plans.reading import Directory, Party
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
    """Three queries and their aliases."""
    units = {
        one.code: one
        for one in plan.agency.units.filter(is_active=True).prefetch_related("aliases")
    }
    active = {one.pk: one for one in units.values()}
    directory = Directory()
    for unit in units.values():
        names = [unit.short_name, *(alias.name for alias in unit.aliases.all())]
        directory.add(Party(unit.code, unit.name), *names)
    groups = {}
    for group in plan.agency.unit_groups.prefetch_related("aliases", "members"):
        members = [active[one.pk] for one in group.members.all() if one.pk in active]
        # A group may have the code of a unit: the directory tells them apart by a sign.
        code = f"nhóm {group.code}"
        groups[code] = (group, members)
        party = Party(code, group.name, True, tuple(one.code for one in members))
        directory.add(party, *(alias.name for alias in group.aliases.all()))
    return Owners(directory, units, groups)
