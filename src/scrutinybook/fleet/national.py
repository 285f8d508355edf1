"""The page of all authorities: links to their books, a funnel plot a measure, no league table."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from scrutinybook.analysis.yearly import funnel_of_all
from scrutinybook.catalogue import Measure
from scrutinybook.charts.funnel_chart import funnel_chart
from scrutinybook.commentary import national as said
from scrutinybook.commentary import words
from scrutinybook.commentary.figures import when
from scrutinybook.commentary.sources import LICENCE
from scrutinybook.context import Context, open_context
from scrutinybook.edition import parse_edition
from scrutinybook.errors import FaultsFound
from scrutinybook.fleet.kit import kit_of, unpack
from scrutinybook.fleet.orders import table_of
from scrutinybook.naming import slug
from scrutinybook.pages.figures import figure
from scrutinybook.pages.tables import Column, table
from scrutinybook.periods import Month
from scrutinybook.publish.destination import Destination
from scrutinybook.sources.folder import OfficialFolder
from scrutinybook.workspace import Workspace

TITLE = "Children’s services scrutiny books: all authorities"
_LOOK = ("scrutiny.css", "icon.svg")
_TRIED = 12
"""Authorities whose own latest year may say which year a funnel is of."""

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="Monthly books on children's services of {n}, for scrutiny.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="scrutiny.css">
</head>
<body>
<a class="sb-skip" href="#main">Skip to main content</a>
<header class="sb-header">
<div class="sb-inner"><p class="sb-brand"><span class="sb-brand-title">{title}</span></p></div>
</header>
<div class="sb-inner sb-page">
<main id="main" tabindex="-1">
<h1>All authorities</h1>
<p>{intro}</p>
<h2 id="books">Books</h2>
{books}
<h2 id="funnels">Among all authorities</h2>
<p>{how_to_read}</p>
{funnels}
<p>{licence}</p>
</main>
</div>
</body>
</html>
"""


def write_national(workspace: Workspace, files: OfficialFolder, destination: Destination) -> None:
    """Write ``index.html`` beside the books of a fleet; without a book there is nothing to list."""
    books: dict[str, dict[Month, str]] = {}
    for book in destination.delivered():
        record = destination.record(book) or {}
        if {"authority", "month"} <= record.keys():
            month = Month.parse(str(record["month"]))
            books.setdefault(str(record["authority"]), {})[month] = book
    if not books:
        return
    latest = max(month for months in books.values() for month in months)
    funnels = "".join(_funnels(workspace, files, sorted(books), latest))
    newest = next(months[latest] for months in books.values() if latest in months)
    page = _PAGE.format(
        title=escape(TITLE),
        n=words.count_of(len(books), "authorities") if len(books) > 1 else "one authority",
        intro=escape(said.NO_LEAGUE_TABLE),
        books=_books(books),
        how_to_read=escape(said.HOW_TO_READ),
        funnels=funnels,
        licence=escape(LICENCE),
    )
    for name in _LOOK:
        destination.put_page(name, destination.read(f"{newest}/_static/{name}"))
    destination.put_page("index.html", page.encode("utf-8"))


def _books(books: Mapping[str, Mapping[Month, str]]) -> str:
    items = []
    for authority in sorted(books):
        links = (
            f'<a href="{escape(book, quote=True)}/index.html">{escape(f"{authority}, ")}'
            f"{month.words}</a>"
            for month, book in sorted(books[authority].items(), reverse=True)
        )
        items.append(f"<li>{', '.join(links)}</li>")
    return '<ul class="sb-authorities">\n' + "\n".join(items) + "\n</ul>"


def _funnels(
    workspace: Workspace, files: OfficialFolder, authorities: Sequence[str], month: Month
) -> list[str]:
    """A section for each measure of which every authority's parts are published."""
    with tempfile.TemporaryDirectory() as folder:
        place = Workspace(Path(folder))
        unpack(kit_of(workspace), place.root)
        contexts = []
        for authority in authorities[:_TRIED]:
            unpack(table_of(files, authority), place.root)
            try:
                contexts.append(_context(place, authority, month))
            except FaultsFound:
                continue  # its figures do not reach the month
        if not contexts:
            return []
        measures = contexts[0].catalogue.measures
        made = (_section(contexts, name, each) for name, each in measures.items() if each.funnel)
        return [section for section in made if section]


def _context(place: Workspace, authority: str, month: Month) -> Context:
    values = {"authority": authority, "month": str(month)}
    edition = parse_edition(values, f"{slug(authority)}-{month}")
    return open_context(place, edition.as_parameters())


def _section(contexts: Sequence[Context], measure_id: str, measure: Measure) -> str:
    for context in contexts:
        if not len(context.yearly(measure_id)):
            continue
        funnel = funnel_of_all(context, measure_id)
        if funnel is None:
            continue
        everyone = context.everyone(measure_id)
        period = everyone[0].latest.period
        drawing = funnel_chart(
            f"all-{measure_id}-funnel",
            f"{measure.title}: all authorities {when(period)}",
            said.described(measure, funnel, period),
            funnel=funnel,
            highlighted=None,
            size_label=f"Number of {measure.things}",
        )
        rows = []
        for number, series in enumerate(everyone):
            observation = series.at(period)
            parts = None if observation is None else observation.parts
            counted = [words.whole(part) for part in parts] if parts else ["–", "–"]
            share = words.percent(parts[0] / parts[1], 1) if parts else "–"
            rows.append([series.area, *counted, share, said.place_of(funnel, number)])
        numbers = table(
            f"{measure.title}, {period.words}, in the order of the alphabet",
            [
                *(Column("Authority", False), Column("Number"), Column("Out of")),
                *(Column("Share"), Column("Against the limits", False)),
            ],
            sorted(rows),
        )
        caption = said.all_authorities(measure, funnel, period)
        return (
            f'<h3 id="{escape(measure_id, quote=True)}">{escape(measure.title)}</h3>'
            f"{figure(drawing, caption)}"
            f"<details><summary>The numbers behind the chart</summary>{numbers}</details>"
        )
    return ""
