"""Every page of the admin opens for administrators, in Vietnamese, and for nobody else."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from plans.acts.evidence import NewEvidence
from plans.evidence_files import inspect
from plans.models import (
    Absence,
    AppendixImport,
    AssignmentStanding,
    CarryOver,
    Criterion,
    Difficulty,
    Directive,
    Dissemination,
    DueDateChange,
    Evidence,
    Extension,
    ExtensionStep,
    ImportCorrection,
    Inspection,
    LegalDocument,
    Matter,
    MeasureValue,
    PlanImport,
    Prepared,
    ProgressUpdate,
    Remark,
    Remedy,
    Sanction,
    StepFile,
    Task,
    TaskChange,
    TaskStanding,
    Urging,
)
from plans.models.views import ChosenColumns, SavedView
from reports.models import MadeFile
from tests.builders import (
    make_group,
    make_task,
    make_unit,
    make_user,
    record,
)
from tests.pages import Page
from tests.plans.acts.database import contents
from tests.plans.one_of_each import add_one_of_each
from tests.plans.sample_files import png
from tests.steering import inspect as inspect_units
from tests.steering import sanction
from units.models import Alias, Change, Demonstration, Draft, Notice, PeopleImport, Role
from units.versions import is_tracked

REGISTERED = list(admin.site._registry)
HISTORY = [
    ProgressUpdate,
    MeasureValue,
    Evidence,
    DueDateChange,
    Extension,
    ExtensionStep,
    ImportCorrection,
    Remark,
    TaskChange,
    Absence,
]
STEERED = [Directive, Urging, Difficulty, Remedy, Inspection, Dissemination, StepFile]
READ_ONLY = [
    *HISTORY,
    *STEERED,
    *(apps.get_app_config("reports").models.values()),
    Demonstration,
    Notice,
    PeopleImport,
    CarryOver,
    PlanImport,
    AppendixImport,
    Prepared,
    apps.get_model("plans", "Assignment"),
]
# Computed, or kept by each person for themselves: nothing for an administrator to look after.
COMPUTED = {TaskStanding, AssignmentStanding, Change, SavedView, ChosenColumns, Draft, MadeFile}
# Shown on the page of the history of the row that they are of.
VERSIONS = {model for model in apps.get_models() if hasattr(model, "instance_type")}
# A matter is shown as what it is; what was done about persons is not for administrators (S8).
NOT_SHOWN = {Matter, Sanction}

names = pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)


@pytest.fixture
def full(world, light_files):
    add_one_of_each(world, 2)
    return world


@pytest.fixture
def as_admin(client, full):
    client.force_login(full.admin)
    return client


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def pages(model):
    """The pages of a model by name."""
    key = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    assert key is not None, "no row was made of this model"
    of_one = {page: url(model, page, key) for page in ("change", "history", "delete")}
    return {"changelist": url(model, "changelist"), "add": url(model, "add"), **of_one}


def common_pages():
    return [
        reverse("admin:index"),
        *(reverse("admin:app_list", args=[label]) for label in ("units", "plans", "reports")),
    ]


# --- What there is ------------------------------------------------------------------------------


def test_every_model_has_a_page_or_a_place_in_the_page_of_its_owner():
    ours = {
        model
        for label in ("units", "plans", "reports")
        for model in apps.get_app_config(label).models.values()
    }
    parts = {part.model for one in admin.site._registry.values() for part in one.inlines}

    assert {
        model for model in ours if not model._meta.auto_created
    } - COMPUTED - NOT_SHOWN - VERSIONS == {
        *REGISTERED,
        *(part for part in parts if part in ours),
    }
    assert (COMPUTED | NOT_SHOWN).isdisjoint({*REGISTERED, *parts})


_OF_A_MATTER = {"by", "recorded_on", "tasks"}  # tasks stand in a part of the page
NOT_EDITED = {
    "Directive": _OF_A_MATTER | {"giver"},
    "Urging": _OF_A_MATTER,
    "Difficulty": _OF_A_MATTER,
    "Remedy": _OF_A_MATTER,
    "Step": {"matter", "by", "recorded_on"},
    "StepFile": {"file"},
    "MatterTask": {"matter"},
    "Inspection": {"by", "recorded_on", "units", "tasks"},
    "InspectedUnit": {"inspection"},
    "InspectedTask": {"inspection"},
    "Finding": {"inspection", "by", "recorded_at"},
    "Dissemination": {"by", "recorded_on"},
    "User": {"password", "is_staff", "is_superuser", "groups", "user_permissions"},
    "Task": {"plan"},  # that of its block
    "Alias": {"agency", "unit", "group"},  # those of the page it stands in
    "Evidence": {"file", "size"},
    "ProgressUpdate": {"by", "prepared_by", "recorded_on", "unchanged"},
    "Prepared": {"by", "report", "seen"},
    "PreparedEvidence": {
        "document_date",
        "document_number",
        "file",
        "media_type",
        "name",
        "prepared",
        "sha256",
        "size",
    },
    "DueDateChange": {"by", "recorded_on"},
    "Extension": {"by", "recorded_on"},
    "ExtensionStep": {"by", "recorded_on"},
    "Remark": {"by", "recorded_on"},
    "MeasureValue": {"value"},
    "AgencyIdentity": {"agency"},
    "Signatory": {"agency"},
    "PlanSection": {"plan"},
    "Recipient": {"plan"},
    "IndicatorScore": {"indicator"},
    "Assignment": {"task", "position"},
    "ReportStep": {"by", "recorded_on", "sequence"},
    "PassageEdit": {"by", "recorded_on", "sequence"},
    "IssuedFile": {"file", "size"},
    "Round": {"opened_by", "opened_on", "closed_by"},
    "RoundReminder": {"by", "recorded_on"},
    "RemindedUnit": {"reminder", "unit"},
    "UnitReportVersion": {"report", "by", "responsible", "submitted_at"},
    "UnitReportStep": {"version", "by", "recorded_on"},
    "StepRemark": {"step", "task"},
    "SectionEdit": {"by", "recorded_on"},
}


@pytest.mark.django_db
def test_every_field_can_be_edited_or_seen():
    """A field that is added to a model and forgotten in the admin is found here."""
    request = RequestFactory().get("/admin/")
    request.user = make_user(Role.ADMIN)
    shown = {}
    for one in admin.site._registry.values():
        shown.setdefault(one.model, set()).update(
            _fields(one, request), _fields(one, request, one.model())
        )
        for part in one.get_inline_instances(request):
            shown.setdefault(part.model, set()).update(_fields(part, request))

    for model, fields in shown.items():
        editable = {
            field.name
            for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
            if field.editable and not field.primary_key
        }
        assert editable - fields == NOT_EDITED.get(model.__name__, set()) - fields, model


def _fields(one, request, obj=None):
    return set(flatten_fieldsets(one.get_fieldsets(request, obj)))


# --- Every page ---------------------------------------------------------------------------------

# Whole words that no Vietnamese page has; syllables such as "the", "no", "an" can be Vietnamese.
ENGLISH = re.compile(
    r"\b(?:and|of|with|this|that|please|you|your|are|is|add|added|another|change|changed|delete"
    r"|deleted|deleting|remove|save|edit|editing|view|search|select|selected|choose|history|user"
    r"|users|password|passwords|required|error|errors|object|objects|filter|filters|show|hide|true"
    r"|false|none|empty|toggle|skip|breadcrumbs|sidebar|model|models|field|fields|site|admin"
    r"|administration|welcome|log|logout|action|actions|currently|value|entry|entries|available"
    r"|enable|enabled|disable|disabled|link|recent|today|date|time|by|results|result|total|row"
    r"|django|sequence|standing|task|assignment|unit|group|name|title|position)\b",
    re.IGNORECASE,
)
SEEN_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder")


def english(response):
    """The English words, and the days written otherwise than here, that a page shows or says."""
    tree = html.fromstring(response.content.decode())
    for hidden in tree.xpath("//script | //style"):
        hidden.drop_tree()
    texts = [tree.text_content()]
    texts += [one for name in SEEN_ATTRIBUTES for one in tree.xpath(f"//@{name}")]
    texts += tree.xpath("//input[@type='submit' or @type='button']/@value")
    # Accounts and indices have names of their own.
    text = " ".join(texts).replace("Người admin", "").replace("PAR INDEX", "")
    foreign = {word.lower() for word in ENGLISH.findall(text)} - ACCOUNT_NAMES
    return foreign | set(re.findall(r"\b\d{4}-\d\d-\d\d\b", text))


ACCOUNT_NAMES = {"admin"}  # the user name of the administrator of these tests


@names
def test_pages_of_a_model_open_in_vietnamese(as_admin, model):
    forbidden = {"add", "delete"} if model in READ_ONLY else set()

    for page, address in pages(model).items():
        response = as_admin.get(address)
        assert response.status_code == (403 if page in forbidden else 200), address
        assert english(response) == set(), address


def test_other_pages_open_in_vietnamese(as_admin, full):
    person = reverse("admin:auth_user_password_change", args=[full.head.pk])
    missing = url(LegalDocument, "change", 999_999)

    for address in (*common_pages(), person):
        response = as_admin.get(address)
        assert response.status_code == 200, address
        assert english(response) == set(), address
    assert english(as_admin.get(missing, follow=True)) == set()


def test_pages_of_the_appendix_open_in_vietnamese(as_admin, full):
    """Also when a form is refused, and when a row was withdrawn."""
    plan, task, other = full.plan.pk, full.task.pk, full.other_task.pk
    screen = reverse("admin:plans_plan_appendix", args=[plan])
    merge = reverse("admin:plans_plan_merge", args=[plan])
    addresses = [
        screen,
        f"{merge}?nhiem-vu={task}&nhiem-vu={other}",
        reverse("admin:plans_plan_split", args=[plan, task]),
        reverse("admin:plans_plan_units", args=[plan]),
        reverse("admin:plans_plan_withdraw", args=[plan, task]),
    ]

    for address in addresses:
        for response in (as_admin.get(address), as_admin.post(address, {"do": "assign"})):
            assert response.status_code in (200, 422), address
            assert english(response) == set(), address
    as_admin.post(addresses[-1], {"reason": "Đã giao nơi khác"})
    restore = reverse("admin:plans_plan_restore", args=[plan, task])
    for response in (as_admin.get(restore), as_admin.post(restore, {"reason": " "})):
        assert response.status_code in (200, 422)
        assert english(response) == set()
    for address in (screen, url(Task, "change", task), url(Task, "history", task)):
        response = as_admin.get(address)
        assert "withdrawn" in response.content.decode() or address != screen
        assert english(response) == set(), address


def test_histories_with_every_kind_of_change_are_in_vietnamese(as_admin, full):
    """Rows that were made, changed in every field that a form has, and deleted."""
    for model in apps.get_models():
        if not is_tracked(model):
            continue
        history = model.history
        one = model._base_manager.order_by("-pk").first()
        one._change_reason = "Lý do"
        one.save()
        address = url(model, "history", one.pk)
        assert history.filter(id=one.pk).count() >= 2, model
        response = as_admin.get(address)
        assert "Thêm mới" in response.content.decode(), address
        assert english(response) == set(), address


def test_empty_forms_are_refused_in_vietnamese(as_admin):
    for model in REGISTERED:
        if model in READ_ONLY:
            continue
        address = url(model, "add")
        form = html.fromstring(as_admin.get(address).content.decode()).get_element_by_id(
            f"{model._meta.model_name}_form"
        )
        management = {name: value for name, value in form.form_values() if "_FORMS" in name}

        response = as_admin.post(address, management)

        assert response.status_code == 200, address
        assert "Chưa ghi nội dung này." in response.content.decode(), address
        assert english(response) == set(), address


def test_pages_carry_the_mark_of_the_demonstration(as_admin):
    assert "Dữ liệu minh họa" in as_admin.get(reverse("admin:index")).content.decode()

    Demonstration.objects.all().delete()

    assert "Dữ liệu minh họa" not in as_admin.get(reverse("admin:index")).content.decode()


def test_strangers_are_asked_to_log_in(client, full):
    for model in REGISTERED:
        address = url(model, "changelist")
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/dang-nhap/?next={address}")


# --- Lists --------------------------------------------------------------------------------------


@names
def test_list_asks_no_more_queries_for_more_rows(as_admin, full, model):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert as_admin.get(url(model, "changelist")).status_code == 200
        return len(captured)

    queries()  # the first request fills caches
    few = queries()
    for number in range(3, 7):
        add_one_of_each(full, number)

    assert queries() == few


@pytest.mark.parametrize(
    ("model", "typed", "found"),
    [
        ("units.unit", "PHONG u2", ["Phòng U2"]),
        ("units.unit", "don vi so 2", ["Phòng U2"]),
        ("units.unitgroup", "nhom nhom-2", ["Nhóm nhom-2"]),
        ("units.agency", "thong tin co-quan-2", ["Sở Thông tin và Truyền thông"]),
        ("units.user", "nguoi leadership", ["Người leadership"]),
        ("plans.plan", "ke hoach KH-2", ["Kế hoạch kh-2", "Kế hoạch kh-2023"]),
        ("plans.criterion", "tieu chi", ["Tiêu chí"]),
        ("plans.legaldocument", "vb-2", ["Kế hoạch số 2/"]),
        ("plans.measure", "chi tieu", ["Chỉ tiêu 1"]),
    ],
)
def test_lists_are_searched_without_accents_and_case(as_admin, model, typed, found):
    model = apps.get_model(model)

    response = as_admin.get(url(model, "changelist"), {"q": typed})

    assert sorted(str(one) for one in response.context["cl"].queryset) == found


def test_a_filter_that_does_not_exist_is_told_as_such(as_admin):
    response = as_admin.get(url(Task, "changelist"), {"plan__id__exact": "abc"}, follow=True)

    assert response.redirect_chain[-1][0].endswith("?e=1")
    assert response.status_code == 200
    page = Page(as_admin.get(url(Task, "changelist"), {"plan__id__exact": "abc", "e": "1"}))
    assert "Bộ lọc ghi trong địa chỉ của danh sách này không có hoặc sai giá trị." in page.text


def test_progress_is_searched_by_the_words_of_its_task(as_admin):
    address = url(ProgressUpdate, "changelist")

    assert as_admin.get(address, {"q": "LOI van"}).context["cl"].queryset.count() == 1
    assert as_admin.get(address, {"q": "khong co"}).context["cl"].queryset.count() == 0


def test_units_to_choose_are_found_without_accents_while_they_work(as_admin, full):
    full.b.is_active = False
    full.b.save()
    asked = {"app_label": "plans", "model_name": "assignment", "field_name": "unit"}

    response = as_admin.get(reverse("admin:autocomplete"), {**asked, "term": "phong"})

    names = [one["text"] for one in response.json()["results"]]
    assert names == ["Phòng VP", "Phòng A", "Phòng S", "Phòng U2"]


@pytest.mark.parametrize(
    ("model", "field", "typed", "found"),
    [
        ("assignment", "unit", "PHONG dien", ["Phòng Điện tử"]),
        ("assignment", "unit", "đien  TU", ["Phòng Điện tử"]),
        ("assignment", "group", "nhom dac biet", ["Nhóm đặc biệt"]),
        ("assignment", "group", "cac phong dac thu", ["Nhóm đặc biệt"]),
        ("measure", "task", "don doc duong day", ["9.9 Đôn đốc đường dây"]),
        ("measure", "criterion", "tieu chi dac", ["Tiêu chí đặc thù"]),
        ("criterion", "block", "DAC thu", ["1.1"]),
        ("block", "area", "linh vuc 1.1", ["1.1 Lĩnh vực 1.1"]),
    ],
)
def test_what_is_chosen_is_found_without_accents(as_admin, full, model, field, typed, found):
    make_unit(full.agency, "dt", name="Phòng Điện tử")
    group = make_group(full.agency, "db")
    group.name = "Nhóm đặc biệt"
    group.save()
    Alias.objects.create(agency=full.agency, group=group, name="Các phòng đặc thù")
    make_task(full.block, code="9.9", title="Đôn đốc đường dây")
    Criterion.objects.create(block=full.block, position=9, title="Tiêu chí đặc thù")
    asked = {"app_label": "plans", "model_name": model, "field_name": field, "term": typed}

    response = as_admin.get(reverse("admin:autocomplete"), asked)

    assert [one["text"] for one in response.json()["results"]] == found


def test_groups_are_chosen_by_typing(as_admin, full):
    page = html.fromstring(as_admin.get(url(Task, "change", full.task.pk)).content.decode())

    for name in ("lead_group", "support_group"):
        [choice] = page.xpath(f"//select[@name='{name}']")
        assert choice.get("data-ajax--url") == reverse("admin:autocomplete")
        assert choice.get("data-field-name") == "group"


def test_what_was_done_about_persons_is_on_no_page(as_admin, full):
    """Also not where something that cannot be deleted lists what stands in the way (S8)."""
    one = sanction(full, inspect_units(full), words="Điều kín")
    addresses = [
        *common_pages(),
        url(Inspection, "changelist"),
        url(Inspection, "change", one.inspection_id),
        url(type(full.a), "delete", full.a.pk),
        url(type(full.head), "delete", full.head.pk),
        url(type(full.plan), "delete", full.plan.pk),
    ]

    for address in addresses:
        shown = as_admin.get(address).content.decode()
        assert "Ví Dụ Kín" not in shown, address
        assert "Điều kín" not in shown, address
        assert "Phê bình" not in shown, address


# --- The history --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model.__name__)
def test_history_is_neither_added_nor_changed_nor_deleted(as_admin, model):
    before = contents()
    one = model.objects.earliest("pk")
    action = {"action": "delete_selected", "_selected_action": [one.pk], "post": "yes"}

    assert as_admin.post(url(model, "add"), {"reason": "x"}).status_code == 403
    assert as_admin.post(url(model, "change", one.pk), {"reason": "x"}).status_code == 403
    assert as_admin.post(url(model, "delete", one.pk), {"post": "yes"}).status_code == 403
    as_admin.post(url(model, "changelist"), action)

    assert contents() == before
    listed = as_admin.get(url(model, "changelist")).content.decode()
    assert "delete_selected" not in listed


def test_evidence_is_shown_by_name_and_size_without_an_address(as_admin, full):
    content = png()
    file = SimpleUploadedFile("Ảnh Đôn đốc.png", content)
    proof = NewEvidence(file=file, facts=inspect(file, file.name, file.size))
    update = record(full.lead, full.head, evidence=(proof,))
    evidence = update.evidence.get()

    for address in (
        url(Evidence, "changelist"),
        url(Evidence, "change", evidence.pk),
        url(ProgressUpdate, "change", update.pk),
    ):
        shown = as_admin.get(address).content.decode()
        assert "Ảnh Đôn đốc.png" in shown
        assert f"{len(content)} byte" in shown.replace("\xa0", " ")
        assert evidence.file.name not in shown


# --- Deleting what others stand on --------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "key", "advice"),
    [
        ("units.unit", lambda world: world.a.pk, "Bỏ chọn “đang hoạt động”"),
        ("units.user", lambda world: world.head.pk, "khóa tài khoản"),
        ("plans.plan", lambda world: world.plan.pk, "Kế hoạch đã có tiến độ"),
    ],
)
def test_what_has_history_is_not_deleted_and_the_page_says_what_to_do(
    as_admin, full, model, key, advice
):
    record(full.lead, full.head)
    before = contents()
    address = url(apps.get_model(model), "delete", key(full))

    for response in (as_admin.get(address), as_admin.post(address, {"post": "yes"})):
        shown = response.content.decode()
        assert "Không xóa được" in shown
        assert advice in shown
        assert english(response) == set()

    assert contents() == before


def test_page_that_refuses_to_delete_names_some_and_counts_the_rest(as_admin, full):
    for number in range(25):
        record(full.lead, full.head, result=f"Lần {number}")

    shown = as_admin.get(url(type(full.task), "delete", full.task.pk)).content.decode()

    assert "… và 10 mục khác" in shown
