"""Which unit or group a written name means (domain.md §5.1)."""

from config.vietnamese.text import fold
from units.models import Agency, Alias, Unit, UnitGroup


def find(agency: Agency, written: str) -> Unit | UnitGroup | None:
    """The unit or group of `agency` that is called so, by its name, short name or an alias.

    Case, accents and the kind of hyphen do not matter. None when nothing, or more than one
    thing, is called so: a name is never guessed.
    """
    wanted = fold(written)
    found: set[Unit | UnitGroup] = {
        unit for unit in agency.units.all() if wanted in (fold(unit.name), fold(unit.short_name))
    }
    found |= {group for group in agency.unit_groups.all() if wanted == fold(group.name)}
    for alias in Alias.objects.filter(agency=agency, folded=wanted).select_related("unit", "group"):
        found.add(alias.unit or alias.group)  # type: ignore[arg-type]
    return found.pop() if len(found) == 1 else None
