"""How one figure from the council's own records is said: a count, a share, a value in its unit."""

from __future__ import annotations

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import figures, words
from scrutinybook.commentary.figures import share_of, share_text
from scrutinybook.findings.council import on_page
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.symbols import Symbol

_UNITS = {
    "percent": "%",
    "cases a worker": " cases for each worker",
    "people a manager": " direct reports for each manager",
    "per 10,000 children": " for every 10,000 children",
    "posts": " posts",
}
"""What stands behind a value in a sentence; nothing for units that are not listed."""

WITHHELD = "withheld, as numbers are small"

SHORTLY_WITHHELD = "withheld"
"""In tables, with `WHY_WITHHELD` below them."""
WHY_WITHHELD = "Withheld: the number is small, or a small one would follow from it."


def counted(measure: ExtractMeasure) -> str:
    """What a count or a stock counts, in the plural: ``referrals received``."""
    return measure.noun.split(", by ")[0]


def number_text(measure: ExtractMeasure, value: float, denominator: float | None = None) -> str:
    """A number alone, for tables and limits: ``68.2%``, ``1,033``, ``18.4``."""
    if measure.kind == "proportion":
        return share_text(value, denominator or 0)
    if measure.kind == "value":
        text = words.decimal(value)
        return f"{text}%" if measure.unit == "percent" else text
    return words.whole(value)


def cell_text(measure: ExtractMeasure, observation: Observation) -> str:
    """A figure for charts; a symbol in words."""
    value = on_page(measure, observation)
    if value is None:
        return symbol_text(observation)
    return number_text(measure, value, observation.denominator)


def table_text(measure: ExtractMeasure, observation: Observation) -> str:
    """A figure for tables; a symbol in a word or two."""
    if observation.symbol is Symbol.SUPPRESSED:
        return SHORTLY_WITHHELD
    return cell_text(measure, observation)


def symbol_text(observation: Observation) -> str:
    """Why there is no figure, in few words."""
    if observation.symbol is Symbol.SUPPRESSED:
        return WITHHELD
    return "no figure" if observation.symbol is None else observation.symbol.words


def said(measure: ExtractMeasure, observation: Observation) -> str:
    """A figure in a sentence, with what it is a part of. Raises `ValueError` without a figure."""
    value = on_page(measure, observation)
    if value is None:
        raise ValueError(f"{observation.period} has no figure to say")
    if measure.kind == "proportion":
        return share_of(observation, measure.things, measure.predicate or "")
    if measure.kind == "value":
        unit = _UNITS.get(measure.unit or "", "")
        return f"{words.decimal(value)}{unit}"
    if round(value) == 0:
        return f"no {counted(measure)}"
    return words.count_of(value, counted(measure))


def when(observation: Observation) -> str:
    """``in March 2023`` for a month, ``at the end of March 2023`` for a day that ends one."""
    period = observation.period
    if period.kind is PeriodKind.SNAPSHOT and period.end == period.month.last_day:
        return f"at the end of {period.month.words}"
    return figures.when(period)
