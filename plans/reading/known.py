"""What an installation knows already: its agency, units, groups and documents, by their codes;
and the decisions of a person about names that it does not know."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from config.vietnamese.text import ascii_name, fold
from plans.reading.parties import Directory, Party, is_own_group

KEEP_WORDS = "-"  # a decision: the words stay, nobody is assigned
ADD = "+"  # a decision: a new unit of the kind that follows, or a new group ("+group")
GROUP = "group"
SPEAKING = ("leadership", "office")  # kinds of units that answer for the whole agency
_KINDS = (
    ("office", r"^van phong\b(?! (?:dang ky|dieu phoi|dai dien|cong chung|luat)\b)"),
    ("inspectorate", r"^thanh tra\b"),
    (
        "affiliated",
        r"^(?:trung tam|van phong|tt|chi cuc|ban quan ly|ban chi huy|benh vien|vien|truong"
        r"|bao tang|thu vien|quy|hat|tram|nha (?:hat|van hoa|khach)|cang vu|doan|hoi|dai|doi"
        r"|cong (?:an|doan|ty)|kho bac|hai quan|thue|cuc|so|bo|ubnd|uy ban|xa|phuong|huyen"
        r"|thi xa|thanh pho)\b",
    ),
    ("leadership", r"^(?:lanh dao|ban giam doc)\b"),
    ("division", r"^(?:phong|p\.|ban|to|bo phan|khoa)\b|^p\."),
)
_SHORT_NAME = re.compile(r"(?=\w*[A-ZĐ]\w*[A-ZĐ])[\w&]{2,10}")


@dataclass(frozen=True)
class KnownUnit:
    code: str
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownGroup:
    code: str
    name: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownAgency:
    code: str
    name: str
    short_name: str
    symbol: str
    superior_heading: str = ""
    place: str = ""


@dataclass(frozen=True)
class FormerUnit:
    """A unit that became part of another, as `became` says; the one of the code `into` does its
    work now."""

    names: tuple[str, ...]
    into: str
    became: str


@dataclass
class Known:
    """`documents` are codes by (type, number, symbol, day) or, of laws, (type, name folded);
    `added` those of units and groups that a person decided to add."""

    agency: KnownAgency | None = None
    units: list[KnownUnit] = field(default_factory=list)
    groups: list[KnownGroup] = field(default_factory=list)
    documents: Mapping[tuple[object, ...], str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()
    former: tuple[FormerUnit, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """Of units, then of groups, by their codes."""
        units = {one.code: one.name for one in self.units}
        return units | {one.code: one.name for one in self.groups}

    def directory(self) -> Directory:
        directory = Directory()
        if self.agency is not None:
            directory.call_agency(self.agency.name, self.agency.short_name)
        for unit in self.units:
            speaks = unit.kind in SPEAKING
            party = Party(unit.code, unit.name, speaks=speaks)
            directory.add(party, unit.short_name, *unit.aliases)
        for group in self.groups:
            directory.add(Party(group.code, group.name, True, group.members), *group.aliases)
        for gone in self.former:
            if gone.into in directory.parties:
                directory.merge(gone.names, directory.parties[gone.into], gone.became)
        return directory

    def decide(self, decisions: Mapping[str, str]) -> "Known":
        """With what was decided about unknown names: folded name → the code of a known one, ADD
        with a kind, or KEEP_WORDS."""
        units = {one.code: one for one in self.units}
        groups = {one.code: one for one in self.groups}
        new_groups = []
        added: set[str] = set()
        for name, choice in decisions.items():
            if choice.startswith(ADD):
                kind = choice[1:]
                if fold(name) in added:
                    continue  # another way to write a name that was just added
                added.add(fold(name))
                if kind == GROUP:
                    new_groups.append(name)
                else:
                    code = _code(name, [*units, *groups])
                    units[code] = KnownUnit(code, name, _short(name), kind)
            elif choice in units:
                one = units[choice]
                units[choice] = KnownUnit(
                    one.code, one.name, one.short_name, one.kind, (*one.aliases, name)
                )
            elif choice in groups:
                group = groups[choice]
                groups[choice] = KnownGroup(
                    group.code, group.name, group.members, (*group.aliases, name)
                )
        for name in new_groups:
            code = _code(name, [*units, *groups], 60)
            groups[code] = KnownGroup(code, name, members_of(name, units.values()))
        new = {*units, *groups} - set(self.names)
        return replace(
            self, units=list(units.values()), groups=list(groups.values()), added=frozenset(new)
        )


def kind_of(name: str) -> str:
    """What an unknown name most probably is: a kind of unit, GROUP, or "" when it does not begin
    like either."""
    if is_own_group(name):
        return GROUP
    folded = fold(name)
    kinds = (kind for kind, pattern in _KINDS if re.search(pattern, folded))
    return next(kinds, "division" if _SHORT_NAME.fullmatch(name) else "")


def members_of(name: str, units: Iterable[KnownUnit]) -> tuple[str, ...]:
    """Whom a new group's words speak of: rooms, affiliated units, or both (domain.md §5.1)."""
    folded = fold(name)
    rooms = bool(re.search(r"\bphong\b", folded))
    affiliated = bool(re.search(r"\b(?:don vi|trung tam|tt)\b", folded))
    wanted = {"division"} if rooms else set()
    wanted |= {"affiliated"} if affiliated else set()
    return tuple(unit.code for unit in units if unit.kind in wanted)


def _code(name: str, codes: Iterable[str], limit: int = 30) -> str:
    """The initials of a name, as offices shorten theirs: "Phòng Hạ tầng số" → "pht", "phts"; like
    no other code without regard to case."""
    taken = {code.lower() for code in codes}
    words = re.findall(r"[a-z0-9]+", ascii_name(name).lower().replace("_", " "))
    base = "".join(word[0] for word in words)[: limit - 3] or "dv"
    code, turn = base, 2
    while code in taken:
        code, turn = f"{base}-{turn}", turn + 1
    return code


def _short(name: str) -> str:
    if len(name) <= 30:
        return name
    return "".join(word[0] for word in re.findall(r"\w+", name)).upper()[:30]
