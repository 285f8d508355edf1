"""Follow each signal from the edition that said it first through all later ones; none is dropped.

Works on what editions found, which is gated: nothing here can reach a withheld figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scrutinybook.findings.base import Direction
from scrutinybook.findings.claims import Verdict
from scrutinybook.findings.found import EditionFound, LevelFound, MeasureFound
from scrutinybook.findings.ledger import Hold, Later, Ledger, Signal, Sort
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Rule

FIRM = (Verdict.SUPPORTED, Verdict.NOT_SUPPORTED)
"""Verdicts that say something; the others say that nothing can be said."""

NEAR = 2
"""Two ranges of dates speak of one change where they overlap once each is so many months wider."""


def ledger(editions: Sequence[EditionFound]) -> Ledger:
    """Follow the signals of an authority's editions, oldest first. Raises `ValueError` for none."""
    if not editions:
        raise ValueError("there is no edition to look at")
    signals: list[Signal] = []
    for edition in editions:
        signals = [_followed(each, edition) for each in signals]
        for new in _signals(edition):
            place = next((k for k, old in enumerate(signals) if _same(old, new)), None)
            if place is None:
                signals.append(new)
            else:
                signals[place] = _again(signals[place], new, edition)
    order = sorted(signals, key=lambda s: (-s.first_published.index, list(Sort).index(s.sort)))
    return Ledger("all", tuple(each.month for each in editions), tuple(order))


def _signals(edition: EditionFound) -> Iterator[Signal]:
    """What an edition says of its own month, the levels it reports, and its verdicts."""
    for each in edition.measures:
        yield from _of_latest(each, edition)
        for level in each.levels or ():
            yield Signal(
                measure_id=each.measure_id,
                sort=Sort.LEVEL,
                first_published=edition.month,
                direction=level.direction,
                first=level.first,
                last=level.last,
                before=level.before,
                after=level.after,
                confirmed_in=edition.month if level.confirmed else None,
            )
    for claim in edition.claims:
        if claim.verdict in FIRM:
            yield Signal(
                measure_id=claim.claim_id,
                sort=Sort.VERDICT,
                first_published=edition.month,
                direction=Direction.SAME,
                first=edition.month,
                last=edition.month,
                verdict=claim.verdict,
            )


def _of_latest(found: MeasureFound, edition: EditionFound) -> Iterator[Signal]:
    month = found.latest.period.month
    if found.tested and found.direction is not Direction.SAME:
        sort, rule = Sort.YEAR, None
    else:
        latest = found.month(month)
        if latest is None or latest.rule is None or not found.judged:
            return
        sort, rule = (Sort.MONTH if latest.rule is Rule.BEYOND else Sort.RUN), latest.rule
    yield Signal(
        measure_id=found.measure_id,
        sort=sort,
        first_published=edition.month,
        direction=found.direction,
        first=month,
        last=month,
        rule=rule,
        figure=found.latest,
    )


def _same(old: Signal, new: Signal) -> bool:
    """Whether a later edition says the same signal again, rather than one of its own."""
    if (old.measure_id, old.sort, old.direction) != (new.measure_id, new.sort, new.direction):
        return False
    if old.sort is Sort.VERDICT:
        return old.verdict is new.verdict
    if old.sort is Sort.LEVEL:
        return _overlap(old.first.index, old.last.index, new.first.index, new.last.index)
    if old.sort is Sort.RUN:
        # A run that goes on is one signal, and not one for each month.
        return old.rule is new.rule and old.now is Hold.HELD and new.last.index - old.last.index < 2
    return old.last == new.last


def _again(old: Signal, new: Signal, edition: EditionFound) -> Signal:
    confirmed = old.confirmed_in or new.confirmed_in
    said = Later(edition.month, Hold.HELD, new.figure, verdict=new.verdict)
    later = old.later
    if later and later[-1].edition == edition.month:
        later = (*later[:-1], replace(later[-1], hold=Hold.HELD))
    elif edition.month != old.first_published:
        later = (*later, said)
    last = max(old.last, new.last) if old.sort is Sort.RUN else old.last
    return replace(old, confirmed_in=confirmed, last=last, later=later)


def _followed(signal: Signal, edition: EditionFound) -> Signal:
    return replace(signal, later=(*signal.later, _later(signal, edition)))


def _later(signal: Signal, edition: EditionFound) -> Later:
    """What a later edition's figures say of a signal."""
    if signal.sort is Sort.VERDICT:
        return _later_verdict(signal, edition)
    found = edition.measure(signal.measure_id)
    if found is None:
        return Later(edition.month, Hold.NOT_JUDGED, why="the edition has no figures of it")
    follow = {Sort.LEVEL: _later_level, Sort.YEAR: _later_year}.get(signal.sort, _later_month)
    return follow(signal, found, edition)


def _later_verdict(signal: Signal, edition: EditionFound) -> Later:
    claim = edition.claim(signal.measure_id)
    if claim is None:
        return Later(edition.month, Hold.NOT_AGAIN)
    hold = Hold.HELD if claim.verdict is signal.verdict else Hold.NOT_HELD
    return Later(edition.month, hold, verdict=claim.verdict)


def _later_year(signal: Signal, found: MeasureFound, edition: EditionFound) -> Later:
    if found.latest.period.month != signal.last:
        return Later(edition.month, Hold.NOT_AGAIN)
    held = found.tested and found.direction is signal.direction
    return Later(edition.month, Hold.HELD if held else Hold.NOT_HELD, found.latest)


def _later_level(signal: Signal, found: MeasureFound, edition: EditionFound) -> Later:
    if found.levels is None or found.searched_from is None:
        return Later(edition.month, Hold.NOT_JUDGED, why="its level is no longer looked at")
    if any(_is_it(signal, level) for level in found.levels):
        return Later(edition.month, Hold.HELD)
    beyond = signal.first <= found.searched_from
    return Later(edition.month, Hold.OUT_OF_REACH if beyond else Hold.NOT_HELD)


def _later_month(signal: Signal, found: MeasureFound, edition: EditionFound) -> Later:
    there = found.month(signal.last)
    if there is None:
        if found.months and signal.last < found.months[0].month:
            return Later(edition.month, Hold.OUT_OF_REACH)
        return Later(edition.month, Hold.NOT_JUDGED, why=found.why or "it is not on the chart")
    if there.figure.symbol is Symbol.SUPPRESSED:
        return Later(edition.month, Hold.WITHHELD, there.figure)
    if not found.judged:
        return Later(edition.month, Hold.NOT_JUDGED, there.figure, why=found.why)
    held = there.rule is not None and there.direction is signal.direction
    return Later(edition.month, Hold.HELD if held else Hold.NOT_HELD, there.figure)


def _is_it(signal: Signal, level: LevelFound) -> bool:
    return level.direction is signal.direction and _overlap(
        signal.first.index, signal.last.index, level.first.index, level.last.index
    )


def _overlap(first: int, last: int, other_first: int, other_last: int) -> bool:
    return first - NEAR <= other_last and other_first - NEAR <= last
