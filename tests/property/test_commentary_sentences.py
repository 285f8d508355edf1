"""Every sentence, whatever was found: tidy, traceable, never more than the finding says."""

from __future__ import annotations

import dataclasses
import re

import drawn_findings as drawn
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules, problems_of, untraced

from scrutinybook.commentary import comparisons, levels, monthly, summary, without_count, yearly
from scrutinybook.commentary.monthly_charts import control_description, levels_description
from scrutinybook.commentary.since_then import since_then
from scrutinybook.commentary.why_this_chart import why_this_chart
from scrutinybook.commentary.yearly_charts import funnel_description
from scrutinybook.findings.base import Direction
from scrutinybook.findings.level_change import Agreement
from scrutinybook.findings.monthly import (
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    NoLimits,
    SinceThen,
    TooShortToSearch,
)
from scrutinybook.findings.without_count import ManyWithheld, NoCount
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    BesideOthers,
    ChangeOnYear,
    FewYears,
    FigureOnYear,
    FunnelPlace,
    ManyTested,
    NotPublished,
    OverYears,
)

NO_EVIDENCE = "no clear evidence of a change"
many_examples = settings(max_examples=150, deadline=None)


@many_examples
@given(drawn.latest_months())
def test_latest_month(found: LatestMonth) -> None:
    keep_to_the_rules(monthly.latest_month(found, "referrals"), found)


@many_examples
@given(drawn.latest_months(), st.one_of(drawn.verdicts(), drawn.runs_without_limits()))
def test_month_headline(found: LatestMonth, verdict: ControlVerdict | NoLimits) -> None:
    keep_to_the_rules([monthly.headline(found, verdict, "referrals")], verdict, found)


@many_examples
@given(drawn.verdicts())
def test_against_limits(found: ControlVerdict) -> None:
    said = monthly.against_limits(found, "referrals") + why_this_chart(found, "referrals")
    keep_to_the_rules(said, found)


@many_examples
@given(drawn.verdicts())
def test_whole_numbers_said_to_be_inside_the_limits_are_inside(found: ControlVerdict) -> None:
    said = monthly.against_limits(found, "referrals")[0].text
    match = re.search(r"Anything from ([\d,]+) to ([\d,]+) ", said)
    if match is None:
        assert "so alike" in said
        return
    smallest, largest = (int(end.replace(",", "")) for end in match.groups())
    count = found.latest.count
    near_a_limit = any(abs(count - limit) < 1e-5 for limit in found.count_limits)
    assume(not near_a_limit)
    assert found.beyond == (not smallest <= count <= largest)


@many_examples
@given(drawn.runs_without_limits())
def test_without_limits(found: NoLimits) -> None:
    keep_to_the_rules(monthly.without_limits(found, "referrals"), found)


@many_examples
@given(st.one_of(drawn.no_counts, drawn.many_withheld))
def test_without_a_count(found: NoCount | ManyWithheld) -> None:
    said = [without_count.headline(found, "referrals"), *without_count.why(found, "referrals")]
    said.append(without_count.level_unknown(found, "referrals"))
    keep_to_the_rules(said, found)
    if isinstance(found, NoCount):
        dates = [found.month.words, *([found.last_known.words] if found.last_known else [])]
        text = " ".join(s.text for s in said)
        for date in dates:
            text = text.replace(date, "")
        assert not re.search(r"\d", text)


@many_examples
@given(st.one_of(drawn.level_changes(), drawn.too_short))
def test_levels(found: LevelChanges | TooShortToSearch) -> None:
    said = [
        levels.headline(found, "referrals"),
        *levels.all_changes(found, "referrals"),
        *levels.how_sure(found),
    ]
    if isinstance(found, LevelChanges):
        said += [s for change in found.changes for s in levels.one_change(change, found)]
        _check_ways(" ".join(s.text for s in said), found)
    keep_to_the_rules(said, found)


def _check_ways(text: str, found: LevelChanges) -> None:
    """With a change or without, the page says whether working days make a difference."""
    said = found.agreement
    assert ("depends on how working days" in text) == (said is Agreement.DIFFER)
    assert ("is the same however working days" in text) == (said is Agreement.ALIKE)
    assert ("does not rely on" in text) == (said is Agreement.FURTHER)
    if said is Agreement.DATES_DIFFER:
        assert "the dates are less sure" in text or "the dates differ" in text
    if said is Agreement.DIFFER:
        for way in found.other_ways:
            assert way.days.value in text


@many_examples
@given(drawn.level_changes())
def test_an_unsure_or_provisional_change_is_said_to_be_so(found: LevelChanges) -> None:
    assume(found.changes)
    head = levels.headline(found, "referrals").text
    last = found.changes[-1]
    assert ("may have changed" in head) == (not (last.sure_of_size and last.confirmed))
    for change in found.changes:
        said = " ".join(s.text for s in levels.one_change(change, found))
        assert ("includes no change at all" in said) == (not change.sure_of_size)
        assert ("provisional" in said) == (not change.confirmed)
        if "Later months will show" in said:
            assert found.is_recent(change)


