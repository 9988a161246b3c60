"""The table state × role → act, walked whole on every channel.

What is allowed works, every other is refused and leaves every row as it was.

The channels are the act itself, the task's page, the list of what waits, Django admin and the
commands. The same table stands in docs/architecture.md.
"""

import datetime as dt
import pkgutil
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from plans.acts.extensions import accept_extension, forward_extension, refuse_extension
from plans.acts.refusals import NotNow, NotYours
from plans.acts.remarks import add_remark
from plans.acts.several import Part, decide_several
from plans.acts.unchanged import record_unchanged
from plans.management import commands
from plans.models import Extension, ProgressUpdate
from plans.states import ALLOWED_FROM, Kind, State
from tests.builders import DUE, NEED_REASON, TODAY, ask, decide, fresh, make_user, record
from tests.plans.acts.database import contents
from units import clock
from units.models import Role

# "not arisen" is an end of conditional tasks; everything else is the same for them.
STATES = [state for state in State if state != State.UNASSIGNED]
OPEN = {State.NO_INFO, State.NOT_STARTED, State.IN_PROGRESS}

# Act → who may, from which states.
TABLE = {
    "record": ({"staff", "head"}, OPEN | {State.AWAITING}),
    "unchanged": ({"staff", "head"}, {State.NOT_STARTED, State.IN_PROGRESS}),
    "confirm": ({"office", "leadership"}, {State.AWAITING}),
    "send_back": ({"office", "leadership"}, {State.AWAITING}),
    "pause": ({"leadership"}, OPEN | {State.AWAITING}),
    "stop": ({"leadership"}, OPEN | {State.AWAITING, State.PAUSED}),
    "resume": ({"leadership"}, {State.PAUSED, State.STOPPED}),
    "reopen": ({"office", "leadership"}, {State.DONE, State.NOT_ARISEN}),
    "withdraw": ({"staff", "head"}, {State.AWAITING}),
    "ask_extension": ({"head"}, OPEN),
    "forward_extension": ({"office"}, OPEN | {State.AWAITING, State.PAUSED}),
    "accept_extension": ({"leadership"}, OPEN | {State.AWAITING, State.PAUSED}),
    "refuse_extension": ({"leadership"}, OPEN | {State.AWAITING, State.PAUSED}),
    "remark": ({"office", "leadership"}, set(STATES)),
}
DECISIONS = ("confirm", "send_back", "pause", "stop", "resume", "reopen", "withdraw")
ANSWERS = {
    "forward_extension": forward_extension,
    "accept_extension": accept_extension,
    "refuse_extension": refuse_extension,
}
# What a reason or a day is called, where the act needs one.
TYPED = {
    "forward_extension": {"words": ""},
    "refuse_extension": {"words": "Phải xong trong năm."},
    "accept_extension": {
        "due_on": DUE + dt.timedelta(days=10),
        "superior_number": "99/UBND-TH",
        "superior_date": TODAY,
    },
}
# A person of the same role elsewhere, or with more than the role: what they count as.
LIKE = {
    "leader of the unit": "leadership",
    "office without unit": "office",
    "superuser": "other_head",
    "admin of the unit": "admin",
}


def bring_to(state, world):
    """Unit A's part in that state, through the acts; it has been contributed to before."""
    lead = world.lead
    if state == State.NOT_STARTED:
        record(lead, world.staff, state, result="Chưa làm.", cause="Chưa có kinh phí.")
    elif state == State.IN_PROGRESS:
        record(lead, world.staff)
    elif state in (State.AWAITING, State.DONE):
        record(lead, world.staff, State.DONE)
    elif state == State.NOT_ARISEN:
        record(lead, world.staff, State.NOT_ARISEN)
    elif state in (State.PAUSED, State.STOPPED):
        decide("pause" if state == State.PAUSED else "stop", lead, world.leadership)
    if state in (State.DONE, State.NOT_ARISEN):
        decide("confirm", lead, world.office)


