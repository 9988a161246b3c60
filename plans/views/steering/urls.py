"""The addresses under "Điều hành"."""

from django.urls import URLPattern, path

from plans.moves import MatterKind
from plans.views.steering import inspections as checks
from plans.views.steering import matters, opening


def _matters(kind: MatterKind, under: str) -> list[URLPattern]:
    """List, page and next step of one kind of matter."""
    one = {"kind": kind}
    return [
        path(f"{under}/", matters.matter_list, one, name=f"{kind}-list"),
        path(f"{under}/<int:matter_id>/", matters.matter, one, name=kind.value),
        path(f"{under}/<int:matter_id>/<slug:slug>/", matters.step, one, name=f"{kind}-step"),
    ]


urlpatterns = [
    path("chi-dao/moi/", opening.directive_new, name="directive-new"),
    path("don-doc/moi/<slug:code>/", opening.urging_new, name="urging-new"),
    path("kho-khan/moi/", opening.difficulty_new, name="difficulty-new"),
    path(
        "kho-khan/tu-cap-nhat/<int:update_id>/",
        opening.difficulty_from_update,
        name="difficulty-from-update",
    ),
    *_matters(MatterKind.DIRECTIVE, "chi-dao"),
    *_matters(MatterKind.URGING, "don-doc"),
    *_matters(MatterKind.DIFFICULTY, "kho-khan"),
    *_matters(MatterKind.REMEDY, "khac-phuc"),
    path("dieu-hanh/tep/<int:file_id>/", matters.step_file, name="step-file"),
    path("kiem-tra/", checks.inspection_list, name="inspection-list"),
    path("kiem-tra/moi/", checks.inspection_new, name="inspection-new"),
    path("kiem-tra/<int:inspection_id>/", checks.inspection, name="inspection"),
    path("kiem-tra/<int:inspection_id>/ton-tai/", checks.finding_new, name="finding-new"),
    path("kiem-tra/<int:inspection_id>/xu-ly/", checks.sanction_new, name="sanction-new"),
    path("kiem-tra/ton-tai/<int:finding_id>/", checks.remedy_new, name="remedy-new"),
    path("quan-triet/", opening.dissemination_list, name="dissemination-list"),
]
