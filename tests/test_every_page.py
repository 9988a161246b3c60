"""What holds for every page: language, title, one heading, nothing from elsewhere."""

import io
import re
from decimal import Decimal

import pytest
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.acts.evidence import NewEvidence
from plans.evidence_files import inspect
from plans.models import Plan
from plans.moves import MatterKind
from plans.states import State
from reports import orders
from reports.states.unit_report import ReportState, StepKind
from tests.builders import (
    TODAY,
    ask,
    day,
    decide,
    make_appendix_import,
    make_given,
    make_import,
    make_measure,
    make_plan,
    record,
    remark,
)
from tests.pages import Page
from tests.plans.busy import make_busy
from tests.plans.sample_files import pdf
from tests.reports.rounds import issued_and_corrected
from tests.reports.unit_rounds import in_state, open_round, write
from tests.test_permissions import OUTSIDE, steering_arguments
from tests.units.accounts.rosters import make_people_import

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
    "admin:login",
    "appendix-export",
    "appendix-annotated",
    "people-template",
    "my-report",
    "round-close",
    "unit-report-file",
    "unit-report-version-file",
    "task-export",
    "report-download",
    "evidence",
    "logout",
    "plan-choose",
    "consolidated-file",
    "consolidated-start",
    "difficulty-from-update",
    "step-file",
    "draft-drop",
    "prepared-evidence",
    "columns-choose",
    "view-change",
    "notice-open",
    "notices-read",
    "report-order-file",
    "plan-appendix-download",
}

