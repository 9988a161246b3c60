"""Which units and groups a cell or a sentence names (domain.md §5.1).

Names hold the very signs that part names ("Thông tin - Báo chí - Xuất bản", "Thông tin và Truyền
thông", "các phòng chuyên môn, đơn vị trực thuộc"), so the longest stretch that is a known name
wins. What is not known is never matched to what is near; the nearest names are only offered.
Persons and telephone numbers are kept out of the names, and numbers are not kept at all (8.4).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches

from config.vietnamese.text import clean, clean_line, fold
from plans.reading.private import without_people, without_phones


@dataclass(frozen=True)
class Party:
    """A unit or a group that a plan can name; `members` are unit codes, of a group only. `speaks`:
    it answers for the whole agency, as its leadership and its office do."""

    code: str
    name: str
    is_group: bool = False
    members: tuple[str, ...] = ()
    speaks: bool = False


_ALIKE = 0.6
OWN_AGENCY = Party("", "")  # whoever names the agency itself names none of its units


class Directory:
    """The units and groups of one agency by every name they go by."""

    def __init__(self, parties: Iterable[tuple[Party, Iterable[str]]] = ()) -> None:
        self.parties: dict[str, Party] = {}
        self._by_name: dict[str, Party | None] = {}
        self._shown: dict[str, Party] = {}
        # A plan names the same few units over and over; each wording is read once.
        self._read: dict[str, Parties] = {}
        self._near: dict[tuple[str, int], tuple[Party, ...]] = {}
        self.agency: tuple[str, ...] = ()
        self._agency_names: set[str] = set()
        self._last_words: set[str] = set()
        # Who does the work of a unit that is no more, and what became of it, by its names.
        self._merged: dict[str, tuple[Party, str]] = {}
        # What sentences say (sentences.py), which are asked again and again.
        self.heard: dict[str, object] = {}
        for party, names in parties:
            self.add(party, *names)

    def add(self, party: Party, *names: str, offered: bool = True) -> None:
        """`offered`: its names are among those that `nearest` proposes."""
        self.parties[party.code] = party
        self._forget()
        for name in (party.name, *names):
            folded = fold(name)
            self._last_words.update(re.findall(r"\w+", folded)[-1:])
            # Two owners of one name: it names neither.
            same = self._by_name.setdefault(folded, party)
            if same is not None and same.code != party.code:
                self._by_name[folded] = None
            if offered:
                self._shown.setdefault(folded, party)

    def merge(self, names: Iterable[str], heir: Party, became: str) -> None:
        """A unit that is no more was called so. Its names mean nobody, but who does its work now is
        proposed; `became` says so ("đã nhập vào Phòng B từ ngày 15/11/2023")."""
        self._merged.update((fold(name), (heir, became)) for name in names if name)
        self._forget()

    def became(self, written: str) -> str:
        """What became of a unit of this name that is no more; "" when nobody knows of one."""
        return self._merged[fold(written)][1] if fold(written) in self._merged else ""

    def could_end(self, written: str) -> bool:
        """Whether some known name ends as this text does; most texts need no closer look."""
        return bool(self._last_words.intersection(re.findall(r"\w+", fold(written))[-1:]))

    def find(self, written: str) -> Party | None:
        """Who is called so, without a guess; None when nobody, or more than one, is."""
        return self._by_name.get(fold(written))

    def call_agency(self, *names: str) -> None:
        """The names of the agency whose units these are."""
        self.agency += tuple(one for one in names if one and one not in self.agency)
        self._agency_names = {one for name in self.agency for one in (fold(name), _kind(name))}
        self._forget()

    def _forget(self) -> None:
        self._read.clear()
        self._near.clear()
        self.heard.clear()

    def is_agency(self, written: str) -> bool:
        """Whether the agency itself is meant: by a name, as "Sở", or as "Sở TT&TT"."""
        return fold(written) in self._agency_names or (
            written[-1:].isupper() and any(shortens(written, name) for name in self.agency)
        )

    def nearest(self, written: str, count: int = 3) -> tuple[Party, ...]:
        """Known names that look like this one, the nearest first; of a unit that is no more, who
        does its work."""
        wanted = fold(written)
        if wanted in self._merged:
            return (self._merged[wanted][0],)
        if (wanted, count) not in self._near:
            close = get_close_matches(wanted, self._shown, n=2 * count, cutoff=0.6)
            # "Phòng" alone makes no two names alike.
            close = [one for one in close if _alike(_without_kind(wanted), _without_kind(one))]
            found = dict.fromkeys(self._shown[name] for name in close)
            self._near[wanted, count] = tuple(found)[:count]
        return self._near[wanted, count]

    def read(self, written: str) -> "Parties":
        """Everyone whom `written` names, in the order of the text."""
        if written not in self._read:
            self._read[written] = _parties(written, self)
        return replace(self._read[written])


@dataclass
class Parties:
    """What was read from `words`: codes of known owners, and all that is none.

    `own` are words that mean the plan's own agency ("Sở TT&TT"), which is none of its units;
    `general` are groups outside or without bounds ("các cơ quan, đơn vị liên quan"), `people`
    names of persons; `phones` counts the telephone numbers that were taken out. `unclear` are words
    of a sentence that name somebody, but nobody who is known.
    """

    words: str = ""
    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    phones: int = 0
    unclear: str = ""


# The number before each unit of a list: "1. Phòng A⏎2. Phòng B".
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.)]\s+(?=[^\W\d])", re.MULTILINE)
_PARTS = re.compile(
    r"(\s*(?:\n|;|,|/|\s[&+]\s|(?<!HĐND)(?<!ĐBQH)(?<!Hội đồng nhân dân)\s+và\s+|\s+và$"
    r"|\n\s*[-+•*]\s*)\s*)"
)
_EDGE = " \t\n.,;:-–—+•*/&"
_ENDS = re.compile(r"^(?:và|cùng|với)\s+|\s+(?:và|cùng|với)$")
_HEAD = re.compile(
    r"(?i:phòng(?!\s+(?:chống|ngừa|bệnh|cháy|vệ)\b)|trung tâm|tt|văn phòng|thanh tra|ban|chi cục"
    r"|sở|ubnd|[uủ][yỷ] ban|các|đơn vị|lãnh đạo|bộ phận|tổ|công đoàn|đoàn|hội|bệnh viện|trường|viện"
    r"|quỹ|cục|bộ|công an|đài|xã|phường|huyện|thành phố|thị xã|khoa|kho bạc|hải quan|thuế|chánh"
    r"|trưởng)\b"
)
_UNIT_WORD = re.compile(
    r"\b(?:phong|trung tam|van phong|thanh tra|ban|chi cuc|so|don vi|cac|ubnd)\b"
)
_OWN_GROUP = re.compile(
    r"^(?:cac|nhung|toan bo)\b.*\b(?:phong|don vi truc thuoc|don vi thuoc|ban)\b"
    r"|^(?:cac|nhung|toan bo) (?:benh vien|truong|chi cuc|trung tam)\b"
    r"|^don vi (?:truc )?thuoc\b"
)
_GENERAL = re.compile(
    r"^(?:cac )?(?:co quan|don vi|so|ban|nganh|bo|dia phuong|to chuc|doanh nghiep|phong ban)\b.*"
    r"\b(?:lien quan|co lien quan|tinh|nganh|dia phuong|huyen|xa)\b|^cac (?:co quan|don vi)\b"
    r"|^ubnd cac\b|^(?:co )?lien quan$"
    r"|^(?:cac )?(?:thanh pho|thi xa|huyen|xa|phuong|so|ban|nganh|doan the|dia phuong)$"
)


def _without_kind(folded: str) -> str:
    return re.sub(r"^(?:phong|trung tam|van phong|chi cuc|ban|so)\s+", "", folded)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _kind(name: str) -> str:
    """What kind of body a name begins with, as "Sở"."""
    return fold(name).split()[0]


def shortens(written: str, name: str) -> bool:
    """Whether `written` is short for `name`: "Sở TT&TT", "STTTT" for "Sở Thông tin và Truyền
    thông"."""
    kind, _, rest = written.partition(" ")
    words = [one for one in fold(name).replace("-", " ").split() if one != "va"]
    if not words or not rest:
        rest, skipped = written, 0
    else:
        skipped = 1 if fold(kind) == words[0] else len(words)
    letters = re.sub(r"[\s&,.+-]", "", rest)
    return letters.isupper() and fold(letters) == "".join(one[0] for one in words[skipped:])


