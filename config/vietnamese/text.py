"""How typed Vietnamese text is cleaned, folded for search, sorted and checked (V2–V6)."""

import re
import unicodedata
from functools import lru_cache

# Word pastes these: zero-width characters, byte-order marks and soft hyphens carry no meaning,
# and control characters cannot stand in XLSX or DOCX at all.
_INVISIBLE = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD]
    # Marks that turn the direction of writing: a file name could show another ending with them.
    + [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    + [c for c in range(0x20) if chr(c) not in "\n\t\v"]
    + list(range(0x7F, 0xA0))
    # Lone surrogates and non-characters cannot be encoded or stand in XML.
    + list(range(0xD800, 0xE000))
    + [0xFFFE, 0xFFFF]
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# Accents that stand by themselves once letters are decomposed.
_ACCENTS = dict.fromkeys(
    code
    for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
    if unicodedata.category(chr(code)) == "Mn"
)
_HYPHENS = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")

# What TCVN3 (.VnTime) and VNI fonts leave in the place of Vietnamese letters and no language puts
# there: "§«n ®èc", "Ñoân ñoác" are "Đôn đốc" (V5). Quotes «…», §5, 10 µm, kW·h, Office® and
# footnotes¹ are none of it.
_LEGACY_SIGN = re.compile(
    r"(?<=[^\W\d_])[§®«»¶¸¹¨©¬¾¼½¡¢£¤¥¦µª](?=[^\W\d_])"  # inside a word: Th«ng, b»ng
    r"|(?<!\w)[§®](?=[^\W\d_]|[«¶·¸¹¬])"  # before it: §ang, ®·
    r"|(?<=[a-z])[µ¶·¸¬](?!\w)"  # after it: vµ, qu¶
    r"|(?<=[a-z])[À-ÖØ-Þ]"  # a capital after a small letter: ChuyÓn
    r"|(?i:a[ùøû]|[eo]ø|[aeo]â|ö[ôùø]|(?<!\w)ñ(?=[^\W\d_]))"  # VNI: Baùo, coøn, tieân, ñaõ
)
_UNICODE_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def clean(text: str) -> str:
    """NFC, without invisible characters, doubled spaces and space at the ends; lines are kept."""
    if text.isprintable():  # one line without anything to remove, as most texts are
        text = unicodedata.normalize("NFC", text)
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\v", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = text.translate(_INVISIBLE)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Like `clean`, on one line."""
    if text.isprintable():
        return clean(text)
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """The form in which text is searched and compared: no case, no accents, đ as d (V2, V5).

    >>> fold("Đôn đốc  tiến độ")
    'don doc tien do'
    """
    return _folded_name(text) if len(text) <= _SHORT else _folded(text)


_SHORT = 120  # names, titles and codes, which come again and again


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", clean_line(text).casefold())
    bare = decomposed.translate(_ACCENTS).replace("đ", "d")
    return _HYPHENS.sub("-", bare)


_folded_name = lru_cache(maxsize=8192)(_folded)


def looks_legacy(text: str) -> bool:
    """Whether the text was typed in a legacy font (TCVN3, VNI), unreadable as Unicode (V5)."""
    return len(_LEGACY_SIGN.findall(text)) >= 2 and not _UNICODE_VIETNAMESE.search(text)


_MARKS = {"\u0306": 1, "\u0302": 2, "\u031b": 3}  # breve ă, circumflex â ê ô, horn ơ ư
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def sort_key(text: str) -> str:
    """A key of ASCII letters and digits whose order is that of the Vietnamese alphabet (V4).

    Two characters a letter, then the tones, so that every database collates it alike:
    a < ă < â, d < đ, o < ô < ơ; tones decide only between words of the same letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", clean_line(text).casefold()):
        if char == "đ":
            letters.append("d1")
            continue
        base, *marks = list(unicodedata.normalize("NFD", char))
        if base.isascii() and base.isalpha():
            letters.append(base + str(max((_MARKS.get(m, 0) for m in marks), default=0)))
            tones.append(str(max((_TONES.get(m, 0) for m in marks), default=0)))
        elif base.isascii() and base.isdigit():
            letters.append("1" + base)
        elif letters and letters[-1] != "01":
            letters.append("01")
    return "".join(letters) + "00" + "".join(tones)


def person_sort_key(full_name: str) -> str:
    """People are sorted by given name (the last word), then surname, then middle name (V4)."""
    words = clean_line(full_name).split()
    if not words:
        return ""
    return sort_key(" ".join([words[-1], words[0], *words[1:-1]]))


def ascii_name(text: str) -> str:
    """ASCII letters, digits, "-" and "_" only: the fallback of a download's file name (V3)."""
    # fold() drops the case; a file name keeps it.
    decomposed = unicodedata.normalize("NFD", clean_line(text).replace("đ", "d").replace("Đ", "D"))
    kept = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return re.sub(r"[^A-Za-z0-9._-]+", "_", kept).strip("_")
