from django.urls import path

from plans.views import appendix, importing
from plans.views.dashboard import dashboard
from plans.views.extensions import answer, ask
from plans.views.my_work import my_work, unchanged
from plans.views.next_year import next_year
from plans.views.plan import choose
from plans.views.progress import decide, evidence, prepared_evidence
from plans.views.record import hand_back, record
from plans.views.register import add, register
from plans.views.remark import remark
from plans.views.soundness import soundness
from plans.views.steering.urls import urlpatterns as steering
from plans.views.task import task
from plans.views.tasks import choose_columns, task_list, task_print, view_change, view_list
from plans.views.units import unit_table
from plans.views.waiting import decide as decide_several
from plans.views.waiting import list_waiting

_PART = "nhiem-vu/<int:task_id>/<int:assignment_id>/"
_EXTENSION = "gia-han/<int:extension_id>/"

urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("ke-hoach/chon/", choose, name="plan-choose"),
    path("ke-hoach/nhap/", importing.start, name="plan-import"),
    path("ke-hoach/nhap/<int:import_id>/", importing.review, name="plan-import-review"),
    path("ke-hoach/phu-luc/<int:import_id>/", appendix.review, name="appendix-review"),
    path(
        "ke-hoach/phu-luc/<int:import_id>/tep-ghi-chu/",
        appendix.annotated,
        name="appendix-annotated",
    ),
    path("ke-hoach/<slug:code>/nam-sau/", next_year, name="plan-next-year"),
    path("ke-hoach/ra-soat/", soundness, name="plan-soundness"),
    path("viec-cua-toi/", my_work, name="my-work"),
    path("viec-cua-toi/khong-thay-doi/", unchanged, name="unchanged"),
    path("don-vi/", unit_table, name="unit-table"),
    path("nhiem-vu/", task_list, name="task-list"),
    path("nhiem-vu/in/", task_print, name="task-print"),
    path("nhiem-vu/cot/", choose_columns, name="columns-choose"),
    path("nhiem-vu/danh-sach/", view_list, name="view-list"),
    path("nhiem-vu/danh-sach/<int:view_id>/", view_change, name="view-change"),
    path("nhiem-vu/<int:task_id>/", task, name="task"),
    path(f"{_PART}cap-nhat/", record, name="progress-record"),
    path(f"{_PART}tra-chuan-bi/", hand_back, name="progress-give_back"),
    path(f"{_PART}rut-lai/", decide, {"act": "withdraw"}, name="progress-withdraw"),
    path(f"{_PART}xac-nhan/", decide, {"act": "confirm"}, name="progress-confirm"),
    path(f"{_PART}tra-lai/", decide, {"act": "send_back"}, name="progress-send_back"),
    path(f"{_PART}tam-dung/", decide, {"act": "pause"}, name="progress-pause"),
    path(f"{_PART}dung/", decide, {"act": "stop"}, name="progress-stop"),
    path(f"{_PART}tiep-tuc/", decide, {"act": "resume"}, name="progress-resume"),
    path(f"{_PART}mo-lai/", decide, {"act": "reopen"}, name="progress-reopen"),
    path(f"{_PART}gia-han/", ask, name="extension-ask"),
    path(f"{_EXTENSION}trinh/", answer, {"act": "forward"}, name="extension-forward"),
    path(f"{_EXTENSION}dong-y/", answer, {"act": "accept"}, name="extension-accept"),
    path(f"{_EXTENSION}khong-dong-y/", answer, {"act": "refuse"}, name="extension-refuse"),
    path("gop-y/<int:update_id>/", remark, name="remark"),
    path("cho-toi/", list_waiting, name="waiting"),
    path("cho-toi/xac-nhan/", decide_several, {"act": "confirm"}, name="waiting-confirm"),
    path("cho-toi/tra-lai/", decide_several, {"act": "send_back"}, name="waiting-send_back"),
    path("nhiem-vu-duoc-giao/", register, name="register"),
    path("nhiem-vu-duoc-giao/them/", add, name="register-add"),
    path("tai-lieu/<int:evidence_id>/", evidence, name="evidence"),
    path("tai-lieu-chuan-bi/<int:evidence_id>/", prepared_evidence, name="prepared-evidence"),
    *steering,
]
