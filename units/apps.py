from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Cơ quan, đơn vị, cán bộ"

    def ready(self) -> None:
        from units import freshness

        post_migrate.connect(freshness.after_migrate, sender=self)


class AdministrationConfig(admin_apps.AdminConfig):
    """Django admin with our own site (units/admin_site.py)."""

    default = False  # "units" in INSTALLED_APPS means UnitsConfig
    default_site = "units.admin_site.Site"
