from django.urls import path

from units import people_views
from units.views import (
    Login,
    Logout,
    PasswordChange,
    draft,
    draft_drop,
    notice_list,
    notice_open,
    notices_read,
)

urlpatterns = [
    path("dang-nhap/", Login.as_view(), name="login"),
    path("dang-xuat/", Logout.as_view(), name="logout"),
    path("thong-bao/", notice_list, name="notice-list"),
    path("thong-bao/da-doc/", notices_read, name="notices-read"),
    path("thong-bao/<int:notice_id>/", notice_open, name="notice-open"),
    path("doi-mat-khau/", PasswordChange.as_view(), name="password-change"),
    path("can-bo/nhap/", people_views.start, name="people-import"),
    path("can-bo/nhap/mau/", people_views.template, name="people-template"),
    path("can-bo/nhap/<int:import_id>/", people_views.review, name="people-import-review"),
    path("can-bo/nhap/<int:import_id>/mat-khau/", people_views.passwords, name="people-passwords"),
    path("nhap/", draft, name="draft"),
    path("nhap/bo/", draft_drop, name="draft-drop"),
]
