"""Reads a YAML file into a typed model, or says in plain words all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from yaml.constructor import SafeConstructor
from yaml.reader import ReaderError

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.model_faults import as_fault
from scrutinybook.yaml_bounds import bounds_fault, checked_number, checked_text


class Strict(BaseModel):
    """A model that refuses keys it does not know and numbers that nothing can be counted with, and
    cannot be changed once made."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False
    )


Model = TypeVar("Model", bound=Strict)

_MERGE = "tag:yaml.org,2002:merge"
_MENDS = (
    ("'\\t'", "indent with spaces; YAML allows no tabs there"),
    ("stands twice", "keep one of the two"),
    ("another document", "remove the line ---; one file is one set of keys"),
    ("constructor for the tag", "remove the word that begins with an exclamation mark"),
    ("mapping values", "put a text that has a colon in it between quotation marks"),
    ("invisible character", "delete it; writing the words anew is the surest"),
    ("a text of", "keep to what a page can show"),
    ("a number of", "check the digits, or put it between quotation marks if it is a text"),
)
"""Words of a YAML problem, and what to do about it."""


class _Constructor(SafeConstructor):
    """Plain YAML, but a key that stands twice is an error, not a loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(
                    problem="a list or a set of keys stands where a key should",
                    problem_mark=key_node.start_mark,
                )
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def _text(reader: SafeConstructor, node: yaml.ScalarNode) -> Any:
    return _checked(node, checked_text, reader.construct_yaml_str(node))


def _number(reader: SafeConstructor, node: yaml.ScalarNode) -> Any:
    _checked(node, checked_number, node.value)
    is_whole = node.tag.endswith(":int")
    return reader.construct_yaml_int(node) if is_whole else reader.construct_yaml_float(node)


def _checked(node: yaml.Node, check: Callable[..., Any], *given: Any) -> Any:
    """What a check gives back; what it refuses as a problem with its place in the file."""
    try:
        return check(*given)
    except ValueError as error:
        raise yaml.MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from None


class _Loader(_Constructor, yaml.SafeLoader):
    """Reads slowly, and says what is wrong in the words that people are given."""


class _FastLoader(_Constructor, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads ten times as fast, in C where PyYAML was built with it."""


_loaders: tuple[Any, ...] = (_Loader, _FastLoader)
for _each in _loaders:
    # Dates stay text.
    _each.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in rules if not tag.endswith(":timestamp")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    for _kind, _read in (("str", _text), ("int", _number), ("float", _number)):
        _each.add_constructor(f"tag:yaml.org,2002:{_kind}", _read)


def read_yaml(path: Path, label: str) -> Any:
    """Read one YAML file.

    `label` is the file's name as faults show it. Raises `FaultsFound` where the file is missing,
    cannot be opened, is not UTF-8 text or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FaultsFound([Fault(label, "there is no such file")]) from None
    except OSError as error:
        raise FaultsFound([Fault(label, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fault = Fault(f"{label}, line {line}", "not UTF-8 text", mend="save the file as UTF-8")
        raise FaultsFound([fault]) from None
    if too_much := bounds_fault(text, label, _FastLoader):
        raise FaultsFound([too_much])
    with suppress(Exception):
        return yaml.load(text, Loader=_FastLoader)
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise FaultsFound([_not_yaml(error, text, label)]) from None
    except (ValueError, TypeError, AttributeError):
        # PyYAML lets these through for values with tags of their own.
        fault = Fault(label, "not valid YAML: a value that cannot be read", "plain keys and values")
        raise FaultsFound([fault]) from None


def read_mapping(path: Path, label: str, model: type[Model]) -> dict[Any, Any]:
    """Read a YAML file of keys and values. Raises `FaultsFound` for any other content."""
    data = read_yaml(path, label)
    if isinstance(data, dict):
        return data
    kind = {type(None): "empty", list: "a list"}.get(type(data), "a single value")
    fields = ", ".join(model.model_fields)
    raise FaultsFound([Fault(label, f"the file is {kind}", f"keys and values: {fields}")])


def read_model(path: Path, label: str, model: type[Model]) -> Model:
    """Read a YAML file into `model`. Raises `FaultsFound` with every fault of the file at once."""
    return validate(read_mapping(path, label, model), label, model)


def validate(data: Mapping[Any, Any], label: str, model: type[Model]) -> Model:
    """Turn plain data into `model`. Raises `FaultsFound` with every fault at once."""
    try:
        return model.model_validate(dict(data))
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise FaultsFound([as_fault(detail, label, model, data) for detail in details]) from None


def _not_yaml(error: yaml.YAMLError, text: str, label: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    problem = getattr(error, "problem", None) or "not readable"
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        problem = f"an invisible character (number {ord(text[error.position])})"
    mend = "check the indentation and the colons around this line"
    for words, better in _MENDS:
        mend = better if words in problem else mend
    where = label if line is None else f"{label}, line {line}"
    return Fault(where, f"not valid YAML: {problem}", mend=mend)
