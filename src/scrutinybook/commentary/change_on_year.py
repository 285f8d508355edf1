"""A share against the year before in words: how much, how sure, and what could have been seen."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.figures import FINE_FROM, parts_text, since, year_before
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.yearly import ChangeOnYear, Detectable, ManyTested

ALIKE = 1.2
"""A rise and a fall that could have been seen are said as one change up to this ratio."""


def difference_from_year_before(found: ChangeOnYear, tests: ManyTested | None) -> list[Sentence]:
    """The year before, the size of the difference, and what the difference can bear.

    The message above has said the figure and whether it changed.
    """
    before = words.upper_first(year_before(found.now.period))
    said = [f"{before} it was {parts_text(found.then)}.", *_difference(found, tests)]
    return [Sentence(text, found.id) for text in said]


def _difference(found: ChangeOnYear, tests: ManyTested | None) -> list[str]:
    if found.direction is Direction.SAME:
        return [f"Both shares are equal ({_range(found)}).", *_could_be_seen(found, tests)]
    clear = tests is not None and tests.clear(found)
    worth = which_is(found.direction, found.measure.polarity) if clear else ""
    start = f"The latest figure is {_size(found)} {found.direction.value}{worth}"
    if clear:
        return [
            f"{start} ({_range(found)}).",
            "That is more than the chance of small numbers usually gives.",
            *_neighbours_steps(found),
            *_earlier_steps(found),
        ]
    if not found.evidence:
        chance = f"{start}, which chance alone could well give ({_range(found)})."
        return [chance, *_could_be_seen(found, tests)]
    if tests is None or len(tests.tested) == 1:
        return [f"{start} ({_range(found)}).", *_could_be_seen(found, tests)]
    return [
        f"{start} ({_range(found)}).",
        "On its own this would count as a change. But this edition tests"
        f" {words.small(len(tests.tested))} measures, and among so many a difference like this can"
        " come up by chance.",
        *_could_be_seen(found, tests, "Allowing for that, "),
    ]


def _neighbours_steps(found: ChangeOnYear) -> list[str]:
    steps = found.neighbours
    if steps is None:
        return ["But yearly figures can move by more than such chance without a lasting change."]
    many = words.small_or_none(steps.n_beyond_chance)
    return [
        f"Its neighbours’ figures moved by more than such chance in {many} of"
        f" {words.small(steps.n)} steps from one year to the next."
    ]


def _earlier_steps(found: ChangeOnYear) -> list[str]:
    steps = found.earlier
    if steps is None:
        return []
    steps_since = f"its own {words.small(steps.n)} earlier steps since {since(steps.since)}"
    if not steps.n_as_large:
        return [f"In none of {steps_since} did it move by as much."]
    return [f"In {words.small(steps.n_as_large)} of {steps_since} it moved by as much or more."]


def _could_be_seen(
    found: ChangeOnYear, tests: ManyTested | None, start: str | None = None
) -> list[str]:
    if tests is None:
        return []
    seen, n = tests.could_be_seen(found), len(tests.tested)
    if start is None:
        start = f"With {words.small(n)} measures tested, " if n > 1 else ""
    moves = _moves(seen, _places(found))
    text = f"{start}no change at all would probably have been seen among so few."
    if moves:
        text = f"{start}{moves} or more would probably have been seen."
    return [words.upper_first(text)]


def _moves(seen: Detectable, places: int) -> str:
    """``a change of about 3.2 percentage points``, or a rise and a fall where they differ."""
    rise, fall = seen.rise, seen.fall
    if rise is not None and fall is not None:
        if max(rise, fall) <= ALIKE * min(rise, fall):
            return f"a change of about {words.points(max(rise, fall), places)}"
        less = words.decimal(100 * rise, places)
        return f"a rise of about {less} or a fall of about {words.points(fall, places)}"
    if rise is not None:
        return f"a rise of about {words.points(rise, places)}"
    return "" if fall is None else f"a fall of about {words.points(fall, places)}"


def _places(found: ChangeOnYear) -> int:
    """Of points: as of shares, whole ones where one child moves a share by more than a point."""
    sizes = [o.denominator or 0.0 for o in (found.then, found.now)]
    return 1 if min(sizes) >= FINE_FROM else 0


def _size(found: ChangeOnYear) -> str:
    size = words.points(found.difference.estimate, _places(found))
    return size if float(size.split(words.THIN)[0]) else "less than one percentage point"


def _range(found: ChangeOnYear) -> str:
    """The range of a difference in percentage points; its ends have directions where they differ.

    An end at no difference belongs to neither direction.
    """
    low, high = found.difference.lower, found.difference.upper
    name = f"{words.percent(found.difference.confidence)} range"
    near, far = sorted((abs(100 * low), abs(100 * high)))
    places = _places(found)
    if (low > 0 or high < 0) and (low >= 0) == (found.difference.estimate >= 0):
        return f"{name}: {words.decimal(near, places)} to {words.decimal(far, places)} points"
    return f"{name}: {_end(low, places)} to {_end(high, places)}"


def _end(end: float, places: int) -> str:
    number = words.decimal(abs(100 * end), places)
    if not float(number):
        return "no difference"
    return f"{number} {'point' if float(number) == 1 else 'points'} {Direction.of(end).value}"
