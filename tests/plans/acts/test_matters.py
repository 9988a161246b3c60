"""Every matter × stage × role × act: the declared ways work, every other is refused."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from plans.acts.matters import Said, take
from plans.acts.refusals import Conflict, Invalid, NotNow, NotYours, Refusal
from plans.matters import MODELS
from plans.models import Matter, Remedy, Step
from plans.moves import MOVES, STAGES, MatterKind, Stage, StepKind
from tests.builders import DUE, TODAY, day
from tests.plans.acts.database import STEERING, contents
from tests.steering import direct, find, go, raise_one, remedying, urge
from units.models import Notice

OPEN = {
    MatterKind.DIRECTIVE: direct,
    MatterKind.URGING: urge,
    MatterKind.REMEDY: find,
    MatterKind.DIFFICULTY: raise_one,
}
# How a matter comes to each stage: the acts, and by whom.
WAYS = {
    Stage.GIVEN: (),
    Stage.ACCEPTED: (("acknowledge", "head"),),
    Stage.ANSWERED: (("answer", "head"),),
    Stage.CLOSED: (("answer", "head"), ("close", "leadership")),
    Stage.SENT: (),
    Stage.REPLIED: (("answer", "head"),),
    Stage.OWED: (),
    Stage.REPORTED: (("report", "head"),),
    Stage.REMEDIED: (("report", "head"), ("confirm", "office")),
    Stage.AT_OFFICE: (),
    Stage.AT_LEADERSHIP: (("pass_up", "office"),),
    Stage.AT_PROVINCE: (("pass_up", "office"), ("pass_out", "leadership")),
    Stage.RESOLVED: (("answer", "office"),),
}
OURS, ABOVE = {"head", "staff"}, {"office", "leadership"}
# Written out by hand and not read from MOVES: who may do what from which stage, and where it ends.
ALLOWED = {
    ("given", "acknowledge"): (OURS, "accepted"),
    ("given", "answer"): (OURS, "answered"),
    ("given", "close"): ({"leadership"}, "closed"),
    ("accepted", "answer"): (OURS, "answered"),
    ("accepted", "close"): ({"leadership"}, "closed"),
    ("given", "move_due"): ({"leadership"}, "given"),
    ("accepted", "move_due"): ({"leadership"}, "accepted"),
    ("answered", "close"): (ABOVE, "closed"),
    ("answered", "send_back"): (ABOVE, "accepted"),
    ("closed", "reopen"): ({"leadership"}, "accepted"),
    ("sent", "answer"): (OURS, "replied"),
    ("replied", "answer"): (OURS, "replied"),
    ("owed", "report"): (OURS, "reported"),
    ("owed", "move_due"): (ABOVE, "owed"),
    ("reported", "confirm"): (ABOVE, "remedied"),
    ("reported", "send_back"): (ABOVE, "owed"),
    ("remedied", "reopen"): (ABOVE, "owed"),
    ("at_office", "pass_up"): ({"office"}, "at_leadership"),
    ("at_office", "answer"): (ABOVE, "resolved"),
    ("at_leadership", "pass_out"): (ABOVE, "at_province"),
    ("at_leadership", "answer"): ({"leadership"}, "resolved"),
    ("at_leadership", "send_back"): ({"leadership"}, "at_office"),
    ("at_province", "answer"): (ABOVE, "resolved"),
    ("resolved", "reopen"): (OURS, "at_office"),
}
ACTS = [act.value for act in StepKind if act != StepKind.OPEN]


def bring_to(world, kind, stage):
    matter = OPEN[kind](world)
    for act, who in WAYS[stage]:
        go(matter, act, world.people[who])
    assert matter.steps.last().stage == stage
    return matter


def rows():
    """How many rows there are of what a step writes (nothing is ever changed)."""
    return Step.objects.count(), Notice.objects.count()


@pytest.mark.parametrize("kind", MatterKind)
def test_every_stage_role_and_act(world, kind):
    tried = 0
    for stage in STAGES[kind]:
        matter = bring_to(world, kind, stage)
        for act in ACTS:
            allowed, ends = ALLOWED.get((stage.value, act), (set(), ""))
            for who in world.people:
                tried += 1
                saved = transaction.savepoint()
                if who in allowed:
                    assert go(matter, act, world.people[who]).stage == ends, (stage, act, who)
                else:
                    before = rows()
                    with pytest.raises((NotYours, NotNow)):
                        go(matter, act, world.people[who])
                    assert rows() == before, (stage, act, who)
                transaction.savepoint_rollback(saved)

    assert tried == len(STAGES[kind]) * len(ACTS) * len(world.people)


def test_the_table_is_the_one_in_the_code():
    assert {(stage.value, move.act.value) for move in MOVES for stage in move.starts} == set(
        ALLOWED
    )


def test_the_office_does_not_decide_on_its_own(world):
    """What it may do with other units' matters it may not do with its own."""
    remedy = find(world, remedy=remedying(world, unit=world.vp))
    go(remedy, "report", world.office)
    directive = direct(world, units=[world.vp])
    go(directive, "answer", world.office)
    own = raise_one(world, by=world.office, tasks=[])

    for matter, act in ((remedy, "confirm"), (directive, "close"), (own, "answer")):
        with pytest.raises(NotYours):
            go(matter, act, world.office)

    assert go(remedy, "confirm", world.leadership).stage == Stage.REMEDIED
    assert go(directive, "close", world.leadership).stage == Stage.CLOSED
    assert go(own, "pass_up", world.office).stage == Stage.AT_LEADERSHIP


