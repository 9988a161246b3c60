"""What the history holds, where a template shows a record outside of a task's story."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from plans.models import ProgressUpdate, StepFile
from plans.timeline.lines import files_html, update_html

register = template.Library()


@register.simple_tag
def record_words(update: ProgressUpdate) -> SafeString:
    """The words, values and evidence of an update."""
    return update_html(update)


@register.simple_tag
def step_files(files: Iterable[StepFile]) -> SafeString:
    """The files of a step of a matter, as entries of a list of facts."""
    return files_html(files)
