"""Who is printed as the signatory of a consolidated report is chosen as it is submitted."""

import io
import zipfile

import pytest
from django.urls import reverse

from plans.acts.refusals import Invalid
from reports import files
from reports.content.frozen import thaw
from reports.content.model import Signature
from reports.models import ConsolidatedReport
from tests.builders import day
from tests.pages import Page
from tests.reports.conftest import named
from tests.reports.rounds import accept, begin, open_round, take
from units.models import Signatory

HEAD = Signature("", "GIÁM ĐỐC", "Lê Thị Giám")
OF_PLAN = Signature("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Trọng Hùng")
BY_ORDER = Signature("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Trần Văn Chánh")


@pytest.fixture
def report(world):
    named(world)
    round = open_round(world)
    accept(world, round, world.a, world.head)
    return begin(world, round)


@pytest.fixture
def head(world):
    """The director, on record beside the deputy whom the plan names."""
    return Signatory.objects.create(agency=world.agency, title=HEAD.title, full_name=HEAD.full_name)


def now(report):
    return ConsolidatedReport.objects.get(pk=report.pk)


def submit_form(world, report, as_user):
    """A client of the Office, where the form goes, and what the browser sends of it unchanged."""
    client = as_user(world.office)
    action = reverse("consolidated-submit", args=[report.pk])
    page = Page(client.get(reverse("consolidated", args=[report.pk])))
    return client, action, page.sends(action)


def test_without_a_choice_the_signatory_of_the_plan_is_printed(world, report):
    take(world, report, "submit")

    assert now(report).content.signature == OF_PLAN
    assert now(report).steps.last().signer == str(OF_PLAN)


@pytest.mark.usefixtures("light_files")
def test_the_choice_is_kept_printed_and_can_be_changed_until_it_is_signed(world, report, head):
    take(world, report, "submit", signature=HEAD)
    assert thaw(bytes(now(report).frozen)).signature == HEAD

    take(world, report, "return")
    take(world, report, "refresh")
    assert now(report).content.signature == HEAD, "the draft that is shown keeps it"

    take(world, report, "submit", signature=BY_ORDER)
    take(world, report, "sign")
    take(world, report, "issue")

    assert now(report).content.signature == BY_ORDER
    assert [step.signer for step in report.steps.filter(act="submit")] == [
        "GIÁM ĐỐC Lê Thị Giám",
        "TL. GIÁM ĐỐC – CHÁNH VĂN PHÒNG Trần Văn Chánh",
    ]
    assert take(world, now(report), "correct").content.signature == BY_ORDER


def test_going_back_to_the_signatory_of_the_plan_follows_the_plan_again(world, report, head):
    take(world, report, "submit", signature=HEAD)
    take(world, report, "return")
    take(world, report, "submit", signature=OF_PLAN)
    take(world, report, "return")
    world.plan.signatory = head
    world.plan.save()
    take(world, report, "refresh")

    assert now(report).content.signature == HEAD
    assert now(report).signing_name == ""


