"""Who leads and who supports, where a sentence says so itself (S23, S25–S27)."""

import re
from dataclasses import dataclass, field, replace

from config.vietnamese.text import clean_line
from plans.reading.marks import LEAD, SUPPORT
from plans.reading.parties import (
    Directory,
    Parties,
    after_units_before_verb,
    is_own_group,
    looks_like_units,
    read_parties,
)

_ASKED = r"(?:(?:Giao|Phân công|Đề nghị|Yêu cầu)\s+(?:cho\s+)?)?"
_CHAIRS = r"\s+(?:là đơn vị\s+|có trách nhiệm\s+|chịu trách nhiệm\s+)?chủ trì\b[,:]?\s*"
_LEADS = re.compile(rf"^{_ASKED}(?P<lead>[^.:]{{2,200}}?){_CHAIRS}")
_WITH = re.compile(r"^(?:và\s+)?phối hợp(?:\s+chặt chẽ)?\s+(?:(?:với|cùng)\s+|(?=[A-ZĐ]|các\b))")
# "Phòng A chủ trì, Phòng B phối hợp"
_SUPPORTS = re.compile(r"^(?P<units>[^.:;()]{2,150}?)\s+phối hợp(?:\s+thực hiện)?(?:,|:|\b)\s*")
_COLON = re.compile(rf"^{_ASKED}(?P<lead>[^:.]{{2,250}}):\s*")
_TITLED = re.compile(r"^[^:.;]{2,100}:\s+(?P<rest>\S.*)", re.DOTALL)
_GIVEN = re.compile(r"^(?:Giao|Phân công)\s+(?:cho\s+)?(?=\S)")
_UNIT = re.compile(
    r"^(?:(?:Phó\s+)?(?:Trưởng|Chánh|Giám đốc)\s+)?"
    r"(?:[Pp]hòng|[Tt]rung tâm|[Vv]ăn phòng|[Tt]hanh tra|[Cc]hi cục|[Bb]an(?:\s+[Qq]uản lý)?"
    r"|[Bb]ệnh viện|[Tt]rường|[Vv]iện|[Tt]rạm|[Hh]ạt|[Đđ]ội|[Tt]ổ|[Bb]ộ phận|[Qq]uỹ|[Đđ]ài|[Ss]ở"
    r"|[Ll]ãnh đạo|[Cc]ông an|[Bb]ảo tàng|[Tt]hư viện|[Cc]ục|UBND)\s+(?P<name>\S)"
)
_OF_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|xã|phường|cơ quan)\b")
_ALONE = ("văn phòng", "thanh tra")
# "Trung tâm X có trách nhiệm …", "Văn phòng Sở tham mưu …"
_CHARGED = re.compile(
    rf"^{_ASKED}(?P<lead>[^.:;()]{{2,150}}?)"
    r"\s+(?:(?:có|chịu)\s+trách nhiệm|tham mưu)\s+(?=\S)"
)
_ONLY_SUPPORTS = re.compile(
    r"^(?P<units>[^.:;()]{2,150}?)\s*(?::\s*|\s)phối hợp(?:\s+(?:thực hiện|triển khai|tham gia))?"
    r"\s*[.;]?$"
)
# Within a sentence: "…; Phòng B chủ trì", "… do Phòng B chủ trì", "(Phòng B chủ trì)".
_FURTHER = re.compile(
    r"(?:[(;.,]\s*|\s[-–]\s|\bdo\s+|\b[Gg]iao\s+(?:cho\s+)?)(?P<lead>[^.:;()]{2,150}?)"
    rf"(?:{_CHAIRS}|(?<=\w):\s+)"
)
_APART = re.compile(r"(?:\s[-–]\s|\(\s*)(?P<units>[^()–.;]{3,120}?)(?=\s[-–]\s|\s*[);.]|\s*$)")
_WHEN = re.compile(r",\s+(?=(?:hoàn thành|xong|trước|trong|quý|tháng|thời)\b)")
_ROLES = re.compile(
    r"^\(?(?:(?:Giao|Do)\s+)?(?P<lead>[^.:()]{2,200}?)\s+chủ trì(?:\s+thực hiện)?"
    r"(?:[,;]\s*(?:phối hợp\s+(?:với\s+)?(?P<with>[^.:()]+?)|(?P<support>[^.:()]+?)\s+phối hợp))?"
    r"\s*\)?[.;]?$"
)
_MOST_WORDS = 25


