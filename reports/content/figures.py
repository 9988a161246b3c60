"""Tallies as rows of figures. Nothing is counted here: plans.tallies counted it."""

from dataclasses import fields

from plans.tallies import MeasureTally, Tally
from reports.content.model import Counts, MeasureCounts


def counts(label: str, tally: Tally) -> Counts:
    """A tally with its sums and rates under a label."""
    figures = {one.name: getattr(tally, one.name) for one in fields(Counts) if one.name != "label"}
    return Counts(label=label, **figures)


def measure_counts(tally: MeasureTally) -> MeasureCounts:
    return MeasureCounts(
        **{one.name: getattr(tally, one.name) for one in fields(MeasureCounts)},
    )
