"""The page of an order: asks again by an HTTP header, in every browser, until the work is done."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from units.orders import Order

# Seconds until the page of unfinished work asks again.
AGAIN = 3


def order_page(
    request: HttpRequest, order: Order, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """`template` with the order; templates/units/_order.html shows how far it is."""
    response = render(request, template, {**(context or {}), "order": order})
    response["Cache-Control"] = "private, no-store"
    if order.is_pending:
        response["Refresh"] = str(AGAIN)
    return response
