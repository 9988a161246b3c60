"""Compiles locale/*/LC_MESSAGES/*.po to .mo, which Django reads, without the gettext tools.

    .venv/bin/python scripts/messages.py

Knows what our own files use: msgctxt, msgid, msgid_plural, msgstr, msgstr[0], comments.
"""

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def entries(lines: list[str]) -> Iterator[dict[str, str]]:
    """Each entry as its keywords and texts; raises ValueError with the line that it cannot read."""
    entry: dict[str, str] = {}
    keyword = ""
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if entry:
                yield entry
            entry, keyword = {}, ""
            continue
        word, _, text = line.partition('"')
        keyword = word.strip() or keyword
        if not keyword or not text.endswith('"'):
            raise ValueError(f"{number}: {line}")
        entry[keyword] = entry.get(keyword, "") + ast.literal_eval(f'"{text}')


def catalog(po: str) -> dict[bytes, bytes]:
    """What gettext looks up (context, singular and plural joined) and what it finds."""
    found: dict[bytes, bytes] = {}
    for entry in entries(po.splitlines()):
        key = entry["msgid"]
        if "msgctxt" in entry:
            key = f"{entry['msgctxt']}\x04{key}"
        if "msgid_plural" in entry:
            key = f"{key}\0{entry['msgid_plural']}"
        if key.encode() in found:
            raise ValueError(f"twice: {key!r}")
        found[key.encode()] = (entry.get("msgstr") or entry["msgstr[0]"]).encode()
    return found


def compiled(po: str) -> bytes:
    """The .mo file: a header, two tables of (length, offset), the keys, the texts."""
    pairs = sorted(catalog(po).items())
    head = 28
    place = head + 16 * len(pairs)
    tables, texts = [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<2I", len(pair[side]), place + len(texts))
            texts += pair[side] + b"\0"
    originals, translations = head, head + 8 * len(pairs)
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), originals, translations, 0, 0)
    return header + tables[0] + tables[1] + texts


def main() -> int:
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            target.write_bytes(compiled(source.read_text(encoding="utf-8")))
        except ValueError as wrong:
            print(f"{source}: {wrong}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
