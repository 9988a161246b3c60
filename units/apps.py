from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Cơ quan, đơn vị, cán bộ"


class AdministrationConfig(admin_apps.AdminConfig):
    """Django admin with our own site (units/admin_site.py)."""

    default = False  # "units" in INSTALLED_APPS means UnitsConfig
    default_site = "units.admin_site.Site"
