"""JSON Schema (draft 2020-12) of the plain data of each type of body, read off the same hints as the codec."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union

from seci.artifacts.body import class_of
from seci.artifacts.codec import TAG, classes_of, default_of, hints_of, tag_of

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def json_schema(type_name: str) -> dict[str, Any]:
    """The schema of a type's body. What `body.from_data` takes meets it; that ids are unique and targets exist is
    beyond what it can say."""
    root = class_of(type_name)
    found: dict[str, Any] = {}
    _define(root, found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": type_name.replace("_", " "),
        "$ref": f"#/$defs/{root.__name__}",
        "$defs": found,
    }


def _define(kind: type, found: dict[str, Any], *, tagged: bool = False) -> dict[str, Any]:
    """A reference to the schema of a class. Where several classes can stand, each says which it is."""
    name = kind.__name__
    if name not in found:
        shape: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
        found[name] = shape
        if tagged:
            shape["properties"][TAG] = {"const": tag_of(kind)}
            shape["required"].append(TAG)
        hints = hints_of(kind)
        for spot in fields(kind):
            shape["properties"][spot.name] = _schema(hints[spot.name], found)
            if default_of(spot) is MISSING:
                shape["required"].append(spot.name)
    return {"$ref": f"#/$defs/{name}"}


def _schema(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    origin = typing.get_origin(hint)
    if origin is Literal:
        return {"enum": list(typing.get_args(hint))}
    if origin is tuple:
        return {"type": "array", "items": _schema(typing.get_args(hint)[0], found)}
    if origin in (Union, types.UnionType):
        classes = classes_of(hint)
        members = [one for one in typing.get_args(hint) if one not in classes]
        several = [_define(one, found, tagged=len(classes) > 1) for one in classes]
        return {"anyOf": [*several, *(_schema(one, found) for one in members)]}
    return _define(hint, found) if is_dataclass(hint) else dict(_SCALARS[hint])  # type: ignore[arg-type]