# --- Words, numbers, days -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "who", "ways", "fields", "errors"),
    [
        ("answer", "head", (), {"words": " "}, {"words"}),
        ("answer", "head", (), {"words": "§«n ®èc ChuyÓn"}, {"words"}),
        ("answer", "head", (), {"document_date": TODAY}, {"document_number"}),
        (
            "answer",
            "head",
            (),
            {"document_number": "1/BC", "document_date": day(11, 21)},
            {"document_date"},
        ),
        ("send_back", "leadership", (("answer", "head"),), {"words": ""}, {"words"}),
        ("move_due", "leadership", (), {"words": "", "due_on": None}, {"words", "due_on"}),
        ("move_due", "leadership", (), {"due_on": day(11, 19)}, {"due_on"}),
        ("move_due", "leadership", (), {"due_on": DUE}, {"due_on"}),
    ],
)
def test_what_cannot_be_recorded(world, act, who, ways, fields, errors):
    matter = direct(world)
    for earlier, by in ways:
        go(matter, earlier, world.people[by])
    before = contents(STEERING)

    with pytest.raises(Invalid) as refusal:
        go(matter, act, world.people[who], **fields)

    assert refusal.value.errors.keys() == errors
    assert contents(STEERING) == before


def test_a_difficulty_leaves_with_a_number_and_a_date(world):
    matter = raise_one(world)
    go(matter, "pass_up", world.office, words="")

    with pytest.raises(Invalid) as refusal:
        go(matter, "pass_out", world.leadership, document_number="", document_date=None)

    assert refusal.value.errors.keys() == {"document_number", "document_date"}
    step = go(matter, "pass_out", world.leadership)
    assert step.document == "Văn bản số 99/BC-STTTT ngày 20/11/2023"
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            matter=matter,
            sequence=99,
            kind="pass_out",
            stage="at_province",
            by=world.office,
            by_label="x",
            recorded_on=TODAY,
            recorded_at=step.recorded_at,
        )


def test_a_remedy_and_a_directive_have_a_day_also_in_the_database(world):
    remedy = find(world)
    fields = {f.attname: getattr(remedy, f.attname) for f in Remedy._meta.fields}
    for name in ("id", "matter_ptr_id", "due_on"):
        fields.pop(name)

    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy(**fields | {"request_key": uuid.uuid4()}).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy(**fields | {"request_key": uuid.uuid4(), "due_on": DUE, "unit_id": None}).save()
    assert Remedy.objects.count() == 1


# --- Lateness, as for tasks ---------------------------------------------------------------------


def lateness(matter, on):
    return str(MODELS[MatterKind(matter.kind)].objects.on(on).get(pk=matter.pk).lateness_on(on))


def is_overdue(world, matter, on):
    found = MODELS[MatterKind(matter.kind)].objects.on(on).overdue(world.plan, on)
    return found.filter(pk=matter.pk).exists()


@pytest.mark.parametrize("counts", [True, False])
def test_overdue_like_a_task(world, counts):
    world.plan.due_day_counts = counts
    world.plan.save(update_fields=["due_day_counts"])
    remedy = find(world, on=day(11, 1))

    for on in (day(11, 29), DUE, day(12, 1)):
        said = world.plan.lateness(DUE, None, on)
        assert lateness(remedy, on) == str(said)
        assert is_overdue(world, remedy, on) == said.is_late


