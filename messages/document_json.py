"""Document → plain JSON values: for `.json`, for Typst, and for whoever builds on it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def as_json(value: object) -> Any:
    """Dataclasses as objects by field name, tuples as lists, Decimal as text with its digits."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [as_json(part) for part in value]
    kind: type[object] = type(value)
    if is_dataclass(kind):
        return {name: as_json(getattr(value, name)) for name in _names(kind)}
    raise TypeError(kind)


def encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def document_json(document: object) -> bytes:
    """The Document as indented JSON in UTF-8, without the drawings' SVG."""
    sheet = as_json(document)
    for step in sheet["steps"]:
        if step["picture"]:
            del step["picture"]["svg"]
    if sheet["ask_picture"]:
        del sheet["ask_picture"]["svg"]
    for month in sheet["calendar"]["months"] if sheet["calendar"] else ():
        del month["svg"]
    if sheet["code"]:
        del sheet["code"]["svg"]
    sheet["furniture"] = dict(sheet["furniture"])
    return (json.dumps(sheet, ensure_ascii=False, indent=2) + "\n").encode()
