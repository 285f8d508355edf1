"""Yearly measures at a glance in words: change, place, comparison, and what to ask."""

from __future__ import annotations

from scrutinybook.commentary import summary, words, yearly
from scrutinybook.commentary.comparisons import OUTER
from scrutinybook.commentary.figures import year_before
from scrutinybook.commentary.glance import SINCE
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.glance import Asks, SinceLast
from scrutinybook.findings.official_glance import OfficialGlance
from scrutinybook.findings.yearly import ChangeOnYear, NotPublished

_COMPARED = (SinceLast.NEW, SinceLast.STILL, SinceLast.OTHER_WAY, SinceLast.ENDED)


def change(row: OfficialGlance) -> list[Sentence]:
    """Whether it changed from the year before, and whether it lies beyond nearly all others."""
    before = year_before(row.latest.now.period)
    if isinstance(row.latest, NotPublished):
        text = ["There is no latest figure."]
    elif not isinstance(row.latest, ChangeOnYear):
        share = row.measure.kind == "proportion"
        why = "there is no figure to set it against" if share else "it is a count or printed value"
        text = [f"Not tested: {why}."]
    elif row.direction is Direction.SAME:
        text = [f"No clear evidence of a change from {before}."]
    else:
        text = [f"{words.upper_first(_changed(row))}."]
    said = [Sentence(each, row.id) for each in text]
    if row.far_out is not Direction.SAME:
        said.append(Sentence(f"{words.upper_first(_far_out(row))}.", row.id))
    return said


def since_last(row: OfficialGlance) -> list[Sentence]:
    """How that was in the edition before, where either stood out; nothing else is said."""
    if row.since is None or row.since.since not in _COMPARED:
        return []
    return [Sentence(SINCE[row.since.since], row.since.id)]


def beside(row: OfficialGlance) -> list[Sentence]:
    """Neighbours and England, and the target."""
    target = row.measure.target
    unit = "%" if row.measure.kind == "proportion" or row.measure.unit == "percent" else ""
    text = "No target set." if target is None else f"The target is {target:g}{unit}."
    return [*summary.comparators(row.beside), Sentence(text, row.id)]


def trend_description(row: OfficialGlance) -> str:
    """A small chart for readers who do not see it."""
    return " ".join(each.text for each in yearly.over_years(row.years))


def question(row: OfficialGlance) -> Sentence:
    """What to ask of a measure that gives reason to. Raises `ValueError` for one that does not."""
    if row.asks is Asks.REST:
        raise ValueError(f"{row.measure_id} gives no reason to ask")
    changed = row.direction is not Direction.SAME
    fact = _changed(row) if changed else _far_out(row)
    if row.better is None:
        end = "Has the work changed, or the way it is recorded?"
    elif row.better:
        end = "What is known of how that came about, and will it last?"
    else:
        end = "What is known of how that came about, and what will be done by when?"
    return Sentence(f"{row.measure.title}: {fact}. {end}", row.id)


def _changed(row: OfficialGlance) -> str:
    way = which_is(row.direction, row.measure.polarity)
    return f"{row.direction.value} than {year_before(row.latest.now.period)}{way}"


def _far_out(row: OfficialGlance) -> str:
    assert row.among is not None  # or it would not lie far out
    way = which_is(row.far_out, row.measure.polarity)
    return f"{OUTER[row.among.place]} the usual spread of authorities{way}"
