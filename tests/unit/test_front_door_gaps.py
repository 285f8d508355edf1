"""Months without a count, and months withheld: said and not guessed, on every piece of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from scrutinybook.analysis.without_count import without_count
from scrutinybook.commentary import without_count as words
from scrutinybook.disclosure import Origin, PublishedSeries
from scrutinybook.findings.without_count import ManyWithheld, NoCount
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol

LAST = Month(2024, 3)


def series(values: Sequence[int | Symbol]) -> PublishedSeries:
    """Months up to March 2024, each a count or the symbol that stands for one."""
    observations = []
    for back, value in enumerate(reversed(values)):
        end: date = (LAST - back).last_day
        period = FigurePeriod(PeriodKind.MONTH, end)
        symbol = value if isinstance(value, Symbol) else None
        count = None if isinstance(value, Symbol) else float(value)
        observations.append(Observation(period, count, None, symbol, "r"))
    return PublishedSeries("referrals", "Anyshire", tuple(reversed(observations)), Origin.OFFICIAL)


C, U, X = Symbol.SUPPRESSED, Symbol.UNRELIABLE, Symbol.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([10] * 48, None),
        ([10] * 44 + [C] * 3 + [10], None),
        ([C] * 40 + [10] * 48, None),
        ([X] * 24 + [10] * 24, None),
        ([10] * 36 + [U] * 12, NoCount("referrals", LAST, U, Month(2023, 3))),
        ([10, C], NoCount("referrals", LAST, C, Month(2024, 2))),
        ([C], NoCount("referrals", LAST, C, None)),
        ([10] * 40 + [C] * 7 + [12], ManyWithheld("referrals", LAST, 12, 7, 48)),
        ([C, 6], ManyWithheld("referrals", LAST, 6, 1, 2)),
        ([0], None),
    ],
    ids=[
        "all known",
        "a few withheld",
        "withheld before the months that are searched",
        "not available is no small number",
        "a year that is not reliable",
        "the latest withheld",
        "nothing known",
        "many withheld",
        "half withheld",
        "zero is a count",
    ],
)
def test_what_can_be_judged(
    values: Sequence[int | Symbol], found: NoCount | ManyWithheld | None
) -> None:
    assert without_count(series(values)) == found


def test_a_month_without_a_count_is_told_with_its_reason_and_no_number() -> None:
    found = without_count(series([10] * 36 + [U] * 12))
    assert isinstance(found, NoCount)
    said = " ".join(sentence.text for sentence in words.why(found, "referrals"))
    assert "March 2024" in words.headline(found, "referrals").text
    for part in ("not published, as it is not reliable", "not zero", "March 2023"):
        assert part in said
    assert not any(figure.isdigit() for figure in said.replace("2024", "").replace("2023", ""))


def test_withheld_months_are_counted_and_the_rest_not_judged() -> None:
    found = without_count(series([10] * 40 + [C] * 7 + [1]))
    assert isinstance(found, ManyWithheld)
    assert "1 referral " in " ".join(words.headline(found, "referrals").text.split())
    said = " ".join(sentence.text for sentence in words.why(found, "referrals"))
    assert "48" in said
    assert "seven" in said
    assert "none are worked out" in said
