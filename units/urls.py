from django.urls import path

from units.views import Login, Logout, PasswordChange, draft, draft_drop

urlpatterns = [
    path("dang-nhap/", Login.as_view(), name="login"),
    path("dang-xuat/", Logout.as_view(), name="logout"),
    path("doi-mat-khau/", PasswordChange.as_view(), name="password-change"),
    path("nhap/", draft, name="draft"),
    path("nhap/bo/", draft_drop, name="draft-drop"),
]
