"""Worked examples on a page: each method folded, with its tables, its working and its source."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.worked_examples import (
    Call,
    Check,
    Example,
    Expected,
    Given,
    Group,
    Method,
    check,
    read_methods,
)
from scrutinybook.worked_examples.models import numbers_in
from scrutinybook.workspace import Workspace

FEWEST_ROWS = 2
"""A series of fewer places is told in a line and not in a table."""


@dataclass(frozen=True)
class Answered:
    """A method with what the program answers to its examples."""

    method: Method
    checks: tuple[tuple[Check, ...], ...]
    """One entry an example, in their order."""


def answered(
    workspace: Workspace, groups: Collection[Group] = get_args(Group)
) -> tuple[Answered, ...]:
    """The methods of the `groups`, their examples answered; none in a checkout without them.

    Raises `FaultsFound` for files that are no examples.
    """
    return tuple(
        Answered(method, tuple(check(example) for example in method.examples))
        for method in read_methods(workspace.worked_examples)
        if method.group in groups
    )


def in_brief(methods: Sequence[Answered]) -> str:
    """How many there are, and whether the program answers as the hand does."""
    if not methods:
        return fragments.text(
            "The worked examples are kept beside the program’s tests, in tests/spec/worked."
            " They were not there when this page was made."
        )
    told = [
        (f"{each.method.method}: {example.title}", all(one.agrees for one in checks))
        for each in methods
        for example, checks in zip(each.method.examples, each.checks, strict=True)
    ]
    found = f"Here are {len(told)} examples of {len(methods)} methods. When this page was made"
    differing = [title for title, agrees in told if not agrees]
    if differing:
        said = f"{found} the program gave another answer than the hand in these of them:"
        return fragments.text(said) + fragments.listed(differing)
    return fragments.text(f"{found} the program gave the answer worked by hand in all of them.")


def of_group(methods: Sequence[Answered], group: Group) -> str:
    """The methods of one group, each folded away."""
    return "".join(
        fragments.more(each.method.method, _method(each))
        for each in methods
        if each.method.group == group
    )


def _method(answered: Answered) -> str:
    method = answered.method
    pieces = [fragments.text(method.answers), fragments.text(f"Used: {method.used}")]
    for example, checks in zip(method.examples, answered.checks, strict=True):
        caption = f"{method.method}: {example.title}"
        pieces += [fragments.heading(example.title), _example(caption, example, checks)]
    return "".join(pieces)


def _example(caption: str, example: Example, checks: Sequence[Check]) -> str:
    given = list(_given(example))
    n = _places(checks)
    in_table = [(name, figures) for name, figures in given if _is_series(figures, n)]
    in_words = [f"{name}: {shown(fs)}" for name, fs in given if not _is_series(fs, n)]
    series = [each for each in checks if _is_series(each.expected.figures, n)]
    single = [each for each in checks if not _is_series(each.expected.figures, n)]
    pieces = [fragments.text(example.asks)]
    pieces += [fragments.listed(in_words)] if in_words else []
    if series:
        columns = in_table + [(each.expected.words, each.expected.figures) for each in series]
        pieces += [_by_place(caption, example.each, columns, n), _differences(series)]
    if single:
        rows = [[each.expected.words, by_hand(each), by_program(each)] for each in single]
        heads = [Column(head, numeric=False) for head in ("Answer", "By hand", "Program")]
        pieces.append(table(f"{caption}: answer", heads, rows))
    pieces.append(fragments.listed(example.working, numbered=True))
    return "".join([*pieces, fragments.text(f"Source: {example.source}")])


def _given(call: Call) -> Iterator[tuple[str, Any]]:
    """What goes in, with what goes into the methods whose answers go in; each thing once."""
    told = set()
    for each in _all_given(call):
        key = (each.words, repr(each.figures))
        if key not in told:
            told.add(key)
            figures = each.figures
            # One column that a method takes as a list of columns.
            inner = figures[0] if isinstance(figures, list) and len(figures) == 1 else None
            yield each.words, inner if isinstance(inner, list) else figures


def _all_given(call: Call) -> Iterator[Given]:
    for each in call.given:
        if each.answer_of is None:
            yield each
        else:
            yield from _all_given(each.answer_of)


def _places(checks: Sequence[Check]) -> int:
    lengths = [len(c.expected.figures) for c in checks if isinstance(c.expected.figures, list)]
    return max(lengths, default=0)


def _is_series(figures: Any, n: int) -> bool:
    return isinstance(figures, list) and len(figures) == n >= FEWEST_ROWS


def _by_place(caption: str, each: str, columns: Sequence[tuple[str, list[Any]]], n: int) -> str:
    rows = [[str(k + 1), *(shown(figures[k]) for _, figures in columns)] for k in range(n)]
    heads = [Column(each, numeric=False), *(Column(name) for name, _ in columns)]
    return table(caption, heads, rows, numbered=True)


def _differences(series: Sequence[Check]) -> str:
    """Where the program's series are others, what they are; nothing where they agree."""
    return "".join(
        fragments.text(f"{each.expected.words}: the program {by_program(each)}.")
        for each in series
        if not each.agrees
    )


