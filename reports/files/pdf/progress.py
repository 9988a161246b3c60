"""How far a PDF is: WeasyPrint tells its log of every page that it has laid out, and draws them one
after the other."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

# Called with the percent of the work that are done.
Told = Callable[[float], None]

# Percent of the work when the first page is begun, the last laid out, and the last drawn; then the
# parts are compressed and put together (measured with 2,000 tasks).
_BEGUN, _LAID_OUT, _DRAWN = 7, 58, 83
# Pages before those of the tasks, and how many a task takes in body and appendix together.
_FIRST_PAGES, _PAGES_A_TASK = 4, 1.3
_PAGE = re.compile(r"Page (\d+)")


@contextmanager
def layout(tasks: int, told: Told | None) -> Iterator[None]:
    """Tells how far the pages of a report on so many tasks are laid out inside."""
    if told is None:
        yield
        return
    handler = _Handler(_FIRST_PAGES + _PAGES_A_TASK * tasks, told)
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
    def __init__(self, expected: float, told: Told) -> None:
        super().__init__()
        self._expected, self._told = expected, told

    def emit(self, record: logging.LogRecord) -> None:
        if found := _PAGE.search(record.getMessage()):
            done = min(1, int(found[1]) / self._expected)
            self._told(_BEGUN + done * (_LAID_OUT - _BEGUN))


def drawing(pages: Sequence[Any], told: Told | None) -> None:
    """Let every page of a document that is laid out tell when it has been drawn."""
    if told is None:
        return
    for number, page in enumerate(pages, start=1):
        percent = _LAID_OUT + number / len(pages) * (_DRAWN - _LAID_OUT)
        page.paint = _telling(page.paint, percent, told)


def _telling(paint: Callable[..., None], percent: float, told: Told) -> Callable[..., None]:
    def paint_and_tell(*given: Any, **named: Any) -> None:
        paint(*given, **named)
        told(percent)

    return paint_and_tell
