"""What the Methods chapter takes from the program itself: settings, releases, input hashes."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis import latest_month, levels, many
from scrutinybook.chapters.registry import CHAPTERS
from scrutinybook.commentary import recording, words
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext
from scrutinybook.method_changes import read_method_changes
from scrutinybook.page_names import REPRODUCE
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.statistics import (
    changepoint,
    chooser,
    completion,
    confirmation,
    forecast,
    funnel,
    icons,
    limits,
    making_data_count,
    small_shifts,
    step_interval,
    step_search,
    trend,
)
from scrutinybook.statistics.stock_chart import ENOUGH_INDEPENDENT
from scrutinybook.worked_examples import read_methods
from scrutinybook.workspace import Workspace

_TO_THE_RECORD = f'<p><a href="{REPRODUCE}.html">What this book was made from, file by file</a></p>'


def settings() -> str:
    """The numbers that the methods rest on, as the program has them."""
    rows = [
        ["Limits of a control chart, in standard deviations", f"{limits.SIGMAS:g}"],
        ["Fewest months that set limits", str(limits.MINIMUM_BASELINE)],
        ["Months behind the plain limit shown for comparison", str(latest_month.PLAIN_MONTHS)],
        ["Latest months searched for changes of level", str(levels.SEARCH_MONTHS)],
        ["A change of level is accepted with a p-value up to", f"{changepoint.LEVEL:g}"],
        ["The same without the most extreme month", f"{_without_extreme():g}"],
        ["Fewest months between two changes, and to either end", str(changepoint.MINIMUM_SEGMENT)],
        ["Date ranges and sizes are meant to hold", f"{step_interval.DATE_CONFIDENCE:.0%}"],
        ["Months that must come in before a change is confirmed", str(confirmation.FEWEST_LATER)],
        ["Inner limits of a funnel hold", f"{funnel.INNER:.0%}"],
        ["Outer limits of a funnel hold", f"{funnel.OUTER:.1%}"],
        ["Accepted share of false changes among many measures", f"{many.LEVEL:.0%}"],
    ]
    others = [
        ["Counting alone is refused where its p-value is below", f"{chooser.DISPERSION_LEVEL:g}"],
        [
            "Largest number of working days over the smallest, for months alike",
            f"{chooser.ALIKE:g}",
        ],
        ["Mean count for an individuals chart of rates", f"{chooser.ENOUGH_FOR_INDIVIDUALS:g}"],
        [
            "Fewest cases on the rarer side for limits of equal width",
            f"{chooser.FEW_ON_ONE_SIDE:g}",
        ],
        ["Independent months that a stock must be worth", f"{ENOUGH_INDEPENDENT:g}"],
        ["Points that make a shift or a trend", str(making_data_count.POINTS)],
        ["Latest points of which none may signal, for assurance", str(icons.STEADY_POINTS)],
        ["A change is confirmed with a p-value up to", f"{confirmation.LEVEL:g}"],
        ["Months without a false signal in half of unchanged series", str(small_shifts.RUN_LENGTH)],
        ["Fewest months before small shifts are watched", str(small_shifts.FEWEST_BASELINE)],
        [
            "Fewest months for a trend, and with a season",
            f"{trend.FEWEST}, {trend.FEWEST_SEASONAL}",
        ],
        ["Most months ahead of a forecast", str(forecast.LONGEST)],
        ["Fewest months seen to grow before others are completed", str(completion.FEWEST_MONTHS)],
    ]
    columns = [Column("Setting", numeric=False), Column("Value")]
    folded = fragments.more(
        "Settings of the other methods", table("More settings", columns, others)
    )
    return table("Settings", columns, rows) + folded


def further_pages() -> str:
    """Links to the other pages on methods."""
    links = "".join(
        f'<li><a href="{entry.page}">{escape(entry.title)}</a></li>'
        for entry in CHAPTERS
        if entry.title.startswith("Methods: ")
    )
    return f"<ul>{links}</ul>"


def used_where(workspace: Workspace) -> str:
    """Which pages use which method, folded; nothing in a checkout without worked examples."""
    rows = [[each.method, each.used] for each in read_methods(workspace.worked_examples)]
    columns = [Column("Method", numeric=False), Column("Used", numeric=False)]
    told = table("Which methods are used where", columns, rows)
    return fragments.more("Each method, and where it is used", told) if rows else ""


def _without_extreme() -> float:
    return step_search.EXTREME_TOLERANCE * changepoint.LEVEL


def changes_of_method(checkout: Workspace) -> str:
    """What is worked out otherwise than before, the newest first."""
    changes = read_method_changes(checkout)
    if not changes:
        return fragments.text("No change of method is on record.")
    return fragments.listed(
        [
            f"Since {recording.day(each.since)}: {each.what} This alters {each.alters}"
            f" In the program: {', '.join(each.modules)}."
            for each in changes
        ]
    )


def sources(context: Context | CouncilContext) -> str:
    """What the figures come from; the page of the record has the files and their hashes."""
    if isinstance(context, CouncilContext):
        return _extracts(context)
    return releases(context) + _TO_THE_RECORD


def _extracts(context: CouncilContext) -> str:
    """The formats behind a council's own figures; the page on data quality has their days."""
    formats = dict.fromkeys(recording.format_of(t.format) for t in context.recording.tables)
    text = (
        f"Figures for {context.authority} are counted from its extracts"
        f" ({words.listing(list(formats))}), by the formulas that the catalogue of measures names."
    )
    return fragments.text(text) + _TO_THE_RECORD


def releases(context: Context) -> str:
    """The releases behind the figures and when each came out."""
    frame = context.figures.releases
    rows = []
    for release_id in dict.fromkeys(frame["release"]):
        release = context.releases.by_id[str(release_id)]
        checked = "yes" if release.published.verified else "no"
        tables = ", ".join(frame.loc[frame["release"] == release_id, "table"])
        rows.append([release.title, release.published.words, checked, tables])
    columns = [
        Column("Release", numeric=False),
        Column("Came out", numeric=False),
        Column("Date read in a source", numeric=False),
        Column("Tables used", numeric=False),
    ]
    return table("The releases behind the figures", columns, rows)
