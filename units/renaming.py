"""A unit gets another name from a day on; before it, and in the plans of years before, it keeps the
name that it had. Without a day a name was only written wrongly, and is mended everywhere."""

import datetime as dt

from config.vietnamese.text import clean_line, fold
from units.accounts.refusals import NotAnAdministrator, Refused
from units.models import Alias, Unit, User


def rename(*, unit: Unit, name: str, short_name: str, on: dt.date | None, by: User) -> Unit:
    """The old name also stays a way to write the unit, as old documents do."""
    if not by.is_administrator:
        raise NotAnAdministrator
    before = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    name, short_name = clean_line(name), clean_line(short_name)
    if (name, short_name) == (before.name, before.short_name):
        return before
    earlier = list(before.earlier_names)
    if on is not None:
        until = (on - dt.timedelta(days=1)).isoformat()
        if earlier and until <= earlier[-1]["until"]:
            raise Refused("Ngày đổi tên phải sau lần đổi tên trước của đơn vị này.")
        earlier.append({"name": before.name, "short_name": before.short_name, "until": until})
        _keep_as_alias(before, name, short_name)
    unit.name, unit.short_name, unit.earlier_names = name, short_name, earlier
    unit.save(update_fields=["name", "short_name", "earlier_names"])
    return unit


def _keep_as_alias(before: Unit, name: str, short_name: str) -> None:
    """As long as the old name means nothing else."""
    for old in {before.name, before.short_name} - {name, short_name}:
        if not Alias.objects.filter(agency=before.agency_id, folded=fold(old)).exists():
            Alias.objects.create(agency_id=before.agency_id, name=old, unit=before)
