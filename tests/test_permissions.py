"""Every address of the system × every role: one table, and no address outside it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from plans.acts.evidence import NewEvidence
from plans.evidence_files import inspect
from tests.builders import make_appendix_import, make_import, record
from tests.pages import content_of
from tests.plans.new_files import a_file
from tests.plans.sample_files import pdf
from tests.steering import direct, find, go, raise_one, urge

WHO = (
    "anonymous",
    "staff",  # of unit A, which leads the task
    "head",  # of unit A
    "other_head",  # of unit B, which has no part in it
    "support_head",  # of unit S, which supports it
    "office",
    "leadership",
    "admin",
)


def statuses(*numbers):
    assert len(numbers) == len(WHO)
    return dict(zip(WHO, numbers, strict=True))


EVERYONE = statuses(302, 200, 200, 200, 200, 200, 200, 200)
OVERSEERS = statuses(302, 403, 403, 403, 403, 200, 200, 200)
WHO_SEES_THE_TASK = statuses(302, 200, 200, 404, 200, 200, 200, 200)
ADMINISTRATORS = statuses(302, 403, 403, 403, 403, 403, 403, 200)
ADMINISTRATORS_SEE = statuses(302, 404, 404, 404, 404, 404, 404, 200)
WRONG_METHOD = statuses(302, 405, 405, 405, 405, 405, 405, 405)
NOT_THERE = statuses(302, 404, 404, 404, 404, 404, 404, 404)

# Of what unit A was told, or raised, and of an inspection of units A and B.
WHO_IS_TOLD = statuses(302, 200, 200, 404, 404, 200, 200, 200)
WHO_IS_INSPECTED = statuses(302, 200, 200, 200, 404, 200, 200, 200)
ABOVE = statuses(302, 403, 403, 403, 403, 200, 200, 403)

# An empty form: 422 is "yours to do, but something is missing", 403 "not yours to do", 404 "not
# yours to see". Name → GET, POST.
TABLE = {
    "dashboard": (EVERYONE, WRONG_METHOD),
    "task-list": (EVERYONE, WRONG_METHOD),
    "task-export": (EVERYONE, WRONG_METHOD),
    "appendix-export": (EVERYONE, WRONG_METHOD),
    "task": (WHO_SEES_THE_TASK, WRONG_METHOD),
    "progress-record": (WRONG_METHOD, statuses(302, 422, 422, 404, 403, 403, 403, 403)),
    "progress-confirm": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 422, 403)),
    "progress-send_back": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 422, 403)),
    "progress-pause": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "progress-resume": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "progress-reopen": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 422, 403)),
    "evidence": (WHO_SEES_THE_TASK, WRONG_METHOD),
    "directive-list": (EVERYONE, WRONG_METHOD),
    "directive": (WHO_IS_TOLD, WRONG_METHOD),
    "directive-new": (ABOVE, statuses(302, 403, 403, 403, 403, 422, 422, 403)),
    "directive-step": (WRONG_METHOD, statuses(302, 422, 422, 404, 404, 403, 403, 403)),
    "urging-list": (EVERYONE, WRONG_METHOD),
    "urging": (WHO_IS_TOLD, WRONG_METHOD),
    "urging-new": (ABOVE, statuses(302, 403, 403, 403, 403, 422, 422, 403)),
    "urging-step": (WRONG_METHOD, statuses(302, 422, 422, 404, 404, 403, 403, 403)),
    "remedy-list": (EVERYONE, WRONG_METHOD),
    "remedy": (WHO_IS_TOLD, WRONG_METHOD),
    "remedy-new": (WRONG_METHOD, statuses(302, 403, 403, 404, 404, 422, 422, 403)),
    "remedy-step": (WRONG_METHOD, statuses(302, 422, 422, 404, 404, 403, 403, 403)),
    "difficulty-list": (EVERYONE, WRONG_METHOD),
    "difficulty": (WHO_IS_TOLD, WRONG_METHOD),
    "difficulty-new": (
        statuses(302, 200, 200, 200, 200, 200, 403, 403),
        statuses(302, 422, 422, 422, 422, 422, 403, 403),
    ),
    # Raised before: it leads to what was made then.
    "difficulty-from-update": (WRONG_METHOD, statuses(302, 302, 302, 404, 403, 403, 403, 403)),
    "difficulty-step": (WRONG_METHOD, statuses(302, 403, 403, 404, 404, 422, 403, 403)),
    "inspection-list": (EVERYONE, WRONG_METHOD),
    "inspection": (WHO_IS_INSPECTED, WRONG_METHOD),
    "inspection-new": (ABOVE, statuses(302, 403, 403, 403, 403, 422, 422, 403)),
    "finding-new": (WRONG_METHOD, statuses(302, 403, 403, 403, 404, 422, 422, 403)),
    "sanction-new": (WRONG_METHOD, statuses(302, 403, 403, 403, 404, 422, 422, 403)),
    "step-file": (WHO_IS_TOLD, WRONG_METHOD),
    "dissemination-list": (EVERYONE, statuses(302, 403, 422, 422, 422, 422, 403, 403)),
    "plan-choose": (WRONG_METHOD, NOT_THERE),
    "plan-import": (ADMINISTRATORS, statuses(302, 403, 403, 403, 403, 403, 403, 422)),
    "plan-import-review": (
        ADMINISTRATORS_SEE,
        statuses(302, 404, 404, 404, 404, 404, 404, 422),
    ),
    "appendix-review": (
        ADMINISTRATORS_SEE,
        statuses(302, 404, 404, 404, 404, 404, 404, 422),
    ),
    "appendix-annotated": (ADMINISTRATORS_SEE, WRONG_METHOD),
    "report": (OVERSEERS, WRONG_METHOD),
    "report-download": (OVERSEERS, WRONG_METHOD),
    "login": (
        statuses(200, 302, 302, 302, 302, 302, 302, 302),
        statuses(200, 302, 302, 302, 302, 302, 302, 302),
    ),
    "logout": (WRONG_METHOD, statuses(302, 302, 302, 302, 302, 302, 302, 302)),
    "password-change": (EVERYONE, EVERYONE),
}


def names_in(resolver, namespaces=()):
    """Every name under a resolver, with its namespaces."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from names_in(entry, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join((*namespaces, entry.name or f"(no name) {entry.pattern}"))


