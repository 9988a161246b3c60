"""Dates, numbers and signs in templates, from the same functions as everywhere else."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.vietnamese import dates, numbers
from plans.signs import sign_html, signs_address
from units.kept_text import keep_note
from units.models import User

register = template.Library()


@register.filter
def day(value: dt.date | None, nothing: str = "–") -> str:
    """30/11/2023; `nothing` for no day."""
    return dates.short(value) or nothing


@register.filter
def percent(value: Decimal | None) -> str:
    """61,5%"""
    return numbers.percent(value)


@register.filter
def number(value: Decimal | int) -> str:
    """1.234,5"""
    return numbers.format_decimal(value)


@register.filter
def file_size(size: int) -> str:
    """70 B, 1,5 KB, 0,2 MB"""
    return numbers.file_size(size)


@register.simple_tag
def sign(name: str) -> SafeString:
    """The drawn sign of a state; the word that says the same stands beside it."""
    return mark_safe(sign_html(escape(name), signs_address()))  # noqa: S308


@register.simple_tag
def keep_as(user: User, name: str, page: str) -> str:
    """The value of a form's hidden field that lets its text outlive the session."""
    return keep_note(user, name, page)
