#!/usr/bin/env python
import gettext
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # What argparse says of wrong options; Django translates most of its own texts by itself.
    os.environ["LANGUAGE"] = "vi"
    gettext.bindtextdomain("argparse", Path(__file__).parent / "locale")
    gettext.textdomain("argparse")

    from django.core.management import CommandError, execute_from_command_line

    from config import command_help

    command_help.speak()
    CommandError.__name__ = "Lỗi"  # Django prints it before what a command could not do
    execute_from_command_line(sys.argv)
