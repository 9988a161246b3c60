"""Starts the measurements, each in a process of its own, on databases in a temporary folder."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from scripts.postgres import server

_ROOT = Path(__file__).parents[1]
# No measurement may hang: seconds for filling a database, for all pages, for one file.
_FILLING, _PAGES, _FILE = 1800, 1200, 900
# The library alone may take so many times as long as ours, and at least so many seconds.
PATIENCE, _START = 5, 60
# As in production, but on this machine only.
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "off",
    "DEMONSTRATION": "on",
    "HTTPS": "off",
    "ALLOWED_HOSTS": "testserver",
    "SECRET_KEY": "used for measuring only, and gone with the temporary folder",
    "PYTHONUTF8": "1",
}


class Failed(Exception):
    """A measurement ended with an error, which it has printed."""


@dataclass(frozen=True)
class Folder:
    """The temporary place of a run, with a server of PostgreSQL when one was asked for."""

    path: Path
    postgresql: str = ""

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        if not self.postgresql:
            return f"sqlite:///{self.path / name}.sqlite3"
        with psycopg.connect(self.postgresql, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.postgresql.replace("/postgres?", f"/{name}?")

    def start(self, module: str, *arguments: object, database: str, timeout: float) -> None:
        """Run a module of this package and wait for it; Failed when it fails."""
        environment = {**os.environ, **SETTINGS, "DATABASE_URL": database}
        environment["DATA_DIR"] = str(self.path)
        command = [sys.executable, "-m", module, *map(str, arguments)]
        # What commands tell their users is of no interest here.
        ended = subprocess.run(
            command, cwd=_ROOT, env=environment, timeout=timeout, stdout=subprocess.DEVNULL
        )
        if ended.returncode:
            raise Failed(" ".join(command[2:]))


@contextmanager
def folder(*, postgresql: bool) -> Iterator[Folder]:
    """A folder that is removed at the end, with the static files that pages name."""
    path = Path(tempfile.mkdtemp(prefix="ke-hoach-bench-"))
    try:
        if postgresql:
            with server(durable=True) as url:
                yield _with_static_files(Folder(path, url))
        else:
            yield _with_static_files(Folder(path))
    finally:
        shutil.rmtree(path)


def _with_static_files(made: Folder) -> Folder:
    nowhere = f"sqlite:///{made.path / 'nothing'}.sqlite3"
    made.start("django", "collectstatic", "--noinput", database=nowhere, timeout=_FILLING)
    return made


@dataclass(frozen=True)
class Measured:
    """The results for one plan: pages in the order measured, files by format."""

    tasks: int  # 0 is the real plan
    pages: list[dict[str, Any]]
    files: dict[str, dict[str, Any]]


def measure(
    made: Folder, tasks: int, *, seconds: float, pages: bool, formats: list[str]
) -> Measured:
    """Fill a database with a plan and measure its pages, about `seconds` each, and files."""
    database = made.database(f"tasks_{tasks}")
    made.start("benchmarks.prepare", tasks, database=database, timeout=_FILLING)
    found: list[dict[str, Any]] = []
    if pages:
        output = made.path / "pages.json"
        made.start("benchmarks.pages", seconds, output, database=database, timeout=_PAGES)
        found = json.loads(output.read_text())
    files = {one: _file(made, one, database, tasks) for one in formats}
    return Measured(tasks, found, files)


def appendix(made: Folder, rows: int) -> dict[str, Any]:
    """A workbook of an appendix in and out, on a database of its own."""
    result = made.path / "appendix.json"
    database = made.database(f"appendix_{rows}")
    made.start("benchmarks.appendices", rows, result, database=database, timeout=_FILLING)
    found: dict[str, Any] = json.loads(result.read_text())
    return found


def _file(made: Folder, file_format: str, database: str, tasks: int) -> dict[str, Any]:
    """What an export took, ours and bare; of three runs each, when it is a small one.

    `bare` is None when the library alone was not done after PATIENCE times as long as ours:
    python-docx looks for the place of each new row among all rows, which 10,000 tasks make hours.
    """
    repetitions = 1 if tasks else 3
    # The PDF has the text of the DOCX, which is easier to read back.
    rows = made.path / f"rows-{'docx' if file_format == 'pdf' else file_format}.json"
    result = made.path / "file.json"

    def median(module: str, timeout: float) -> dict[str, Any]:
        runs: list[dict[str, Any]] = []
        for _ in range(repetitions):
            made.start(module, file_format, result, rows, database=database, timeout=timeout)
            runs.append(json.loads(result.read_text()))
        return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]

    ours = median("benchmarks.exports", max(_FILE, tasks * 1.0))
    try:
        bare = median("benchmarks.bare_files", max(_START, PATIENCE * ours["seconds"]))
    except subprocess.TimeoutExpired:
        bare = None
    return {"ours": ours, "bare": bare}
