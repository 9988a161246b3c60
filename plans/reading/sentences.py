"""Who leads and who supports, where a sentence says so itself (S23, S25–S27)."""

import re

from config.vietnamese.text import clean_line
from plans.reading.parties import Directory, Parties, looks_like_units, read_parties

_LEADS = re.compile(
    r"^(?:(?:Giao|Phân công|Đề nghị|Yêu cầu)\s+(?:cho\s+)?)?(?P<lead>[^.:;]{2,200}?)\s+"
    r"(?:là đơn vị\s+|có trách nhiệm\s+|chịu trách nhiệm\s+)?chủ trì\b[,:]?\s*"
)
_WITH = re.compile(r"^(?:và\s+)?phối hợp(?:\s+chặt chẽ)?\s+(?:với|cùng)\s+")
_COLON = re.compile(r"^(?P<lead>[^:.;]{2,160}):\s*(?=\S)")
_TITLED = re.compile(r"^[^:.;]{2,100}:\s+(?P<rest>\S.*)", re.DOTALL)
_GIVEN = re.compile(r"^(?:Giao|Phân công)\s+(?:cho\s+)?(?=\S)")
_UNIT = re.compile(r"^(?:Phòng|Trung tâm|Văn phòng|Thanh tra|Chi cục|Ban)\s+[A-ZĐÀ-Ỹ]")
_MOST_WORDS = 25


def named_in(sentence: str, directory: Directory) -> tuple[Parties, Parties]:
    """Lead and support that a sentence names; blank ones when it names nobody."""
    nobody = Parties()
    if (match := _LEADS.match(sentence)) and _could_lead(match["lead"], directory):
        lead = read_parties(match["lead"], directory)
        rest = sentence[match.end() :]
        if with_ := _WITH.match(rest):
            return lead, _supporters(rest[with_.end() :], directory)
        return lead, nobody
    if match := _COLON.match(sentence):
        lead = read_parties(match["lead"], directory)
        all_known = bool(lead.codes) and not lead.unknown and not lead.general
        if all_known or (_UNIT.match(match["lead"]) and len(match["lead"]) <= 80):
            return lead, nobody
    if (match := _TITLED.match(sentence)) and _LEADS.match(match["rest"]):
        return named_in(match["rest"], directory)
    if match := _GIVEN.match(sentence):
        found = known_start(sentence[match.end() :], directory)
        if not found.words and _UNIT.match(sentence[match.end() :]):
            found = Parties(unclear=" ".join(sentence.split()[:10]))
        return found, nobody
    return nobody, nobody


def _could_lead(words: str, directory: Directory) -> bool:
    return bool(read_parties(words, directory).codes) or looks_like_units(words)


def _supporters(text: str, directory: Directory) -> Parties:
    """Known units; else what stands there, as words that name nobody."""
    found = known_start(text, directory)
    found.words = found.words[:1].upper() + found.words[1:]
    return found if found.words else Parties(unclear=" ".join(text.split()[:8]))


def known_start(text: str, directory: Directory) -> Parties:
    """The longest start of a sentence that names known units and nothing else."""
    words = text.split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        start = " ".join(words[:count])
        if start.endswith((",", ";")):
            continue
        found = read_parties(start, directory)
        if found.codes and not (found.unknown or found.general):
            return found
    return Parties()


def short_title(wording: str, directory: Directory) -> str:
    """A name for lists: the first clause without who does it, at most 90 letters. It is ours, not
    the document's, and meant to be bettered by hand."""
    text = wording.split("\n", 1)[0]
    lead, support = named_in(text, directory)
    if match := (_LEADS.match(text) if lead.words else None):
        text = text[match.end() :]
        if with_ := _WITH.match(text):
            text = text[with_.end() :]
            if support.words and text.lower().startswith(support.words.lower()):
                text = text[len(support.words) :]
            else:
                text = re.sub(r"^[^.;]{0,60}?\bliên quan\s+", "", text)
    elif lead.words and (match := _COLON.match(text)):
        text = text[match.end() :]
    first = re.split(r";|\.\s", clean_line(text), maxsplit=1)[0].strip(" ,.;:")
    first = (first or clean_line(wording))[:1].upper() + (first or clean_line(wording))[1:]
    return first if len(first) <= 90 else first[:89].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
