"""Plymouth's referrals by month through the analysis, against what can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scrutinybook.analysis.latest_month import latest_chart, latest_month
from scrutinybook.analysis.levels import MonthlyCounts, level_changes
from scrutinybook.chapters.front_door import FrontDoor, front_door
from scrutinybook.commentary import levels as level_words
from scrutinybook.commentary import monthly as month_words
from scrutinybook.commentary.since_then import since_then
from scrutinybook.commentary.why_this_chart import why_this_chart
from scrutinybook.edition import Phase
from scrutinybook.findings.base import Direction
from scrutinybook.findings.level_change import (
    Agreement,
    DatedChange,
    DaysTaken,
    OtherWay,
    agreement,
    overlap,
)
from scrutinybook.findings.monthly import (
    ChartName,
    ControlVerdict,
    LevelChanges,
    MonthLimits,
    NoLimits,
    NoLimitsWhy,
    TooShortToSearch,
)
from scrutinybook.kept_findings import KeptFindings
from scrutinybook.notebook import open_edition
from scrutinybook.periods import Month, working_days

ROOT = Path(__file__).resolve().parents[2]
LAST = Month(2023, 3)


@pytest.fixture(scope="module")
def march_2023() -> FrontDoor:
    return _front_door("plymouth-2023-03")


@pytest.fixture(scope="module")
def march_2024() -> FrontDoor:
    return _front_door("plymouth-2024-03")


def _front_door(edition: str) -> FrontDoor:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return front_door(open_edition(edition))


def drawn(counts: list[float], *, last: Month = LAST) -> MonthlyCounts:
    months = tuple(last - k for k in reversed(range(len(counts))))
    days = np.array([working_days(m) for m in months], dtype=float)
    return MonthlyCounts("referrals", months, np.array(counts, dtype=float), days)


def text(said: list[month_words.Sentence]) -> str:
    return " ".join(s.text for s in said).replace("\u00a0", " ")


def phase(begins: str) -> Phase:
    return Phase.model_validate(
        {"measure": "referrals", "begins": begins, "decided": "2023-11-01", "reason": "A reason."}
    )


def test_highest_count_but_not_for_each_working_day(march_2023: FrontDoor) -> None:
    found = march_2023.latest
    assert [(m.count, m.working_days) for m in found.months[-3:]] == [
        (238, 21),
        (174, 20),
        (255, 23),
    ]
    assert [m.month for m in found.highest_counts] == [LAST]
    assert [m.month for m in found.highest_per_day] == [Month(2023, 1)]
    said = text(month_words.latest_month(found, "referrals"))
    assert "There were 255 referrals in March 2023. That was the highest count of 2022/23." in said
    assert "January 2023 had an average of 11.3 on each of its 21 working days" in said
    assert "March 2023 had 11.1 on each of its 23" in said
    assert "January, February and March 2023 had 21, 20 and 23 working days." in said


def test_limits_by_hand(march_2023: FrontDoor) -> None:
    """An individuals chart of December 2021 to February 2023: mean and 2.66 mean moving ranges."""
    verdict = march_2023.judged.finding
    assert isinstance(verdict, ControlVerdict)
    assert (verdict.chart, verdict.n_baseline) == (ChartName.INDIVIDUALS, 15)
    data = march_2023.data
    per_day = (data.counts / data.working_days)[-16:-1]
    centre, width = per_day.mean(), 3 / 1.128 * np.abs(np.diff(per_day)).mean()
    assert verdict.centre == pytest.approx(centre)
    assert (verdict.lower, verdict.upper) == pytest.approx((centre - width, centre + width))
    assert not verdict.beyond and verdict.lower < 255 / 23 < verdict.upper


def test_the_plain_limit_by_hand_would_call_march_a_signal(march_2023: FrontDoor) -> None:
    verdict = march_2023.judged.finding
    assert isinstance(verdict, ControlVerdict) and verdict.plain is not None
    mean = march_2023.data.counts[-12:-1].mean()
    assert verdict.plain.upper == pytest.approx(mean + 3 * mean**0.5)
    assert round(verdict.plain.upper) == 238 and verdict.plain.beyond
    said = text(why_this_chart(verdict, "referrals"))
    assert "limits at about 154 and 238 referrals a month" in said
    assert (
        "It would call March a signal. That chart overlooks that March had 23 working days, and"
        " that months differ by more than chance: allowing for either one alone, March lies inside"
        " (about 262 with working days alone)."
    ) in said
    assert (
        "Limits worked out from 15 months are themselves estimates. Where nothing changes and"
        " months do not follow on from each other, one or two in a hundred such months would still"
        " lie outside them."
    ) in said
    assert "2.4 times what chance alone would give. So an individuals chart was chosen" in said


def test_where_the_level_had_changed_by_march_2023(march_2023: FrontDoor) -> None:
    assert isinstance(march_2023.levels, LevelChanges)
    last = march_2023.levels.changes[-1]
    assert last.first <= Month(2021, 12) <= last.last
    assert (round(last.before, -1), round(last.after, -1)) == pytest.approx((290, 200), abs=15)
    assert last.confirmed and last.sure_of_size
    said = level_words.headline(march_2023.levels, "referrals").text
    assert said.startswith("The level of referrals last changed at some point between")
    assert "It fell from about" in said
    assert march_2023.levels.last == LAST


def test_the_first_page_says_no_signal_and_what_is_counted(march_2023: FrontDoor) -> None:
    message = march_2023.message()
    assert "255 referrals in March 2023, the highest count of 2022/23 but not the highest" in (
        message.replace("\u00a0", " ")
    )
    assert "The count is within expected variation." in message
    counted = march_2023.what_is_counted()
    assert "They are not referrals into a multi-agency safeguarding hub" in counted
    assert "Higher is neither better nor worse on its own." in counted
    assert "first came out on 26 October 2023" in march_2023.numbers()


def test_what_became_clear_by_march_2024(march_2024: FrontDoor) -> None:
    since = march_2024.since
    assert since is not None and since.earlier == LAST
    assert (round(since.mean_before or 0), round(since.mean_after or 0)) == (201, 323)
    (rise,) = since.new_changes
    assert rise.first > LAST and rise.after > rise.before
    said = text(since_then(since, "referrals"))
    assert "The 90% range of its dates begins after March 2023." in said
    assert (
        "the average was 323 referrals a month. In the 12 months up to March 2023 it was 201."
        in said
    )
    assert said.startswith("After March 2023, April 2023 had 171, May 2023 had ")
    assert "is still found." in said
    assert (
        "Each edition searches its own latest 48 months, so levels can differ a little between"
        " editions."
    ) in said
    assert march_2024.since_earlier_edition().count("<li>") == len(since_then(since, "referrals"))
    assert not since.lost


def test_words_on_working_days_give_way_where_dates_or_changes_do(
    march_2023: FrontDoor, march_2024: FrontDoor
) -> None:
    levels = march_2023.levels
    assert isinstance(levels, LevelChanges)
    assert all(overlap(levels.changes[-1], way.changes[-1]) for way in levels.other_ways)
    # As if the search with working days as they are had found the fall alone.
    fall = replace(levels, changes=levels.changes[-1:], other_ways=levels.other_ways[:1])
    assert (
        "The fall is found however working days are taken into account. With their weight left"
        " open, a possible earlier change (from November 2019) appears too; this page does not rely"
        " on it."
    ) in text(level_words.how_sure(fall))
    said = text(level_words.how_sure(march_2024.levels))
    assert (
        "The same changes are found however working days are taken into account; without them the"
        " dates are less sure"
    ) in said
    assert "July 2021 to March 2022" in said


def _way(*ranges: tuple[str, str], rises: bool = True) -> OtherWay:
    direction = Direction.HIGHER if rises else Direction.LOWER
    each = [(Month.parse(first), Month.parse(last)) for first, last in ranges]
    return OtherWay(
        DaysTaken.NONE, tuple(DatedChange(last, first, last, direction) for first, last in each)
    )


#    what the other way finds, beside a rise between May and July 2023
@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (_way(("2023-05", "2023-07")), Agreement.ALIKE),
        (_way(("2023-03", "2023-09")), Agreement.ALIKE),
        (_way(("2023-02", "2023-07")), Agreement.DATES_DIFFER),
        (_way(("2023-06", "2023-10")), Agreement.DATES_DIFFER),
        (_way(("2021-01", "2021-02"), ("2023-05", "2023-07")), Agreement.FURTHER),
        (_way(("2023-08", "2023-10")), Agreement.DIFFER),
        (_way(("2023-05", "2023-07"), rises=False), Agreement.DIFFER),
        (_way(), Agreement.DIFFER),
    ],
)
def test_how_far_two_ways_agree(march_2024: FrontDoor, way: OtherWay, expected: Agreement) -> None:
    assert isinstance(march_2024.levels, LevelChanges)
    rise = march_2024.levels.changes[-1]
    assert (rise.first, rise.last) == (Month(2023, 5), Month(2023, 7))
    assert agreement([rise], [way]) is expected
    # Where the page has no change, one found another way is no further change.
    assert agreement([], [way]) is (Agreement.DIFFER if way.changes else Agreement.ALIKE)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0037, "fewer than one in a hundred"),
        (0.0066, "about one in a hundred"),
        (0.009, "about one in a hundred"),
        (0.0144, "one or two in a hundred"),
        (0.0206, "about two in a hundred"),
    ],
)
def test_how_many_months_chance_alone_puts_outside(
    march_2023: FrontDoor, share: float, said: str
) -> None:
    verdict = march_2023.judged.finding
    assert isinstance(verdict, ControlVerdict)
    verdict = replace(verdict, chance_latest=share)
    assert f"from each other, {said} such months" in text(why_this_chart(verdict, "referrals"))


#    limits of the plain chart's months, with working days alone and with spread alone
@pytest.mark.parametrize(
    ("days", "spread", "said"),
    [
        (262.0, 250.0, "overlooks that March had 23 working days: allowing for that alone, March"),
        (250.0, 270.0, "differ by more than chance: allowing for that alone, March lies inside"),
        (250.0, 250.0, "had 23 working days, and that months differ by more than chance."),
    ],
)
def test_the_plain_chart_s_lesson_claims_no_more_than_is_so(
    march_2023: FrontDoor, days: float, spread: float, said: str
) -> None:
    verdict = march_2023.judged.finding
    assert isinstance(verdict, ControlVerdict) and verdict.plain is not None
    limits = [MonthLimits(150.0, upper, upper < 255) for upper in (days, spread)]
    plain = replace(verdict.plain, days_alone=limits[0], spread_alone=limits[1])
    words = text(why_this_chart(replace(verdict, plain=plain), "referrals"))
    assert said in words
    assert "either one alone" not in words


def test_an_analyst_s_phase_is_printed_with_its_day_and_checked_against_the_search(
    march_2023: FrontDoor,
) -> None:
    note = month_words.phase_note(phase("2021-12"), march_2023.levels, march_2023.judged.finding)
    assert note == (
        "An analyst decided on 1 November 2023 that this chart begins in December 2021. The reason"
        " given: A reason. The chart begins inside the months in which the level may have changed;"
        " the other answer is given with limits from after them."
    )
    assert isinstance(march_2023.levels, LevelChanges)
    after = month_words.phase_note(
        phase(str(march_2023.levels.changes[-1].last)),
        march_2023.levels,
        march_2023.judged.finding,
    )
    assert after.endswith("The reason given: A reason.")
    odd = month_words.phase_note(phase("2019-07"), march_2023.levels, march_2023.judged.finding)
    assert odd.endswith("finds none near that month.")


def test_a_phase_too_young_for_limits(march_2024: FrontDoor) -> None:
    found = march_2024.judged.finding
    assert isinstance(found, NoLimits) and found.why is NoLimitsWhy.TOO_SHORT
    said = text(month_words.without_limits(found, "referrals"))
    assert "Limits need at least 12 earlier months at the same level." in said
    assert "there are only eight." in said


#                 counts of one year to March                     highest       per day
@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([10.0, 20.0, 46.0], "also had the most referrals for each working day"),
        ([46.0, 20.0, 46.0], "the same as in January 2023"),
        ([50.0, 20.0, 23.0], "The highest count of 2022/23 was 50, in January 2023."),
        ([50.0, 50.0, 23.0], "The highest count of 2022/23 was 50, in January and February 2023."),
        ([0.0, 0.0, 1.0], "There was 1 referral in March 2023."),
        ([3.0, 4.0, 0.0], "There were 0 referrals in March 2023."),
    ],
)
def test_the_latest_month_among_its_year(counts: list[float], said: str) -> None:
    assert said in text(month_words.latest_month(latest_month(drawn(counts)), "referrals"))


def test_months_of_the_year_before_and_months_without_a_count_are_left_out() -> None:
    data = drawn([999.0, np.nan, 5.0], last=Month(2023, 5))
    found = latest_month(data)
    assert [m.month for m in found.months] == [Month(2023, 5)]
    assert "It is the first month of 2023/24 with a figure." in text(
        month_words.latest_month(found, "referrals")
    )
    with pytest.raises(ValueError, match="no count for 2023-05"):
        latest_month(drawn([5.0, np.nan], last=Month(2023, 5)))


def test_working_days_are_told_only_of_a_month_that_is_highest_in_either_way() -> None:
    # January, February and March 2023 had 21, 20 and 23 working days.
    quiet = latest_month(drawn([50.0, 20.0, 23.0]))
    assert "working day" not in text(month_words.latest_month(quiet, "referrals"))
    by_count = latest_month(drawn([45.0, 20.0, 46.0]))
    said = text(month_words.latest_month(by_count, "referrals"))
    assert "But March 2023 did not have the most for each working day" in said
    by_day = latest_month(drawn([20.0, 41.0, 40.0], last=Month(2023, 2)))
    said = text(month_words.latest_month(by_day, "referrals"))
    assert "The highest count of 2022/23 so far was 41, in January 2023." in said
    assert "February 2023 had the most referrals for each working day" in said


def test_beside_a_change_it_is_not_said_what_more_could_have_been_seen(
    march_2023: FrontDoor,
) -> None:
    levels = march_2023.levels
    assert isinstance(levels, LevelChanges) and levels.smallest is None
    said = text(level_words.how_sure(levels))
    assert said.endswith(
        "The latest level is too new to say how small a further change could have been seen."
    )
    old = replace(levels.changes[0], first=levels.last - 40, last=levels.last - 36)
    said = text(level_words.how_sure(replace(levels, changes=(old,), other_ways=())))
    assert said.endswith("How small a further change could have been seen was not worked out.")
    assert "they are not plain averages of the counts" in said


def test_so_far_until_the_year_is_over() -> None:
    found = latest_month(drawn([5.0, 9.0], last=Month(2022, 6)))
    said = text(month_words.latest_month(found, "referrals"))
    assert "That was the highest count of 2022/23 so far." in said


def test_without_a_phase_no_limits_are_drawn_across_a_change_of_level(
    march_2023: FrontDoor,
) -> None:
    judged = latest_chart(march_2023.data, march_2023.levels, None)
    assert isinstance(judged.finding, NoLimits)
    assert isinstance(march_2023.levels, LevelChanges)
    after = march_2023.levels.changes[-1].last + 1
    assert judged.finding.first == after


@pytest.mark.parametrize(
    ("asked", "name", "limits"),
    [("c", "c chart", (156, 240)), ("u'", "u′ chart", (139, 299)), ("u", "u chart", (175, 264))],
)
def test_the_catalogue_may_name_the_chart(
    march_2023: FrontDoor, asked: str, name: str, limits: tuple[int, int]
) -> None:
    """A c chart knows no working days: 15 months of 198 on average, 3 roots of 198 either side."""
    phase = march_2023.context.edition.phase("referrals")
    found = latest_chart(march_2023.data, march_2023.levels, phase, asked).finding
    assert isinstance(found, ControlVerdict)
    assert found.count_limits == pytest.approx(limits, abs=1)
    said = why_this_chart(found, "referrals")[0].text
    assert "The catalogue of measures asks for a" in said and name in said


def test_a_quiet_series_has_no_change_and_says_what_could_have_been_seen() -> None:
    rng = np.random.default_rng(4)
    found = level_changes(drawn([float(x) for x in rng.poisson(200, 48)]), "drawn", KeptFindings())
    assert isinstance(found, LevelChanges) and not found.changes
    assert found.smallest is not None and found.smallest.months_before_end == 6
    said = level_words.headline(found, "referrals").text.replace("\u00a0", " ")
    assert "There is no evidence of a lasting change in the level of referrals" in said
    assert "that began six months before the end would probably (eight times in ten)" in said
    assert f"a rise of at least about {found.smallest.rise:.0f} a month" in said


def test_what_was_searched_before_is_told_the_same(tmp_path: Path) -> None:
    counts = [float(x) for x in np.random.default_rng(1).poisson([200] * 30 + [90] * 30)]
    kept = KeptFindings(tmp_path, {})
    anew = level_changes(drawn(counts), "drawn", KeptFindings())
    assert isinstance(anew, LevelChanges)
    assert anew.changes
    assert level_changes(drawn(counts), "drawn", kept) == anew
    assert list(tmp_path.rglob("*.json"))
    assert level_changes(drawn(counts), "drawn", kept) == anew


def test_too_few_months_are_said() -> None:
    found = level_changes(drawn([20.0] * 10), "drawn", KeptFindings())
    assert isinstance(found, TooShortToSearch)
    assert level_words.headline(found, "referrals").text == (
        "There are too few months to say whether the level of referrals changed."
    )
    assert "There are ten months with a figure for referrals; the search needs" in text(
        level_words.all_changes(found, "referrals")
    )


def test_a_series_of_equal_months_leaves_limits_without_room() -> None:
    data = drawn([float(working_days(LAST - k)) for k in reversed(range(20))])
    found = latest_chart(data, TooShortToSearch("referrals", 20, 24), None).finding
    assert isinstance(found, ControlVerdict) and not found.beyond
