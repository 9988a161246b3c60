"""Where a person goes after something was recorded: to where they came from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

RETURN_TO = "ve"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that the form or its address names; else `otherwise`."""
    asked = request.POST.get(RETURN_TO) or request.GET.get(RETURN_TO, "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise
