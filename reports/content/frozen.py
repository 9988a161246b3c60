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
from collections.abc import Callable
from dataclasses import Field, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from json.encoder import encode_basestring
from typing import Any, TypeVar, overload

from reports.content.model import ReportContent

# Raised when a field is renamed or removed; one that is added has a default (content/model.py).
SCHEMA = 1

Content = TypeVar("Content")


class NotReadable(ValueError):
    """The text is no frozen report of a schema that this program knows."""


def freeze(content: Any) -> bytes:
    """The canonical JSON of a report: a dataclass of plain fields."""
    return f'{{"report":{_json(content)},"schema":{SCHEMA}}}'.encode()


def fingerprint(frozen: bytes) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(frozen).hexdigest()


@overload
def thaw(frozen: bytes) -> ReportContent: ...
@overload
def thaw(frozen: bytes, kind: type[Content]) -> Content: ...
def thaw(frozen: bytes, kind: type[Any] = ReportContent) -> Any:
    """The content of the class `kind` that was frozen; NotReadable when it is no such thing."""
    try:
        document = json.loads(frozen)
        if document["schema"] != SCHEMA:
            raise NotReadable(f"schema {document['schema']}")
        content = _reader(typing.cast("Any", kind))(document["report"])
    except (AttributeError, KeyError, TypeError, ArithmeticError, ValueError) as error:
        raise NotReadable(str(error)) from error
    return content


def _json(value: Any) -> str:
    """A value as JSON; TypeError for what JSON cannot hold exactly.

    Written at once: a tree of dictionaries of a large report would take ten times its memory.
    """
    cls: Any = type(value)
    return _writer(cls)(value)


@cache
def _writer(cls: Any) -> Callable[[Any], str]:
    if cls is str:
        return encode_basestring
    if cls is int:
        return str
    if cls in (bool, type(None)):
        return {True: "true", False: "false", None: "null"}.__getitem__
    if is_dataclass(cls):
        return _record_writer(cls)
    if cls is tuple:
        return lambda value: f"[{','.join(map(_json, value))}]"
    if issubclass(cls, StrEnum):
        return lambda value: encode_basestring(str(value))
    if cls is Decimal:
        return lambda value: f'"{value:f}"'
    if cls is dt.date:
        return lambda value: f'"{value.isoformat()}"'
    raise TypeError(f"{cls.__name__} cannot be frozen")


def _record_writer(cls: Any) -> Callable[[Any], str]:
    """Keys in their order, each with its default if it is left out while it has that."""
    known = sorted(fields(cls), key=lambda one: one.name)
    names = [
        (one.name, f'"{one.name}":', one.default if _is_added(one) else _NEVER) for one in known
    ]

    def write(value: Any) -> str:
        said = []
        for name, key, default in names:
            one = getattr(value, name)
            if default is _NEVER or one != default:
                said.append(key + _json(one))
        return f"{{{','.join(said)}}}"

    return write


_NEVER = object()


def _is_added(field: "Field[Any]") -> bool:
    return bool(field.metadata.get("added"))


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns a value from JSON into the type that a field asks for."""
    if is_dataclass(hint):
        return _record_reader(hint)
    origin = typing.get_origin(hint)
    if origin is tuple:
        read = _reader(typing.get_args(hint)[0])
        return lambda value: tuple(map(read, value))
    if origin in (types.UnionType, typing.Union):
        (inner,) = (_reader(arg) for arg in typing.get_args(hint) if arg is not type(None))
        return lambda value: None if value is None else inner(value)
    if hint is dt.date:
        return dt.date.fromisoformat
    if hint is Decimal or issubclass(hint, StrEnum):
        return typing.cast("Callable[[Any], Any]", hint)
    return lambda value: _exactly(hint, value)


def _record_reader(cls: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(cls)
    readers = [(one.name, _reader(hints[one.name])) for one in fields(cls)]
    names = {name for name, _ in readers}
    needed = {one.name for one in fields(cls) if not _is_added(one)}

    def read(value: Any) -> Any:
        if not needed <= value.keys() <= names:
            raise NotReadable(f"{cls} has other fields: {sorted(value.keys() ^ names)}")
        return cls(**{name: reader(value[name]) for name, reader in readers if name in value})

    return read


def _exactly(cls: type, value: Any) -> Any:
    if type(value) is not cls:
        raise NotReadable(f"{value!r} is no {cls.__name__}")
    return value
