from django.urls import path

from units.views import Login, Logout, PasswordChange

urlpatterns = [
    path("dang-nhap/", Login.as_view(), name="login"),
    path("dang-xuat/", Logout.as_view(), name="logout"),
    path("doi-mat-khau/", PasswordChange.as_view(), name="password-change"),
]
