"""What a list of people would do to the accounts that there are: row by row, nothing is written."""

import difflib
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from config.vietnamese import dates
from config.vietnamese.text import ascii_name, fold
from units.accounts.roster import TITLES, Hidden, Person, Roster
from units.models import Role, Unit, User

_NEED_UNIT = (Role.STAFF, Role.HEAD)
_LONGEST = {"full_name": 100, "job_title": 100, "email": 254, "username": 150}
_AN_ADDRESS = "ten@langson.gov.vn"
_A_LOGIN = "chữ, số, dấu chấm, gạch nối"
_WHO = {"email", "username"}
_NEAR = 0.6  # of difflib's ratio, from which a name is offered
_ROLES = {fold(role.label): role for role in Role} | {role.value: role for role in Role}


class Fate(Enum):
    """What becomes of a row."""

    NEW = "Mới"
    CHANGED = "Thay đổi"
    SAME = "Không đổi"
    WRONG = "Lỗi"

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Remark:
    """Said of a cell; `must` be mended before anything is applied."""

    cell: str
    found: str
    message: str
    accepted: str = ""
    must: bool = True


@dataclass(frozen=True)
class Change:
    """A field of an account, in words."""

    name: str
    before: str
    after: str


@dataclass
class Outcome:
    """A row, the account that it means, and the values that the account would have."""

    row: Person
    person: User | None = None
    values: dict[str, str | Unit | None] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        if any(remark.must for remark in self.remarks):
            return Fate.WRONG
        if self.person is None:
            return Fate.NEW
        return Fate.CHANGED if self.changes else Fate.SAME

    @property
    def role(self) -> str:
        """In words; as written where it could not be read."""
        if value := self.values.get("role"):
            return str(Role(str(value)).label)
        return self.row.texts.get("role", "")

    @property
    def login(self) -> str:
        if self.person is not None:
            return self.person.username
        return str(self.values.get("username") or self.row.texts.get("username", ""))