def read_parties(written: str, directory: Directory) -> Parties:
    """Everyone whom `written` names, in the order of the text."""
    return directory.read(written)


def _parties(written: str, directory: Directory) -> Parties:
    text, phones = without_phones(clean(written))
    words = (
        clean_line(re.sub(r"\s*;?\s*\n\s*[-+•*]?\s*", "; ", text))
        .strip(" ;,")
        .removesuffix("./.")
        .rstrip(" .;,")
    )
    found = Parties(words=words, phones=phones)
    if not words:
        return found
    if party := directory.find(words):
        found.codes = (party.code,)
        return found
    if directory.is_agency(words):
        found.own = (words,)
        return found
    text, people = without_people(
        _NUMBERED.sub("", text),
        lambda name: bool(directory.find(name) or _UNIT_WORD.search(fold(name))),
    )
    codes: dict[str, None] = {}
    unknown: list[str] = []
    own: list[str] = []
    general: list[str] = []
    for name, known in _names(text, directory):
        if known is OWN_AGENCY:
            own.append(name)
        elif known is not None:
            codes[known.code] = None
        elif _GENERAL.match(fold(name)) and not _OWN_GROUP.match(fold(name)):
            general.append(name)
        else:
            unknown.append(_unit_of(name))
    found.codes, found.people, found.own = tuple(codes), people, tuple(dict.fromkeys(own))
    # One name is one, however it is written.
    once = {fold(name): name for name in reversed(unknown)}
    found.unknown = tuple(name for name in dict.fromkeys(unknown) if once[fold(name)] == name)
    found.general = tuple(dict.fromkeys(general))
    return found


