"""The first page: the month in brief, every chapter's messages, what is left out."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.official_glance import official_glances
from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.chapters import at_a_glance, council_contents, what_changed
from scrutinybook.chapters.all_statistics import as_csv
from scrutinybook.chapters.committee_brief import committee_in_brief
from scrutinybook.chapters.front_door import front_door
from scrutinybook.chapters.registry import (
    CHAPTERS,
    NOT_PUBLISHED,
    OFFICIAL,
    entry_of,
    has_figures,
)
from scrutinybook.chapters.summary import tested_measures
from scrutinybook.commentary import changes, words
from scrutinybook.commentary.chapter_in_short import in_short
from scrutinybook.commentary.sources import out as came_out
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.chapter_in_short import ChapterInShort
from scrutinybook.findings.glance import Asks
from scrutinybook.page_names import section_of
from scrutinybook.pages import fragments
from scrutinybook.workspace import Workspace

SINCE_MET = "Since the committee last met"
"""The heading, here and on the page of what changed."""


def about(context: Context | CouncilContext) -> str:
    """What this edition is made from, and what a reader needs to know first."""
    if isinstance(context, CouncilContext):
        return council_contents.about(context) + fragments.download_all(context.edition.id)
    message = front_door(context).message()
    return _about_official(context) + message + fragments.download_all(context.edition.id)


def in_brief(context: Context | CouncilContext) -> str:
    """What changed or stands out, beside what chance alone would give."""
    if isinstance(context, CouncilContext):
        return council_contents.in_brief(context)
    return year_in_brief(context) + committee_in_brief(context)


def _about_official(context: Context) -> str:
    """What this edition is, when its month's figures first came out, and who neighbours are."""
    month = context.edition.month.words
    said = [
        f"This book reports on children’s services in {context.authority} as at {month}, from"
        " official statistics alone. It uses no figure for a later month or year, and says of each"
        " figure which release it comes from."
    ]
    sources = context.sources(context.monthly(MONTHLY_MEASURE))
    first = sources[-1].latest_first_out if sources else None
    if first is not None:
        said.append(f"Figures for {month} first came out {came_out(first)}.")
        if first != sources[-1].release.published:
            said[-1] = f"{said[-1][:-1]}; they are shown as later releases give them."
    said.append(
        "Neighbours are the authorities most like it in the Department’s 2025 model; of shares"
        " they are taken together, of other figures the middle one is given."
    )
    return fragments.text(" ".join(said))


def year_in_brief(context: Context) -> str:
    """How many yearly measures changed, and which."""
    return tested_measures(context)


def since_met(workspace: Workspace, context: Context | CouncilContext) -> str:
    """What changed since the committee last met; nothing where the edition does not say when."""
    found = what_changed.since_met(workspace, context)
    if found is None:
        return ""
    said = [*changes.in_brief(found), *changes.verdicts_in_brief(found)]
    page = entry_of("03-what-changed").page
    link = f'<p><a href="{page}#{section_of(SINCE_MET)}">Which ones, measure by measure</a></p>'
    return (
        fragments.heading(f"{SINCE_MET}, on the edition for {found.then.words}")
        + fragments.paragraph([changes.headline(found), *said])
        + link
    )


def chapters(context: Context | CouncilContext) -> str:
    """Each chapter with a link, how many measures it has, and how many of them stand out."""
    asks: list[tuple[str, bool]]
    if isinstance(context, CouncilContext):
        asks = [(row.measure.chapter, row.is_signal) for row in at_a_glance.glances(context)]
    else:
        rows = official_glances(context)
        asks = [(row.measure.chapter, row.asks is not Asks.REST) for row in rows]
    lines = []
    for entry in CHAPTERS:
        if entry.chapter is None or not has_figures(context, entry.notebook):
            continue
        out = [stands_out for chapter, stands_out in asks if chapter == entry.chapter]
        said = in_short(ChapterInShort(entry.chapter, len(out), sum(out))) if out else None
        link = f'<a href="{entry.page}">{escape(entry.title)}</a>'
        lines.append(f"<li>{link}. {fragments.sentences([said] if said else [])}</li>")
    glance = entry_of("01-at-a-glance")
    more = f'<p><a href="{glance.page}">Every measure at a glance</a></p>'
    return f'<ul class="sb-findings">{"".join(lines)}</ul>{more}'


def left_out(context: Context | CouncilContext) -> str:
    """What the book does not cover."""
    if isinstance(context, CouncilContext):
        return council_contents.left_out(context)
    missing = [
        e.title.lower()
        for e in CHAPTERS
        if e.figures == OFFICIAL and not has_figures(context, e.notebook)
    ]
    text = f"Official statistics do not count {words.listing(NOT_PUBLISHED, 'or')}."
    if missing:
        text += f" For {context.authority} there are no figures on {words.listing(missing)} either."
    return fragments.text(f"{text} The book leaves them out.")


def all_statistics(context: Context | CouncilContext) -> str:
    """What the statistics found, to the last digit, as CSV; here since this page needs them all."""
    return as_csv(context)
