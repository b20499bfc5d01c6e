"""Plain data for JSON out of the dataclasses of this room, and back again, read off their type hints.

A field that has its default value is left out. Where a field may hold one of several classes, the data says which
under `kind` ("split", "leaf").
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, Union

from seci.kit.errors import BadInput

TAG = "kind"
DEEPEST = 60
_HINTS: dict[type, dict[str, Any]] = {}


def encode(value: Any) -> Any:
    """The value as dicts, lists, strings, numbers, booleans and None."""
    if is_dataclass(value) and not isinstance(value, type):
        hints = hints_of(type(value))
        return {
            spot.name: _encode_as(hints[spot.name], getattr(value, spot.name))
            for spot in fields(value)
            if getattr(value, spot.name) != default_of(spot)
        }
    if isinstance(value, tuple | list):
        return [encode(one) for one in value]
    return value


def _encode_as(hint: Any, value: Any) -> Any:
    data = encode(value)
    if is_dataclass(value) and len(classes_of(hint)) > 1:
        return {TAG: tag_of(type(value)), **data}
    return data


def decode(hint: Any, data: Any, where: str = "", depth: int = 0) -> Any:
    """Data as a value of the hinted type.

    Raises BadInput that names the place ("items[2].points") and what belongs there.
    """
    if depth > DEEPEST:
        raise BadInput(f"{where or 'The data'} is nested more than {DEEPEST} levels deep; split it into smaller parts.")
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint, data, where, depth)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _row(typing.get_args(hint)[0], data, where, depth)
    if origin is Literal:
        choices = typing.get_args(hint)
        if data in choices and isinstance(data, str):
            return data
        raise BadInput(f"{where} must be one of {', '.join(choices)}, not {shown(data)}.")
    if origin in (Union, types.UnionType):
        return _either(hint, data, where, depth)
    return _scalar(hint, data, where)


def _object(kind: type, data: Any, where: str, depth: int, tagged: bool = False) -> Any:
    if not isinstance(data, Mapping):
        raise BadInput(f"{where or 'The data'} must be an object with named fields, not {shown(data)}.")
    hints, inside, found = hints_of(kind), f"{where}." if where else "", {}
    spots = {spot.name: spot for spot in fields(kind)}
    for name in data:
        if name not in spots and not (tagged and name == TAG):
            raise BadInput(f"{where or 'The data'} has no field {shown(name)}; it knows {', '.join(spots)}.")
    for name, spot in spots.items():
        if name in data:
            found[name] = decode(hints[name], data[name], f"{inside}{name}", depth + 1)
        elif default_of(spot) is MISSING:
            raise BadInput(f"{inside}{name} is missing; every {tag_of(kind)} needs it.")
    return kind(**found)


def _row(hint: Any, data: Any, where: str, depth: int) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise BadInput(f"{where} must be a list, not {shown(data)}.")
    return tuple(decode(hint, one, f"{where}[{at}]", depth + 1) for at, one in enumerate(data))


def _either(hint: Any, data: Any, where: str, depth: int) -> Any:
    members = typing.get_args(hint)
    if data is None and type(None) in members:
        return None
    classes = classes_of(hint)
    if len(classes) == 1 and isinstance(data, Mapping):
        return decode(classes[0], data, where, depth)
    if classes:
        named = {tag_of(one): one for one in classes}
        tag = data.get(TAG) if isinstance(data, Mapping) else None
        if not isinstance(tag, str) or tag not in named:
            raise BadInput(f'{where} must be an object with "{TAG}" set to {" or ".join(named)}, not {shown(data)}.')
        return _object(named[tag], data, where, depth, tagged=True)
    for member in members:
        if _fits(member, data):
            return decode(member, data, where, depth + 1)
    wanted = ", ".join(_word(member) for member in members)
    raise BadInput(f"{where} must be one of {wanted}, not {shown(data)}.")


def _fits(hint: Any, data: Any) -> bool:
    if typing.get_origin(hint) is tuple:
        return isinstance(data, list | tuple)
    if hint is float:
        return isinstance(data, int | float) and not isinstance(data, bool)
    return isinstance(data, hint)


def _scalar(hint: Any, data: Any, where: str) -> Any:
    if hint is str and isinstance(data, str):
        return _text(data, where)
    if hint is bool and isinstance(data, bool):
        return data
    if hint is int and isinstance(data, int) and not isinstance(data, bool):
        return data
    if hint is float and isinstance(data, int | float) and not isinstance(data, bool):
        if not math.isfinite(data):
            raise BadInput(f"{where} must be a finite number, not {data}.")
        return float(data)
    raise BadInput(f"{where} must be {_word(hint)}, not {shown(data)}.")


def _text(data: str, where: str) -> str:
    for at, letter in enumerate(data):
        if letter == "\0" or "\ud800" <= letter <= "\udfff":
            raise BadInput(f"{where} has a character at place {at + 1} that no text can hold; take it out.")
    return data


def _word(hint: Any) -> str:
    words = {str: "text", bool: "true or false", int: "a whole number", float: "a number", type(None): "nothing"}
    return words.get(hint, "a list")


def shown(data: Any) -> str:
    """Found data in a message: short, and never more than fits a line."""
    if isinstance(data, str):
        return f'"{data[:40]}…"' if len(data) > 40 else f'"{data}"'
    if data is None:
        return "nothing"
    if isinstance(data, Mapping):
        return "an object"
    return "a list" if isinstance(data, list | tuple) else str(data).lower()[:40]


def hints_of(kind: type) -> dict[str, Any]:
    """The type hints of a dataclass, by field."""
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def classes_of(hint: Any) -> list[type]:
    """The dataclasses among which a value of this hint chooses."""
    members = typing.get_args(hint) if typing.get_origin(hint) in (Union, types.UnionType) else (hint,)
    return [one for one in members if isinstance(one, type) and is_dataclass(one)]


def tag_of(kind: type) -> str:
    return kind.__name__.lower()


def default_of(spot: Field[Any]) -> Any:
    """The default of a field; MISSING where it has none."""
    return spot.default_factory() if spot.default_factory is not MISSING else spot.default
