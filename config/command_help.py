"""What `--help` of a command says in Vietnamese: Django and the packages give their options English
words that no translation reaches. The words stand in locale/, beside those of argparse.
"""

import gettext
from argparse import Action

from django.core.management import base


class VietnameseHelp(base.DjangoHelpFormatter):
    """The words of each option and command as the catalogue of argparse (manage.py) has them; ours
    are Vietnamese and stay as they are."""

    def _get_help_string(self, action: Action) -> str | None:
        return gettext.gettext(action.help) if action.help else action.help

    def _format_text(self, text: str) -> str:
        return super()._format_text(gettext.gettext(text))


def speak() -> None:
    """Every command that is made from now on uses it."""
    base.DjangoHelpFormatter = VietnameseHelp  # type: ignore[misc]
