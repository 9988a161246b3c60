"""Which plan a person looks at, until they choose another."""

import pytest
from django.urls import reverse

from tests.builders import make_block, make_plan, make_task
from tests.pages import Page, path_of

URL = reverse("plan-choose")


@pytest.fixture
def second(world):
    """The plan of the next year, which comes first."""
    plan = make_plan(world.agency, "kh-2024", year=2024)
    make_task(make_block(plan, code="SIPAS"), (world.b,), title="Việc năm sau")
    return plan


def shown(client):
    page = Page(client.get(reverse("dashboard")))
    [chosen] = page.texts("//select[@name='plan']/option[@selected]")
    return chosen


def test_works_and_lasts(world, second, as_user):
    client = as_user(world.office)
    assert shown(client) == "2024: Kế hoạch kh-2024"

    response = client.post(URL, {"plan": "kh-2023"})

    assert (response.status_code, path_of(response)) == (302, reverse("dashboard"))
    assert shown(client) == "2023: Kế hoạch kh-2023"
    titles = Page(client.get(reverse("task-list"))).texts("//td[@data-label='Nhiệm vụ']/div/a[1]")
    assert "Việc năm sau" not in titles
    assert len(titles) == 4


def test_choice_is_of_one_person(world, second, as_user):
    as_user(world.office).post(URL, {"plan": "kh-2023"})

    assert shown(as_user(world.leadership)) == "2024: Kế hoạch kh-2024"


def test_a_plan_that_was_chosen_and_is_gone(world, second, as_user):
    client = as_user(world.office)
    client.post(URL, {"plan": "kh-2024"})
    second.tasks.all().delete()
    second.delete()

    page = Page(client.get(reverse("dashboard")))

    assert page.texts("//span[@class='plan-name']") == ["Kế hoạch kh-2023"]


@pytest.mark.parametrize("sent", [{}, {"plan": ""}, {"plan": "khong-co"}, {"plan": "1\x00"}])
def test_a_plan_that_is_not_there(world, as_user, sent):
    assert as_user(world.office).post(URL, sent).status_code == 404


def test_wrong_method(world, as_user):
    assert as_user(world.office).get(URL).status_code == 405


def test_anonymous_is_asked_to_log_in(world, client):
    assert path_of(client.post(URL, {"plan": "kh-2023"})) == reverse("login")
