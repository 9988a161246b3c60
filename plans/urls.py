from django.urls import path

from plans.views import appendix, importing
from plans.views.dashboard import dashboard
from plans.views.plan import choose
from plans.views.progress import decide, evidence, record
from plans.views.steering.urls import urlpatterns as steering
from plans.views.task import task
from plans.views.tasks import task_list

_PART = "nhiem-vu/<int:task_id>/<int:assignment_id>/"

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
    path("nhiem-vu/", task_list, name="task-list"),
    path("nhiem-vu/<int:task_id>/", task, name="task"),
    path(f"{_PART}cap-nhat/", record, name="progress-record"),
    path(f"{_PART}xac-nhan/", decide, {"act": "confirm"}, name="progress-confirm"),
    path(f"{_PART}tra-lai/", decide, {"act": "send_back"}, name="progress-send_back"),
    path(f"{_PART}tam-dung/", decide, {"act": "pause"}, name="progress-pause"),
    path(f"{_PART}tiep-tuc/", decide, {"act": "resume"}, name="progress-resume"),
    path(f"{_PART}mo-lai/", decide, {"act": "reopen"}, name="progress-reopen"),
    path("tai-lieu/<int:evidence_id>/", evidence, name="evidence"),
    *steering,
]
