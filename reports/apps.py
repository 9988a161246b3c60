from typing import Any

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        # Models are there only now.
        from plans import my_work, waiting
        from plans.acts import merging_preview
        from plans.acts.demonstration import course_played
        from plans.acts.merging import units_merged
        from reports.acts import rounds
        from reports.acts.demonstration import report_upward
        from reports.pages import awaited

        course_played.connect(report_upward)
        units_merged.connect(_ask_heir)
        merging_preview.add_source(rounds.reports_at_merger)
        my_work.add_source(awaited.OWED)
        waiting.add_source(awaited.SUBMITTED)
        waiting.add_source(awaited.TO_SIGN)


def _ask_heir(unit: Any, by: Any, **_: Any) -> None:
    from reports.acts.rounds import ask_heir

    ask_heir(unit=unit, by=by)
