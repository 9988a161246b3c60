from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        # Models are there only now.
        from plans.acts.demonstration import course_played
        from reports.acts.demonstration import report_upward

        course_played.connect(report_upward)
