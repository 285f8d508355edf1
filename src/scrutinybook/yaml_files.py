"""Reads a YAML file into a typed model, or says in plain words all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from scrutinybook.errors import Fault, FaultsFound, nearest


class Strict(BaseModel):
    """A model that refuses keys it does not know and cannot be changed once made."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Model = TypeVar("Model", bound=Strict)


class _Loader(yaml.SafeLoader):
    """Plain YAML, but dates stay text and a key that stands twice is an error, not a loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules if not tag.endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path, label: str) -> Any:
    """Read one YAML file.

    `label` is the file's name as faults show it. Raises `FaultsFound` where the file is missing,
    is not UTF-8 text or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FaultsFound([Fault(label, "there is no such file")]) from None
    except UnicodeDecodeError as error:
        fault = Fault(label, f"not UTF-8 text (byte {error.start})", mend="save it as UTF-8")
        raise FaultsFound([fault]) from None
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{label}, line {mark.line + 1}" if mark else label
        problem = getattr(error, "problem", None) or "not readable as YAML"
        mend = "check the indentation and the colons around this line"
        raise FaultsFound([Fault(where, f"not valid YAML: {problem}", mend=mend)]) from None


def read_model(path: Path, label: str, model: type[Model]) -> Model:
    """Read a YAML file into `model`. Raises `FaultsFound` with every fault of the file at once."""
    data = read_yaml(path, label)
    if not isinstance(data, dict):
        kind = "empty" if data is None else f"a {type(data).__name__}"
        fields = ", ".join(model.model_fields)
        raise FaultsFound([Fault(label, f"the file is {kind}", f"keys and values: {fields}")])
    return validate(data, label, model)


def validate(data: dict[str, Any], label: str, model: type[Model]) -> Model:
    """Turn plain data into `model`. Raises `FaultsFound` with every fault at once."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise FaultsFound([_as_fault(detail, label, model) for detail in details]) from None


def _as_fault(detail: ErrorDetails, label: str, model: type[Strict]) -> Fault:
    place = [str(part) for part in detail["loc"]]
    where = f"{label}: {_key_path(detail['loc'])}" if place else label
    context = detail.get("ctx", {})
    explain: dict[str, Callable[[], Fault]] = {
        "extra_forbidden": lambda: _unknown_key(where, detail, model),
        "missing": lambda: Fault(where, "this key is missing", mend="add it"),
        "literal_error": lambda: _not_one_of(where, detail["input"], str(context["expected"])),
    }
    known = explain.get(detail["type"])
    if known is not None:
        return known()
    carried = context.get("error")
    message = str(carried) if carried is not None else detail["msg"]
    return Fault(where, f"{detail['input']!r}: {message}")


def _key_path(loc: tuple[int | str, ...]) -> str:
    # Entries of a list are counted from one, as people count.
    words = [f"entry {part + 1}" if isinstance(part, int) else part for part in loc]
    return ", ".join(words)


def _unknown_key(where: str, detail: ErrorDetails, model: type[Strict]) -> Fault:
    fields = _fields_at(model, detail["loc"][:-1])
    name = str(detail["loc"][-1])
    hint = nearest(name, fields) or "remove it, or look at the list of keys above"
    return Fault(
        where, f"unknown key {name!r} (value {detail['input']!r})", ", ".join(fields), hint
    )


def _not_one_of(where: str, value: Any, expected: str) -> Fault:
    options = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
    return Fault(
        where, f"{value!r} is not allowed", ", ".join(options), nearest(str(value), options)
    )


def _fields_at(model: type[Strict], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are valid at a place inside nested models."""
    current: Any = model
    for part in loc:
        if (
            isinstance(current, type)
            and issubclass(current, BaseModel)
            and part in current.model_fields
        ):
            current = _inner_model(current.model_fields[str(part)].annotation)
    return list(current.model_fields) if hasattr(current, "model_fields") else []


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if inner is not None:
            return inner
    return None
