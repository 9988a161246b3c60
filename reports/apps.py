from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        # Models are there only now.
        from plans import my_work, waiting
        from plans.acts.demonstration import course_played
        from reports.acts.demonstration import report_upward
        from reports.pages import awaited

        course_played.connect(report_upward)
        my_work.add_source(awaited.OWED)
        waiting.add_source(awaited.SUBMITTED)
        waiting.add_source(awaited.TO_SIGN)
