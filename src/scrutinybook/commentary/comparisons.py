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

A_FEW = 0.05
"""Largest share of authorities outside the outer limits that is said as `all but a few`."""


def among_authorities(found: AmongAuthorities, authority: str) -> list[Sentence]:
    """Where the authority lies in the funnel, how many lie outside it, and what that means."""
    n = words.whole(found.n_authorities)
    alone = "by chance and the usual differences between authorities alone."
    if found.place in OUTER:
        said = [
            f"Of the {n} authorities with a figure, {authority} is one that lies"
            f" {OUTER[found.place]} the funnel’s outer limits, the solid lines.",
            _outside(found, found.n_outside_outer, "solid"),
            f"About {_in_a_thousand(OUTER_SHARE)} would lie outside them {alone} It is a reason"
            " to ask, not a verdict.",
        ]
    elif found.place in INNER:
        said = [
            f"Among the {n} authorities with a figure, {authority} lies at the"
            f" {INNER[found.place]} edge of the usual spread, between the dashed and the solid"
            " line.",
            _outside(found, found.n_outside_inner, "dashed"),
            f"About {_one_in(INNER_SHARE)} would lie outside them {alone}",
        ]
        if found.place is FunnelPlace.BELOW_INNER and found.lower <= 0:
            said.append("At this size the limits leave no room for a figure below the solid line.")
        if found.place is FunnelPlace.ABOVE_INNER and found.upper >= 1:
            said.append("At this size the limits leave no room for a figure above the solid line.")
    else:
        said = [
            f"Among the {n} authorities with a figure, {authority} lies inside the funnel: its"
            f" distance from all of them together ({words.percent(found.centre, 1)}) is within the"
            " usual differences between authorities.",
            _room(found, authority),
            _outside(found, found.n_outside_inner, "dashed"),
        ]
    return [_said(found, text) for text in said]


def _outside(found: AmongAuthorities, number: int, lines: str) -> str:
    """How many authorities do lie outside: what the limits hold in theory is said elsewhere."""
    verb = "lies" if number <= 1 else "lie"
    which = words.whole(number) if number else "Not one"
    return f"{which} of the {_all(found)} {verb} outside the {lines} lines."


def _room(found: AmongAuthorities, authority: str) -> str:
    """How far from the rest an authority of this size could lie and still be inside."""
    only = f"this says only that {authority} is not extreme."
    few = found.n_outside_outer <= A_FEW * found.n_authorities
    most = f"{'All but a few' if few else 'Most'} authorities of this size lie"
    low, high = _limit_text(found.lower), _limit_text(found.upper)
    if found.lower <= 0 and found.upper >= 1:
        return (
            "At this size no figure could lie outside the solid lines, so this does not say whether"
            f" {authority} is extreme."
        )
    if found.lower <= 0:
        return f"{most} below {high}, and the limits leave no room on the lower side, so {only}"
    if found.upper >= 1:
        return f"{most} above {low}, and the limits leave no room on the upper side, so {only}"
    return f"{most} between {low} and {high}, so {only}"


def _limit_text(share: float) -> str:
    """A limit in whole per cent, or as finely as it takes to differ from 0% and 100%."""
    texts = [words.percent(share, places) for places in range(3)]
    return next((t for t in texts if float(t.rstrip("%")) not in (0, 100)), texts[-1])


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
    value, denominator = found.now.value or 0.0, found.now.denominator or 0
    together = f"the {_all(found)} with a figure together ({words.percent(found.centre, 1)})"
    side = Direction.of(value - found.centre)
    if found.place is FunnelPlace.INSIDE:
        # Figures that are printed alike are not called higher or lower.
        if share_text(value, denominator) == share_text(found.centre, denominator):
            return f"It is much the same as {together}."
        return f"It is {side.value} than {together}, and not extreme among them."
    worth = which_is(side, found.measure.polarity)
    text = f"It is {side.value} than {together}{worth}"
    if found.place in OUTER:
        return f"{text}{',' if worth else ''} and outside their usual spread."
    edge = INNER[found.place]
    return f"{text}{',' if worth else ''} and at the {edge} edge of their usual spread."


def _all(found: AmongAuthorities) -> str:
    return words.count_of(found.n_authorities, "authorities")


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
