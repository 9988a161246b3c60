"""Django admin: where administrators keep agencies, units and accounts.

The order of registration is the order on the index page (units/admin_site.py).
"""

from units.admin import agencies, demonstration, notices, people, units

__all__ = ["agencies", "demonstration", "notices", "people", "units"]
