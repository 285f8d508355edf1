"""What the program answers to a worked example, and whether that is what was worked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from scrutinybook.worked_examples.methods import METHODS, READ_AS
from scrutinybook.worked_examples.models import Call, Example, Expected, Given


@dataclass(frozen=True)
class Check:
    """One expected value beside the program's."""

    expected: Expected
    found: Any
    """What the program gives, as it gives it."""
    agrees: bool
    """Whether the two are the same within the stated tolerance."""


def answer(call: Call) -> Any:
    """Call the method. Raises `ValueError` as the method does, or for a word it does not know."""
    return METHODS[call.call](**{each.name: _read(each) for each in call.given})


def check(example: Example) -> tuple[Check, ...]:
    """Set all that is expected beside what the program answers.

    Raises `ValueError` where the answer has no such part, and as `answer` does.
    """
    whole = answer(example)
    checks = []
    for expected in example.expect:
        found = part(whole, expected.name)
        checks.append(Check(expected, found, agrees(expected, found)))
    return tuple(checks)


def part(whole: Any, name: str) -> Any:
    """Find a part of an answer by its name with dots; places are counted from 0.

    Raises `ValueError` where there is none.
    """
    found = whole
    for step in [] if name == "itself" else name.split("."):
        if step == "type":
            found = type(found).__name__
        elif step == "count":
            found = len(found)
        elif step.isdigit():
            if int(step) >= len(found):
                raise ValueError(f"{name}: the answer has {len(found)} at this place")
            found = found[int(step)]
        elif hasattr(found, step):
            found = getattr(found, step)
        else:
            raise ValueError(f"{name}: a {type(found).__name__} has no {step}")
    return found


def agrees(expected: Expected, found: Any) -> bool:
    """Say whether the program's value is the expected one."""
    if expected.is_bounded:
        low = -np.inf if expected.at_least is None else expected.at_least
        high = np.inf if expected.at_most is None else expected.at_most
        values = np.atleast_1d(np.asarray(found))
        numeric = np.issubdtype(values.dtype, np.number) and values.size > 0
        return bool(numeric and ((low <= values) & (values <= high)).all())
    return _same(expected.figures, found, expected.within)


def _same(told: Any, found: Any, within: float) -> bool:
    if isinstance(told, list):
        return (
            isinstance(found, np.ndarray | tuple | list)
            and len(found) == len(told)
            and all(_same(one, other, within) for one, other in zip(told, found, strict=True))
        )
    if isinstance(found, np.ndarray | tuple | list):
        return len(found) > 0 and all(_same(told, each, within) for each in found)
    if told is None:
        return found is None or (isinstance(found, Real) and bool(np.isnan(float(found))))
    if isinstance(told, bool) or isinstance(found, bool | np.bool_):
        return isinstance(found, bool | np.bool_) and bool(found) is told
    if isinstance(told, str):
        return isinstance(found, str) and str(found) == told
    return isinstance(found, Real) and bool(told == found or abs(float(found) - told) <= within)


def _read(given: Given) -> Any:
    if given.answer_of is not None:
        return answer(given.answer_of)
    return READ_AS.get(given.name, lambda value: value)(given.figures)
