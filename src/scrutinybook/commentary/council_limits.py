"""Limits and changes in words, as finely as it takes to see what lies outside them."""

from __future__ import annotations

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import number_text
from scrutinybook.findings.council import Judged, on_page

FINEST = 3
"""Decimal places at the most."""


def limits(found: Judged) -> tuple[str, str]:
    """Both limits, as sentences and descriptions of charts say them alike."""
    measure = found.measure
    if measure.kind in ("count", "stock"):
        # The whole numbers within limits, exactly: a count is one of them if it is not beyond.
        low, high = (float(each) for each in words.whole_inside(found.lower, found.upper))
        if found.change is not None:
            return a_change(measure, low), a_change(measure, high)
        return words.whole(low), words.whole(high)
    places = _places(found)
    if found.change is not None:
        return a_change(measure, found.lower, places), a_change(measure, found.upper, places)
    return _fine(measure, found.lower, places), _fine(measure, found.upper, places)


def a_change(measure: ExtractMeasure, change: float, places: int = 1) -> str:
    """A change from one month to the next: ``a rise of 48``, ``no change``."""
    size = _size(measure, change, places)
    if not any(digit in size for digit in "123456789"):
        return "no change"
    return f"{'a rise' if change > 0 else 'a fall'} of {size}"


def compared(measure: ExtractMeasure, change: float) -> str:
    """A change after ``That is``: ``49 more than a month before``."""
    size = _size(measure, change, 1)
    if not any(digit in size for digit in "123456789"):
        return "about the same as a month before" if change else "the same as a month before"
    counts = measure.kind in ("count", "stock")
    more, fewer = ("more", "fewer") if counts else ("higher", "lower")
    return f"{size} {more if change > 0 else fewer} than a month before"


def _size(measure: ExtractMeasure, change: float, places: int) -> str:
    if measure.kind == "proportion":
        return words.points(abs(change), places)
    if measure.kind == "value":
        return _fine(measure, abs(change), places)
    return number_text(measure, abs(change))


def _places(found: Judged) -> int:
    """The fewest decimals by which each judged value lies on its own side of each limit."""
    scale = 100 if found.measure.kind == "proportion" else 1
    coarse = 1
    if found.change is None and found.measure.kind == "proportion":
        coarse = 1 if (found.latest.denominator or 100) >= 100 else 0
    latest = found.change
    if latest is None:
        latest = on_page(found.measure, found.latest)
    values = [scale * each for each in (latest, *found.recent_values) if each is not None]
    ends = [scale * found.lower, scale * found.upper]
    for places in range(coarse, FINEST):
        if all(
            (round(value, places) > round(end, places)) == (value > end)
            and (round(value, places) < round(end, places)) == (value < end)
            for value in values
            for end in ends
        ):
            return places
    return FINEST


def _fine(measure: ExtractMeasure, value: float, places: int) -> str:
    if measure.kind == "proportion":
        return words.percent(value, places)
    return f"{words.decimal(value, places)}{'%' if measure.unit == 'percent' else ''}"
