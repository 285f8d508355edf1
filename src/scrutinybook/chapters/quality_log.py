"""The quality log: assumptions with how sure and how weighty each is, checks, who signs."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.chapters.measure_links import measure_link
from scrutinybook.commentary import words
from scrutinybook.commentary.recording import day
from scrutinybook.committee.decided import Reviewed, period_meant
from scrutinybook.committee.quality import Assumption, Check
from scrutinybook.council_context import CouncilContext
from scrutinybook.pages import fragments
from scrutinybook.pages.cards import Card, cards

NO_LOG = "No quality log is on file for this authority."
HOW = (
    "How sure: good, where something bears it out; fair, where little speaks against it; weak,"
    " where it may well not be so. Weight: how much of the book hangs on it."
)
SIGNING = (
    "A book is signed off by role before it is published, and the sign-off names the record of"
    " what was signed: what changes after that is refused until it is signed again. A book that is"
    " withdrawn or corrected later says so at the top of each page, with the day and the reason."
)
BY_HAND = (
    "Besides what the rules withhold, a person withheld some figures of this book. Which ones is"
    " not said: that could tell what they are. They bear the same mark as all that is withheld."
)
LOOKED_AT = (
    "A share of nobody or of everybody says something of each person in the group. These were"
    " looked at by a person before they were shown."
)
_SURE = {"weak": 0, "fair": 1, "good": 2}
_WEIGHT = {"high": 0, "medium": 1, "low": 2}


def assumptions(context: AnyContext) -> str:
    """What the figures rest on: weak and weighty ones first."""
    log = context.committee.quality
    if log is None:
        return fragments.text(NO_LOG)
    order = sorted(log.assumptions, key=lambda a: (_SURE[a.sure] + _WEIGHT[a.weight], a.id))
    listed = [_assumption(context, each) for each in order]
    name = "Assumptions, the least sure and most weighty first"
    return fragments.text(HOW) + cards(name, listed)


def checks(context: AnyContext) -> str:
    """What was checked, by whom, when and with what result."""
    log = context.committee.quality
    if log is None:
        return fragments.text(NO_LOG) + _decided(context)
    return cards("Checks", [_check(each) for each in log.in_order]) + _decided(context)


def _decided(context: AnyContext) -> str:
    """Shares that a person let through, and that some figures were withheld by hand: not which."""
    decided = context.committee.decided
    if decided is None or not isinstance(context, CouncilContext):
        return ""
    told = fragments.text(BY_HAND) if decided.by_hand(context.edition) else ""
    shown = [card for each in decided.reviewed if (card := _reviewed(context, each)) is not None]
    return told + (fragments.text(LOOKED_AT) + cards("Shares looked at", shown) if shown else "")


def _reviewed(context: CouncilContext, each: Reviewed) -> Card | None:
    """A review of shares that this edition shows; what it withholds is not named."""
    figures = context.of(each.measure)
    if figures is None or (each.part and each.part not in figures.parts):
        return None
    series = figures.parts[each.part] if each.part else figures.whole
    measure = context.measure(each.measure)
    asked = {period_meant(period, measure) for period in each.periods}
    held = [o.period.words for o in series if o.period in asked and o.value in (0.0, 1.0)]
    if not held:
        return None
    part = f" ({each.part})" if each.part else ""
    rows = (
        ("Periods", escape("; ".join(held))),
        ("By", escape(words.upper_first(each.by))),
        ("Reason", escape(each.reason)),
    )
    return Card(f"{measure.title}{part}", f"Looked at on {day(each.reviewed)}", rows)


def signing() -> str:
    """What a sign-off means."""
    return fragments.text(SIGNING)


def _assumption(context: AnyContext, each: Assumption) -> Card:
    rows = [("Why", escape(each.why))]
    if each.measures:
        links = "; ".join(measure_link(context, name) for name in each.measures)
        rows.append(("Measures", links))
    return Card(
        title=each.text,
        mark=f"How sure: {each.sure}. Weight: {each.weight}.",
        rows=tuple(rows),
        stands_out=each.sure == "weak" and each.weight != "low",
    )


def _check(each: Check) -> Card:
    if each.each_edition:
        mark = "For each edition"
    else:
        mark = "Not done yet" if each.done is None else f"Done on {day(each.done)}"
    rows = [("By", escape(words.upper_first(each.by))), ("Result", escape(each.result))]
    if each.publish_without is not None:
        rows.append(("Why the book did not wait", escape(each.publish_without)))
    return Card(title=each.what, mark=mark, rows=rows, stands_out=each.is_open)