@many_examples
@given(drawn.since_thens())
def test_since_then(found: SinceThen) -> None:
    said = since_then(found, "referrals")
    keep_to_the_rules(said, found)
    # Whatever the earlier edition reported is found again, lost, or out of reach: never dropped.
    assert len(found.lost) + len(found.out_of_reach) <= len(found.then.changes)
    text = " ".join(s.text for s in said)
    assert ("no longer found" in text) == bool(found.lost)


@many_examples
@given(drawn.tested_changes(), st.one_of(st.none(), drawn.among()))
def test_change_on_year(
    given_: tuple[ChangeOnYear, ManyTested | None], among: AmongAuthorities | None
) -> None:
    change, tests = given_
    # In a book both findings are of one measure.
    here = among and dataclasses.replace(
        among,
        measure_id=change.measure_id,
        measure=change.measure,
        now=change.now,
        place=FunnelPlace.INSIDE,
    )
    head = [yearly.headline(change, here, tests), yearly.line(change, here, tests)]
    body = yearly.latest_figure(change, tests)
    keep_to_the_rules([*head, *body], change, here, tests)
    clear = tests is not None and tests.stands(change) and change.evidence
    for text in (head[0].text, head[1].text):
        assert (NO_EVIDENCE in text) == (not clear)
        _check_parts(text, change)
    below = " ".join(s.text for s in body)
    assert NO_EVIDENCE not in below  # the message above has said it
    assert ("of its own" in below) == (clear and change.earlier is not None)
    for text in (head[0].text, head[1].text, below):
        assert clear or not re.search("better|worse", text)
        _check_worth(text, change)


def _check_worth(text: str, change: ChangeOnYear) -> None:
    if change.measure.polarity == "neutral":
        assert not re.search("better|worse", text)
    for way, worth in re.findall(r"(higher|lower)[^.]*?, which is (better|worse)", text):
        assert Direction(way) is change.direction
        good = Direction.HIGHER if change.measure.polarity == "high" else Direction.LOWER
        assert (worth == "better") == (change.direction is good)


def _check_parts(text: str, change: ChangeOnYear) -> None:
    """A share of the authority's own stands beside its numerator and denominator."""
    assert change.now.parts is not None
    top, bottom = change.now.parts
    assert f"{top:,} of {bottom:,}" in text.replace("\u00a0", " ")


@many_examples
@given(drawn.figures_on_year())
def test_figure_on_year(found: FigureOnYear) -> None:
    line = yearly.line(found, None, None)
    said = [yearly.headline(found, None, None), line]
    keep_to_the_rules([*said, *yearly.latest_figure(found, None)], found)
    for sentence in said:
        assert not re.search("higher|lower|better|worse", sentence.text)
    ways = re.findall(r", (up|down) from ", line.text)
    if ways:
        assert found.then is not None and found.then.value is not None
        assert found.now.value is not None
        assert ways == ["up" if found.now.value > found.then.value else "down"]


@many_examples
@given(drawn.not_published())
def test_a_symbol_never_yields_a_number(found: NotPublished) -> None:
    said = [yearly.headline(found, None, None), yearly.line(found, None, None)]
    said += yearly.latest_figure(found, None)
    keep_to_the_rules(said, found)
    for sentence in said:
        rest = sentence.text.replace(found.now.period.words, "").replace(found.measure.noun, "")
        assert not re.search(r"\d", rest)
        assert "0" not in rest
        assert found.now.symbol is not None
        assert found.now.symbol.words in sentence.text


@many_examples
@given(drawn.among())
def test_among_authorities(found: AmongAuthorities) -> None:
    said = comparisons.among_authorities(found, "Plymouth")
    keep_to_the_rules(said, found)
    message = comparisons.place_among(found)
    assert not list(problems_of(message, found))
    neutral = found.measure.polarity == "neutral" or found.place is FunnelPlace.INSIDE
    assert bool(re.search("better|worse", message)) != (neutral or found.now.value == found.centre)
    assert not list(problems_of(funnel_description(found, "Plymouth"), found))
    # A figure that may lie anywhere is not said to lie between limits.
    text = " ".join(s.text for s in said)
    if found.place is FunnelPlace.INSIDE:
        assert ("between" in text.split("usual differences between")[1]) == (
            found.lower > 0 and found.upper < 1
        )
        assert ("not extreme" in text) == (found.lower > 0 or found.upper < 1)
        assert ("no room on the" in text) == ((found.lower > 0) != (found.upper < 1))


