"""The results as text: one table of pages, one of files, and what broke a promise."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.runs import PATIENCE, Measured

FORMATS = {
    "docx": "Report, DOCX",
    "pdf": "Report, PDF",
    "xlsx": "Report, XLSX",
    "list": "Task list, XLSX",
}


def title(measured: Measured) -> str:
    return f"{measured.tasks:,} tasks" if measured.tasks else "real plan"


def pages(results: Sequence[Measured]) -> Iterator[str]:
    """Queries, milliseconds, and how many times the bare view's and the empty view's time."""
    shown = [one for one in results if one.pages]
    yield _line("", [f"{title(one):^36}" for one in shown])
    head = f"{'queries':>7}{'median':>8}{'p95':>8}{'×bare':>7}{'×empty':>6}"
    yield _line("Pages (ms)", [head for _ in shown])
    for place, page in enumerate(shown[0].pages):
        cells = [_page(one.pages[place]) for one in shown]
        times = [one.pages[place]["ours"]["median"] for one in shown]
        yield _line(page["name"], cells) + _growth(times)


def _page(page: dict[str, Any]) -> str:
    ours, bare, empty = page["ours"], page["bare"], page["empty"]
    return (
        f"{ours['queries']:>7}{ours['median'] * 1000:>8.1f}{ours['p95'] * 1000:>8.1f}"
        f"{ours['median'] / bare['median']:>7.2f}{ours['median'] / empty['median']:>6.0f}"
    )


def files(results: Sequence[Measured]) -> Iterator[str]:
    """Queries, seconds and how many times the bare library's, all of them and without reading from
    the database, which the bare library does not do; peak memory, and how many times its."""
    shown = [one for one in results if one.files]
    yield _line("", [f"{title(one):^{_FILE}}" for one in shown], _FILE)
    head = f"{'queries':>7}{'s':>8}{'×bare':>7}{'writing':>9}{'MiB':>7}{'×bare':>7}"
    yield _line("Files", [head for _ in shown], _FILE)
    for name, words in FORMATS.items():
        made = [one.files.get(name) for one in shown]
        if any(made):
            times = [one["ours"]["seconds"] for one in made if one]
            yield _line(words, [_file(one) for one in made], _FILE) + _growth(times)


def _file(file: dict[str, Any] | None) -> str:
    if file is None:
        return f"{'left out':>{_FILE}}"
    ours, bare = file["ours"], file["bare"]
    if bare is None:
        few = f"<{1 / PATIENCE:.2f}"
        times = f"{ours['queries']:>7}{ours['seconds']:>8.2f}{few:>7}{few:>9}"
        return f"{times}{ours['peak']:>7.0f}{'':>7}"
    writing = (ours["seconds"] - ours["reading"]) / bare["seconds"]
    return (
        f"{ours['queries']:>7}{ours['seconds']:>8.2f}{ours['seconds'] / bare['seconds']:>7.2f}"
        f"{writing:>9.2f}{ours['peak']:>7.0f}{ours['peak'] / bare['peak']:>7.2f}"
    )


# Letters that the cell of a file takes.
_FILE = 45


def _line(name: str, cells: Sequence[str], width: int = 36) -> str:
    return f"{name:<22}" + " |".join(f"{cell:<{width}}" for cell in cells)


def _growth(times: Sequence[float]) -> str:
    """How many times as long as for the plan before, for each plan but the first."""
    steps = [f"×{later / one:.1f}" for one, later in pairwise(times)]
    return f"   growth {' '.join(steps)}" if steps else ""


def broken_promises(results: Sequence[Measured]) -> Iterator[str]:
    """Pages and files whose queries grow with the plan.

    Generated plans are compared, which show the same things on the same pages; the real plan
    shows other things.
    """
    generated = [one for one in results if one.tasks]
    for smaller, larger in pairwise(generated):
        counts = [
            (one["name"], one["ours"]["queries"], other["ours"]["queries"])
            for one, other in zip(smaller.pages, larger.pages, strict=False)
        ]
        counts += [
            (FORMATS[name], smaller.files[name]["ours"]["queries"], file["ours"]["queries"])
            for name, file in larger.files.items()
            if name in smaller.files
        ]
        for name, fewer, more in counts:
            if more > fewer:
                yield (
                    f"{name}: {fewer} queries with {title(smaller)}, {more} with {title(larger)}"
                )