def is_own_group(name: str) -> bool:
    """Whether unknown words speak of the agency's own units as a group (S14, S15)."""
    return bool(_OWN_GROUP.match(fold(name)))


def units_before_verb(sentence: str) -> tuple[str, ...]:
    """ "Phòng Lạ" of "Phòng Lạ khảo sát hằng tháng": units that nobody knows, as far as the word
    that says what they do; none when no such word follows."""
    match = _DOES.match(sentence)
    listed = _ANOTHER.split(match["unit"].strip(_EDGE)) if match else []
    return tuple(_unit_of(name) for name in listed)


def after_units_before_verb(sentence: str) -> str:
    """What those of `units_before_verb` do: "khảo sát hằng tháng"; "" when there are none."""
    match = _DOES.match(sentence)
    return sentence[match.end("unit") :].lstrip(" ,") if match else ""


def looks_like_units(text: str) -> bool:
    """Whether a short text could be nothing but names of units: each part begins like one."""
    parts = [one for one in _PARTS.split(clean_line(text))[::2] if one.strip(_EDGE)]
    return bool(parts) and len(text) <= 200 and bool(_HEAD.match(parts[0].strip(_EDGE)))


def _unit_of(name: str) -> str:
    """The name of an unknown unit by itself: who heads it is no other unit, and what a bracket
    says of it is no part of it."""
    name = _OF_THE_HEAD.sub("", re.sub(r"\s*\([^()]*\)?$", "", name) or name)
    return name[:1].upper() + name[1:] if _BODY.match(name) else name


def _names(text: str, directory: Directory) -> Iterable[tuple[str, Party | None]]:
    """Names in the order of the text, each with whom it means."""
    pieces = _PARTS.split(text)
    atoms, signs = pieces[::2], pieces[1::2]
    start = 0
    head = ""
    while start < len(atoms):
        stop, known = _longest(atoms, signs, start, directory, head)
        name = _join(atoms, signs, start, stop)
        # "VP - HTS": a name that holds a dash would have been known whole.
        parted = re.split(r"\s+[-–]\s+", name) if known is None else []
        each = [directory.find(one) for one in parted]
        if len(each) > 1 and (all(each) or all(map(_BODY.match, parted))):
            yield from zip(parted, each, strict=True)
            start = stop
            continue
        if known is None:
            # Words that begin no new name belong to the one before: "Thông tin và Truyền thông".
            while (
                stop < len(atoms)
                and not _ABBREVIATED.fullmatch(name)
                and not _HEAD.match(atoms[stop].strip(_EDGE))
                and "\n" not in signs[stop - 1]
                and ";" not in signs[stop - 1]
                and _longest(atoms, signs, stop, directory, "")[1] is None
            ):
                stop += 1
            name = _join(atoms, signs, start, stop)
        # "Các phòng, đơn vị" is one group, and another than "các phòng".
        while (
            stop < len(atoms)
            and _OTHERS.match(name)
            and _UNITS.fullmatch(atoms[stop])
            and not directory.find(atoms[stop])
        ):
            stop += 1
            name, known = _join(atoms, signs, start, stop), None
        if found := re.match(r"(?:[Cc]ác\s+)?([Pp]hòng|[Tt]rung tâm)\b", name):
            head = found[1]
        if name:
            yield name, known
        start = stop


# "VP, TTr, P.CĐS": short names, none of which goes on with the one before.
_ABBREVIATED = re.compile(r"(?:P\.\s?)?(?=\w*[A-ZĐ]\w*[A-ZĐ])[\w&]{2,10}")
_LETTER = re.compile(r"^P\.\s*(?=[^\W\d])")
_BODY = re.compile(r"(?:phòng|trung tâm|chi cục)\s+\S", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:các|những|toàn bộ)\s+(?:phòng|bệnh viện|trường|chi cục|trung tâm)\b(?!:)", re.IGNORECASE
)
# Of no proper name: "trung tâm y tế", not "Trung tâm Y tế".
_UNITS = re.compile(
    r"\s*(?:(?:[Cc]ác\s+)?(?:Đơn vị|Trung tâm|Phòng)"
    r"|(?:các\s+)?(?:đơn vị|trung tâm|phòng|bệnh viện|trường|chi cục)(?:\s+[a-zà-ỹđ]+){0,5})[\s.]*"
)
_MOST = 8  # atoms in one name


