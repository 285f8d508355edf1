"""Lasting changes of level in words: when as a range, how much with an interval, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.level_change import (
    Agreement,
    DatedChange,
    DaysTaken,
    LevelChange,
    dated_apart,
    further,
)
from scrutinybook.findings.monthly import (
    LevelChanges,
    SmallestChange,
    TooShortToSearch,
)
from scrutinybook.statistics.first_sight import State

NOUNS = {Direction.HIGHER: "rise", Direction.LOWER: "fall", Direction.SAME: "change"}
NEW_LEVEL = 24
"""A level is new until so many months after the last month in which it may have begun."""

_SHORTLY = {DaysTaken.FREE: "with their weight left open", DaysTaken.NONE: "without them"}
_VERBS = {Direction.HIGHER: "rose", Direction.LOWER: "fell", Direction.SAME: "moved"}


def headline(found: LevelChanges | TooShortToSearch, noun: str) -> Sentence:
    """The message on the level of a monthly count."""
    if isinstance(found, TooShortToSearch):
        return Sentence(
            f"There are too few months to say whether the level of {noun} changed.", found.id
        )
    if not found.changes:
        text = f"There is no evidence of a lasting change in the level of {noun} {_span(found)}."
        return Sentence(" ".join([text, *could_be_seen(found.smallest)]), found.id)
    last = found.changes[-1]
    when = words.some_month(last.first, last.last)
    if last.sure_of_size and last.confirmed:
        text = (
            f"The level of {noun} last changed {when}. It {_VERBS[last.direction]} {from_to(last)}."
        )
    else:
        text = f"The level of {noun} may have changed {when}, {from_to(last)}."
        text += "" if last.sure_of_size else " How large the change was is not clear."
        text += "" if last.confirmed else " This is provisional."
    return Sentence(text, found.id)


def all_changes(found: LevelChanges | TooShortToSearch, noun: str) -> list[Sentence]:
    """How many lasting changes were found; where none was, what could have been seen."""
    if isinstance(found, TooShortToSearch):
        are = "is" if found.n_months == 1 else "are"
        months = words.small_count_of(found.n_months, "months")
        text = (
            f"There {are} {months} with a figure for {noun}; the search needs"
            f" {words.small(found.needed)}."
        )
        return [Sentence(text, found.id)]
    n = len(found.changes)
    count = words.small_count_of(n, "lasting changes") if n else "no lasting change"
    said = [f"The search found {count} in the level of {noun} {_span(found)}."]
    if not n:  # with changes this stands apart, in `how_sure`
        said += [*_other_ways(found), *could_be_seen(found.smallest)]
    return [Sentence(text, found.id) for text in said]


def how_sure(found: LevelChanges | TooShortToSearch) -> list[Sentence]:
    """What the changes rest on: ranges, working days, and what it cannot tell."""
    if isinstance(found, TooShortToSearch) or not found.changes:
        return []
    said = [
        "Levels have the seasons and the length of months evened out, so they are not plain"
        " averages of the counts. Dates and sizes are estimates made after a search; their ranges"
        " are meant to hold the true value"
        f" {words.times_in_ten(found.changes[0].difference.confidence)}."
    ]
    said += _other_ways(found)
    said.append(further_unknown(found))
    return [Sentence(text, found.id) for text in said]


def one_change(change: LevelChange, found: LevelChanges) -> list[Sentence]:
    """One change: when, from what to what, how sure."""
    when = words.upper_first(words.month_range(change.first, change.last))
    kind = NOUNS[change.direction]
    range_ = words.percent(change.difference.confidence)
    if change.sure_of_size:
        low, high = sorted(abs(end) for end in (change.difference.lower, change.difference.upper))
        said = [
            f"{when}: a {kind} {from_to(change)}.",
            f"The size of the {kind} is put {words.between(words.whole(low), words.whole(high))}"
            f" a month ({range_} range).",
        ]
    else:
        ends = [_more_or_fewer(end) for end in (change.difference.lower, change.difference.upper)]
        runs = "includes"
        if ends[0] != ends[1]:
            runs = f"runs from {ends[0]} to {ends[1]}, so it includes"
        said = [
            f"{when}: a possible {kind} {from_to(change)}.",
            f"The {range_} range of its size {runs} no change at all.",
        ]
    said.append(_standing(change, found))
    return [Sentence(text, found.id) for text in said]


def _standing(change: LevelChange, found: LevelChanges) -> str:
    """Since when a change has been seen, and what the months since then say of it."""
    month = change.first_seen.words
    seen = f"seen in the figures up to {month}"
    seen = f"already {seen}" if change.seen_longer else f"first {seen}"
    months = words.small_count_of(change.n_later, "months")
    match change.state:
        case State.CONFIRMED:
            side = "above" if change.direction is Direction.HIGHER else "below"
            return (
                f"It was {seen}; taken alone, the {months} after that lie clearly {side} the old"
                " level, so it counts as confirmed."
            )
        case State.TOO_EARLY:
            since = "no later month" if change.n_later == 0 else f"only {months}"
            text = (
                f"It is provisional: it was {seen}, and {since} can speak for it;"
                f" {words.small(found.months_to_confirm)} are needed."
            )
            more = " Later months will show whether it holds." if found.is_recent(change) else ""
            return text + more
        case State.TOGETHER:
            return (
                f"It is provisional: it was {seen}, and always together with the change after it,"
                " so that no later month can speak for it alone."
            )
        case State.OPEN:
            return (
                f"It is provisional: it was {seen}, and taken alone, the {months} after that do not"
                " settle whether it holds."
            )


def _span(found: LevelChanges) -> str:
    return f"from {found.first.words} to {found.last.words}"


def from_to(change: LevelChange) -> str:
    """The levels on either side of a change."""
    return f"from about {words.whole(change.before)} to about {words.whole(change.after)} a month"


def _more_or_fewer(end: float) -> str:
    size = words.whole(abs(end))
    if size == "0":
        return "no change"
    return f"{size} {'more' if end > 0 else 'fewer'} a month"


def _other_ways(found: LevelChanges) -> list[str]:
    if not found.other_ways:
        return []
    taken = "however working days are taken into account"
    match found.agreement:
        case Agreement.ALIKE:
            return [f"The answer is the same {taken}."]
        case Agreement.DATES_DIFFER:
            same = "same change is" if len(found.changes) == 1 else "same changes are"
            return [f"The {same} found {taken}; {_dates_apart(found)}."]
        case Agreement.FURTHER:
            dates = _dates_apart(found)
            text = f"{_named(found.changes)} found {taken}{f'; {dates}' if dates else ''}."
            return [f"{text} {_further(found)}"]
        case Agreement.DIFFER:
            ways = []
            for way in found.other_ways:
                n = len(way.changes)
                text = f"{way.days.value} it finds {words.small(n) if n else 'none'}"
                if n:
                    latest = "" if n == 1 else "the latest "
                    text += f", {latest}from {way.changes[-1].month.words}"
                ways.append(text)
            return [
                "The answer depends on how working days are taken into account, so read it with"
                f" care: {'; '.join(ways)}."
            ]


def _dates_apart(found: LevelChanges) -> str:
    """Where another way puts the dates, if not much the same."""
    said = []
    for way in found.other_ways:
        apart = dated_apart(found.changes, way)
        if apart:
            less_sure = all(_width(other) > _width(one) for one, other in apart)
            spans = words.listing([_from_month_to(other) for _, other in apart])
            are = "the dates are less sure" if less_sure else "the dates differ"
            said.append(f"{_SHORTLY[way.days]} {are} ({spans})")
    return "; ".join(said)


def _further(found: LevelChanges) -> str:
    """Changes that other ways find besides, on which the page does not rely."""
    said, n = [], 0
    for way in found.other_ways:
        more = further(found.changes, way)
        n += len(more)
        if more:
            months = words.months_listed([change.month for change in more])
            earlier = "earlier" if more[-1].month < found.changes[0].month else "further"
            things = (
                f"a possible {earlier} change (from {months}) appears"
                if len(more) == 1
                else f"possible {earlier} changes (from {months}) appear"
            )
            said.append(f"{_SHORTLY[way.days]}, {things} too")
    it = "it" if n == 1 else "them"
    return f"{words.upper_first('; '.join(said))}; this page does not rely on {it}."


def _named(changes: Sequence[LevelChange]) -> str:
    if len(changes) == 1:
        return f"The {NOUNS[changes[0].direction]} is"
    return f"All {words.small(len(changes))} changes are"


def _width(change: LevelChange | DatedChange) -> int:
    return change.last.index - change.first.index


def _from_month_to(change: DatedChange) -> str:
    first, last = change.first, change.last
    if first == last:
        return first.words
    return f"{first.name if first.year == last.year else first.words} to {last.words}"


def further_unknown(found: LevelChanges) -> str:
    """Where a change was found, how small a further one could have been seen is not known."""
    if found.changes[-1].last > found.last - NEW_LEVEL:
        return "The latest level is too new to say how small a further change could have been seen."
    return "How small a further change could have been seen was not worked out."


def could_be_seen(smallest: SmallestChange | None) -> list[str]:
    """What could have been seen, said beside every statement that nothing was."""
    if smallest is None:
        return []
    months = words.small_count_of(smallest.months_before_end, "months")
    often = words.times_in_ten(smallest.power)
    if smallest.rise is None and smallest.fall is None:
        return [
            f"These months vary so much that hardly any lasting change that began {months} before"
            " the end could have been seen."
        ]
    sizes = [
        f"a {name} of at least about {words.whole(size)} a month"
        for name, size in (("rise", smallest.rise), ("fall", smallest.fall))
        if size is not None
    ]
    text = (
        f"A lasting change that began {months} before the end would probably ({often}) have been"
        f" seen if it was {words.listing(sizes, 'or')}; a smaller one could well be missed."
    )
    unseen = [n for n, s in (("rise", smallest.rise), ("fall", smallest.fall)) if s is None]
    if unseen:
        text += f" Hardly any {unseen[0]} could have been seen."
    return [text]
