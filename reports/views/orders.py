"""The page of a file that is being made, and the file."""

from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from plans import rules
from reports import files, orders
from units.models import User
from units.order_pages import order_page
from units.orders import NoSuchOrder


@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """How far the file is; asks again by itself, in every browser, until it is there."""
    found = _found(request, order_id)
    return order_page(request, found, "reports/order.html")


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
    user = cast("User", request.user)
    try:
        found = orders.find(order_id, user)
    except NoSuchOrder as error:
        if not rules.may_see_consolidated_report(user):
            raise PermissionDenied from error
        raise Http404 from error
    if not found.may_be_read_by(user):
        raise PermissionDenied
    return found
