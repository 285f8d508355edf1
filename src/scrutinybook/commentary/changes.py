"""What changed since an earlier edition, in words."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.any_figure import figure_text, when_text, why_not_judged
from scrutinybook.commentary.claims import VERDICTS
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.changes import EditionChanges, MeasureChange, VerdictChange
from scrutinybook.findings.found import MeasureFound
from scrutinybook.findings.glance import OnTarget, SinceLast

NAMED = 3
"""Measures that a sentence names; lists name them all."""


def headline(found: EditionChanges) -> Sentence:
    """How many measures newly stand out, and how many no longer do."""
    new = found.of(SinceLast.NEW, SinceLast.OTHER_WAY)
    ended = found.of(SinceLast.ENDED)
    start = f"Since the edition for {found.then.words}"
    if not new and not ended:
        still = found.of(SinceLast.STILL)
        if still:
            text = f"{start}, no other measure stands out, and none has stopped standing out."
        else:
            text = f"{start}, no measure stands out that did not, and none did then."
        return Sentence(text, found.id)
    parts = []
    if new:
        newly = _number(new)
        stand = "stands" if len(new) == 1 else "stand"
        turned = f", or {stand} out the other way" if found.of(SinceLast.OTHER_WAY) else ""
        parts.append(f"{newly} newly {stand} out{turned}")
    if ended:
        number = _number(ended) if not new else words.small(len(ended))
        parts.append(f"{number} no longer {'does' if len(ended) == 1 else 'do'}")
        if not new:
            parts[-1] = f"{number} no longer {'stands' if len(ended) == 1 else 'stand'} out"
    return Sentence(f"{start}, {words.listing(parts)}.", found.id)


def in_brief(found: EditionChanges) -> list[Sentence]:
    """What goes on, what can newly or no longer be judged, targets, verdicts; a sentence each."""
    text = []
    still = found.of(SinceLast.STILL)
    if still:
        stand = "stands" if len(still) == 1 else "stand"
        text.append(f"{_upper(still)} stood out then and {stand} out still.")
    for kind, judged in (
        (SinceLast.FIRST_JUDGED, "can be judged now and could not be then"),
        (SinceLast.NOT_NOW, "could be judged then and cannot be now"),
    ):
        if here := found.of(kind):
            text.append(f"{_upper(here)} {judged}: {_names(here)}.")
    for way, verb in ((OnTarget.MET, "meet"), (OnTarget.MISSED, "miss")):
        here = tuple(each for each in found.targets if each.target_now is way)
        if here:
            verbs = f"{verb}s" if verb == "meet" else f"{verb}es"
            said = verbs if len(here) == 1 else verb
            its = "its target" if len(here) == 1 else "their targets"
            then = "missed" if way is OnTarget.MET else "met"
            it = "it" if len(here) == 1 else "them"
            text.append(f"{_upper(here)} now {said} {its} and {then} {it} then: {_names(here)}.")
    return [Sentence(each, found.id) for each in text]


def verdicts_in_brief(found: EditionChanges) -> list[Sentence]:
    """On how many statements the verdict is another now; nothing where it is on none."""
    if not found.verdicts:
        return []
    number = words.upper_first(words.small_count_of(len(found.verdicts), "statements"))
    has = "has" if len(found.verdicts) == 1 else "have"
    text = f"{number} made to the committee {has} another verdict now than then."
    return [Sentence(text, found.id)]


def figures(change: MeasureChange) -> Sentence:
    """The figure of either edition, each as that edition had it."""
    parts = [
        _figure(change, side, now=side is change.now)
        for side in (change.now, change.then)
        if side is not None
    ]
    return Sentence(f"{words.upper_first('; '.join(parts))}.", change.id)


def standing(change: MeasureChange) -> Sentence:
    """How it stands out now and stood out then."""
    now, then = change.now, change.then
    match change.since:
        case SinceLast.NEW | SinceLast.FIRST_JUDGED if now and now.direction is not Direction.SAME:
            text = f"It stands out now, {_way(change, now)}"
            new = change.since is SinceLast.NEW
            text += "; it did not then." if new else "; it could not be judged then."
        case SinceLast.OTHER_WAY if now and then:
            text = f"It stands out now, {_way(change, now)}; then it was the other way."
        case SinceLast.ENDED if then:
            text = f"It stood out then, {_way(change, then)}; it no longer does."
        case SinceLast.STILL if now:
            text = f"It stands out now as it did then, {_way(change, now)}."
        case SinceLast.FIRST_JUDGED:
            text = "It is judged now and does not stand out; it could not be judged then."
        case SinceLast.NOT_NOW:
            why = f": {why_not_judged(now.why)}" if now and now.why else ""
            text = f"It could be judged then and cannot be now{why}."
        case _:
            text = "It stands out neither now nor then."
    return Sentence(text, change.id)


def verdict(change: VerdictChange) -> Sentence:
    """A verdict that is another now."""
    now, then = (words.lower_first(VERDICTS[each]) for each in (change.now, change.then))
    return Sentence(f"Now: {now}. Then: {then}.".replace(". Then", "; then"), change.id)


def _figure(change: MeasureChange, side: MeasureFound, *, now: bool) -> str:
    figure = figure_text(change.measure, side.latest)
    when = when_text(change.measure, side.latest)
    return f"{'now' if now else 'then'} {figure} {when}"


def _way(change: MeasureChange, side: MeasureFound) -> str:
    way = "higher" if side.direction is Direction.HIGHER else "lower"
    against = "than the year before" if side.tested else "than expected"
    return f"{way} {against}{which_is(side.direction, change.measure.polarity)}"


def _number(found: Sequence[MeasureChange]) -> str:
    return words.small_count_of(len(found), "measures")


def _upper(found: Sequence[MeasureChange]) -> str:
    return words.upper_first(_number(found))


def _names(found: Sequence[MeasureChange]) -> str:
    names = [each.measure.noun for each in found[:NAMED]]
    left = len(found) - len(names)
    return words.listing([*names, *([f"{words.small(left)} more"] if left else [])])
