"""What the Methods chapter takes from the program itself: settings, releases, input hashes."""

from __future__ import annotations

import hashlib

from scrutinybook.analysis import latest_month, levels, many
from scrutinybook.context import Context
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.statistics import (
    changepoint,
    confirmation,
    funnel,
    limits,
    step_interval,
    step_search,
)


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
    return table("Settings", [Column("Setting", numeric=False), Column("Value")], rows)


def _without_extreme() -> float:
    return step_search.EXTREME_TOLERANCE * changepoint.LEVEL


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


def inputs(context: Context) -> str:
    """Hashes of the files behind this edition, so that a reviewer can tell them again."""
    rows = [
        [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in sorted(context.figures.folder.glob("*.csv"))
    ]
    columns = [Column("File", numeric=False), Column("SHA-256", numeric=False)]
    caption = f"Input files in data/official/{context.edition.slug}"
    return fragments.more("Input files and their hashes", table(caption, columns, rows))
