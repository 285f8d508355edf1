"""How good the methods are: the benchmark's aims, what was found, and which aims were missed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scrutinybook.benchmark_results import Result, Verdict, read_results
from scrutinybook.commentary import words
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.workspace import Workspace

Results = tuple[Result, ...] | None

NOT_RUN = (
    "The benchmark’s results are kept in benchmarks/operating_characteristics/results.csv. They"
    " were not there when this page was made, so that this page can say nothing about how good the"
    " methods are."
)
COMMAND = "python benchmarks/operating_characteristics/run.py"

ASKED = {
    "level changes, one look": (
        "Four years of monthly counts are searched once for a lasting change of level. In some"
        " series there is none, and what is found is a false alarm. In others the level moves by a"
        " known amount in a known month: is it found, do the dates given hold the month, and does"
        " the size given hold the true one?"
    ),
    "level changes, nulls like real series": (
        "The same search of series in which the level never changes, but which have something else"
        " that real ones have: the latest months not yet complete, a summer dip, one odd month,"
        " months without a figure, slow growth. Whatever is found is a false alarm."
    ),
    "level changes, 24 monthly looks": (
        "For two years a new month comes in and the latest four years are searched again, as"
        " editions do. How often is there ever a change that is not there, once it had to be"
        " confirmed by later months? And where there is one, how soon is it found?"
    ),
    "charts of proportions": (
        "Three years of monthly percentages of 100 to 300 children, those of one month a little"
        " alike. Where nothing changes, a point beyond its limits is a false alarm. Where the last"
        " six months are ten points lower, one of them should be seen. What the runs rules do is"
        " told apart."
    ),
    "small shifts": (
        "Counts and percentages are watched month after month for a small lasting shift. Half of"
        " the series without one should stay quiet for ten years, 120 months; and how many months"
        " does a shift take to show?"
    ),
    "trends": (
        "A straight line is laid through months stated beforehand. Where there is no trend, a"
        " p-value below 0.05 should come up in five of a hundred; where there is one, how often is"
        " it found, and does the interval hold the true change?"
    ),
    "forecasts": (
        "Six months are forecast from those before. An interval that is meant to hold nine of ten"
        " should do so."
    ),
    "completed months": (
        "The latest months, not yet complete, are completed from how earlier ones grew. An interval"
        " that is meant to hold nine of ten settled counts should do so."
    ),
}
"""What each table of the benchmark asks, in plain words."""

_VERDICTS = {
    Verdict.REACHED: "reached",
    Verdict.WITHIN: "not reached, but within the 95% limits",
    Verdict.MISSED: "missed",
    Verdict.NOT_MEASURED: "not measured",
    Verdict.NO_AIM: "not judged",
}


def read(workspace: Workspace) -> Results:
    """The benchmark's results; None where it has not been run. Raises `FaultsFound`."""
    return read_results(workspace.benchmark_results)


def aims(results: Results) -> str:
    """Missed aims first, then those not quite reached or measured, then how many were reached."""
    if results is None:
        return fragments.text(NOT_RUN)
    aimed = [each for each in results if each.aim is not None]
    if not aimed:
        return fragments.text("No aim was set in the results on file.")
    reached = [each for each in aimed if each.verdict is Verdict.REACHED]
    pieces = [fragments.text(_how_many(len(aimed), len(reached)))]
    for verdict, told in (
        (Verdict.MISSED, "Missed:"),
        (Verdict.WITHIN, "Not reached; the aim lies within the 95% limits of what was found:"),
        (Verdict.NOT_MEASURED, "Not measured:"),
        (Verdict.REACHED, "Reached:"),
    ):
        these = [_sentence(each) for each in aimed if each.verdict is verdict]
        pieces += [fragments.text(told), fragments.listed(these)] if these else []
    return "".join(pieces)


def in_brief(results: Results) -> str:
    """How many aims were reached, for the page that only points here."""
    if results is None:
        return fragments.text(NOT_RUN)
    aimed = [each for each in results if each.aim is not None]
    reached = sum(each.verdict is Verdict.REACHED for each in aimed)
    missed = [_sentence(each) for each in aimed if each.verdict is Verdict.MISSED]
    pieces = [fragments.text(_how_many(len(aimed), reached))]
    pieces += [fragments.text("Missed:"), fragments.listed(missed)] if missed else []
    return "".join(pieces)


def tables(results: Results) -> str:
    """Every table of the benchmark with what it asks; the figures folded away."""
    if results is None:
        return fragments.text(NOT_RUN)
    pieces = []
    for name in dict.fromkeys(each.table for each in results):
        pieces.append(fragments.heading(_title(name)))
        pieces += [fragments.text(ASKED[name])] if name in ASKED else []
        these = [each for each in results if each.table == name]
        pieces.append(fragments.more(f"All {len(these)} figures", _table(name, these)))
    return "".join(pieces)


def again(results: Results) -> str:
    """The command that makes the results, and their seed."""
    seeds = sorted({each.seed for each in results or ()})
    text = f"The command is: {COMMAND}."
    if seeds:
        text += f" The results above were drawn with seed {words.listing([str(s) for s in seeds])}."
    return fragments.text(text)


def _how_many(aimed: int, reached: int) -> str:
    if aimed == reached:
        start = f"All {aimed} aims that were" if aimed > 1 else "The one aim that was"
        return f"{start} set beforehand {'were' if aimed > 1 else 'was'} reached."
    start = f"Of {aimed} aims that were" if aimed > 1 else "Of the one aim that was"
    return f"{start} set beforehand, {reached} {'was' if reached == 1 else 'were'} reached."


def _sentence(each: Result) -> str:
    """One aim with what was found, with all that it is about."""
    what = f"{_title(each.table)}: {_tried(each)}. Found: {_found(each)}"
    limits = f"95% limits {_limits(each)}, {each.n:,} series"
    known = "" if math.isnan(each.estimate) else f" ({limits})"
    return f"{what}{known}. Aim: {_aim(each)}."


def _table(name: str, results: Sequence[Result]) -> str:
    rows = [
        [_tried(each), _found(each), _limits(each), _aim_and_verdict(each), f"{each.n:,}"]
        for each in results
    ]
    columns = [
        Column("Tried, and counted", numeric=False),
        Column("Found"),
        Column("95% limits"),
        Column("Aim, and whether it was reached", numeric=False),
        Column("Series"),
    ]
    return table(_title(name), columns, rows)


def _tried(each: Result) -> str:
    return f"{each.case}, {each.measure}".replace("-", "−", each.case.startswith("-"))


def _found(each: Result) -> str:
    return "not measured" if math.isnan(each.estimate) else _figure(each.estimate, each)


def _aim_and_verdict(each: Result) -> str:
    return "no aim" if each.aim is None else f"{_aim(each)}: {_VERDICTS[each.verdict]}"


def _aim(each: Result) -> str:
    assert each.aim is not None  # the callers have looked
    aim = f"{100 * each.aim:g}%" if each.is_share else f"{each.aim:g}"
    return f"{'at most' if each.at_most else 'at least'} {aim}"


def _limits(each: Result) -> str:
    if math.isnan(each.estimate):
        return "–"
    return f"{_figure(each.lower, each)} to {_figure(each.upper, each)}"


def _figure(value: float, each: Result) -> str:
    return f"{value:.1%}" if each.is_share else f"{value:g}"


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
