"""The checks of the machine, against stand-ins for fontconfig and against this machine."""

import platform

import pytest
from django.core.checks import run_checks

from config import checks, machine

ALL = "20-7e a0-17f 1a0-1b0 1ea0-1ef9"


@pytest.fixture
def fontconfig(tmp_path, monkeypatch):
    """Puts an `fc-match` first in PATH that answers with the family and the ranges given."""

    def answer(family, ranges):
        program = tmp_path / "fc-match"
        program.write_text(f"#!/bin/sh\nprintf '%s\\n%s' '{family}' '{ranges}'\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return answer


def test_the_letters_are_all_134():
    letters = machine.vietnamese_letters()

    assert len(letters) == 134
    assert {"ă", "Đ", "ợ", "Ữ", "ỵ"} <= letters


def test_this_machine_can_print_reports():
    assert machine.missing_packages() == []
    assert checks.pango() == []
    assert checks.document_font() == []


@pytest.mark.parametrize(
    ("family", "ranges", "good"),
    [
        ("Liberation Serif", ALL, True),
        ("Times New Roman", ALL, True),
        ("Tinos,Tinos Regular", ALL, True),
        ("Liberation Serif", ALL.replace("1ea0-1ef9", "1ea0-1ef8"), False),
        ("Liberation Serif", ALL.replace("1a0-1b0", "1a0"), False),
        ("DejaVu Serif", ALL, False),
        ("", "", False),
    ],
)
def test_font_needs_the_metrics_and_every_letter(fontconfig, family, ranges, good):
    fontconfig(family, ranges)

    assert machine.has_document_font() is good


def test_one_face_without_the_letters_is_enough_to_warn(fontconfig, tmp_path):
    fontconfig("Liberation Serif", ALL)
    program = tmp_path / "fc-match"
    lacking = 'case "$3" in *:bold:italic) printf "Liberation Serif\\n20-7e"; exit;; esac\n'
    program.write_text(program.read_text().replace("printf", lacking + "printf", 1))

    assert machine.has_document_font() is False


def test_warning_names_the_command(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # no fc-match at all
    monkeypatch.setattr(machine, "font_package", lambda: "fonts-liberation2")

    [warning] = checks.document_font()

    assert warning.id == "config.W002"
    assert "Times New Roman" in warning.msg
    assert warning.hint == "Chạy lệnh: sudo apt-get install fontconfig fonts-liberation2"
    assert warning in run_checks()


@pytest.mark.skipif(platform.system() != "Linux", reason="library names are those of Linux")
def test_missing_pango_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(machine, "LIBRARIES", {"libnowhere.so.0": "libnowhere0"})

    [warning] = checks.pango()

    assert warning.id == "config.W001"
    assert "libnowhere.so.0" in warning.msg
    assert warning.hint == "Chạy lệnh: sudo apt-get install libnowhere0"


@pytest.mark.parametrize(
    ("system", "package"),
    [
        ({"ID": "debian", "VERSION_ID": "12"}, "fonts-liberation2"),
        ({"ID": "debian", "VERSION_ID": "13"}, "fonts-liberation"),
        ({"ID": "debian"}, "fonts-liberation"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, "fonts-liberation2"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "fonts-liberation"),
        ({"ID": "other"}, "fonts-liberation"),
    ],
)
def test_package_of_the_font(monkeypatch, system, package):
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: system)

    assert machine.font_package() == package