STEPS_OF_REPORTS = {
    f"consolidated-{act}"
    for act in ("refresh", "submit", "sign", "return", "issue", "send", "correct")
}
STEERING_FORMS = {
    *(name for name in OUTSIDE if name.endswith("-step")),
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


def ordered(client):
    """A file that waits to be made, placed by the person who looks."""
    user = get_user(client)
    return orders.place(plan=Plan.objects.first(), day=TODAY, file_format="pdf", by=user)


def pages(client, world):
    """Every page that there is, by a name that says how it was reached."""
    task = reverse("task", args=[world.task.pk])
    part = [world.task.pk, world.lead.pk]
    roster = make_people_import(world.admin)
    imported = reverse("plan-import-review", args=[make_import(world.admin).pk])
    addresses = {
        "dashboard": reverse("dashboard"),
        "dashboard of a day": reverse("dashboard") + "?ngay=01/10/2023",
        "dashboard of no day": reverse("dashboard") + "?ngay=31/11/2023",
        "task-list": reverse("task-list"),
        "task-list of nothing": reverse("task-list") + "?tim=khong+co&han=x",
        "task": task,
        "task of a day": task + "?ngay=01/10/2023",
        "waiting": reverse("waiting"),
        "register": reverse("register"),
        "register of a day": reverse("register") + "?ngay=01/10/2023",
        "register-add": reverse("register-add"),
        "remark": reverse("remark", args=[world.lead.updates.filter(kind="report").last().pk]),
        "my-work": reverse("my-work"),
        "progress-record page": reverse("progress-record", args=part),
        "task-list in an order": reverse("task-list") + "?sap-xep=-thoi-han&cot=thoi-han,kho-khan",
        "task-print": reverse("task-print"),
        "unit-table": reverse("unit-table"),
        "view-list": reverse("view-list"),
        "notice-list": reverse("notice-list"),
        "dashboard compared": reverse("dashboard") + "?so-voi=01/10/2023",
        "dashboard compared with no day": reverse("dashboard") + "?so-voi=31/11/2023",
        "plan-soundness": reverse("plan-soundness"),
        "plan-soundness of one kind": reverse("plan-soundness") + "?loai=chu-tri",
        "plan-next-year": reverse("plan-next-year", args=[world.plan.code]),
        "report": reverse("report"),
        "plan-import": reverse("plan-import"),
        "plan-import-review": imported,
        "plan-import-review of a task": imported + "?sua=4",
        "plan-import-review of the head": imported + "?sua=ke-hoach",
        "appendix-review": (
            appendix := reverse("appendix-review", args=[make_appendix_import(world).pk])
        ),
        "appendix-review of new ones": appendix + "?xem=new&rut=on&giu=on",
        "people-import": reverse("people-import"),
        "people-import-review": (people := reverse("people-import-review", args=[roster.pk])),
        "people-import-review of new ones": people + "?xem=new",
        "rounds": reverse("rounds"),
        "round-open": reverse("round-open"),
        "report-order": reverse("report-order", args=[ordered(client)]),
        "plan-appendix": reverse("plan-appendix"),
        "password-change": reverse("password-change"),
        "not found": "/khong-co/",
    }
    issued, corrected = issued_and_corrected(world)
    addresses |= {
        "report-check": reverse("report-check"),
        "consolidated-list": reverse("consolidated-list"),
        "consolidated": reverse("consolidated", args=[corrected.pk]),
        "consolidated issued": reverse("consolidated", args=[issued.pk]),
        "consolidated-passage": reverse("consolidated-passage", args=[corrected.pk, "proposals"]),
        "consolidated-compare": reverse("consolidated-compare", args=[corrected.pk, issued.pk]),
    }
    arguments = steering_arguments(world)
    for name in STEERING_PAGES:
        addresses[name] = reverse(name, args=arguments.get(name))
    found = {name: client.get(url) for name, url in addresses.items()}
    for name in STEERING_FORMS:
        found[name] = client.post(reverse(name, args=arguments[name]))
    for act in (name for name in OUTSIDE if name in STEPS_OF_REPORTS):
        found[act] = client.post(reverse(act, args=[corrected.pk]))
    for act in (name for name in OUTSIDE if name.startswith("progress-")):
        found[act] = client.post(reverse(act, args=part))
    asked = world.lead.extensions.get().pk
    found["extension-ask"] = client.post(reverse("extension-ask", args=part))
    for act in ("extension-forward", "extension-accept", "extension-refuse"):
        found[act] = client.post(reverse(act, args=[asked]))
    for act in ("waiting-confirm", "waiting-send_back", "register-add"):
        found[f"{act} empty"] = client.post(reverse(act))
    found["unchanged"] = client.post(reverse("unchanged"))
    found["people-passwords"] = client.post(reverse("people-passwords", args=[roster.pk]))
    found["draft refused"] = client.post(reverse("draft"))
    found |= pages_of_a_round(client, world)
    client.logout()
    return found | {
        "login": client.get(reverse("login")),
        "login refused": client.post("/dang-nhap/"),
    }


def of_a_past_day(world):
    """A round of which no missing update can be made good any more, so that units may submit."""
    return open_round(world, as_of=day(11, 10))


def pages_of_a_round(client, world):
    """Those of unit A's report, which was returned once."""
    report = in_state(world, ReportState.RETURNED, of_a_past_day(world))
    write(report, world.staff, "highlights", "Lời của đơn vị.")
    addresses = {
        "round-board": reverse("round-board", args=[report.round_id]),
        "unit-report": reverse("unit-report", args=[report.pk]),
        "unit-report-version": reverse("unit-report-version", args=[report.pk, 1]),
        "unit-report-comparison": reverse("unit-report-comparison", args=[report.pk, 1, 1]),
    }
    found = {name: client.get(url) for name, url in addresses.items()}
    found["round-urge"] = client.post(reverse("round-urge", args=[report.round_id]))
    found["unit-report-write"] = client.post(reverse("unit-report-write", args=[report.pk]))
    for kind in StepKind:
        name = f"unit-report-{kind.value}"
        found[name] = client.post(reverse(name, args=[report.pk]))
    return found


@pytest.fixture(params=["head", "support_head", "office", "leadership", "admin"])
def shown(request, world, as_user, light_files):
    """All pages as one person sees them, on a plan where much has happened."""
    make_busy(world)
    make_plan(world.agency, "kh-2022", year=2022)
    measure = make_measure(world.task, target=Decimal(90))
    file = NewEvidence(
        file=SimpleUploadedFile("a.pdf", pdf()),
        facts=inspect(io.BytesIO(pdf()), "a.pdf", len(pdf())),
    )
    first = record(
        world.lead, world.head, State.DONE, values={measure.pk: measure.target}, evidence=[file]
    )
    decide("send_back", world.lead, world.office)
    update = record(world.lead, world.head)
    ask(world.lead, world.head, day(12, 10))
    for target in ("result", f"value-{first.values.get().pk}"):
        remark(first if "-" in target else update, world.office, target)
    record(world.lead, world.head, State.DONE)
    make_given(world)
    return pages(as_user(world.people[request.param]), world)


def test_every_page(shown):
    """One walk for all questions, as the plan takes longer to make than to show."""
    assert {name.split()[0] for name in shown} >= set(OUTSIDE) - NO_PAGE
    assert len(shown) == 87 + len(STEERING_PAGES) + len(STEERING_FORMS)
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
    in_state(world, ReportState.RETURNED, of_a_past_day(world))
    steering_arguments(world)
    names = ("dashboard", "task-list", "unit-table", "waiting", "register", "report")
    for url in (*names, "rounds", "directive-list", "urging-list"):
        page = Page(client.get(reverse(url)))
        for link in page.all("//a/@href"):
            path = reverse(url) + link if link.startswith("?") else link
            if not link.startswith("#") and "tai-ve" not in link:
                seen.add(path)

    answers = {link: client.get(link).status_code for link in seen}

    assert len(answers) > 30
    assert {link for link, status in answers.items() if status != 200} == set()


def test_without_a_plan_every_page_still_shows(world, as_user):
    Plan.objects.all().delete()
    client = as_user(world.office)

    names = ("dashboard", "task-list", "task-print", "unit-table", "view-list", "notice-list")
    others = (
        "plan-soundness",
        "waiting",
        "register",
        "report",
        "rounds",
        "password-change",
        "directive-list",
    )
    for name in (*names, *others):
        page = Page(client.get(reverse(name)))
        assert page.response.status_code == 200
        check_frame(name, page)


def test_the_demonstration_is_marked_on_every_page(shown):
    mark = "Dữ liệu minh họa – không phải số liệu thật"
    without = {name for name, response in shown.items() if mark not in Page(response).text}

    # Error pages show no data, and must stand without a database.
    assert without <= {
        "not found",
        *(n for n, r in shown.items() if r.status_code in (400, 403, 404, 405)),
    }