@pytest.mark.parametrize(
    ("authority", "title", "name", "fields"),
    [
        ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Ký", {"signing_authority"}),
        ("", "PHÓ GIÁM ĐỐC", "Lê Văn Ký", {"signing_authority"}),
        ("KT. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Văn Ký", {"signing_title"}),
        ("TL. GIÁM ĐỐC", "", "Lê Văn Ký", {"signing_title"}),
        ("", "GIÁM ĐỐC", "", {"signing_name"}),
        ("", "GIÁM ĐỐC", "PGS.TS. Lê Văn Ký", {"signing_name"}),
        ("", "GIÁM ĐỐC", "Thạc sĩ Lê Văn Ký", {"signing_name"}),
        ("", "GIÁM ĐỐC", "Lê " * 60, {"signing_name"}),
    ],
)
def test_what_cannot_be_printed_so_is_refused_at_its_field(
    world, report, authority, title, name, fields
):
    with pytest.raises(Invalid) as refused:
        take(world, report, "submit", signature=Signature(authority, title, name))

    assert refused.value.errors.keys() == fields
    assert now(report).status == "draft"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (Signature("kt.giám đốc", "phó giám đốc", " Lê  Văn Ký "), "KT. GIÁM ĐỐC – PHÓ GIÁM ĐỐC"),
        (Signature("TUQ. GIÁM ĐỐC", "Chánh Văn phòng", "Lê Văn Ký"), "TUQ. GIÁM ĐỐC – CHÁNH VĂN"),
        (Signature("", "Q. GIÁM ĐỐC", "Lê Văn Ký"), "Q. GIÁM ĐỐC Lê Văn Ký"),
        (Signature("", "GIÁM ĐỐC", "Đỗ Văn Tiến"), "GIÁM ĐỐC Đỗ Văn Tiến"),
    ],
)
def test_capacities_are_printed_in_capitals(world, report, typed, printed):
    take(world, report, "submit", signature=typed)

    assert str(now(report).content.signature).startswith(printed)


# --- On the page ------------------------------------------------------------------------------


def test_the_office_chooses_among_those_on_record(world, report, head, as_user):
    Signatory.objects.create(
        agency=world.agency, title="GIÁM ĐỐC", full_name="Người Trước", valid_until=day(10, 1)
    )
    client, action, sent = submit_form(world, report, as_user)
    page = Page(client.get(reverse("consolidated", args=[report.pk])))
    offered = page.all("//input[@name='signer']/@value")

    assert (sent["signer"], offered) == (str(OF_PLAN), [str(OF_PLAN), str(HEAD), "other"])
    answer = Page(client.post(action, sent | {"signer": str(HEAD)}, follow=True))
    assert "Người ký: GIÁM ĐỐC Lê Thị Giám" in answer.text
    assert now(report).content.signature == HEAD


def test_somebody_who_is_not_on_record_is_typed(world, report, as_user):
    client, action, sent = submit_form(world, report, as_user)
    typed = {
        "signing_authority": "TL. GIÁM ĐỐC",
        "signing_title": "Chánh Văn phòng",
        "signing_name": "Trần Văn Chánh",
        "words": "Kính trình.",
    }

    mixed = Page(client.post(action, sent | typed))
    assert (mixed.response.status_code, mixed.errors.keys()) == (422, {"signer"})
    assert mixed.sends(action).items() >= typed.items()
    bare = Page(client.post(action, sent | typed | {"signer": "other", "signing_name": ""}))
    assert (bare.response.status_code, bare.errors.keys()) == (422, {"signing_name"})
    assert bare.sends(action)["signing_title"] == "Chánh Văn phòng"
    assert client.post(action, sent | typed | {"signer": "other"}).status_code == 302

    assert now(report).content.signature == BY_ORDER
    take(world, report, "return")
    _, _, again = submit_form(world, report, as_user)
    assert again["signer"] == str(BY_ORDER), "the choice before comes first"


def test_a_signatory_who_left_the_record_meanwhile_is_not_taken(world, report, head, as_user):
    client, action, sent = submit_form(world, report, as_user)
    head.delete()

    page = Page(client.post(action, sent | {"signer": str(HEAD)}))

    assert (page.response.status_code, page.errors.keys()) == (422, {"signer"})


def test_a_plan_without_a_signatory_leaves_the_place_blank(world, as_user):
    round = open_round(world)
    accept(world, round, world.a, world.head)
    report = begin(world, round)
    client, action, sent = submit_form(world, report, as_user)

    assert "signer" not in sent
    assert client.post(action, sent).status_code == 302
    assert now(report).content.signature == Signature("", "", "")


def test_the_files_print_the_chosen_one(world, report, head):
    take(world, report, "submit", signature=HEAD)

    data = files.make(now(report).content, "docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        words = package.read("word/document.xml").decode()

    assert HEAD.full_name in words
    assert OF_PLAN.full_name not in words