@pytest.fixture
def people(world):
    """Every role; and people of the same roles whose account is closed."""
    world.task.kind = Kind.CONDITIONAL
    world.task.save(update_fields=["kind"])
    return {
        **world.people,
        "closed head": make_user(Role.HEAD, world.a, is_active=False),
        "closed office": make_user(Role.OFFICE, world.vp, is_active=False),
        "closed leadership": make_user(Role.LEADERSHIP, is_active=False),
        "office without unit": make_user(Role.OFFICE),
        "superuser": make_user(Role.STAFF, world.b, is_superuser=True),
        "admin of the unit": make_user(Role.ADMIN, world.a),
        "leader of the unit": make_user(Role.LEADERSHIP, world.a),
    }


def pending(world):
    """A request that waits, as it would stand beside any state; made directly, since asking has
    states of its own."""
    return Extension.objects.create(
        assignment=world.lead,
        old_due_on=DUE,
        asked_due_on=DUE + dt.timedelta(days=10),
        reason="Chờ thiết bị.",
        work_done="Một nửa.",
        by=world.head,
        by_label=world.head.label,
        recorded_on=TODAY,
        recorded_at=clock.now(),
    )


def remarkable(world):
    """An update that can be remarked on in any state: the unit's own, or made directly."""
    own = world.lead.updates.filter(kind="report").last()
    return own or ProgressUpdate.objects.create(
        assignment=world.lead,
        sequence=10**6,
        kind="report",
        state=world.lead.updates.values_list("state", flat=True).last() or State.NO_INFO,
        result="Đã làm.",
        by=world.staff,
        by_label=world.staff.label,
        recorded_on=TODAY,
        recorded_at=clock.now(),
    )


def expected(act, state, who):
    may, states = TABLE[act]
    if LIKE.get(who, who) not in may:
        return "NotYours"
    return "done" if state in states else "NotNow"


def test_the_table_is_that_of_the_code():
    """Both answers to a request start from the same states."""
    states = {act: set(from_states) for act, (_, from_states) in TABLE.items()}
    states["decide_extension"] = states.pop("accept_extension")
    assert states.pop("refuse_extension") == states["decide_extension"]
    assert states == {act: set(allowed) for act, allowed in ALLOWED_FROM.items()}


# --- The acts themselves ------------------------------------------------------------------------


def attempt(act, world, user):
    if act == "record":
        return record(world.lead, user)
    if act == "unchanged":
        return record_unchanged(assignment_id=world.lead.pk, by=user, **fresh(world.lead))
    if act == "ask_extension":
        return ask(world.lead, user, DUE + dt.timedelta(days=10))
    if act == "remark":
        return add_remark(
            update_id=remarkable(world).pk,
            by=user,
            target="result",
            text="Ghi rõ số liệu.",
            request_key=uuid.uuid4(),
        )
    if act in ANSWERS:
        extension = pending(world)
        return ANSWERS[act](
            extension_id=extension.pk, by=user, request_key=uuid.uuid4(), **TYPED[act]
        )
    return decide(act, world.lead, user)


def undone(call):
    """What the call says; whatever it did is undone again."""
    with transaction.atomic():
        found = call()
        transaction.set_rollback(True)
    return found


def outcome(act, world, user):
    def tried():
        try:
            attempt(act, world, user)
        except (NotYours, NotNow) as refusal:
            return type(refusal).__name__
        return "done"

    return undone(tried)


@pytest.mark.parametrize("state", STATES)
def test_every_act(world, people, state):
    bring_to(state, world)
    before = contents()

    assert {
        (act, who): outcome(act, world, user) for act in TABLE for who, user in people.items()
    } == {(act, who): expected(act, state, who) for act in TABLE for who in people}
    assert contents() == before


# --- The task's page ----------------------------------------------------------------------------


def sends(client, act, world):
    """The answer to the form of an act, filled in as it should be."""
    part, key = [world.task.pk, world.lead.pk], str(uuid.uuid4())
    form = {"request_key": key}
    if act == "ask_extension":
        form |= {"due_on": "10/12/2023", "reason": "Chờ thiết bị.", "work_done": "Một nửa."}
        return client.post(reverse("extension-ask", args=part), form)
    if act in ANSWERS:
        form |= {
            name: value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value
            for name, value in TYPED[act].items()
        }
        name = f"extension-{act.removesuffix('_extension')}"
        return client.post(reverse(name, args=[pending(world).pk]), form)
    if act == "remark":
        form |= {"target": "result", "text": "Ghi rõ số liệu."}
        return client.post(reverse("remark", args=[remarkable(world).pk]), form)
    form |= {name: str(value) for name, value in fresh(world.lead).items()}
    if act == "record":
        form |= {"state": "in_progress", "result": "Đã làm một phần."}
    elif act in NEED_REASON:
        form |= {"reason": "Vì một lý do."}
    return client.post(reverse(f"progress-{act}", args=part), form)


