"""One authority beside others in words: its neighbours, its region, England, all authorities."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.figures import FINE_FROM, printed_text, share_text, when
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.yearly import AmongAuthorities, BesideOthers, FunnelPlace
from scrutinybook.statistics.funnel import INNER as INNER_SHARE
from scrutinybook.statistics.funnel import OUTER as OUTER_SHARE

OUTER = {FunnelPlace.ABOVE_OUTER: "above", FunnelPlace.BELOW_OUTER: "below"}
INNER = {FunnelPlace.ABOVE_INNER: "upper", FunnelPlace.BELOW_INNER: "lower"}

ALL_NEIGHBOURS = 10
"""Statistical neighbours of every authority in the Department's model."""


def among_authorities(found: AmongAuthorities, authority: str) -> list[Sentence]:
    """Where the authority lies in the funnel, and what that means."""
    n = words.whole(found.n_authorities)
    alone = "by chance and the usual differences between authorities alone."
    if found.place in OUTER:
        return [
            _said(
                found,
                f"Of the {n} authorities with a figure, {authority} is one that lies"
                f" {OUTER[found.place]} the funnel’s outer limits.",
            ),
            _said(
                found,
                f"About {_in_a_thousand(OUTER_SHARE)} would lie outside them {alone} It is a reason"
                " to ask, not a verdict.",
            ),
        ]
    if found.place in INNER:
        return [
            _said(
                found,
                f"Among the {n} authorities with a figure, {authority} lies at the"
                f" {INNER[found.place]} edge of the usual spread, between the funnel’s inner and"
                " outer limits.",
            ),
            _said(
                found, f"About {_one_in(INNER_SHARE)} would lie outside the inner limits {alone}"
            ),
        ]
    return [
        _said(
            found,
            f"Among the {n} authorities with a figure, {authority} lies inside the funnel: its"
            f" distance from all of them together ({words.percent(found.centre, 1)}) is within the"
            " usual spread for its size.",
        )
    ]


def beside_others(found: BesideOthers) -> list[Sentence]:
    """Neighbours, region and England in the same period."""
    parts = []
    if found.neighbours is not None:
        parts.append(f"{_comparator(found, found.neighbours)} for {_neighbours(found)}")
    if found.region is not None:
        name = f" ({found.region_name})" if found.region_name else ""
        parts.append(f"{_comparator(found, found.region)} for its region{name}")
    if found.england is not None:
        parts.append(f"{_comparator(found, found.england)} for England")
    if not parts:
        return []
    at = words.upper_first(when(found.now.period))
    return [_said(found, f"{at}, the same figure was {words.listing(parts)}.")]


def place_among(found: AmongAuthorities) -> str:
    """The same in one sentence, for a message."""
    centre = words.percent(found.centre, 1)
    if found.place is FunnelPlace.INSIDE:
        return f"The figure is within the usual spread of all authorities (together: {centre})."
    side = Direction.of((found.now.value or 0.0) - found.centre)
    worth = which_is(side, found.measure.polarity)
    text = f"It is {side.value} than all authorities together ({centre}){worth}"
    if found.place in OUTER:
        return f"{text}{',' if worth else ''} and outside their usual spread."
    edge = INNER[found.place]
    return f"{text}{',' if worth else ''} and at the {edge} edge of their usual spread."


def _neighbours(found: BesideOthers) -> str:
    n = found.n_neighbours
    if n == 1:
        return "the one statistical neighbour that has a figure"
    who = f"its {words.small(n)} statistical neighbours"
    if n < ALL_NEIGHBOURS:
        who = f"the {words.small(n)} statistical neighbours that have a figure"
    if found.measure.kind == "proportion":
        return f"{who} together" if n == ALL_NEIGHBOURS else f"{who}, taken together"
    return f"the middle of {who}"


def _comparator(found: BesideOthers, value: float) -> str:
    if found.measure.kind == "proportion":
        return share_text(value, FINE_FROM)
    return printed_text(found.measure, value)


def _in_a_thousand(held: float) -> str:
    return f"{round(1000 * (1 - held))} authorities in 1,000"


def _one_in(held: float) -> str:
    return f"1 authority in {round(1 / (1 - held))}"


def _said(found: AmongAuthorities | BesideOthers, text: str) -> Sentence:
    return Sentence(text, found.id)
