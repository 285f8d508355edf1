"""Small counts stay in: numbers a reader can check on their fingers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.disclosure import (
    THRESHOLD,
    Origin,
    PublishedSeries,
    fewest_of_a_share,
    gate,
    gate_parts,
    gate_totals,
)
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol

APRIL = Month(2022, 4)


def of(*parts: tuple[float | None, float | None], first: Month = APRIL) -> Series:
    """One observation a month from April on; None for a month without a figure."""
    return Series(
        "reviews_on_time",
        "Demo",
        tuple(
            Observation(
                FigurePeriod(PeriodKind.MONTH, (first + k).last_day),
                top,
                bottom,
                Symbol.NOT_AVAILABLE if top is None else None,
                "",
            )
            for k, (top, bottom) in enumerate(parts)
        ),
    )


def shown(series: PublishedSeries) -> list[object]:
    """What a reader sees: parts, or the symbol."""
    return [o.symbol or (o.numerator, o.denominator) for o in series]


WITHHELD = Symbol.SUPPRESSED


def test_counts_of_one_to_five_are_withheld_and_zero_is_not() -> None:
    """
    count   0 1 5 6 | shown 0 . . 6
    """
    series = of((0, None), (1, None), (5, None), (6, None))
    assert shown(gate(series, Origin.COUNCIL)) == [(0, None), WITHHELD, WITHHELD, (6, None)]


def test_what_is_left_over_is_a_count_too() -> None:
    """
    on time   34  35  40   0
    of        40  40  40  40
    late       6   5   0  40 | the second is withheld: five children were late
    """
    series = of((34, 40), (35, 40), (40, 40), (0, 40))
    assert shown(gate(series, Origin.COUNCIL)) == [(34, 40), WITHHELD, (40, 40), (0, 40)]


def test_a_share_of_very_few_is_withheld_whatever_it_is() -> None:
    """All of four, none of four: the group is so small that it is known who they are."""
    assert shown(gate(of((4, 4), (0, 4), (0, 0)), Origin.COUNCIL)) == [WITHHELD, WITHHELD, (0, 0)]


def test_published_figures_pass_as_they_are() -> None:
    assert shown(gate(of((3, 40)), Origin.OFFICIAL)) == [(3, 40)]


def test_demonstration_figures_show_what_a_council_would_see() -> None:
    assert shown(gate(of((3, 40)), Origin.DEMONSTRATION)) == [WITHHELD]


def test_suppressed_is_not_missing_is_not_zero() -> None:
    found = shown(gate(of((None, None), (3, 40), (0, 40)), Origin.COUNCIL))
    assert found == [Symbol.NOT_AVAILABLE, WITHHELD, (0, 40)]


def test_the_threshold_may_be_raised_and_never_lowered() -> None:
    assert shown(gate(of((9, None), (11, None)), Origin.COUNCIL, threshold=10)) == [
        WITHHELD,
        (11, None),
    ]
    with pytest.raises(ValueError, match="the threshold is 4; it is 5 at the least"):
        gate(of((9, None)), Origin.COUNCIL, threshold=4)


def test_a_total_of_the_year_would_give_the_withheld_month() -> None:
    """
    month          April   May   June   April
    in month          20     3     30      20
    shown             20     .     30      20
    since 1 April     20    23     53      20
    shown             20     .      .      20 | 53 less 20 less 30 would be the 3
    """
    months = gate(of((20, None), (3, None), (30, None)), Origin.COUNCIL)
    totals = of((20, None), (23, None), (53, None))
    assert shown(gate_totals(totals, months)) == [(20, None), WITHHELD, WITHHELD]


def test_a_withheld_month_closes_its_own_year_alone() -> None:
    march = Month(2022, 3)
    months = gate(of((3, None), (20, None), first=march), Origin.COUNCIL)
    assert shown(gate_totals(of((90, None), (20, None), first=march), months)) == [
        WITHHELD,
        (20, None),
    ]


def test_a_month_without_a_figure_closes_nothing() -> None:
    months = gate(of((20, None), (None, None)), Origin.COUNCIL)
    assert shown(gate_totals(of((20, None), (20, None)), months)) == [(20, None), (20, None)]


def parts_shown(whole: Series, **parts: Series) -> dict[str, list[object]]:
    found = gate_parts(parts, gate(whole, Origin.COUNCIL))
    return {name: shown(series) for name, series in found.items()}


def test_a_withheld_part_takes_another_along() -> None:
    """
    contacts by source   health 12  housing 3  police 40  schools 12 | whole 67
    shown                        .          .         40         12
    Less the 52 shown, 15 are left for health, which is 10 or more, and housing: any of 1 to 5.
    """
    found = parts_shown(
        of((67, None)),
        health=of((12, None)),
        housing=of((3, None)),
        police=of((40, None)),
        schools=of((12, None)),
    )
    assert found == {
        "health": [WITHHELD],
        "housing": [WITHHELD],
        "police": [(40, None)],
        "schools": [(12, None)],
    }


def test_a_second_is_taken_along_where_the_first_does_not_suffice() -> None:
    """
    health 11  housing 3: 14 for both, so that 5 could be ruled out if health is known to be 10 or
    more. With police 40 withheld as well, health could be the small one.
    """
    found = parts_shown(
        of((66, None)),
        health=of((11, None)),
        housing=of((3, None)),
        police=of((40, None)),
        schools=of((12, None)),
    )
    assert [each[0] for each in found.values()] == [WITHHELD, WITHHELD, WITHHELD, (12, None)]


@pytest.mark.parametrize("housing", [1, 2, 3, 4, 5])
def test_which_part_is_taken_along_tells_nothing(housing: int) -> None:
    """
    health  25 - n | housing  n | police 20 | schools 12: who knows the rule sees the same each time
    A rule that took the smallest that covers would take police or schools for some n.
    """
    found = parts_shown(
        of((57, None)),
        health=of((25 - housing, None)),
        housing=of((housing, None)),
        police=of((20, None)),
        schools=of((12, None)),
    )
    assert found == {
        "health": [WITHHELD],
        "housing": [WITHHELD],
        "police": [(20, None)],
        "schools": [(12, None)],
    }


def test_a_percentage_of_few_is_withheld() -> None:
    """
    out of   9  10  | 0 of 9: nobody, and everybody else; a rate that is no percentage may be shown
    """
    series = of((0, 9), (0, 10), (10, 10))
    found = shown(gate(series, Origin.COUNCIL, fewest=fewest_of_a_share(5)))
    assert found == [WITHHELD, (0, 10), (10, 10)]
    assert shown(gate(of((0, 19)), Origin.COUNCIL, fewest=fewest_of_a_share(10))) == [WITHHELD]
    assert shown(gate(of((54, 9)), Origin.COUNCIL)) == [(54, 9)]


def test_a_cover_that_would_itself_tell_is_none() -> None:
    """Housing 1 and health 6 make 7: as 6 is the least that is shown, the other could only be 1."""
    found = parts_shown(of((7, None)), health=of((6, None)), housing=of((1, None)))
    assert found == {"health": [WITHHELD], "housing": [WITHHELD]}


def test_of_shares_all_parts_are_withheld_where_one_is() -> None:
    found = parts_shown(of((60, 100)), north=of((20, 40)), south=of((38, 42)), west=of((2, 18)))
    assert found == {"north": [WITHHELD], "south": [WITHHELD], "west": [WITHHELD]}


def test_parts_of_a_withheld_whole_are_withheld() -> None:
    found = parts_shown(of((37, 40)), north=of((10, 20)), south=of((8, 20)))
    assert found == {"north": [WITHHELD], "south": [WITHHELD]}


def test_parts_that_are_all_shown_stay_so() -> None:
    found = parts_shown(of((66, None)), police=of((60, None)), schools=of((6, None)))
    assert found == {"police": [(60, None)], "schools": [(6, None)]}


counts = st.integers(0, 40)


@given(st.lists(counts, min_size=1, max_size=6))
def test_no_withheld_part_can_be_told_from_the_whole_and_the_others(drawn: list[int]) -> None:
    """What is left over can be divided so that any withheld part is any number from 1 to 5."""
    whole = gate(of((sum(drawn), None)), Origin.COUNCIL)
    found = gate_parts({str(k): of((n, None)) for k, n in enumerate(drawn)}, whole)
    hidden = [n for n, each in zip(drawn, found.values(), strict=True) if each.latest.symbol]
    small = [n for n in hidden if 0 < n <= THRESHOLD]
    if whole.latest.symbol is None and small and len(hidden) < len(drawn):
        left = sum(hidden)
        others = len(hidden) - 1
        # The cover counts at least 6, the other small ones at least 1 each.
        assert left - 5 >= 6 + (others - 1)


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=12), st.integers(THRESHOLD, 12))
def test_nothing_that_is_shown_gives_a_small_count(
    drawn: list[tuple[int, int]], threshold: int
) -> None:
    """Subtract all that is shown, months from totals as well: no difference counts one to five."""
    parts = [(min(pair), max(pair)) for pair in drawn]
    months = gate(of(*parts), Origin.COUNCIL, threshold=threshold)
    running = [tuple(sum(p[i] for p in parts[: k + 1]) for i in (0, 1)) for k in range(len(parts))]
    totals = gate_totals(of(*running), months, threshold=threshold)  # type: ignore[arg-type]
    for seen, total, true in zip(months, totals, parts, strict=True):
        if seen.symbol is None:
            assert (seen.numerator, seen.denominator) == true
            for part in (true[0], true[1], true[1] - true[0]):
                assert not 0 < part <= threshold
        else:
            assert total.symbol is Symbol.SUPPRESSED