@many_examples
@given(drawn.beside())
def test_beside_others(found: BesideOthers) -> None:
    keep_to_the_rules(comparisons.beside_others(found), found)
    keep_to_the_rules(summary.comparators(found), found)


@many_examples
@given(st.one_of(drawn.over_years(), drawn.few_years()))
def test_over_years(found: OverYears | FewYears) -> None:
    keep_to_the_rules(yearly.over_years(found), found)


@many_examples
@given(drawn.over_years())
def test_the_latest_year_s_place_is_its_place(found: OverYears) -> None:
    """Said only where no other year is level with the latest."""
    said = yearly.place_in_years(found)
    assert not untraced(said, found)
    if found.n_lower + found.n_higher < found.n_years - 1:
        assert said == ""
    elif said:
        beyond = found.n_lower if "lowest" in said else found.n_higher
        assert beyond == (1 if "second" in said else 0)
    else:
        assert min(found.n_lower, found.n_higher) > 1


@many_examples
@given(drawn.many_tested())
def test_many_measures(found: ManyTested) -> None:
    said = summary.changes_on_year(found)
    clear = [c for c in found.tested if found.clear(c)]
    quiet, alone = len(found.tested) - len(clear), [c for c in found.alone if c not in clear]
    strict = [c for c in clear if c in found.stand_strictly]
    groups = [[c for c in clear if c.measure.polarity == "neutral"]]
    for better in (True, False):
        groups.append([c for c in clear if _is_better(c) is better])
    keep_to_the_rules(said, found, clear, quiet, alone, strict, groups)
    text = " ".join(s.text for s in said)
    wanted = {"Better": True, "Worse": False, "Neither better nor worse": None}
    for name, names in re.findall(r"(Better|Worse|Neither better nor worse): ([^.]*)\.", text):
        listed = {(c.measure.noun, c.direction) for c in clear if _is_better(c) is wanted[name]}
        ways = {"up": Direction.HIGHER, "down": Direction.LOWER}
        entries = [
            re.fullmatch(r"the share of (.*?)(?: \((up|down)\))?", e) for e in names.split("; ")
        ]
        assert {(e[1], ways.get(e[2], Direction.SAME)) for e in entries if e} == listed
        assert all(entries)
    assert (NO_EVIDENCE in text) == (quiet > 0)
    keep_to_the_rules(summary.not_tested(found), found)
    keep_to_the_rules(summary.how_sure(found), found, clear, alone, strict, found.n_tests)
    for level in found.levels:
        (among,) = summary.level_among_many(found, level.measure_id) or [None]
        assert (among is None) == (found.n_tests == 1)
        if among is not None:
            keep_to_the_rules([among], found, found.n_tests)
            assert ("does not stand" in among.text) == (not level.stands)
    assert not re.search("discovery|allowance", text)


def _is_better(change: ChangeOnYear) -> bool | None:
    if change.measure.polarity == "neutral":
        return None
    return (change.direction is Direction.HIGHER) == (change.measure.polarity == "high")


@many_examples
@given(st.one_of(drawn.level_changes(), drawn.too_short), drawn.latest_months())
def test_levels_described(found: LevelChanges | TooShortToSearch, latest: LatestMonth) -> None:
    text = levels_description(found, latest.latest, "referrals", "Plymouth")
    assert not list(problems_of(text, found, latest))


@many_examples
@given(st.one_of(drawn.verdicts(), drawn.runs_without_limits()))
def test_control_chart_described(found: ControlVerdict | NoLimits) -> None:
    text = control_description(found, "referrals", "Plymouth")
    assert not list(problems_of(text, found))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The fall was due to a change of process.", "says 'due to'"),
        ("The level is stable.", "says 'stable'"),
        ("There were nan referrals.", "says 'nan'"),
        ("There were 1 referrals.", "one takes the singular"),
        ("There were 12 month.", "takes the plural"),
        ("There was 12 of them.", "disagree"),
        ("It was an 70% share.", "an 70"),
        ("It was a individuals chart.", "a individuals"),
        ("Two  spaces.", "says '  '"),
        ("Two stops..", "one full stop"),
        ("no capital.", "begin like a sentence"),
        ("There were 987,654 referrals.", "987,654 is not in the finding"),
        ("Nine measures changed.", "9 is not in the finding"),
    ],
)
def test_the_rules_catch_what_they_are_for(text: str, problem: str) -> None:
    assert any(problem in each for each in problems_of(text, 12.0, 70.0, 2.0))


def test_a_number_may_be_said_in_each_rounding_and_in_no_other() -> None:
    assert untraced("About 238 or 237.6; 24%, 23.8% or 23.76%.", 237.5551, 0.23755) == []
    assert untraced("About 239, 237.5 or 23%.", 237.5551, 0.23755) == ["239", "237.5", "23"]
