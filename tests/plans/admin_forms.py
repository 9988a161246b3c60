"""Pages of the admin filled in and sent as a browser would."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from plans.models import Task

SAVED = 302


def change_url(task: Task) -> str:
    return reverse("admin:plans_task_change", args=[task.pk])


def filled(response: HttpResponse, form_id: str) -> dict[str, Any]:
    """What would be sent if the form on the page were sent as it is."""
    form = html.fromstring(response.content.decode()).get_element_by_id(form_id)
    return dict(form.form_values())


def edit_page(client: Client, address: str, form_id: str, **changes: Any) -> HttpResponse:
    """Opens a page, changes fields ("-" in names as "__") and saves."""
    data = filled(client.get(address), form_id)
    changes = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, {**data, **changes})


def edit(client: Client, task: Task, **changes: Any) -> HttpResponse:
    """With a reason, as a plan in force wants one for most changes."""
    changes.setdefault("reason", "Theo ý kiến chỉ đạo")
    return edit_page(client, change_url(task), "task_form", **changes)


def add_row(prefix: str, number: int, /, **fields: Any) -> dict[str, Any]:
    """One more row of an inline that has `number` rows."""
    row = {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return {f"{prefix}-TOTAL_FORMS": number + 1, **row}


def errors(response: HttpResponse) -> list[str]:
    """All messages of the page's forms, as they are read."""
    tree = html.fromstring(response.content.decode())
    return [one.text_content() for one in tree.xpath("//ul[contains(@class, 'errorlist')]/li")]
