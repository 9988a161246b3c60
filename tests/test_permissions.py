"""Every address of the system × every role: one table, and no address outside it."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from plans.acts.evidence import NewEvidence
from plans.acts.views import save_view
from plans.evidence_files import inspect
from plans.models import Prepared
from reports.states.unit_report import ReportState
from tests.admin_addresses import ADMINISTRATORS_ANSWERS, OTHER, admin_addresses
from tests.builders import TODAY, ask, day, make_appendix_import, make_import, record
from tests.pages import content_of
from tests.plans.acts.database import contents
from tests.plans.new_files import a_file
from tests.plans.one_of_each import add_one_of_each
from tests.plans.sample_files import pdf
from tests.reports.rounds import issued_and_corrected
from tests.reports.unit_rounds import in_state, open_round
from tests.steering import direct, find, go, raise_one, urge
from tests.units.accounts.rosters import make_people_import
from units import clock
from units.models import Notice

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
HAVE_OWN_WORK = statuses(302, 200, 200, 200, 200, 200, 403, 403)
OVERSEERS = statuses(302, 403, 403, 403, 403, 200, 200, 200)
OFFICE_AND_LEADERSHIP = statuses(302, 403, 403, 403, 403, 200, 200, 403)
WHO_SEES_THE_TASK = statuses(302, 200, 200, 404, 200, 200, 200, 200)
ADMINISTRATORS = statuses(302, 403, 403, 403, 403, 403, 403, 200)
ADMINISTRATORS_SEE = statuses(302, 404, 404, 404, 404, 404, 404, 200)
SEES_REPORTS = statuses(302, 404, 404, 404, 404, 200, 200, 200)
# Of unit A, in a round that asks A only.
WHO_SEES_THE_REPORT = statuses(302, 200, 200, 404, 404, 200, 200, 200)
OFFICE_ONLY = statuses(302, 403, 403, 403, 403, 200, 403, 403)
OF_THE_UNIT = statuses(302, 422, 422, 404, 404, 403, 403, 403)
REVIEWERS = statuses(302, 403, 403, 404, 404, 422, 422, 403)
WRONG_METHOD = statuses(302, 405, 405, 405, 405, 405, 405, 405)
REDIRECT = statuses(302, 302, 302, 302, 302, 302, 302, 302)
NOT_THERE = statuses(302, 404, 404, 404, 404, 404, 404, 404)

# The admin sends everybody else to its log in, which tells them no.
ADMINS_LOG_IN = statuses(302, 403, 403, 403, 403, 403, 403, 302)


def behind_the_door(administrators):
    return statuses(302, 302, 302, 302, 302, 302, 302, administrators)


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
    "task-print": (EVERYONE, WRONG_METHOD),
    "unit-table": (OVERSEERS, WRONG_METHOD),
    "columns-choose": (WRONG_METHOD, REDIRECT),
    # Without a name nothing is saved; somebody else's view is not there.
    "view-list": (EVERYONE, statuses(302, 422, 422, 422, 422, 422, 422, 422)),
    "view-change": (WRONG_METHOD, statuses(302, 404, 302, 404, 404, 404, 404, 404)),
    "notice-list": (EVERYONE, WRONG_METHOD),
    "notice-open": (statuses(302, 404, 302, 404, 404, 404, 404, 404), WRONG_METHOD),
    "notices-read": (WRONG_METHOD, REDIRECT),
    "task": (WHO_SEES_THE_TASK, WRONG_METHOD),
    "my-work": (HAVE_OWN_WORK, WRONG_METHOD),
    "unchanged": (WRONG_METHOD, statuses(302, 422, 422, 422, 422, 422, 403, 403)),
    "draft": (WRONG_METHOD, statuses(302, 400, 400, 400, 400, 400, 400, 400)),
    "draft-drop": (WRONG_METHOD, statuses(302, 400, 400, 400, 400, 400, 400, 400)),
    "progress-record": (
        statuses(302, 200, 200, 404, 403, 403, 403, 403),
        statuses(302, 422, 422, 404, 403, 403, 403, 403),
    ),
    "progress-give_back": (WRONG_METHOD, statuses(302, 422, 422, 404, 403, 403, 403, 403)),
    "progress-withdraw": (WRONG_METHOD, statuses(302, 422, 422, 404, 403, 403, 403, 403)),
    "progress-confirm": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 422, 403)),
    "progress-send_back": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 422, 403)),
    "progress-pause": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "progress-stop": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "progress-resume": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "progress-reopen": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 422, 403)),
    "extension-ask": (WRONG_METHOD, statuses(302, 403, 422, 404, 403, 403, 403, 403)),
    "extension-forward": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 422, 403, 403)),
    "extension-accept": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "extension-refuse": (WRONG_METHOD, statuses(302, 403, 403, 404, 403, 403, 422, 403)),
    "remark": (
        statuses(302, 403, 403, 404, 403, 200, 200, 403),
        statuses(302, 403, 403, 404, 403, 422, 422, 403),
    ),
    "waiting": (OFFICE_AND_LEADERSHIP, WRONG_METHOD),
    "waiting-confirm": (WRONG_METHOD, statuses(302, 403, 403, 403, 403, 422, 422, 403)),
    "waiting-send_back": (WRONG_METHOD, statuses(302, 403, 403, 403, 403, 422, 422, 403)),
    "register": (EVERYONE, WRONG_METHOD),
    "register-add": (
        OFFICE_AND_LEADERSHIP,
        statuses(302, 403, 403, 403, 403, 422, 422, 403),
    ),
    "evidence": (WHO_SEES_THE_TASK, WRONG_METHOD),
    "prepared-evidence": (statuses(302, 200, 200, 404, 404, 404, 404, 404), WRONG_METHOD),
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
    "plan-soundness": (OVERSEERS, WRONG_METHOD),
    "plan-next-year": (ADMINISTRATORS, statuses(302, 403, 403, 403, 403, 403, 403, 422)),
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
    "people-import": (ADMINISTRATORS, statuses(302, 403, 403, 403, 403, 403, 403, 422)),
    "people-template": (ADMINISTRATORS, WRONG_METHOD),
    "people-import-review": (
        ADMINISTRATORS_SEE,
        statuses(302, 404, 404, 404, 404, 404, 404, 422),
    ),
    "people-passwords": (WRONG_METHOD, statuses(302, 404, 404, 404, 404, 404, 404, 422)),
    "report": (OVERSEERS, WRONG_METHOD),
    "report-download": (OVERSEERS, WRONG_METHOD),
    "report-check": (EVERYONE, statuses(302, 422, 422, 422, 422, 422, 422, 422)),
    "consolidated-list": (EVERYONE, WRONG_METHOD),
    "consolidated-start": (WRONG_METHOD, statuses(302, 403, 403, 403, 403, 302, 403, 403)),
    "consolidated": (SEES_REPORTS, WRONG_METHOD),
    "consolidated-passage": (
        statuses(302, 404, 404, 404, 404, 200, 403, 403),
        statuses(302, 404, 404, 404, 404, 422, 403, 403),
    ),
    "consolidated-file": (EVERYONE, WRONG_METHOD),
    "consolidated-compare": (SEES_REPORTS, WRONG_METHOD),
    **{
        f"consolidated-{act}": (WRONG_METHOD, statuses(302, 404, 404, 404, 404, 422, 403, 403))
        for act in ("refresh", "submit", "issue", "send", "correct")
    },
    **{
        f"consolidated-{act}": (WRONG_METHOD, statuses(302, 404, 404, 404, 404, 403, 422, 403))
        for act in ("sign", "return")
    },
    "rounds": (EVERYONE, WRONG_METHOD),
    "my-report": (statuses(302, 302, 302, 302, 302, 302, 302, 302), WRONG_METHOD),
    "round-open": (OFFICE_ONLY, statuses(302, 403, 403, 403, 403, 422, 403, 403)),
    "round-board": (WHO_SEES_THE_REPORT, WRONG_METHOD),
    "round-urge": (WRONG_METHOD, statuses(302, 403, 403, 404, 404, 422, 403, 403)),
    "round-close": (WRONG_METHOD, statuses(302, 403, 403, 404, 404, 302, 403, 403)),
    "unit-report": (WHO_SEES_THE_REPORT, WRONG_METHOD),
    "unit-report-start": (WRONG_METHOD, OF_THE_UNIT),
    "unit-report-write": (WRONG_METHOD, OF_THE_UNIT),
    "unit-report-submit": (WRONG_METHOD, statuses(302, 403, 422, 404, 404, 403, 403, 403)),
    "unit-report-withdraw": (WRONG_METHOD, statuses(302, 403, 422, 404, 404, 403, 403, 403)),
    "unit-report-begin_review": (WRONG_METHOD, REVIEWERS),
    "unit-report-return": (WRONG_METHOD, REVIEWERS),
    "unit-report-accept": (WRONG_METHOD, REVIEWERS),
    "unit-report-reopen": (WRONG_METHOD, statuses(302, 403, 403, 404, 404, 403, 422, 403)),
    "unit-report-file": (statuses(302, 200, 200, 404, 404, 403, 403, 403), WRONG_METHOD),
    "unit-report-version": (WHO_SEES_THE_REPORT, WRONG_METHOD),
    "unit-report-version-file": (WHO_SEES_THE_REPORT, WRONG_METHOD),
    "unit-report-comparison": (WHO_SEES_THE_REPORT, WRONG_METHOD),
    # Somebody else's file that is being made, or none.
    "report-order": (statuses(302, 403, 403, 403, 403, 404, 404, 404), WRONG_METHOD),
    "report-order-file": (statuses(302, 403, 403, 403, 403, 404, 404, 404), WRONG_METHOD),
    "plan-appendix": (EVERYONE, WRONG_METHOD),
    "plan-appendix-download": (EVERYONE, WRONG_METHOD),
    "login": (
        statuses(200, 302, 302, 302, 302, 302, 302, 302),
        statuses(200, 302, 302, 302, 302, 302, 302, 302),
    ),
    "logout": (WRONG_METHOD, statuses(302, 302, 302, 302, 302, 302, 302, 302)),
    "password-change": (EVERYONE, EVERYONE),
    "admin:login": (ADMINS_LOG_IN, ADMINS_LOG_IN),
    **{
        name: tuple(map(behind_the_door, answers))
        for name, answers in ADMINISTRATORS_ANSWERS.items()
    },
}
# What the admin answers is asked in one walk, since it takes a row of every model.
OUTSIDE = [name for name in TABLE if name not in ADMINISTRATORS_ANSWERS]


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

    # Without a name the admin only leads on: the short address of a row, and what is not there.
    assert names - TABLE.keys() == {
        "admin:(no name) <path:object_id>/",
        "admin:(no name) (?P<url>.*)$",
    }
    assert TABLE.keys() <= names


@pytest.fixture
def arguments(world):
    """What each address with arguments is asked about: always unit A's task."""
    evidence = NewEvidence(
        file=SimpleUploadedFile("a.pdf", pdf()),
        facts=inspect(io.BytesIO(pdf()), "a.pdf", len(pdf())),
    )
    update = record(world.lead, world.head, evidence=(evidence,))
    prepared = Prepared.objects.create(
        assignment=world.lead,
        report={},
        seen=0,
        request_key=uuid.uuid4(),
        by=world.staff,
        by_label=world.staff.label,
        prepared_at=clock.now(),
    )
    waiting = prepared.evidence.create(file=SimpleUploadedFile("a.pdf", pdf()), name="a.pdf")
    asked = [ask(world.lead, world.head, day(12, 10)).pk]
    world.block.keeps_register = True
    world.block.save()
    part = [world.task.pk, world.lead.pk]
    notice = {"user": world.head, "words": "Có việc mới.", "path": "/"}
    notice |= {"told_on": TODAY, "told_at": timezone.now()}
    issued, corrected = issued_and_corrected(world)
    report = in_state(world, ReportState.RETURNED, open_round(world, world.a))
    return {
        **{name: [report.pk] for name in TABLE if name.startswith("unit-report")},
        **{name: [report.round_id] for name in ("round-board", "round-urge", "round-close")},
        "unit-report-file": [report.pk, "docx"],
        "unit-report-version": [report.pk, 1],
        "unit-report-version-file": [report.pk, 1, "docx"],
        "unit-report-comparison": [report.pk, 1, 1],
        "task": [world.task.pk],
        "evidence": [update.evidence.get().pk],
        "remark": [update.pk],
        "extension-ask": part,
        **{f"extension-{act}": asked for act in ("forward", "accept", "refuse")},
        "prepared-evidence": [waiting.pk],
        "report-download": ["xlsx"],
        "plan-next-year": [world.plan.code],
        "plan-import-review": [make_import(world.admin).pk],
        "appendix-review": (appendix := [make_appendix_import(world).pk]),
        "appendix-annotated": appendix,
        "people-import-review": (people := [make_people_import(world.admin).pk]),
        "people-passwords": people,
        "view-change": [save_view(by=world.head, name="Của tôi", query="").pk],
        "notice-open": [Notice.objects.create(**notice).pk],
        **{name: [corrected.pk] for name in TABLE if name.startswith("consolidated-")},
        "consolidated-list": [],
        "consolidated-start": [issued.round_id],
        "consolidated": [corrected.pk],
        "consolidated-passage": [corrected.pk, "proposals"],
        "consolidated-file": [issued.pk, "xlsx"],
        "consolidated-compare": [corrected.pk, issued.pk],
        "report-order": [uuid.uuid4()],
        "report-order-file": [uuid.uuid4()],
        "plan-appendix-download": ["xlsx"],
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


@pytest.mark.usefixtures("light_files")
@pytest.mark.parametrize("name", OUTSIDE)
def test_who_gets_what(world, arguments, client, name):
    url = reverse(name, args=arguments.get(name))
    found = ({}, {})
    for who in WHO:
        for number, send in enumerate((client.get, client.post)):
            client.logout()
            if who != "anonymous":
                client.force_login(world.people[who])
            response = send(url)
            found[number][who] = response.status_code
            content_of(response)

    assert found == TABLE[name]


@pytest.mark.usefixtures("light_files")
def test_who_gets_what_of_the_admin(world, client):
    add_one_of_each(world, 2)
    addresses = admin_addresses(world)
    found = {name: ({}, {}) for name in addresses}
    for who in WHO:
        if who != "anonymous":
            client.force_login(world.people[who])
        before = contents()
        # What a button would send: nobody but an administrator gets as far as that. Of theirs
        # nothing is to be carried out: an empty form of a model, no reason on the other pages.
        theirs = {name: {"reason": ""} for name in addresses if name[len("admin:") :] in OTHER}
        others = {"post": "yes", "do": "assign"}
        for name in sorted(addresses, key="admin:logout".__eq__):  # last
            sent = theirs.get(name) if who == "admin" else others
            for number, answer in enumerate(
                (client.get(addresses[name]), client.post(addresses[name], sent))
            ):
                found[name][number][who] = answer.status_code
        assert who == "admin" or contents() == before

    assert found == {name: TABLE[name] for name in addresses}


@pytest.mark.parametrize(
    "name",
    [
        "task",
        "evidence",
        "progress-record",
        "progress-confirm",
        "extension-ask",
        "extension-accept",
        "remark",
    ],
)
def test_what_is_not_there_is_not_told_from_what_is_not_yours(world, arguments, as_user, name):
    """Somebody else's task and no task at all give the same answer, to the letter."""
    client = as_user(world.other_head)
    method = client.post if name.startswith(("progress-", "extension-")) else client.get
    theirs = reverse(name, args=arguments[name])
    nobodys = reverse(name, args=[10**9 + n for n, _ in enumerate(arguments[name])])

    answers = [method(url) for url in (theirs, nobodys)]

    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content