def test_every_address_is_in_the_table():
    names = set(names_in(get_resolver()))

    assert {name for name in names if not name.startswith("admin:")} == TABLE.keys()
    # The admin's own addresses have their own tests; here only that the walk saw them.
    admin = {name for name in names if name.startswith("admin:")}
    assert {"admin:index", "admin:plans_task_change", "admin:units_user_changelist"} <= admin
    assert len(admin) > 50


@pytest.fixture
def arguments(world):
    """What each address with arguments is asked about: always unit A's task."""
    evidence = NewEvidence(
        file=SimpleUploadedFile("a.pdf", pdf()),
        facts=inspect(io.BytesIO(pdf()), "a.pdf", len(pdf())),
    )
    proof = record(world.lead, world.head, evidence=(evidence,)).evidence.get()
    part = [world.task.pk, world.lead.pk]
    return {
        "task": [world.task.pk],
        "evidence": [proof.pk],
        "report-download": ["xlsx"],
        "plan-import-review": [make_import(world.admin).pk],
        "appendix-review": (appendix := [make_appendix_import(world).pk]),
        "appendix-annotated": appendix,
        **{name: part for name in TABLE if name.startswith("progress-")},
        **steering_arguments(world),
    }


def steering_arguments(world):
    """What is asked of unit A, and what it raises; units A and B were inspected."""
    directive, difficulty, remedy = direct(world), raise_one(world), find(world)
    step = go(directive, "answer", world.head, files=(a_file(),))
    update = record(world.lead, world.head, difficulty="Thiếu người")
    inspection = remedy.finding.inspection
    return {
        "directive": [directive.pk],
        "directive-step": [directive.pk, "tra-loi"],
        "urging": [(urging := urge(world)).pk],
        "urging-new": [world.a.code],
        "urging-step": [urging.pk, "tra-loi"],
        "remedy": [remedy.pk],
        "remedy-new": [remedy.finding.pk],
        "remedy-step": [remedy.pk, "bao-cao"],
        "difficulty": [difficulty.pk],
        "difficulty-from-update": [update.pk],
        "difficulty-step": [difficulty.pk, "trinh"],
        "inspection": [inspection.pk],
        "finding-new": [inspection.pk],
        "sanction-new": [inspection.pk],
        "step-file": [step.files.get().pk],
    }


@pytest.mark.parametrize("name", TABLE)
def test_who_gets_what(world, arguments, client, name):
    url = reverse(name, args=arguments.get(name))
    found = ({}, {})
    for who in WHO:
        for number, ask in enumerate((client.get, client.post)):
            client.logout()
            if who != "anonymous":
                client.force_login(world.people[who], "django.contrib.auth.backends.ModelBackend")
            response = ask(url)
            found[number][who] = response.status_code
            content_of(response)

    assert found == TABLE[name]


@pytest.mark.parametrize("name", ["task", "evidence", "progress-record", "progress-confirm"])
def test_what_is_not_there_is_not_told_from_what_is_not_yours(world, arguments, as_user, name):
    """Somebody else's task and no task at all give the same answer, to the letter."""
    client = as_user(world.other_head)
    method = client.post if name.startswith("progress-") else client.get
    theirs = reverse(name, args=arguments[name])
    nobodys = reverse(name, args=[10**9 + n for n, _ in enumerate(arguments[name])])

    answers = [method(url) for url in (theirs, nobodys)]

    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content
