"""Turns what pydantic finds wrong with plain data into faults that a person can mend."""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from scrutinybook.errors import Fault, nearest


class Refused(ValueError):
    """What a field's own check raises: the words of a fault, but for its place."""

    def __init__(self, found: str, allowed: str = "", mend: str = "") -> None:
        super().__init__(found)
        self.found, self.allowed, self.mend = found, allowed, mend


_short = reprlib.Repr()
_short.maxstring = _short.maxother = 70
_short.maxlevel, _short.maxlist, _short.maxdict = 2, 4, 4

_TYPES = {
    "string_type": "text",
    "tuple_type": "a list: entries one below the other, each after a dash",
    "list_type": "a list: entries one below the other, each after a dash",
    "dict_type": "keys and values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number that can be counted with",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
}


def shown(value: Any) -> str:
    """A value as a fault shows it: cut short where it is long."""
    if value is None:
        return "nothing"
    return _short.repr(value)


def as_fault(detail: ErrorDetails, label: str, model: type[BaseModel], data: Any = None) -> Fault:
    """One of pydantic's errors as a fault of the file that `label` names.

    `data` is what was read: it tells a number that is a key from the place of an entry in a list.
    """
    place, value, kind = detail["loc"], detail["input"], detail["type"]
    if kind == "invalid_key" or place[-1:] == ("[key]",):
        place = place[:-1] if kind == "invalid_key" else place[:-2]
        kind = "invalid_key"
    where = f"{label}: {_key_path(place, data)}" if place else label
    carried = detail.get("ctx", {}).get("error")
    if isinstance(carried, Refused):
        return Fault(where, carried.found, carried.allowed, carried.mend)
    if kind in _SAID:
        return _SAID[kind](where, detail, model)
    if kind in _TYPES:
        return Fault(where, shown(value), _TYPES[kind], _how_to_write(value, kind))
    message = str(carried) if carried is not None else detail["msg"]
    # A check of several keys together: its input is all of them, which would fill the screen.
    found = message if isinstance(value, dict | list) else f"{shown(value)}: {message}"
    return Fault(where, found)


def _how_to_write(value: Any, kind: str) -> str:
    if value is None:
        return "write it after the colon, or remove the key"
    # YAML takes words such as no and 12 for something else than text.
    is_taken = kind == "string_type" and isinstance(value, bool | int | float)
    return "put it between quotation marks" if is_taken else ""


def _key_path(loc: tuple[int | str, ...], data: Any) -> str:
    words = []
    for part in loc:
        is_key = isinstance(data, dict) and part in data
        # Entries of a list are counted from one, as people count.
        words.append(str(part) if isinstance(part, str) or is_key else f"entry {part + 1}")
        is_entry = isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)
        data = data[part] if is_key or is_entry else None
    return ", ".join(words)


def _missing(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    return Fault(where, "this key is missing", mend="add it")


def _no_text_key(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    return Fault(where, f"the key {shown(detail['input'])} is not text", "text")


def _empty(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    return Fault(where, "empty", "text" if isinstance(detail["input"], str) else "one or more")


def _too_long(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    allowed = f"up to {detail['ctx']['max_length']} characters"
    return Fault(where, shown(detail["input"]), allowed, "say it in fewer words")


def _no_keys(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    fields = ", ".join(_fields_at(model, detail["loc"]))
    return Fault(where, shown(detail["input"]), f"keys and values: {fields}")


def _unknown_key(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    fields = _fields_at(model, detail["loc"][:-1])
    name = str(detail["loc"][-1])
    mend = nearest(name, fields) or "remove it"
    found = f"unknown key {name!r} (value {shown(detail['input'])})"
    return Fault(where, found, ", ".join(fields), mend)


def _not_one_of(where: str, detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    value, expected = detail["input"], str(detail["ctx"]["expected"])
    options = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
    found = f"{shown(value)} is not allowed"
    return Fault(where, found, ", ".join(options), nearest(str(value), options))


def _fields_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are valid at a place inside nested models."""
    current: Any = model
    for part in loc:
        if hasattr(current, "model_fields") and part in current.model_fields:
            current = _inner_model(current.model_fields[str(part)].annotation)
    return list(current.model_fields) if hasattr(current, "model_fields") else []


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_model(argument) for argument in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found is not None), None)


_SAID: dict[str, Callable[[str, ErrorDetails, type[BaseModel]], Fault]] = {
    "missing": _missing,
    "invalid_key": _no_text_key,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_one_of,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "model_type": _no_keys,
}
"""How each of pydantic's kinds of error is said, where it has words of its own."""
