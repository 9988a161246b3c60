"""Tallies as rows of figures. Nothing is counted here: plans.tallies counted it."""

from dataclasses import fields

from plans.tallies import MeasureTally, Tally
from reports.content.model import Counts, MeasureCounts


def counts(label: str, tally: Tally, code: str = "") -> Counts:
    """A tally with its sums and rates under a label; `code` is that of the unit it is about."""
    named = ("label", "code")
    figures = {
        one.name: getattr(tally, one.name) for one in fields(Counts) if one.name not in named
    }
    return Counts(label=label, code=code, **figures)


def measure_counts(tally: MeasureTally) -> MeasureCounts:
    return MeasureCounts(
        **{one.name: getattr(tally, one.name) for one in fields(MeasureCounts)},
    )
