"""`python -m benchmarks`, which `make bench` runs; docs/benchmarks.md says how to read it."""

import argparse
import os
import platform
import signal
import sqlite3
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks import accuracy, appendices, documents, report, runs

# For counting queries only: small, but more than a page of tasks.
_SMALL = 100
# A PDF of more tasks takes minutes.
_LONGEST_PDF = 2000
_PARTS = ("pages", "files", "appendix", "documents")


def main(arguments: Sequence[str]) -> int:
    chosen = _options().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder is removed
    broken = []
    if {"pages", "files"} & set(chosen.parts):
        for database in chosen.databases:
            broken += _measure(chosen, database)
    if "appendix" in chosen.parts:
        for database in chosen.databases:
            broken += _appendices(database)
    if "documents" in chosen.parts:
        print("", *documents.table(), "", *accuracy.table(), sep="\n")
    for words in broken:
        print(f"! {words}", file=sys.stderr)
    return 1 if broken else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks")
    plans = parser.add_argument("--plans", nargs="+", type=_plan, default=[0, 1000])
    plans.help = "`real` or numbers of generated tasks (real 1000)"
    databases = parser.add_argument("--databases", nargs="+", default=["sqlite"])
    databases.choices, databases.help = ("sqlite", "postgresql"), "(sqlite)"
    parts = parser.add_argument("--parts", nargs="+", default=_PARTS)
    parts.choices, parts.help = _PARTS, "(all)"
    parser.add_argument("--seconds", type=float, default=3, help="for each page (3)")
    parser.add_argument(
        "--long-pdf", action="store_true", help=f"also the PDF of more than {_LONGEST_PDF} tasks"
    )
    return parser


def _plan(text: str) -> int:
    return 0 if text == "real" else int(text)


def _measure(chosen: argparse.Namespace, database: str) -> list[str]:
    """Measure and print; returns what broke a promise."""
    began = time.monotonic()
    plans = sorted({*chosen.plans})
    compared = [*plans, _SMALL] if max(plans) > _SMALL and _SMALL not in plans else plans
    print(f"{_machine()}, {database}", flush=True)
    results = []
    with runs.folder(postgresql=database == "postgresql") as folder:
        for tasks in sorted(compared):
            print(f"  measuring {tasks or 'the real plan'} …", file=sys.stderr, flush=True)
            counting = tasks not in plans
            results.append(
                runs.measure(
                    folder,
                    tasks,
                    seconds=0 if counting else chosen.seconds,
                    pages="pages" in chosen.parts,
                    formats=[] if counting else _formats(chosen, tasks),
                )
            )
    shown = [one for one in results if one.tasks in plans]
    for part, table in (("pages", report.pages), ("files", report.files)):
        if part in chosen.parts:
            print("", *table(shown), sep="\n")
    if not chosen.long_pdf and max(plans) > _LONGEST_PDF and "files" in chosen.parts:
        print("\nThe PDF of the largest plan takes minutes: --long-pdf measures it too.")
    print(f"\n{time.monotonic() - began:.0f} s; load of the machine {os.getloadavg()[0]:.1f}\n")
    return [f"Queries grow with the plan. {words}" for words in report.broken_promises(results)]


def _appendices(database: str) -> list[str]:
    """Measure workbooks of growing length, and print."""
    measured = {}
    with runs.folder(postgresql=database == "postgresql") as folder:
        for rows in appendices.SIZES:
            print(f"  measuring an appendix of {rows:,} rows …", file=sys.stderr, flush=True)
            measured[rows] = runs.appendix(folder, rows)
    print(f"{_machine()}, {database}", "", *appendices.table(measured), sep="\n")
    print(f"load of the machine {os.getloadavg()[0]:.1f}\n")
    return list(appendices.broken_promises(measured))


def _formats(chosen: argparse.Namespace, tasks: int) -> list[str]:
    if "files" not in chosen.parts:
        return []
    long = tasks > _LONGEST_PDF and not chosen.long_pdf
    return [one for one in report.FORMATS if one != "pdf" or not long]


def _machine() -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} CPUs, {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