# "No change" is sent for several tasks at once, and what is refused is told of each
# (tests/plans/views/test_my_work.py).
ON_THE_PAGE = [act for act in TABLE if act != "unchanged"]


@pytest.mark.parametrize("state", STATES)
def test_every_page(world, people, as_user, state):
    bring_to(state, world)
    before = contents()
    said = {"done": 302, "NotYours": 403, "NotNow": 409}
    found, due = {}, {}
    for who, user in world.people.items():
        client = as_user(user)
        for act in ON_THE_PAGE:
            found[act, who] = undone(lambda act=act, on=client: sends(on, act, world).status_code)
            due[act, who] = 404 if who == "other_head" else said[expected(act, state, who)]

    assert found == due
    assert contents() == before


# --- The list of what waits ---------------------------------------------------------------------


@pytest.mark.parametrize("act", ["confirm", "send_back"])
@pytest.mark.parametrize("state", STATES)
def test_every_row_of_the_list(world, people, as_user, state, act):
    """Ticked by hand in whatever state: as on the task's page, act and page."""
    bring_to(state, world)
    before = contents()
    part = Part(world.lead, world.lead.sequence)
    form = {
        "request_key": str(uuid.uuid4()),
        "parts": f"{part.assignment.pk}:{part.seen}",
        "reason": "Thiếu số liệu.",
    }
    for who, user in world.people.items():
        wanted = expected(act, state, who)
        [one] = undone(
            lambda user=user: decide_several(
                act=act, parts=[part], by=user, reason="Thiếu.", request_key=uuid.uuid4()
            )
        )
        assert (type(one.refusal).__name__ if one.refusal else "done") == wanted, who
        answer = undone(
            lambda user=user: as_user(user).post(reverse(f"waiting-{act}"), form).status_code
        )
        assert answer == {"done": 302, "NotYours": 403, "NotNow": 409}[wanted], who
    assert contents() == before


# --- Django admin and the commands ---------------------------------------------------------------


@pytest.mark.parametrize(
    "model", ["progressupdate", "extension", "extensionstep", "remark", "duedatechange"]
)
def test_the_admin_has_no_door_of_its_own(world, as_user, model):
    """Nothing is added, changed or deleted there, by nobody, in whatever state."""
    update = record(world.lead, world.staff)
    extension = ask(world.lead, world.head, DUE + dt.timedelta(days=10))
    add_remark(
        update_id=update.pk,
        by=world.office,
        target="result",
        text="Ghi rõ.",
        request_key=uuid.uuid4(),
    )
    step = accept_extension(
        extension_id=extension.pk,
        by=world.leadership,
        request_key=uuid.uuid4(),
        **TYPED["accept_extension"],
    )
    pk = {
        "progressupdate": update.pk,
        "extension": extension.pk,
        "extensionstep": step.pk,
        "remark": update.remarks.get().pk,
        "duedatechange": step.change_id,
    }[model]
    before = contents()
    doors = [("add", []), ("change", [pk]), ("delete", [pk])]

    for user in world.people.values():
        client = as_user(user)
        for door, args in doors:
            url = reverse(f"admin:plans_{model}_{door}", args=args)
            status = client.post(url, {"post": "yes", "state": "done"}).status_code
            assert status == (403 if user == world.admin else 302), (user, door)
    assert (
        as_user(world.admin).get(reverse(f"admin:plans_{model}_change", args=[pk])).status_code
        == 200
    )
    assert contents() == before


def test_no_command_carries_out_an_act_for_somebody():
    """They load a plan, fill an empty database, or compute anew: none takes a person's part."""
    assert {one.name for one in pkgutil.iter_modules(commands.__path__)} == {
        "import_plan",
        "load_demo",
        "load_plan",
        "rebuild_standings",
    }