def _longest(
    atoms: list[str], signs: list[str], start: int, directory: Directory, head: str
) -> tuple[int, Party | None]:
    """The longest stretch from `start` on that is a known name; a lone atom when none is."""
    for stop in range(min(len(atoms), start + _MOST), start, -1):
        name = _join(atoms, signs, start, stop)
        bare = _bare(name)
        # "Phòng HTS" may be known as "HTS"; of one part only, or a unit before it would be lost.
        headless = _HEADLESS.sub("", bare) if stop == start + 1 else ""
        spelt = _LETTER.sub("Phòng ", bare)
        written = (
            name,
            bare,
            headless,
            spelt,
            _HEADLESS.sub("", spelt) if spelt != bare else "",
            *(f"{one} {bare}" for one in _heads(head)),
        )
        for one in written:
            if one and (party := directory.find(one)):
                return stop, party
        if directory.is_agency(bare):
            return stop, OWN_AGENCY
    return start + 1, None


def _join(atoms: list[str], signs: list[str], start: int, stop: int) -> str:
    joined = atoms[start]
    for atom, sign in zip(atoms[start + 1 : stop], signs[start : stop - 1], strict=True):
        joined += sign + atom
    return _ENDS.sub("", clean_line(joined).removesuffix("./.").strip(_EDGE))


_DOES = re.compile(
    r"(?P<unit>(?:(?:Phòng|Trung tâm|Chi cục|Ban Quản lý|Bộ phận|Tổ)\s+[A-ZĐÀ-Ỹ0-9]\S*"
    r"|Văn phòng|Thanh tra|Công an (?:tỉnh|huyện|xã|phường|thị xã|thành phố)"
    r"|Ban Chỉ huy Quân sự)(?:\s+(?:và|-|–|[^\W\d_]\S*)){0,9}?)"
    r",?\s+(?:chủ động|thường xuyên|tiếp tục|có trách nhiệm|tham mưu|rà soát|xây dựng|triển khai"
    r"|thực hiện|hướng dẫn|kiểm tra|đôn đốc|theo dõi|tổng hợp|khảo sát|cập nhật|phối hợp"
    r"|chủ trì|trình|báo cáo|ban hành|đề xuất|đảm bảo|bảo đảm|duy trì|tiếp nhận|xử lý|lập"
    r"|công khai|niêm yết|đăng tải|bố trí|tổ chức|nâng cấp|vận hành|tăng cường|nâng cao|soạn"
    r"|đẩy mạnh|thẩm định|phân công|mở|đánh giá|thống kê"
    r"|sửa chữa|mua sắm|khắc phục|hoàn thiện|hoàn thành|cung cấp|chuẩn bị|giải quyết|trả lời"
    r"|phát sóng|tuyên truyền|số hóa|thanh tra|giám sát|làm)\b"
)
_ANOTHER = re.compile(
    r"(?:,|\s+và)\s+(?=(?:Phòng|Trung tâm|Văn phòng|Thanh tra|Chi cục|Ban Quản lý)\b)"
)
_LISTING = re.compile(r"^(?:[Cc]ác\s+)?(?:phòng|đơn vị|trung tâm|bộ phận)[^:A-ZĐÀ-Ỹ]*:\s*")
_HEADLESS = re.compile(r"^(?:[Pp]hòng|[Tt]rung tâm|TT|[Vv]ăn phòng)\s+")
_OF_THE_HEAD = re.compile(
    r"^(?:(?:Phó\s+)?(?:Trưởng|Giám đốc|Chánh)\s+)+(?=(?i:phòng|trung tâm)\s)"
)
_BEFORE = re.compile(
    r"^(?:[Cc]ác|[Gg]iao(?: cho)?|(?:[Đđ]ồng chí |Phó )?(?:[Tt]rưởng|Giám đốc|Chánh)(?: các)?)\s+"
)


def _bare(name: str) -> str:
    """Without remarks in brackets, and without "các phòng:" or "Trưởng" before the name."""
    name = re.sub(r"\([^()]*\)?", " ", name)
    return _BEFORE.sub("", clean_line(_LISTING.sub("", name)).strip(_EDGE))


def _heads(head: str) -> tuple[str, ...]:
    """What may have been left out before a name: "Phòng Hạ tầng số, Chuyển đổi số"."""
    return (head,) if head else ("Phòng", "Trung tâm")