@dataclass
class Comparison:
    """Every row of a list with what becomes of it, and what the workbook hides."""

    outcomes: list[Outcome]
    hidden: list[Hidden] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[Fate, int]:
        found = Counter(one.fate for one in self.outcomes)
        return {fate: found[fate] for fate in Fate}

    @property
    def errors(self) -> list[tuple[Person, Remark]]:
        return [(one.row, remark) for one in self.outcomes for remark in one.remarks if remark.must]

    @property
    def changes_something(self) -> bool:
        return bool(self.counts[Fate.NEW] or self.counts[Fate.CHANGED])

    @cached_property
    def seen(self) -> str:
        """A fingerprint of what would be done, and to whom."""
        told = [
            [one.fate.key, one.person.pk if one.person else 0, sorted(map(str, one.values.items()))]
            + [[change.name, change.before, change.after] for change in one.changes]
            for one in self.outcomes
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def compare(roster: Roster, by: User) -> Comparison:
    """The rows against all accounts and units. A person is who has the user name, else who has the
    e-mail address; a name alone never decides."""
    return Comparison(_Comparing(by).all_of(roster.people), roster.hidden)


class _Comparing:
    def __init__(self, by: User) -> None:
        self.by = by
        self.by_username: dict[str, User] = {}
        self.by_email: dict[str, list[User]] = defaultdict(list)
        self.by_name: dict[tuple[str, int | None], User] = {}
        for user in User.objects.select_related("unit").order_by("pk"):
            self.by_username[user.username.casefold()] = user
            if user.email:
                self.by_email[user.email.casefold()].append(user)
            self.by_name[fold(user.full_name), user.unit_id] = user
        self.units: dict[str, set[Unit]] = defaultdict(set)
        for unit in Unit.objects.prefetch_related("aliases"):
            for name in (unit.name, unit.short_name, *(a.name for a in unit.aliases.all())):
                self.units[fold(name)].add(unit)
        self.taken: dict[object, Person] = {}

    def all_of(self, rows: Iterable[Person]) -> list[Outcome]:
        return [self.one(row) for row in rows]

    def one(self, row: Person) -> Outcome:
        outcome = Outcome(row)
        texts = row.texts
        for name, why in row.wrong.items():
            accepted = self.accepted(name)
            outcome.remarks.append(Remark(row.cell(name), "", why, accepted))
        if row.hidden:
            self.say(outcome, "full_name", f"{row.hidden} đang ẩn trong tệp; vẫn được đọc")
        for name, longest in _LONGEST.items():
            if len(texts.get(name, "")) > longest:
                self.wrong(outcome, name, f"dài hơn {longest} ký tự")
        if not texts["full_name"]:
            self.wrong(outcome, "full_name", "chưa ghi họ và tên")
        is_clear = self.check_addresses(outcome) and not row.wrong.keys() & _WHO
        outcome.person = self.person(outcome) if is_clear else None
        outcome.values = {
            "full_name": texts["full_name"],
            "job_title": self.kept(outcome, "job_title"),
            "email": self.kept(outcome, "email"),
            "unit": self.unit(outcome),
            "role": self.role(outcome, is_clear),
        }
        if is_clear and outcome.person is None:
            outcome.values["username"] = self.username(outcome)
        self.check_whole(outcome)
        if not any(remark.must for remark in outcome.remarks):
            self.compare(outcome)
        return outcome

    # --- Who it is ------------------------------------------------------------------------------

    def check_addresses(self, outcome: Outcome) -> bool:
        """Whether e-mail address and user name can be read, and one of them is there."""
        said = len(outcome.remarks)
        texts = outcome.row.texts
        email, username = texts.get("email", ""), texts.get("username", "")
        if not email and not username:
            self.wrong(
                outcome,
                "email",
                "chưa ghi thư điện tử hoặc tên đăng nhập, nên không biết là tài khoản nào",
            )
        if email:
            try:
                validate_email(email)
            except ValidationError:
                self.wrong(outcome, "email", "không phải địa chỉ thư", _AN_ADDRESS)
        if username:
            try:
                User._meta.get_field("username").run_validators(username)
            except ValidationError:
                self.wrong(outcome, "username", "có ký tự không dùng được", _A_LOGIN)
        return len(outcome.remarks) == said

    def person(self, outcome: Outcome) -> User | None:
        texts = outcome.row.texts
        email, username = texts.get("email", "").casefold(), texts.get("username", "").casefold()
        having = self.by_email.get(email, []) if email else []
        found = self.by_username.get(username) if username else None
        if username:
            others = [one for one in having if one != found]
            if others:
                self.wrong(outcome, "email", f"là của tài khoản {others[0].username} ({others[0]})")
        elif len(having) > 1:
            names = ", ".join(one.username for one in having)
            self.wrong(outcome, "email", f"có ở nhiều tài khoản ({names})", "ghi tên đăng nhập")
        elif having:
            found = having[0]
        is_twice = bool(email) and self.refuse_twice(outcome, ("email", email), "email")
        if found is not None and not is_twice:
            self.refuse_twice(outcome, found, "username" if username else "email")
        return found

    def refuse_twice(
        self, outcome: Outcome, key: object, name: str, what: str = "", accepted: str = ""
    ) -> bool:
        """One account, or one address, in two rows: which of them counts nobody can say. Said at
        the cell `name`, of which `what` is the same."""
        first = self.taken.setdefault(key, outcome.row)
        if first is outcome.row:
            return False
        message = f"trùng với dòng {first.number} ({first.sheet})"
        self.wrong(outcome, name, f"{what} {message}".lstrip(), accepted)
        return True

    def username(self, outcome: Outcome) -> str:
        texts = outcome.row.texts
        given = texts.get("username", "")
        name = (given or ascii_name(texts.get("email", "").partition("@")[0])).casefold()
        if other := self.by_username.get(name):
            self.wrong(
                outcome,
                "email",
                f"tên đăng nhập {name} đã là của {other.label}",
                f"nếu là một người, ghi {name} ở cột Tên đăng nhập; nếu không, ghi tên khác ở đó",
            )
        if not any(remark.must for remark in outcome.remarks):
            if given:
                self.refuse_twice(outcome, name, "username")
            else:
                self.refuse_twice(
                    outcome,
                    name,
                    "email",
                    f"tên đăng nhập {name}, lấy từ thư điện tử,",
                    "nếu là hai người, ghi tên đăng nhập khác ở cột Tên đăng nhập",
                )
        return name

    # --- Values ---------------------------------------------------------------------------------

    def kept(self, outcome: Outcome, name: str) -> str:
        """What the cell says; a blank one leaves what there is."""
        text = outcome.row.texts.get(name, "")
        return text or (getattr(outcome.person, name) if outcome.person else "")

    def unit(self, outcome: Outcome) -> Unit | None:
        written = outcome.row.texts.get("unit", "")
        if not written:
            return outcome.person.unit if outcome.person else None
        found = self.units.get(fold(written), set())
        active = {unit for unit in found if unit.is_active}
        if len(active) == 1:
            return active.pop()
        if len(active) > 1:
            self.wrong(outcome, "unit", "có nhiều đơn vị tên như vậy", "tên đầy đủ")
        elif found:
            self.wrong(outcome, "unit", "đơn vị đã ngừng hoạt động")
        else:
            self.wrong(outcome, "unit", "không có đơn vị này", self.nearest(written))
        return None

    def nearest(self, written: str) -> str:
        """The name that comes nearest, else all of them."""
        names = [name for name, units in self.units.items() if any(u.is_active for u in units)]
        near = difflib.get_close_matches(fold(written), names, n=1, cutoff=_NEAR)
        units = self.units[near[0]] if near else {u for found in self.units.values() for u in found}
        active = sorted((u for u in units if u.is_active), key=lambda unit: unit.position)
        return "; ".join(unit.name for unit in active)

    def role(self, outcome: Outcome, is_clear: bool) -> str:
        written = outcome.row.texts.get("role", "")
        if not written:
            # Of whom it is not clear who it is, it is not known either whether it may be blank.
            if is_clear and outcome.person is None:
                self.wrong(outcome, "role", "chưa ghi vai trò", _all_roles())
            return outcome.person.role if outcome.person else ""
        if (found := _ROLES.get(fold(written))) is None:
            self.wrong(outcome, "role", "không có vai trò này", _all_roles())
            return ""
        return found

    def check_whole(self, outcome: Outcome) -> None:
        values, person = outcome.values, outcome.person
        has_unit = values["unit"] is not None or outcome.row.texts.get("unit")
        if values["role"] in _NEED_UNIT and not has_unit:
            self.wrong(outcome, "unit", "chuyên viên và lãnh đạo đơn vị cần thuộc một đơn vị")
        if person == self.by and values["role"] != Role.ADMIN:
            self.wrong(outcome, "role", "đồng chí không tự bỏ vai trò Quản trị của mình")
        if person is not None and not person.has_access:
            day = f" từ {dates.short(person.left_on)}" if person.left_on else ""
            self.say(outcome, "full_name", f"tài khoản đang đóng{day}; mở lại ở trang quản trị")
        if person is None:
            unit = values["unit"]
            key = (
                fold(outcome.row.texts["full_name"]),
                unit.pk if isinstance(unit, Unit) else None,
            )
            if same := self.by_name.get(key):
                self.say(
                    outcome,
                    "full_name",
                    f"đã có tài khoản {same.username} cùng tên, cùng đơn vị; nếu là một người, ghi "
                    f"{same.username} ở cột Tên đăng nhập",
                )

    def compare(self, outcome: Outcome) -> None:
        person = outcome.person
        if person is None:
            return
        for name, after in outcome.values.items():
            before = getattr(person, name)
            if before != after:
                outcome.changes.append(
                    Change(TITLES[name], _shown(name, before), _shown(name, after))
                )

    # --- What is said ---------------------------------------------------------------------------

    def accepted(self, name: str) -> str:
        """What a cell may say whose value could not be read."""
        if name == "unit":
            return self.nearest("")
        if name == "role":
            return _all_roles()
        return {"email": _AN_ADDRESS, "username": _A_LOGIN}.get(name, "chữ")

    def wrong(self, outcome: Outcome, name: str, message: str, accepted: str = "") -> None:
        row = outcome.row
        if name in row.wrong:
            return  # that it could not be read was said
        remark = Remark(row.cell(name), row.texts.get(name, ""), message, accepted)
        outcome.remarks.append(remark)

    def say(self, outcome: Outcome, name: str, message: str) -> None:
        row = outcome.row
        remark = Remark(row.cell(name), row.texts.get(name, ""), message, must=False)
        outcome.remarks.append(remark)


def _all_roles() -> str:
    return "; ".join(str(role.label) for role in Role)


def _shown(name: str, value: object) -> str:
    if name == "role":
        return str(Role(str(value)).label)
    return str(value or "")
