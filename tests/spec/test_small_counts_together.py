"""What one measure withholds, another must not give: tables a reader can check on their fingers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.disclosure import (
    THRESHOLD,
    Origin,
    PublishedSeries,
    Split,
    gate,
    gate_parts,
    hidden_beside,
    hidden_complements,
    hidden_with,
)
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol

MARCH = FigurePeriod(PeriodKind.MONTH, Month(2023, 3).last_day)
WITHHELD = Symbol.SUPPRESSED


def raw(top: float, bottom: float | None = None) -> Series:
    return Series("measure", "Demo", (Observation(MARCH, top, bottom, None, ""),))


def gated(top: float, bottom: float | None = None) -> PublishedSeries:
    return gate(raw(top, bottom), Origin.COUNCIL)


def shown(series: PublishedSeries) -> object:
    return series.latest.symbol or series.latest.numerator


def test_a_cover_is_of_the_side_whose_total_stands_elsewhere() -> None:
    """
    days taken   1 to 10  11 to 45 | in time 63    46 to 60  61 and more | late 40
    assessments        3        60                       28           12 | all 103
    shown              .         .                       28           12
    One of the late would not cover: in time less 60 is the 3.
    """
    bands = {"61 and more": raw(12), "1 to 10": raw(3), "11 to 45": raw(60), "46 to 60": raw(28)}
    split = Split(gated(63, 103), ("1 to 10", "11 to 45"))
    found = gate_parts(bands, gated(103), split=split)
    assert [shown(found[name]) for name in bands] == [12, WITHHELD, WITHHELD, 28]
    alone = gate_parts(bands, gated(103))
    assert [shown(alone[name]) for name in bands] == [WITHHELD, WITHHELD, 60, 28]


def test_a_withheld_share_divides_nothing() -> None:
    """Three of 103 were late, so the share is withheld and the cover may lie on either side."""
    bands = {"1 to 10": raw(30), "11 to 45": raw(70), "46 and more": raw(3)}
    split = Split(gated(100, 103), ("1 to 10", "11 to 45"))
    found = gate_parts(bands, gated(103), split=split)
    assert [shown(found[name]) for name in bands] == [WITHHELD, 70, WITHHELD]


bands_drawn = st.lists(st.integers(0, 30), min_size=2, max_size=6)


@given(bands_drawn, bands_drawn)
def test_no_band_follows_from_the_share_and_the_others(early: list[int], late: list[int]) -> None:
    """Of each side whose total is shown, a withheld number is never alone."""
    whole, in_time = sum(early) + sum(late), sum(early)
    numbers = {f"early {k}": n for k, n in enumerate(early)}
    numbers |= {f"late {k}": n for k, n in enumerate(late)}
    share = gated(in_time, whole)
    side = tuple(name for name in numbers if name.startswith("early"))
    found = gate_parts(
        {k: raw(n) for k, n in numbers.items()}, gated(whole), split=Split(share, side)
    )
    if share.latest.symbol is not None or not whole:
        return
    for names in (side, tuple(name for name in numbers if name not in side)):
        hidden = [name for name in names if found[name].latest.symbol]
        if any(0 < numbers[name] <= THRESHOLD for name in hidden):
            assert len(hidden) >= 2


def test_parts_summed_in_two_ways_are_all_shown_or_none() -> None:
    """Grades by service: the good ones of a service stand elsewhere, so one cover is not enough."""
    parts = {"North: good": raw(12), "North: inadequate": raw(2), "South: good": raw(20)}
    found = gate_parts(parts, gated(34), all_or_none=True)
    assert {shown(each) for each in found.values()} == {WITHHELD}
    whole = gate_parts(
        {"North: good": raw(12), "South: good": raw(20)}, gated(32), all_or_none=True
    )
    assert [shown(each) for each in whole.values()] == [12, 20]


def test_of_shares_that_make_up_a_total_one_more_is_withheld() -> None:
    """
    care leavers   active 70  not active 26  not known 4 | of 100
    shown                 70              .            .
    """
    shares = {"active": gated(70, 100), "not active": gated(26, 100), "not known": gated(4, 100)}
    found = hidden_complements(shares)
    assert [shown(found[name]) for name in shares] == [70, WITHHELD, WITHHELD]


def test_a_rest_that_no_measure_shows_is_a_count_too() -> None:
    """
    active 70  not active 26 | of 100, so that 4 are not known though no measure says so
    """
    found = hidden_complements({"active": gated(70, 100), "not active": gated(26, 100)})
    assert [shown(each) for each in found.values()] == [70, WITHHELD]


def test_shares_that_give_nothing_away_stay() -> None:
    shares = {"active": gated(60, 100), "not active": gated(30, 100), "not known": gated(10, 100)}
    assert [shown(each) for each in hidden_complements(shares).values()] == [60, 30, 10]
    assert shown(hidden_complements({"active": gated(97, 103)})["active"]) == 97


def test_without_a_cover_all_shares_are_withheld() -> None:
    shares = {"active": gated(6, 15), "not active": gated(6, 15), "not known": gated(3, 15)}
    assert {shown(each) for each in hidden_complements(shares).values()} == {WITHHELD}


def test_those_who_are_not_counted_are_a_count_too() -> None:
    """Of 9 children who came into care 6 were 16 or 17: three were younger."""
    assert shown(hidden_beside(gated(6), gated(9))) is WITHHELD
    assert shown(hidden_beside(gated(6), gated(6))) == 6
    assert shown(hidden_beside(gated(6), gated(20))) == 6


def test_what_is_worked_out_from_a_withheld_figure_is_withheld() -> None:
    posts = gate(raw(1.5), Origin.COUNCIL, counts_people=False)
    assert shown(hidden_with(posts, gated(90, 4))) is WITHHELD
    assert shown(hidden_with(posts, gated(130, 6))) == 1.5
