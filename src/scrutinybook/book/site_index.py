"""The page that lists all books: one plain page, newest month first, no script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.periods import Month

TITLE = "Children’s services scrutiny books"
_FIELDS = ("edition", "title", "authority", "month", "kind", "built_from")
_LOOK = ("scrutiny.css", "icon.svg")

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="Monthly books on children's services, for scrutiny.">
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
<h1>Books by month</h1>
<p>Each book reports one month of one authority’s children’s services.</p>
{books}
</main>
</div>
</body>
</html>
"""


@dataclass(frozen=True)
class Card:
    """What a book says of itself in its ``edition.json``."""

    edition: str
    title: str
    authority: str
    month: Month
    kind: str
    built_from: str


def read_cards(site: Path) -> tuple[Card, ...]:
    """Read the card of every book in `site`, newest month first, then by authority.

    Raises `FaultsFound` for cards that are not JSON, lack a field or bear another folder's name.
    """
    cards: list[Card] = []
    faults: list[Fault] = []
    for path in sorted(site.glob("*/edition.json")):
        where = f"{path.parent.name}/{path.name}"
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            words = {name: str(raw[name]) for name in _FIELDS}
            month = Month.parse(words.pop("month"))
        except (ValueError, KeyError, TypeError) as error:
            mend = f"build {path.parent.name} again"
            faults.append(Fault(where, f"not a book's card: {error}", ", ".join(_FIELDS), mend))
            continue
        if words["edition"] != path.parent.name:
            found = f"is the card of {words['edition']}"
            faults.append(Fault(where, found, f"the card of {path.parent.name}"))
            continue
        cards.append(Card(month=month, **words))
    if faults:
        raise FaultsFound(faults)
    return tuple(sorted(cards, key=lambda c: (-c.month.index, c.authority, c.edition)))


def write_index(site: Path, *, title: str = TITLE) -> Path:
    """Write ``index.html`` in `site`, listing its books, and return its path.

    The page's look is copied from the newest book, so that it stands alone.
    """
    for name, content in _files(site, title).items():
        (site / name).write_bytes(content)
    return site / "index.html"


def index_is_current(site: Path, *, title: str = TITLE) -> bool:
    """Whether the page that lists the books is there and lists them as they are."""
    try:
        return all((site / name).read_bytes() == data for name, data in _files(site, title).items())
    except OSError:
        return False


def _files(site: Path, title: str) -> dict[str, bytes]:
    """The page that lists the books of `site`, and its look, by file name."""
    cards = read_cards(site)
    look = {}
    books = "<p>There are no books yet.</p>"
    if cards:
        books = '<ul class="sb-books">\n' + "\n".join(map(_item, cards)) + "\n</ul>"
        newest = site / cards[0].edition / "_static"
        look = {name: (newest / name).read_bytes() for name in _LOOK}
    page = _PAGE.format(title=escape(title), books=books)
    return {**look, "index.html": page.encode("utf-8")}


def _item(card: Card) -> str:
    name = escape(f"{card.authority}, {card.month.words}")
    lines = [
        f'<li><h2><a href="{escape(card.edition, quote=True)}/index.html">{name}</a></h2>',
        f'<p class="sb-kind">{escape(card.kind)}</p>',
    ]
    if card.built_from:
        lines.append(f'<p class="sb-from">Made from {escape(card.built_from)}</p>')
    return "\n".join([*lines, "</li>"])
