"""Frozen records to plain data for JSON columns, and back, tolerant of what an older or newer version wrote.

A field that is missing takes its default, one that is not known is left out; so a stored row can always be read.
Data that comes from outside is checked where it comes in, not here.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, Union

Record = TypeVar("Record")


def to_data(value: Any) -> Any:
    """The value as dicts, lists, strings, numbers, booleans and None; fields that have their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            spot.name: to_data(found)
            for spot in dataclasses.fields(value)
            if (found := getattr(value, spot.name)) != _default(spot)
        }
    if isinstance(value, Mapping):
        return {str(key): to_data(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [to_data(one) for one in value]
    if isinstance(value, str):
        return clean(value)
    return value


def clean(text: str) -> str:
    """Text that every database takes: without the null character and without halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def from_data(kind: type[Record], data: Mapping[str, Any]) -> Record:
    """A record out of what `to_data` wrote. Raises KeyError when a field without a default is missing."""
    hints, found = _hints(kind), {}  # type: ignore[arg-type]
    for spot in dataclasses.fields(kind):  # type: ignore[arg-type]
        if spot.name in data:
            found[spot.name] = _value(hints[spot.name], data[spot.name])
        elif _default(spot) is dataclasses.MISSING:
            raise KeyError(f"{kind.__name__}.{spot.name}")
    return kind(**found)


def _value(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return from_data(hint, data)
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(data, list | tuple):
        inside = typing.get_args(hint)
        if len(inside) == 2 and inside[1] is ...:
            return tuple(_value(inside[0], one) for one in data)
        return tuple(_value(part, one) for part, one in zip(inside, data, strict=False))
    if origin in (Union, types.UnionType):
        return _value(_member(hint, data), data)
    if hint is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    return data


def _member(hint: Any, data: Any) -> Any:
    """The member of a union that fits the shape of the data; scalars are taken as they are."""
    members = [one for one in typing.get_args(hint) if one is not type(None)]
    if len(members) == 1:
        return members[0]
    if isinstance(data, Mapping):
        return next((one for one in members if dataclasses.is_dataclass(one)), Any)
    if isinstance(data, list):
        return next((one for one in members if typing.get_origin(one) is tuple), Any)
    return Any


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _default(spot: dataclasses.Field[Any]) -> Any:
    if spot.default is not dataclasses.MISSING:
        return spot.default
    return spot.default_factory() if spot.default_factory is not dataclasses.MISSING else dataclasses.MISSING
