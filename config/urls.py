from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("units.urls")),
    path("", include("plans.urls")),
    path("", include("reports.urls")),
]
handler404 = "units.views.not_found"
