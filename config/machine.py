"""What the machine must bring besides Python packages: Pango and a font, for the PDF reports.

Standard library only: `python3 -m config.machine` prints the Debian packages that are missing,
and scripts/prepare asks it before anything is installed.
"""

import ctypes
import platform
import subprocess
import unicodedata
from contextlib import suppress

# The names under which WeasyPrint loads them on Linux, and the Debian package of each.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}

# Fonts with the metrics of Times New Roman, by the names fontconfig gives them.
TIMES_METRICS = {"Times New Roman", "Liberation Serif", "Tinos"}
FACES = ("", ":bold", ":italic", ":bold:italic")

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def vietnamese_letters() -> set[str]:
    """All 134 letters beyond ASCII, small and capital."""
    small = {unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in ("", *_TONES)} | {"đ"}
    return {letter for letter in small | {s.upper() for s in small} if not letter.isascii()}


def missing_libraries() -> list[str]:
    """Names of the shared libraries that cannot be loaded; empty elsewhere than on Linux."""
    if platform.system() != "Linux":
        return []
    missing = []
    for name in LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def has_document_font() -> bool:
    """Whether "Times New Roman" gives a font of its metrics with all Vietnamese letters, each face.

    Asks fontconfig, as Pango does, so that it judges the file that a report would be set in.
    """
    try:
        answers = [_font_for(f"Times New Roman{face}") for face in FACES]
    except (OSError, subprocess.SubprocessError):
        return False
    letters = {ord(letter) for letter in vietnamese_letters()}
    return all(families & TIMES_METRICS and letters <= codes for families, codes in answers)


def _font_for(pattern: str) -> tuple[set[str], set[int]]:
    """The family names and the code points of the font that fontconfig chooses."""
    answer = subprocess.run(
        ["fc-match", "-f", "%{family}\n%{charset}", pattern],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,  # the first call on a new machine builds fontconfig's cache
    ).stdout
    families, _, charset = answer.partition("\n")
    codes: set[int] = set()
    for part in charset.split():  # "20-7e a0 1ea0-1ef9"
        first, _, last = part.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return set(families.split(",")), codes


def font_package() -> str:
    """The package of Liberation 2.x here; Debian 12's `fonts-liberation` is 1.07, without most
    Vietnamese letters."""
    with suppress(OSError, ValueError, KeyError):
        system = platform.freedesktop_os_release()
        first_good = {"debian": 13, "ubuntu": 24}[system["ID"]]
        if int(system["VERSION_ID"].split(".")[0]) < first_good:
            return "fonts-liberation2"
    return "fonts-liberation"


def missing_packages() -> list[str]:
    """Debian packages to install, in the order of the text above."""
    packages = [LIBRARIES[name] for name in missing_libraries()]
    if not has_document_font():
        packages += ["fontconfig", font_package()]
    return packages


if __name__ == "__main__":
    print(*missing_packages())
