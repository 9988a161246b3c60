"""How far a PDF is: WeasyPrint tells its log of every page that it has laid out."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reports.content.model import ReportContent

# Percent of the work: before the first page, and when the last is laid out; the rest is drawing.
_BEGUN, _LAID_OUT = 15, 50
# Pages before those of the tasks, and how many a task takes in body and appendix together.
_FIRST_PAGES, _PAGES_A_TASK = 4, 1.2
_PAGE = re.compile(r"Page (\d+)")


@contextmanager
def watched(content: ReportContent, told: Callable[[float], None]) -> Iterator[None]:
    """Calls `told` with the percent that are done while a PDF of `content` is made inside."""
    expected = _FIRST_PAGES + _PAGES_A_TASK * len(content.tasks)
    handler = _Handler(expected, told)
    log = logging.getLogger("weasyprint.progress")
    level, propagate = log.level, log.propagate
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = propagate


class _Handler(logging.Handler):
    def __init__(self, expected: float, told: Callable[[float], None]) -> None:
        super().__init__()
        self._expected, self._told = expected, told

    def emit(self, record: logging.LogRecord) -> None:
        if found := _PAGE.search(record.getMessage()):
            done = min(1, int(found[1]) / self._expected)
            self._told(_BEGUN + done * (_LAID_OUT - _BEGUN))
