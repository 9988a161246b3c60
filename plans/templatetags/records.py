"""What is written in Python for pages that show many of them, where a template shows one: a state
with its lateness, the words of a record, the files of a step."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from plans.cells import status_html
from plans.models import ProgressUpdate, StepFile
from plans.overview import Status
from plans.templatetags.vietnamese import sign
from plans.timeline.lines import files_html, update_html

register = template.Library()


@register.simple_tag
def state(status: Status, *, narrow: bool = False) -> SafeString:
    """A state and its lateness."""
    written = status_html(status, sign, narrow=narrow)
    return mark_safe(written)  # noqa: S308 - every part is escaped where it is made


@register.simple_tag
def record_words(update: ProgressUpdate) -> SafeString:
    """The words, values and evidence of an update."""
    return update_html(update)


@register.simple_tag
def step_files(files: Iterable[StepFile]) -> SafeString:
    """The files of a step of a matter, as entries of a list of facts."""
    return files_html(files)
