"""Whether a draft still says what the units' reports say, and what has changed since."""

from dataclasses import dataclass

from reports.models import ConsolidatedReport, sources_in
from reports.round_content.build import drafted
from reports.round_content.comparison import Comparison, compare
from reports.round_content.passages import Draft
from reports.round_content.sources import Source, Sources, sources_of
from units.merging import successors


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a unit's report after the draft was made."""

    unit: str
    words: str


@dataclass(frozen=True)
class Freshness:
    """`newest` is the draft as it would be made now, for the same day."""

    sources: Sources
    newest: Draft
    news: tuple[News, ...]
    comparison: Comparison

    @property
    def is_stale(self) -> bool:
        return bool(self.news) or not self.comparison.is_same


def freshness(report: ConsolidatedReport) -> Freshness:
    """The draft of a report beside what it would be now."""
    sources = sources_of(report.round, report.as_of)
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
        news=tuple(news_since(report, sources)),
        comparison=compare(
            report.draft.printed({}), newest.printed({}), successors(report.agency_id)
        ),
    )


def later_news(report: ConsolidatedReport) -> list[News]:
    """What became of the units' reports after the text of `report` was fixed."""
    return news_since(report, sources_of(report.round, report.as_of))


def news_since(report: ConsolidatedReport, sources: Sources) -> list[News]:
    """Units whose accepted version is another one now, came, or is accepted no longer."""
    used = {version.report.unit_id: version for version in sources_in(report)}
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
