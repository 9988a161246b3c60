"""The admin's rows of the table of permissions (tests/test_permissions.py)."""

from django.contrib import admin
from django.urls import reverse

from plans.models import Task

# An administrator's answers at an address: to a GET, and to a form that says nothing.
Answers = tuple[int, int]

# The pages of a model.
KEPT: dict[str, Answers] = {
    "changelist": (200, 200),
    "add": (200, 200),
    "change": (200, 200),
    "history": (200, 200),
    "delete": (200, 200),  # asks once more
}
LOOKED_AT = KEPT | {"add": (403, 403), "change": (200, 403), "delete": (403, 403)}

KEPT_MODELS = """
    plans_area plans_block plans_criterion plans_indicator plans_legaldocument plans_measure
    plans_plan plans_task units_agency units_unit units_unitgroup units_user
"""
LOOKED_AT_MODELS = """
    plans_absence plans_appendiximport plans_assignment plans_carryover plans_difficulty
    plans_directive plans_dissemination plans_duedatechange plans_evidence plans_extension
    plans_extensionstep plans_importcorrection plans_inspection plans_measurevalue plans_planimport
    plans_prepared plans_progressupdate plans_remark plans_remedy plans_stepfile plans_taskchange
    plans_urging reports_consolidatedreport reports_issuedfile reports_passageedit
    reports_reportstep reports_round reports_roundreminder reports_sectionedit reports_unitreport
    reports_unitreportstep units_demonstration units_notice units_peopleimport
"""

OTHER: dict[str, Answers] = {
    "index": (200, 200),
    "app_list": (200, 200),
    "jsi18n": (200, 405),
    "autocomplete": (403, 405),  # of no field
    "view_on_site": (404, 404),  # nothing has such a page
    "logout": (405, 302),
    "password_change": (302, 302),
    "password_change_done": (302, 302),
    "auth_user_password_change": (200, 200),
    "plans_plan_chosen": (302, 302),
    "plans_plan_appendix": (200, 422),
    "plans_plan_merge": (200, 422),
    "plans_plan_split": (200, 422),
    "plans_plan_withdraw": (200, 422),
    "plans_plan_restore": (200, 422),
    "plans_plan_units": (200, 422),
}

_PAGES_OF_MODELS = {
    f"{model}_{page}": one
    for models, pages in ((KEPT_MODELS, KEPT), (LOOKED_AT_MODELS, LOOKED_AT))
    for model in models.split()
    for page, one in pages.items()
}
ADMINISTRATORS_ANSWERS: dict[str, Answers] = {
    f"admin:{name}": one for name, one in (_PAGES_OF_MODELS | OTHER).items()
}


def admin_addresses(world) -> dict[str, str]:
    """Those of `ADMINISTRATORS_ANSWERS`, each of a row that is there."""
    plan = [world.plan.pk]
    task = [*plan, world.task.pk]
    arguments = {
        "app_list": ["plans"],
        "view_on_site": [1, 1],
        "auth_user_password_change": [world.staff.pk],
        "plans_plan_appendix": plan,
        "plans_plan_merge": plan,
        "plans_plan_units": plan,
        "plans_plan_split": task,
        "plans_plan_withdraw": task,
        "plans_plan_restore": Task.objects.exclude(withdrawn_on=None).values_list("plan", "pk")[0],
    }
    for model in admin.site._registry:
        last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        assert last is not None, f"no row of {model} was made"
        for page in ("change", "history", "delete"):
            arguments[f"{model._meta.app_label}_{model._meta.model_name}_{page}"] = [last]
    found = {
        name: reverse(name, args=arguments.get(name.removeprefix("admin:")))
        for name in ADMINISTRATORS_ANSWERS
    }
    both = f"?nhiem-vu={world.task.pk}&nhiem-vu={world.other_task.pk}"
    return found | {"admin:plans_plan_merge": found["admin:plans_plan_merge"] + both}
