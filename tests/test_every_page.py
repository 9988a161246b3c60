"""What holds for every page: language, title, one heading, nothing from elsewhere."""

import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.acts.evidence import NewEvidence
from plans.evidence_files import inspect
from plans.models import Plan
from plans.moves import MatterKind
from plans.states import State
from tests.builders import (
    decide,
    make_appendix_import,
    make_import,
    make_measure,
    make_plan,
    record,
)
from tests.pages import Page
from tests.plans.busy import make_busy
from tests.plans.sample_files import pdf
from tests.test_permissions import TABLE, steering_arguments

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
NO_PAGE = {
    "task-export",
    "appendix-export",
    "appendix-annotated",
    "report-download",
    "evidence",
    "logout",
    "plan-choose",
    "step-file",
}
NO_PAGE |= {"difficulty-from-update"}
STEERING_FORMS = {
    *(name for name in TABLE if name.endswith("-step")),
    "finding-new",
    "remedy-new",
    "sanction-new",
}
STEERING_PAGES = {
    "dissemination-list",
    "inspection",
    "inspection-list",
    "inspection-new",
    *(f"{kind}{page}" for kind in MatterKind for page in ("-list", "")),
    "directive-new",
    "difficulty-new",
    "urging-new",
}


def pages(client, world):
    """Every page that there is, by a name that says how it was reached."""
    task = reverse("task", args=[world.task.pk])
    part = [world.task.pk, world.lead.pk]
    imported = reverse("plan-import-review", args=[make_import(world.admin).pk])
    addresses = {
        "dashboard": reverse("dashboard"),
        "dashboard of a day": reverse("dashboard") + "?ngay=01/10/2023",
        "dashboard of no day": reverse("dashboard") + "?ngay=31/11/2023",
        "task-list": reverse("task-list"),
        "task-list of nothing": reverse("task-list") + "?tim=khong+co&han=x",
        "task": task,
        "task of a day": task + "?ngay=01/10/2023",
        "report": reverse("report"),
        "plan-import": reverse("plan-import"),
        "plan-import-review": imported,
        "plan-import-review of a task": imported + "?sua=4",
        "plan-import-review of the head": imported + "?sua=ke-hoach",
        "appendix-review": (
            appendix := reverse("appendix-review", args=[make_appendix_import(world).pk])
        ),
        "appendix-review of new ones": appendix + "?xem=new&rut=on&giu=on",
        "password-change": reverse("password-change"),
        "not found": "/khong-co/",
    }
    arguments = steering_arguments(world)
    for name in STEERING_PAGES:
        addresses[name] = reverse(name, args=arguments.get(name))
    found = {name: client.get(url) for name, url in addresses.items()}
    for name in STEERING_FORMS:
        found[name] = client.post(reverse(name, args=arguments[name]))
    for act in (name for name in TABLE if name.startswith("progress-")):
        found[act] = client.post(reverse(act, args=part))
    client.logout()
    return found | {
        "login": client.get(reverse("login")),
        "login refused": client.post("/dang-nhap/"),
    }


@pytest.fixture(params=["head", "support_head", "office", "leadership", "admin"])
def shown(request, world, as_user):
    """All pages as one person sees them, on a plan where much has happened."""
    make_busy(world)
    make_plan(world.agency, "kh-2022", year=2022)
    measure = make_measure(world.task, target=Decimal(90))
    file = NewEvidence(
        file=SimpleUploadedFile("a.pdf", pdf()),
        facts=inspect(io.BytesIO(pdf()), "a.pdf", len(pdf())),
    )
    record(world.lead, world.head, State.DONE, values={measure.pk: measure.target}, evidence=[file])
    decide("send_back", world.lead, world.office)
    record(world.lead, world.head, State.DONE)
    return pages(as_user(world.people[request.param]), world)


def test_every_page(shown):
    """One walk for all questions, as the plan takes longer to make than to show."""
    assert {name.split()[0] for name in shown} >= TABLE.keys() - NO_PAGE
    assert len(shown) == 24 + len(STEERING_PAGES) + len(STEERING_FORMS)
    for name, response in shown.items():
        assert response.status_code != 500, name
        assert response["Content-Type"] == "text/html; charset=utf-8", name
        page = Page(response)
        check_frame(name, page)
        check_nothing_from_elsewhere(name, page)
        check_policy(name, response)


def check_frame(name, page):
    assert page.root.get("lang") == "vi", name
    [title] = page.texts("//head/title")
    assert re.fullmatch(r"\S.+ – Theo dõi kế hoạch", title), (name, title)
    assert len(page.texts("//h1")) == 1, name
    assert all(page.texts("//h1")), name
    assert page.all("//main"), name
    ids = page.all("//@id")
    assert sorted(set(ids)) == sorted(ids), name
    labelled = set(page.all("//label/@for"))
    for field in page.all("//input[not(@type='hidden' or @hidden)] | //select | //textarea"):
        assert field.get("id") in labelled or field.get("aria-label"), (name, field.get("name"))


def check_nothing_from_elsewhere(name, page):
    for attribute in ("src", "href", "action", "srcset", "data"):
        for address in page.all(f"//@{attribute}"):
            assert not re.match(r"(?i)\s*(https?:|//|data:|javascript:)", address), (name, address)
    assert (
        page.all("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]") == []
    )


def check_policy(name, response):
    policy = {one.strip() for one in response["Content-Security-Policy"].split(";")}
    assert policy == POLICY, name
    assert response["X-Frame-Options"] == "DENY", name
    assert response["X-Content-Type-Options"] == "nosniff", name
    assert response["Referrer-Policy"] == "same-origin", name


def test_links_of_every_page_lead_somewhere(world, as_user):
    """Followed one step from the pages of the Office; a form's address is not a link."""
    make_busy(world)
    client = as_user(world.office)
    seen = set()
    steering_arguments(world)
    for url in ("dashboard", "task-list", "report", "directive-list", "urging-list"):
        page = Page(client.get(reverse(url)))
        for link in page.all("//a/@href"):
            path = reverse(url) + link if link.startswith("?") else link
            if not link.startswith("#") and "tai-ve" not in link:
                seen.add(path)

    answers = {link: client.get(link).status_code for link in seen}

    assert len(answers) > 30
    assert set(answers.values()) == {200}, answers


def test_without_a_plan_every_page_still_shows(world, as_user):
    Plan.objects.all().delete()
    client = as_user(world.office)

    for name in ("dashboard", "task-list", "report", "password-change", "directive-list"):
        page = Page(client.get(reverse(name)))
        assert page.response.status_code == 200
        check_frame(name, page)


def test_the_demonstration_is_marked_on_every_page(shown):
    mark = "Dữ liệu minh họa – không phải số liệu thật"
    without = {name for name, response in shown.items() if mark not in Page(response).text}

    # Error pages show no data, and must stand without a database.
    assert without <= {
        "not found",
        *(n for n, r in shown.items() if r.status_code in (403, 404, 405)),
    }
