"""An earlier edition in words: what it could say, and what the months since show."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.levels import NOUNS, could_be_seen, from_to, further_unknown
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.level_change import LevelChange
from scrutinybook.findings.monthly import LevelChanges, SinceThen


def since_then(found: SinceThen, noun: str) -> list[Sentence]:
    """What an earlier edition could say, and what the months since show."""
    earlier = found.earlier.words
    said = _right_after(found)
    said.append(f"The edition for {earlier} could use no later month. {_seen(found.then)}")
    said += _means(found, noun)
    for change in found.new_changes:
        possible = "" if change.sure_of_size else "possible "
        range_ = words.percent(change.difference.confidence)
        text = (
            f"With the months since, the search finds a {possible}{NOUNS[change.direction]}"
            f" {words.some_month(change.first, change.last)}, {from_to(change)}."
        )
        text += (
            f" The {range_} range of its dates begins after {earlier}."
            if change.first > found.earlier
            else f" The {range_} range of its dates reaches back to {earlier} or before."
        )
        text += "" if change.confirmed else " It is provisional."
        said.append(text)
    if not found.new_changes:
        said.append(f"There is no evidence of a lasting change after {earlier}.")
        seen = could_be_seen(found.now.smallest)
        said += [further_unknown(found.now)] if found.now.changes else seen
    said += _still_found(found.held, "is still found", "are still found")
    said += _other_levels(found)
    said += _still_found(found.lost, "is no longer found", "are no longer found")
    said += _still_found(
        found.out_of_reach,
        "now lies before the months that are searched",
        "now lie before the months that are searched",
    )
    if found.lost:
        said += _carry_over(found)
    return [Sentence(text, found.id) for text in said]


def _right_after(found: SinceThen) -> list[str]:
    """The months right after, one by one: what a reader of the earlier edition waited for."""
    each = [f"{m.month.words} had {words.whole(m.count)}" for m in found.right_after]
    if not each:
        return []
    return [f"After {found.earlier.words}, {words.listing(each)}."]


def _other_levels(found: SinceThen) -> list[str]:
    """Why a change that is still found can have other levels than it had."""
    said = [
        [words.whole(level) for level in (change.before, change.after)]
        for pair in found.held_as
        for change in pair
    ]
    if said[::2] == said[1::2]:
        return []
    now, then = found.now.span, found.then.span
    months = f"{now} months" if now == then else "months"
    return [
        f"Each edition searches its own latest {months}, so levels can differ a little between"
        " editions."
    ]


def _means(found: SinceThen, noun: str) -> list[str]:
    if found.mean_after is None or found.mean_before is None:
        return []
    earlier = found.earlier.words
    after, before = words.whole(found.mean_after), words.whole(found.mean_before)
    if found.n_after == 1:
        first = f"In the one month since with a figure, the number of {noun} was {after}."
    else:
        months = words.small(found.n_after)
        things = words.agreeing(noun, found.mean_after)
        first = f"In the {months} months since, the average was {after} {things} a month."
    months = words.small_count_of(found.n_before, "months")
    return [f"{first} In the {months} up to {earlier} it was {before}."]


def _still_found(changes: Sequence[LevelChange], one: str, several: str) -> list[str]:
    if not changes:
        return []
    named = [f"the {NOUNS[c.direction]} {words.month_range(c.first, c.last)}" for c in changes]
    if len(named) == 1:
        return [f"{words.upper_first(named[0])} {one}."]
    count = words.upper_first(words.small(len(named)))
    return [f"{count} changes that it reported {several}: {'; '.join(named)}."]


def _carry_over(found: SinceThen) -> list[str]:
    """Why a change can be lost: the more months carry over, the larger a step must be."""
    now, then = (words.decimal(c.autocorrelation) for c in (found.now, found.then))
    if found.now.autocorrelation <= found.then.autocorrelation or now == then:
        return []
    return [
        f"Months now seem to carry over more into the next (a correlation of {now}, where the"
        f" earlier edition had {then}). The more they do, the larger a move must be to stand out as"
        " a lasting change."
    ]


def _seen(then: LevelChanges) -> str:
    if not then.changes:
        return "It found no evidence of a lasting change of level."
    last = then.changes[-1]
    possible = "" if last.sure_of_size and last.confirmed else "possible "
    return (
        f"The latest lasting change it found was a {possible}{NOUNS[last.direction]}"
        f" {words.some_month(last.first, last.last)}, to about {words.whole(last.after)} a month."
    )
