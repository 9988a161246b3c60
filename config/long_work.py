"""The queue of long work (django_tasks_db) as an app of this project."""

from django.contrib import admin
from django_tasks_db.apps import TasksAppConfig


class QueueConfig(TasksAppConfig):
    """Without its pages in the admin, which speak English and show the insides of programs; who
    waits for a file sees it on the file's own page."""

    def ready(self) -> None:
        from django_tasks_db.models import DBTaskResult

        super().ready()
        if admin.site.is_registered(DBTaskResult):
            admin.site.unregister(DBTaskResult)