def test_what_was_given_counts_on_its_day_unless_sent_back(world):
    remedy = find(world, on=day(11, 1))
    go(remedy, "report", world.head, on=day(11, 29))
    go(remedy, "send_back", world.office, on=day(12, 2))
    go(remedy, "report", world.head, on=day(12, 4))
    go(remedy, "confirm", world.office, on=day(12, 8))

    assert [
        lateness(remedy, day(*on)) for on in ((11, 28), (11, 30), (12, 3), (12, 5), (12, 9))
    ] == [
        "sắp đến hạn, còn 2 ngày",
        "đúng hạn",
        "quá hạn 3 ngày",
        "quá hạn 4 ngày",
        "quá hạn 4 ngày",
    ]
    assert [is_overdue(world, remedy, day(12, n)) for n in (1, 3, 5)] == [False, True, False]


def direct_by(world, due_on):
    return direct(world, on=day(11, 1), due_on=due_on)


def find_by(world, due_on):
    return find(world, on=day(11, 1), remedy=remedying(world, due_on=due_on))


@pytest.mark.parametrize(("open_by", "act"), [(direct_by, "answer"), (find_by, "report")])
def test_a_moved_deadline_counts_from_its_day_on(world, open_by, act):
    matter = open_by(world, day(11, 15))
    go(matter, "move_due", world.leadership, on=day(11, 18), due_on=day(11, 25))
    go(matter, act, world.head, on=day(11, 24))

    def known(on):
        [one] = MODELS[MatterKind(matter.kind)].objects.filter(pk=matter.pk).on(on)
        return str(one.due), str(one.lateness_on(on)), is_overdue(world, matter, on)

    assert known(day(11, 17)) == ("2023-11-15", "quá hạn 2 ngày", True)
    assert known(day(11, 18)) == ("2023-11-25", "sắp đến hạn, còn 7 ngày", False)
    assert known(day(11, 30)) == ("2023-11-25", "đúng hạn", False)


def test_every_day_can_be_asked_about(world):
    directive = direct(world, on=day(10, 1))
    go(directive, "acknowledge", world.head, on=day(10, 5))
    go(directive, "answer", world.head, on=day(10, 9))

    def known(on):
        return [one.stage for one in type(directive).objects.on(on)]

    assert [known(day(*on)) for on in ((9, 30), (10, 1), (10, 5), (10, 20))] == [
        [],
        ["given"],
        ["accepted"],
        ["answered"],
    ]


# --- The same form twice, somebody else meanwhile -------------------------------------------------


def test_a_double_click_makes_one_step(world):
    matter, key = direct(world), uuid.uuid4()

    def send(**fields):
        return take(
            matter_id=matter.pk,
            act=StepKind.ANSWER,
            by=world.head,
            said=Said(**{"words": "Đã xong.", **fields}),
            seen=1,
            request_key=key,
        )

    assert send() == send()
    assert matter.steps.count() == 2
    with pytest.raises(Refusal):
        send(words="Chưa xong.")


def test_what_was_not_read_is_not_overtaken(world):
    matter = direct(world)
    go(matter, "acknowledge", world.staff)

    with pytest.raises(Conflict) as refusal:
        take(
            matter_id=matter.pk,
            act=StepKind.ANSWER,
            by=world.head,
            said=Said(words="Đã xong."),
            seen=1,
            request_key=uuid.uuid4(),
        )

    assert [step.kind for step in refusal.value.newer] == ["acknowledge"]
    assert "vừa ghi vào ý kiến chỉ đạo này" in str(refusal.value)


# --- Who is told ----------------------------------------------------------------------------------


def told():
    found = {notice.user.username for notice in Notice.objects.all()}
    Notice.objects.all().delete()
    return found


def test_those_concerned_are_told(world):
    directive = direct(world)
    assert told() == {"head", "staff"}
    go(directive, "answer", world.head)
    assert told() == {"office", "leadership"}
    go(directive, "close", world.office)
    assert told() == {"head", "staff"}
    difficulty = raise_one(world)
    assert told() == {"office"}
    go(difficulty, "pass_up", world.office)
    assert told() == {"leadership", "head", "staff"}
    urge(world)
    assert told() == {"head", "staff"}
    find(world)
    [path] = {notice.path for notice in Notice.objects.all()}
    assert path == Remedy.objects.get().get_absolute_url()


def test_all_kinds_are_tried(world):
    assert set(OPEN) == set(MatterKind)
    assert set(MODELS) == set(MatterKind)
    assert Matter.objects.count() == 0
