"""Whether a draft still says what the units' reports say, and what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.models import ConsolidatedReport, UnitReportVersion, sources_in
from reports.round_content.build import drafted
from reports.round_content.comparison import Comparison, compare
from reports.round_content.passages import Draft
from reports.round_content.sources import Missing, Source, Sources, sources_of
from units.merging import successors


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a unit's report after the draft was made."""

    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class StillTold:
    """A unit without an accepted report, and the version of it that the draft prints."""

    missing: Missing
    version: int


@dataclass(frozen=True)
class Freshness:
    """`newest` is the draft as it would be made now, for the same day."""

    sources: Sources
    newest: Draft
    news: tuple[News, ...]
    comparison: Comparison
    # By unit_id: the number of the version of its report that the draft was made from.
    used: Mapping[int, int] = field(default_factory=dict)

    @property
    def without_words(self) -> tuple[Missing, ...]:
        """Units without an accepted report, of which the draft says nothing either."""
        return tuple(one for one in self.sources.missing if one.unit_id not in self.used)

    @property
    def still_told(self) -> tuple[StillTold, ...]:
        """Units whose report is accepted no longer, while the draft still says what it said."""
        return tuple(
            StillTold(one, self.used[one.unit_id])
            for one in self.sources.missing
            if one.unit_id in self.used
        )

    @property
    def is_stale(self) -> bool:
        return bool(self.news) or not self.comparison.is_same


def freshness(report: ConsolidatedReport) -> Freshness:
    """The draft of a report beside what it would be now."""
    sources = sources_of(report.round, report.as_of)
    used = _used(report)
    newest = drafted(
        report.round,
        sources,
        report.as_of,
        version=report.version,
        replaces=report.replaces.cited if report.replaces else "",
    )
    return Freshness(
        sources=sources,
        newest=newest,
        news=tuple(news_since(used, sources)),
        comparison=compare(
            report.draft.printed({}), newest.printed({}), successors(report.agency_id)
        ),
        used={unit: version.number for unit, version in used.items()},
    )


def later_news(report: ConsolidatedReport) -> list[News]:
    """What became of the units' reports after the text of `report` was fixed."""
    return news_since(_used(report), sources_of(report.round, report.as_of))


def _used(report: ConsolidatedReport) -> dict[int, UnitReportVersion]:
    """By unit: the version of its report that the draft was made from. One query."""
    return {version.report.unit_id: version for version in sources_in(report)}


def news_since(used: Mapping[int, UnitReportVersion], sources: Sources) -> list[News]:
    """Units whose accepted version is another one now than the one `used`, came, or is accepted no
    longer."""
    news = []
    for source in sources.accepted:
        before = used.get(source.unit_id)
        if before is None:
            news.append(News(source.unit, f"đã tiếp nhận {_version(source)}, dự thảo chưa có"))
        elif before.pk != source.version_id:
            words = f"đã tiếp nhận {_version(source)}, dự thảo dùng phiên bản {before.number}"
            news.append(News(source.unit, words))
    for missing in sources.missing:
        if before := used.get(missing.unit_id):
            news.append(
                News(
                    missing.unit,
                    f"phiên bản {before.number} dùng trong dự thảo không còn được tiếp nhận "
                    f"(hiện: {missing.state.lower()})",
                )
            )
    return news


def _version(source: Source) -> str:
    return f"phiên bản {source.version}"