def by_hand(told: Check) -> str:
    """What was worked by hand, with the tolerance where it is wider than the places shown."""
    expected = told.expected
    if expected.is_bounded:
        low, high = expected.at_least, expected.at_most
        if low is None or high is None:
            return f"at most {shown(high)}" if low is None else f"at least {shown(low)}"
        return f"from {shown(low)} to {shown(high)}"
    within = f" ± {expected.within:g}" if expected.within > 10.0 ** -_decimals(expected) else ""
    return f"{shown(expected.figures)}{within}"


def by_program(told: Check) -> str:
    """What the program gives, to the places shown by hand; in words whether it is another."""
    expected, found = told.expected, told.found
    if told.agrees and not isinstance(expected.figures, int | float) and not expected.is_bounded:
        return "the same"
    if isinstance(found, np.ndarray | tuple | list):
        values = [_to_places(each, _decimals(expected)) for each in found]
        said = values[0] if len(set(values)) == 1 else ", ".join(values)
    else:
        said = _to_places(found, _decimals(expected))
    return said if told.agrees else f"differs: {said}"


def shown(figures: Any) -> str:
    """Plain figures as a page shows them."""
    match figures:
        case None:
            return "–"
        case bool():
            return "yes" if figures else "no"
        case int() | float():
            return _number(f"{figures:,.10g}" if math.isfinite(figures) else "without end")
        case dict():
            return ", ".join(f"{key.replace('_', ' ')} {shown(x)}" for key, x in figures.items())
        case list():
            apart = "; " if any(isinstance(each, list | dict) for each in figures) else ", "
            return apart.join(shown(each) for each in figures) or "none"
    return _spaced(str(figures))


def _to_places(found: Any, places: int) -> str:
    if isinstance(found, float | np.floating) and math.isfinite(found):
        return _number(f"{round(float(found), places):,.10g}")
    if isinstance(found, np.generic):
        found = found.item()
    return "–" if isinstance(found, float) and math.isnan(found) else shown(found)


def _number(text: str) -> str:
    return text.replace("-", "−")


def _spaced(text: str) -> str:
    """Names of the program in words: ``common_cause``, ``TooShort``."""
    if text.isidentifier() and not text.islower():
        return "".join(f" {x.lower()}" if x.isupper() else x for x in text).strip()
    return text.replace("_", " ")


def _decimals(told: Expected) -> int:
    """Places after the point: as written by hand, or enough to compare with bounds."""
    written = numbers_in([told.figures, told.at_least, told.at_most])
    texts = [f"{x:.10f}".rstrip("0") for x in written if math.isfinite(x)]
    spare = 1 if told.is_bounded else 0
    return max((len(text.partition(".")[2]) for text in texts), default=0) + spare