@dataclass
class _Said:
    """Who is named, and `rest`: what is to be done, without who does it."""

    rest: str
    lead: Parties = field(default_factory=Parties)
    support: Parties = field(default_factory=Parties)


def named_in(sentence: str, directory: Directory) -> tuple[Parties, Parties]:
    """Lead and support that a sentence names; blank ones when it names nobody."""
    said = _said(sentence, directory)
    return replace(said.lead), replace(said.support)


def _said(sentence: str, directory: Directory) -> _Said:
    """Found out once for each sentence."""
    said = directory.heard.get(sentence)
    if not isinstance(said, _Said):
        said = directory.heard[sentence] = _listen(sentence, directory)
    return said


def _listen(sentence: str, directory: Directory) -> _Said:
    if (match := _LEADS.match(sentence)) and _could_lead(match["lead"], directory):
        return _with_support(sentence[match.end() :], match["lead"], directory)
    if (match := _ONLY_SUPPORTS.match(sentence)) and all_units(match["units"], directory):
        return _Said(sentence, support=read_parties(match["units"], directory))
    if (match := _COLON.match(sentence)) and _heads_a_task(match["lead"], directory):
        return _Said(sentence[match.end() :], read_parties(match["lead"], directory))
    if (match := _TITLED.match(sentence)) and _LEADS.match(match["rest"]):
        return _listen(match["rest"], directory)
    within = [one for one in _FURTHER.finditer(sentence) if "chủ trì" in one[0]]
    within = [one for one in within if all_units(one["lead"], directory)]
    if within:
        found = _with_support(sentence[within[0].end() :], within[0]["lead"], directory)
        return _Said(sentence[: within[0].start()] or sentence, found.lead, found.support)
    if (match := _CHARGED.match(sentence)) and all_units(match["lead"], directory):
        charged = read_parties(match["lead"], directory)
        if charged.codes:
            return _Said(sentence, charged)
    if match := _GIVEN.match(sentence):
        rest = sentence[match.end() :]
        found_first = known_start(rest, directory)
        if not found_first.words and _is_unit(rest):
            found_first = Parties(unclear=" ".join(sentence.split()[:10]))
        return _Said(sentence, found_first)
    return _Said(sentence)


def _with_support(rest: str, lead: str, directory: Directory) -> _Said:
    """What follows "… chủ trì": perhaps with whom. In brackets nothing else can follow."""
    said = _Said(rest, read_parties(lead, directory))
    in_brackets = re.match(r"[^()]*\)", rest)
    if in_brackets and (with_ := _WITH.match(rest)):
        words = re.split(r"[;)]", rest[with_.end() :], maxsplit=1)[0]
        said.support = read_parties(words, directory)
        return said
    if (with_ := _SUPPORTS.match(rest)) and all_units(with_["units"], directory):
        said.support, said.rest = read_parties(with_["units"], directory), rest[with_.end() :]
    elif with_ := _WITH.match(rest):
        rest = rest[with_.end() :]
        said.support = _supporters(rest, directory)
        if said.support.words and rest.lower().startswith(said.support.words.lower()):
            said.rest = rest[len(said.support.words) :]
        elif (others := re.sub(r"^[^.;]{0,60}?\bliên quan\s+", "", rest)) != rest:
            said.rest = others
        else:
            # Units that nobody knows are no part of what is done either.
            said.rest = after_units_before_verb(rest) or rest
    return said


def roles_alone(text: str, directory: Directory) -> list[tuple[str, str]]:
    """ "Phòng A chủ trì; Phòng B phối hợp." as labels; [] when a line says anything else."""
    match = _ROLES.match(text)
    if match is None or not all_units(match["lead"], directory):
        return []
    support = match["with"] or match["support"] or ""
    if match["support"] and not all_units(support, directory):
        return []
    # What is to be done may follow "phối hợp với Phòng B", so that all of it has to be known.
    if match["with"] and read_parties(support, directory).unknown:
        return []
    return [(LEAD, match["lead"]), *([(SUPPORT, support)] if support else [])]


