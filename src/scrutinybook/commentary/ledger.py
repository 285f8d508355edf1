"""The ledger of signals in words: when each was first published and what later editions say."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.any_figure import figure_text, why_not_judged
from scrutinybook.commentary.claims import VERDICTS
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.findings.ledger import Hold, Later, Ledger, Signal, Sort
from scrutinybook.periods import Month
from scrutinybook.statistics import Rule

MARKS = {
    Hold.HELD: "Still held",
    Hold.NOT_HELD: "No longer held",
    Hold.WITHHELD: "No longer shown",
    Hold.NOT_JUDGED: "No longer judged",
    Hold.OUT_OF_REACH: "Before the months looked at",
    Hold.NOT_AGAIN: "Not tested again",
}


def headline(found: Ledger) -> Sentence:
    """How many signals there are, how many are held."""
    n = len(found.signals)
    first, last = found.editions[0], found.editions[-1]
    if len(found.editions) == 1:
        text = f"This is the first edition on record. It has {_signals(n)}."
        return Sentence(text.replace("has no signals", "has no signal"), found.id)
    editions = words.small_count_of(len(found.editions), "editions")
    text = f"The {editions} from {first.words} to {last.words} published {_signals(n)}"
    old = n - len(found.new)
    if not n:
        text = f"The {editions} from {first.words} to {last.words} published no signal"
    elif not old:
        text += f", {'which is' if n == 1 else 'all'} new in this one"
    else:
        new = words.small_or_none(len(found.new))
        are = "is" if len(found.new) == 1 else "are"
        held = words.small_or_none(len(found.held))
        earlier = f"the {words.small(old)} before" if old > 1 else "the one before"
        text += f". Of these, {new} {are} new; of {earlier}, this edition still holds {held}"
    return Sentence(f"{text}.", found.id)


def what(signal: Signal, measure: AnyMeasure | None) -> Sentence:
    """What the edition that published a signal first said."""
    way = "higher" if signal.direction is Direction.HIGHER else "lower"
    worth = "" if measure is None else which_is(signal.direction, measure.polarity)
    figure = ""
    if signal.figure is not None and measure is not None:
        figure = f"{figure_text(measure, signal.figure)}: "
    month = signal.first.words
    match signal.sort:
        case Sort.MONTH:
            text = f"{month}, {figure}{way} than expected{worth}."
        case Sort.RUN:
            text = f"{month}, {figure}{_run(signal)}{worth}."
            if signal.last != signal.first:
                text = text[:-1] + f"; the run went on to {signal.last.words}."
        case Sort.YEAR:
            period = "" if signal.figure is None else signal.figure.period.words
            text = f"{words.upper_first(period)}, {figure}{way} than the year before{worth}."
        case Sort.LEVEL:
            verb = "rose" if signal.direction is Direction.HIGHER else "fell"
            text = f"The level {verb} {words.some_month(signal.first, signal.last)}"
            if signal.before is not None and signal.after is not None:
                before, after = words.whole(signal.before), words.whole(signal.after)
                text += f", from about {before} to about {after} a month"
            text += "."
        case Sort.VERDICT:
            assert signal.verdict is not None  # or it would be no signal
            text = f"{VERDICTS[signal.verdict]}."
    return Sentence(text, signal.id)


def since(signal: Signal, measure: AnyMeasure | None) -> list[Sentence]:
    """In which edition it was first published, and what later ones say."""
    text = [f"First published in the edition for {signal.first_published.words}."]
    if signal.sort is Sort.LEVEL:
        text += [_confirmed(signal)]
    if signal.later:
        lost = signal.lost_in
        if lost is None:
            text.append(f"The edition for {signal.later[-1].edition.words} still holds it.")
            if any(each.hold is not Hold.HELD for each in signal.later):
                text[-1] = text[-1].replace("still holds it", "holds it again")
        else:
            text.append(_lost(signal, lost, measure))
    return [Sentence(each, signal.id) for each in text if each]


def _lost(signal: Signal, lost: Later, measure: AnyMeasure | None) -> str:
    match lost.hold:
        case Hold.NOT_HELD if signal.sort is Sort.VERDICT and lost.verdict is not None:
            text = f"it is: {words.lower_first(VERDICTS[lost.verdict])}"
        case Hold.NOT_HELD if signal.sort is Sort.LEVEL:
            text = "the search no longer finds this change"
        case Hold.NOT_HELD:
            text = f"it is no longer held: {_figures(signal, lost, measure)}"
        case Hold.WITHHELD:
            text = "its figure is withheld, so that it can no longer be held"
        case Hold.NOT_JUDGED:
            text = f"it is no longer judged: {why_not_judged(lost.why)}"
        case Hold.OUT_OF_REACH:
            text = "it lies before the months that are looked at"
        case _ if signal.sort is Sort.VERDICT:
            text = "the statement is not looked at"
        case _:
            text = "a later year is tested, and this one is not tested again"
    return f"{_from(lost.edition)} {text}."


def _figures(signal: Signal, lost: Later, measure: AnyMeasure | None) -> str:
    """What the later edition's figures say of the month."""
    within = "the figure lies within what the later months show"
    if signal.sort is Sort.RUN:
        within = "its months no longer make a run"
    if signal.sort is Sort.YEAR:
        within = "the change no longer stands"
    if lost.figure is None or signal.figure is None or measure is None:
        return within
    now, then = (figure_text(measure, each) for each in (lost.figure, signal.figure))
    if now != then:
        return f"the figure was {then} and is now {now}, and {within.replace('figure', 'new one')}"
    return within


def _confirmed(signal: Signal) -> str:
    if signal.confirmed_in is None:
        return "It is provisional." if signal.now is Hold.HELD else "It was provisional then."
    if signal.confirmed_in == signal.first_published:
        return "It was confirmed then."
    return f"It was provisional, and confirmed in the edition for {signal.confirmed_in.words}."


def _run(signal: Signal) -> str:
    higher = signal.direction is Direction.HIGHER
    match signal.rule:
        case Rule.TREND:
            return f"{'rising' if higher else 'falling'} month by month"
        case Rule.NEAR:
            return f"two of three months near the {'upper' if higher else 'lower'} limit"
        case _:
            return f"months in a row {'above' if higher else 'below'} the earlier centre"


def _from(edition: Month) -> str:
    return f"From the edition for {edition.words} on,"


def _signals(n: int) -> str:
    return words.small_count_of(n, "signals")
