"""What a command says before it does anything: of its options, of a port, of a file."""

import errno
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from config.file_errors import not_read, not_written


def said(*command, **variables):
    """(exit code, what a command wrote on standard error), run in the project's folder."""
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_wrong_options_are_told_in_vietnamese():
    """argparse asks gettext; manage.py says where the words are."""
    code, words = said(sys.executable, "manage.py", "load_plan", "--khong-co", LANGUAGE="en_US")

    assert code == 2
    assert words.startswith("cách dùng: manage.py load_plan [-h]")
    assert words.endswith("manage.py load_plan: lỗi: còn thiếu tham số: file\n")


OWN_COMMANDS = (
    "createsuperuser",
    "db_worker",
    "export_report",
    "import_plan",
    "load_demo",
    "load_plan",
    "rebuild_standings",
)


def test_help_of_our_commands_is_vietnamese():
    """All of them in one process, as manage.py sets it up; names of options are left out."""
    words = (
        "import runpy, sys\n"
        "from contextlib import suppress\n"
        f"for name in {OWN_COMMANDS!r}:\n"
        "    sys.argv = ['manage.py', name, '--help']\n"
        "    with suppress(SystemExit):\n"
        "        runpy.run_path('manage.py', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", words],
        cwd=settings.BASE_DIR,
        env={**os.environ, "LANGUAGE": "en_US"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.count("cách dùng: ") == len(OWN_COMMANDS)
    assert done.stdout.count("hiện phiên bản của Django") == len(OWN_COMMANDS)
    english = r"\b(?:the|is|to|of|and|a|for|when|use|used|exit|will|don't)\b"
    said = re.sub(r"--[a-z-]+", "", done.stdout)
    assert re.findall(rf".*{english}.*", said, re.IGNORECASE) == []


def test_what_a_command_could_not_do():
    code, words = said(sys.executable, "manage.py", "load_plan", "khong-co.yaml")

    assert (code, words) == (1, "Lỗi: Không đọc được tệp khong-co.yaml: không có tệp này.\n")


@pytest.mark.parametrize("port", ["abc", "0", "08001", "80000", "8001; id"])
def test_what_is_no_port(port):
    code, words = said("scripts/run", PORT=port)

    assert (code, words) == (
        1,
        f"! PORT={port} không phải là một cổng; cổng là một số từ 1 đến 65535: "
        "make run PORT=8001\n",
    )


@pytest.mark.parametrize(
    ("told", "number", "words"),
    [
        (not_read, errno.ENOENT, "Không đọc được tệp a: không có tệp này."),
        (not_read, errno.EISDIR, "Không đọc được tệp a: đây là một thư mục."),
        (not_written, errno.ENOENT, "Không ghi được tệp a: không có thư mục này."),
        (not_written, errno.ENOSPC, "Không ghi được tệp a: ổ đĩa hết chỗ."),
        (not_written, errno.EIO, f"Không ghi được tệp a: hệ điều hành báo lỗi số {errno.EIO}."),
    ],
)
def test_why_not(told, number, words):
    assert told("a", OSError(number, "English")) == words