def also_leading(sentence: str, directory: Directory) -> list[str]:
    """Words of units that the sentence names as leads besides those of `named_in`."""
    first = named_in(sentence, directory)[0]
    here = {*first.codes, *first.unknown, *first.own}
    found = dict.fromkeys(match["lead"] for match in _FURTHER.finditer(sentence))
    return [
        one for one in found if all_units(one, directory) and not _named(one, directory) <= here
    ]


def _named(words: str, directory: Directory) -> set[str]:
    found = read_parties(words, directory)
    return {*found.codes, *found.unknown, *found.own}


def named_without_role(sentence: str, directory: Directory) -> str:
    """Words of units that open a sentence, or stand by themselves in it, without a word on what
    they do: "… – Phòng A – Quý III", "… (Phòng A)"."""
    if first := known_start(sentence, directory).words:
        return first
    apart = (_WHEN.split(match["units"], maxsplit=1)[0] for match in _APART.finditer(sentence))
    return next((one for one in apart if all_units(one, directory)), "")


def all_units(words: str, directory: Directory) -> bool:
    """Whether words are names of units or own groups and nothing else, known or not."""
    found = read_parties(words, directory)
    return (
        bool(found.codes or found.unknown or found.own)
        and not found.general
        and all(len(one) <= 80 and (_is_unit(one) or is_own_group(one)) for one in found.unknown)
    )


def _is_unit(name: str) -> bool:
    match = _UNIT.match(name)
    named = match and (match["name"].isupper() or _OF_PLACE.match(name, match.start("name")))
    return bool(named) or name.lower() in _ALONE


def _could_lead(words: str, directory: Directory) -> bool:
    if ";" in words:
        return all_units(words, directory)
    found = read_parties(words, directory)
    return bool(found.codes or found.own) or looks_like_units(words)


def _heads_a_task(words: str, directory: Directory) -> bool:
    """Whether "Phòng X: …" says who does what follows."""
    return all_units(words, directory) or (
        ";" not in words and _is_unit(words) and len(words) <= 80
    )


def _supporters(text: str, directory: Directory) -> Parties:
    """Known units; else what stands there, as words that name nobody."""
    found = known_start(text, directory)
    found.words = found.words[:1].upper() + found.words[1:]
    return found if found.words else Parties(unclear=" ".join(text.split()[:8]))


def known_start(text: str, directory: Directory) -> Parties:
    """The longest start of a sentence that names known units and nothing else."""
    words = text.split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        last = words[count - 1]
        if last.endswith((",", ";")) or not (last.endswith(")") or directory.could_end(last)):
            continue
        start = " ".join(words[:count])
        found = read_parties(start, directory)
        if found.codes and not (found.unknown or found.general):
            return found
    return Parties()


def opens_what_it_does(sentence: str, first: Parties) -> bool:
    """Whether what follows the units that open a sentence says what they do, all by themselves:
    "Phòng A khảo sát …", not "Phòng A phối hợp …" nor "Phòng A (nếu có) …"."""
    rest = " ".join(sentence.split()).removeprefix(first.words).lstrip(" ,")
    return rest[:1].islower() and not re.match(
        r"(?:phối hợp|và|với|cùng|của|thuộc|là|được|theo|có liên quan|liên quan)\b", rest
    )


def without_who(wording: str, directory: Directory) -> str:
    """A wording without the words before it that say who does it, which are no part of a clause."""
    first, *rest = wording.split("\n", 1)
    said = _said(first, directory)
    kept = said.rest if said.lead.words and first.endswith(said.rest) else first
    return "\n".join([kept, *rest])


def short_title(wording: str, directory: Directory) -> str:
    """A name for lists: the first clause without who does it, at most 90 letters. It is ours, not
    the document's, and meant to be bettered by hand."""
    text = _said(wording.split("\n", 1)[0], directory).rest
    first = re.split(r";|\.\s", clean_line(text), maxsplit=1)[0].strip(" ,.;:")
    if first.count("(") > first.count(")"):
        first = first.rpartition("(")[0].strip()  # the cut was inside a remark
    first = (first or clean_line(wording))[:1].upper() + (first or clean_line(wording))[1:]
    return first if len(first) <= 90 else first[:89].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
