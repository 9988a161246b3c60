"""Content as canonical JSON with its SHA-256, and back.

Canonical: keys sorted, UTF-8, no spaces, dates as YYYY-MM-DD, decimals as strings, no floats. The
same content always gives the same bytes, and what was frozen is what is printed, whatever happens
to the data later.
"""

import datetime as dt
import hashlib
import json
import types
import typing
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from reports.content.model import ReportContent

# Raised when a field is added, renamed or removed, so that old files can still be read.
SCHEMA = 1


class NotReadable(ValueError):
    """The text is no frozen report of a schema that this program knows."""


def freeze(content: ReportContent) -> bytes:
    """The canonical JSON of a report."""
    document = {"schema": SCHEMA, "report": _plain(content)}
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def fingerprint(frozen: bytes) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(frozen).hexdigest()


def thaw(frozen: bytes) -> ReportContent:
    """The content that was frozen; NotReadable when it is no such thing."""
    try:
        document = json.loads(frozen)
        if document["schema"] != SCHEMA:
            raise NotReadable(f"schema {document['schema']}")
        content = _typed(ReportContent, document["report"])
    except (KeyError, TypeError, ArithmeticError, ValueError) as error:
        raise NotReadable(str(error)) from error
    assert isinstance(content, ReportContent)
    return content


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"{type(value).__name__} cannot be frozen")


def _typed(hint: Any, value: Any) -> Any:
    """`value` from JSON as the type that the field asks for."""
    if is_dataclass(hint):
        hints = _hints(typing.cast("type", hint))
        if value.keys() != hints.keys():
            raise NotReadable(f"{hint} has other fields: {sorted(value.keys() ^ hints.keys())}")
        return typing.cast("Any", hint)(**{k: _typed(hints[k], v) for k, v in value.items()})
    origin = typing.get_origin(hint)
    if origin is tuple:
        (item, _) = typing.get_args(hint)
        return tuple(_typed(item, one) for one in value)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
        return None if value is None else _typed(inner, value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint is Decimal or issubclass(hint, StrEnum):
        return hint(value)
    if type(value) is not hint:
        raise NotReadable(f"{value!r} is no {hint.__name__}")
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {one.name: hints[one.name] for one in fields(cls)}
