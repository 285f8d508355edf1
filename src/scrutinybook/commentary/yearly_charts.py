"""What yearly charts show, in words, for readers who do not see them."""

from __future__ import annotations

from scrutinybook.analysis.yearly import YearlyMeasure
from scrutinybook.commentary import words
from scrutinybook.commentary.comparisons import INNER, OUTER, beside_others
from scrutinybook.commentary.figures import value_text, when
from scrutinybook.findings.yearly import AmongAuthorities, OverYears


def yearly_description(found: YearlyMeasure, authority: str) -> str:
    """A yearly line chart."""
    known = [o for o in found.own if o.value is not None]
    first, last = known[0], known[-1]
    said = [
        f"Line chart for {authority}, one point a year: {_title(found)}.",
        f"It starts at {value_text(found.measure, first)} ({first.period.words})"
        f" and ends at {value_text(found.measure, last)} ({last.period.words}).",
    ]
    if isinstance(found.years, OverYears):
        low, high = found.years.lowest[0], found.years.highest[0]
        said.append(
            f"The lowest point is {value_text(found.measure, low)} ({low.period.words}),"
            f" the highest {value_text(found.measure, high)} ({high.period.words})."
        )
    said += [sentence.text for sentence in beside_others(found.beside)]
    return " ".join(said)


def _title(found: YearlyMeasure) -> str:
    title = found.measure.title
    return f"{title[:1].lower()}{title[1:]}"


def funnel_description(found: AmongAuthorities, authority: str) -> str:
    """A funnel plot."""
    share = value_text(found.measure, found.now)
    if found.place in OUTER:
        where = f"{OUTER[found.place]} the outer limits"
    elif found.place in INNER:
        where = f"between the inner and outer limits, at the {INNER[found.place]} edge"
    else:
        where = "inside the limits"
    return (
        f"Funnel plot of {found.measure.noun} {when(found.now.period)}:"
        f" {words.count_of(found.n_authorities, 'authorities')} as dots about a centre line at"
        f" {words.percent(found.centre, 1)}, with limits that are wider for smaller authorities."
        f" {authority}, at {share}, lies {where}."
    )
