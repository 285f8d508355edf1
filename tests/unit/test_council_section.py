"""Sections and summaries of a council's own measures, from figures drawn by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.html
import pytest
from drawn_council_context import CATALOGUE, context, figures, grown, likely, table_recording

from scrutinybook.analysis.council import counted_once
from scrutinybook.chapters.council_section import council_measure, council_section, twin
from scrutinybook.chapters.council_summary import council_chapter_summary, month_in_brief
from scrutinybook.findings.council import Judged, NoLimitsWhy, Unjudged
from scrutinybook.statistics import ChartKind

STEADY = [100 + 7 * (k % 3) - 4 * (k % 5) for k in range(24)]


def words_of(html: str) -> str:
    return " ".join(lxml.html.fromstring(f"<div>{html}</div>").text_content().split())


def section(measure_id: str, numbers: list, **more: object) -> str:  # type: ignore[type-arg]
    return council_section(context({measure_id: figures(measure_id, numbers)}, **more), measure_id)


def test_a_section_says_what_is_counted_and_how_it_lies() -> None:
    said = words_of(section("referrals_received", [*STEADY, 101]))
    assert "There were 101 referrals received in March 2023. That is within what" in said
    assert "The numbers behind the chart" in said


def test_nothing_is_said_in_words_that_count_something_else() -> None:
    """The 74 are those open for too long, not all open assessments; nobody left, not no worker."""
    late = words_of(section("assessments_open_past_45", [*[60 + k % 4 for k in range(20)], 74]))
    assert "There were 74 assessments open for more than 45 working days" in late
    left = words_of(section("social_workers_left", [0.0] * 15))
    assert "There were no social workers who left the council in March 2023" in left


def test_a_level_that_drifts_is_not_said_to_be_as_expected() -> None:
    """A stock that rises by four a month: each change is usual, the level is not."""
    said = words_of(section("assessments_open_past_45", [30 + 4 * k + k % 3 for k in range(30)]))
    assert "That is within what the earlier months" not in said
    assert "more than a month before, which is within the changes that months usually bring" in said
    assert "Small changes that add up over many months are not looked for here" in said


def wandering(n: int) -> list[float]:
    """A caseload that follows itself from month to month and changes by little each time."""
    found, level = [], 20.0
    for k in range(n):
        level += (0.3, -0.2, 0.4, 0.1, -0.4, 0.2, -0.3, -0.2)[(k // 5 + k) % 8]
        found.append(level)
    return found


def test_a_value_on_a_day_is_charted_as_the_stock_that_it_is() -> None:
    """Most cases of a month are in the next: plain limits would call half of such months signals.

    A rate and the count behind it are the same figures, so both are judged alike.
    """
    pairs = [(100.0 * each, 100.0) for each in wandering(30)]
    count = [round(520 + 20 * (each - 20)) for each in wandering(30)]
    rates = [(float(each), 52_000.0) for each in count]
    held = {
        "caseload_by_service": figures("caseload_by_service", pairs),
        "children_in_care": figures("children_in_care", count),
        "children_in_care_rate": figures("children_in_care_rate", rates),
    }
    found = {name: council_measure(context(held), name) for name in held}
    kinds = {n: f.judged.chart.kind for n, f in found.items() if f is not None and f.judged.chart}
    assert len(kinds) == 3
    assert set(kinds.values()) <= {ChartKind.STOCK, ChartKind.NET_FLOW}
    assert kinds["children_in_care"] is kinds["children_in_care_rate"]


def test_posts_may_be_fewer_than_none() -> None:
    """Below zero there are workers enough; the chart goes there too."""
    html = section("posts_to_target_caseload", [(-1.5 + 0.4 * (k % 5)) for k in range(20)])
    assert "<svg" in html
    assert "The figure at the end of March 2023 was 0.1 posts" in words_of(html)
    below = section("posts_to_target_caseload", [(1.5 - 0.7 * (k % 5)) for k in range(20)])
    assert "was −1.3 posts" in words_of(below)


def test_a_month_far_above_is_a_signal_in_words_chart_and_description() -> None:
    html = section("referrals_received", [*STEADY, 190])
    said = words_of(html)
    assert "That is higher than the earlier months would lead one to expect: a reason" in said
    assert said.count("It is a signal: the centre line is at") == 2  # a drawing for each width


def test_withheld_figures_are_nowhere_on_the_page() -> None:
    """Forty conferences a month, 37 or more on time: three are late, so all of it is withheld."""
    pairs = [(30, 40), (38, 40)] * 12
    html = section("conferences_on_time", [*pairs, (37, 40)])
    said = words_of(html)
    for hidden in ("37", "38", "92.5", "95", "93%"):
        assert f" {hidden} " not in said
    assert "The figure in March 2023 is withheld, as numbers are small" in said
    assert "Withheld: the number is small, or a small one would follow from it" in said


def test_limits_are_not_drawn_from_what_withholding_leaves() -> None:
    """Months with few late conferences are withheld: the others are the bad ones."""
    held = {"conferences_on_time": figures("conferences_on_time", [(38, 40), (30, 40)] * 14)}
    found = council_measure(context(held), "conferences_on_time")
    assert found is not None
    assert isinstance(found.judged.finding, Unjudged)
    assert found.judged.finding.why is NoLimitsWhy.TOO_FEW_CASES
    said = words_of(council_section(context(held), "conferences_on_time"))
    assert "of 27 earlier months that were counted 14 are withheld" in said


def test_one_withheld_month_of_many_changes_nothing() -> None:
    pairs = [(30 + k % 3, 42) for k in range(20)]
    held = {"conferences_on_time": figures("conferences_on_time", [(38, 40), *pairs])}
    found = council_measure(context(held), "conferences_on_time")
    assert found is not None and isinstance(found.judged.finding, Judged)


@pytest.mark.parametrize(("share", "told"), [(0.08, True), (0.002, False), (-0.03, True)])
def test_a_month_that_is_still_growing_is_said_to_be_provisional(share: float, told: bool) -> None:
    tables = [table_recording("referrals", growth=(grown(share),))]
    said = words_of(section("referrals_received", [*STEADY, 101], tables=tables))
    assert ("March 2023 is provisional" in said) is told
    if told:
        way = "grown" if share > 0 else "shrunk"
        assert f"usually {way} by about {abs(share):.1%} within a month" in said


def test_the_count_that_is_likely_stands_beside_the_count() -> None:
    tables = [
        table_recording(
            "referrals", growth=(grown(0.08),), completed=(likely(101, 109.4, 104, 114),)
        )
    ]
    said = words_of(section("referrals_received", [*STEADY, 101], tables=tables))
    assert "likely to come to about 109 (104 to 114, nine times in ten)" in said
    # Where the records count something else than the measure, their number is not the measure's.
    other = words_of(section("referrals_received", [*STEADY, 99], tables=tables))
    assert "likely to come to" not in other


def caseloads() -> dict[str, object]:
    pairs = [(1800.0 + 9 * (k % 4), 100.0) for k in range(20)]
    parts = {"North": [(900.0, 50.0)] * 20, "South": [(900.0, 50.0)] * 20}
    posts = [top / 18 - bottom for top, bottom in pairs]
    return {
        "caseload_by_service": figures("caseload_by_service", pairs),
        "caseload_by_locality": figures("caseload_by_locality", pairs, **parts),
        "posts_to_target_caseload": figures("posts_to_target_caseload", posts),
    }


def test_the_same_figures_are_charted_once() -> None:
    book = context(caseloads())  # type: ignore[arg-type]
    again = council_section(book, "caseload_by_locality")
    # The one chart there is of the parts, which the other section does not have.
    assert again.count("<svg") == again.count("Bars, ") == 1
    assert "by month" not in words_of(again)
    assert "Bars, " not in council_section(book, "caseload_by_service")
    assert "are those of ‘Cases for each worker’" in words_of(again)
    assert "North" in words_of(again)
    assert "<svg" in council_section(book, "caseload_by_service")
    assert twin(book, "posts_to_target_caseload") is None


def test_the_same_figures_are_counted_once() -> None:
    book = context(caseloads())  # type: ignore[arg-type]
    found = [council_measure(book, name) for name in caseloads()]
    judged = [each.judged.finding for each in found if each is not None]
    once = counted_once([each for each in judged if isinstance(each, Judged)])
    assert [each.measure_id for each in once] == ["caseload_by_service"]
    assert "The book judges one measure" in words_of(month_in_brief(book))


def test_without_the_first_of_two_the_second_is_judged() -> None:
    held = {"posts_to_target_caseload": caseloads()["posts_to_target_caseload"]}
    assert "The book judges one measure" in words_of(month_in_brief(context(held)))  # type: ignore[arg-type]


def test_the_month_in_brief_lists_what_stands_out_and_no_more() -> None:
    book = context(
        {
            "referrals_received": figures("referrals_received", [*STEADY, 190]),
            "contacts": figures("contacts", [*STEADY, 101]),
        }
    )
    said = words_of(month_in_brief(book))
    assert "judges 2 measures" in said.replace("\u00a0", " ")
    assert "one of them stands out" in said
    assert "190 referrals received" in said and "101 contacts" not in said


def test_a_level_that_changed_lately_is_in_the_brief() -> None:
    """A step of a half, eleven months before the end, without any limits to say so."""
    numbers = [120 + (k * 7) % 13 for k in range(31)] + [185 + (k * 7) % 13 for k in range(11)]
    book = context({"referrals_received": figures("referrals_received", numbers)})
    said = words_of(month_in_brief(book))
    assert "Whose level changed" in said
    assert "The level of referrals received" in said


def test_a_chapter_without_figures_has_no_list() -> None:
    assert council_chapter_summary(context({}), "front-door") == ""
    assert month_in_brief(context({})) == ""
    assert "The records hold no figure up to March 2023" in council_section(context({}), "contacts")


def by_service(*numbers: tuple[float, float]) -> dict[str, object]:
    names = ("Initial Response", "Permanence", "Social Work")
    return {name: [pair] * 15 for name, pair in zip(names, numbers, strict=True)}


def test_parts_are_bars_beside_the_target_and_those_withheld_say_so() -> None:
    parts = by_service((480.0, 20.0), (300.0, 20.0), (60.0, 3.0))
    held = {"caseload_by_service": figures("caseload_by_service", [(840.0, 43.0)] * 15, **parts)}  # type: ignore[arg-type]
    html = council_section(context(held), "caseload_by_service")
    said = words_of(html)
    assert "Initial Response 24.0 and Permanence 15.0." in said
    assert "Of two parts shown, one is above the target of 18; lower is better." in said
    assert "The figure of Social Work is withheld" in said
    assert "The line across each bar: the target of 18." in said
    assert "20.0" not in re.sub(r"(?s)<details.*?</details>", "", html).split("in parts")[-1]


def test_a_locality_s_section_speaks_of_localities_and_not_of_the_whole_again() -> None:
    whole = [(840.0 + 3 * (k % 4), 43.0) for k in range(15)]
    held = {
        "caseload_by_service": figures("caseload_by_service", whole),
        "caseload_by_locality": figures(
            "caseload_by_locality", whole, North=[(500.0, 20.0)] * 15, South=[(340.0, 23.0)] * 15
        ),
    }
    found = {name: council_section(context(held), name) for name in held}
    headlines = {name: words_of(html[: html.index("definition")]) for name, html in found.items()}
    assert "North 25.0 and South 14.8" in headlines["caseload_by_locality"]
    assert "South" not in headlines["caseload_by_service"]


def test_where_no_team_can_be_shown_that_is_said() -> None:
    teams = {name: [(7.0, 1.0)] * 15 for name in ("East", "West")}
    held = {"direct_reports": figures("direct_reports", [(90.0, 13.0)] * 15, **teams)}
    said = words_of(council_section(context(held), "direct_reports"))
    assert "The figures of two parts are withheld" in said.replace("\u00a0", " ")
    assert "Only the figure for all of them together can be shown" in said


@pytest.mark.parametrize("owner", ["See ../../who", "See ../../who."])
def test_two_full_stops_within_a_text_stay_and_one_ends_it(owner: str) -> None:
    measure_id = "referrals_received"
    measure = CATALOGUE.extract_measures[measure_id].model_copy(update={"owner": owner})
    extracts = {**CATALOGUE.extract_measures, measure_id: measure}
    changed = replace(
        context({measure_id: figures(measure_id, [*STEADY, 101])}),
        catalogue=CATALOGUE.model_copy(update={"extract_measures": extracts}),
    )
    assert "<p>Owner: See ../../who.</p>" in council_section(changed, measure_id)
