"""The page of a file that is being made, and the file."""

from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans import rules
from reports import files, orders
from units.models import User

# Seconds until the page of an unfinished file asks again.
AGAIN = 3


@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """How far the file is; asks again by itself, in every browser, until it is there."""
    found = _found(request, order_id)
    response = render(request, "reports/order.html", {"order": found})
    response["Cache-Control"] = "private, no-store"
    if found.is_pending:
        response["Refresh"] = str(AGAIN)
    return response


@require_safe
def order_file(request: HttpRequest, order_id: UUID) -> HttpResponseBase:
    found = _found(request, order_id)
    if not found.is_done:
        raise Http404
    response = FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=files.FORMATS[found.format].media_type,
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def _found(request: HttpRequest, order_id: UUID) -> orders.Order:
    if not rules.may_see_consolidated_report(request.user):
        raise PermissionDenied
    try:
        return orders.find(order_id, cast("User", request.user))
    except orders.NoSuchOrder as error:
        raise Http404 from error
