"""Where the lines of a head or a title end: between words of sense ("ỦY BAN NHÂN DÂN / TỈNH LẠNG
SƠN"), never wherever the space happened to run out; and which words are too long for a justified
line."""

# A line begins well with these; next best are "và" and what follows a comma; anywhere else a name
# of two syllables may be torn.
_BEGINS_WELL = frozenset(("tỉnh", "năm", "của", "kế", "nâng", "trên", "giai", "về"))
_WELL, _FAIR, _POOR, _NEVER = 0, 1, 4, 9
# Letters of a word before which a justified line would be stretched; Vietnamese words have seven at
# most, numbers of documents some twenty.
_LONG = 25


def in_lines(text: str, most: int) -> tuple[str, ...]:
    """The text on as few lines of up to `most` letters as it takes, of about equal length.

    >>> in_lines("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", 22)
    ('ỦY BAN NHÂN DÂN', 'TỈNH LẠNG SƠN')
    """
    words = text.split()
    if len(text) <= most or len(words) < 2:
        return (text,)
    # From the end: what the words from each place on cost at best (lines, breaks, unevenness).
    best: list[tuple[int, int, int, tuple[str, ...]]] = [(0, 0, 0, ())] * (len(words) + 1)
    for start in reversed(range(len(words))):
        ways = []
        for end in range(start + 1, len(words) + 1):
            line = " ".join(words[start:end])
            if len(line) > most and end > start + 1:
                break
            lines, breaks, uneven, rest = best[end]
            broken = _cost(words[end - 1], words[end]) if end < len(words) else 0
            ways.append((lines + 1, breaks + broken, uneven + len(line) ** 2, (line, *rest)))
        best[start] = min(ways)
    return best[0][-1]


def _cost(before: str, after: str) -> int:
    """Of a line that ends with one word and another that begins with the next."""
    if before.isdigit():  # "05 năm"
        return _NEVER
    if after.casefold() in _BEGINS_WELL:
        return _WELL
    return _FAIR if before.endswith(",") or after.casefold() == "và" else _POOR


def has_long_word(text: str) -> bool:
    """Whether a justified line could be torn apart before a word (an address, a name of a file)."""
    return any(len(word) > _LONG for word in text.split())
