"""Paragraphs and notes as HTML, each sentence carrying the id of the finding it says."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scrutinybook.commentary.sentence import Sentence
from scrutinybook.page_names import ABOUT_MEASURES, DOWNLOADS, csv_name, workbook_name


def sentences(said: Sequence[Sentence]) -> str:
    """Sentences in a row; a reviewer goes from ``data-finding`` to the statistic."""
    return " ".join(
        f'<span data-finding="{escape(s.finding, quote=True)}">{escape(s.text)}</span>'
        for s in said
    )


def headline(said: Sentence) -> str:
    """The message of a section."""
    return f'<p class="sb-headline">{sentences([said])}</p>'


def paragraph(said: Sequence[Sentence], kind: str = "") -> str:
    """A paragraph; `kind` is one of the style's classes: context, provisional, definition."""
    if not said:
        return ""
    css = f' class="sb-{kind}"' if kind else ""
    return f"<p{css}>{sentences(said)}</p>"


def bullets(items: Sequence[Sequence[Sentence]]) -> str:
    """A list, one finding or more an entry."""
    entries = "".join(f"<li>{sentences(said)}</li>" for said in items if said)
    return f'<ul class="sb-findings">{entries}</ul>' if entries else ""


def note(title: str, body: str, kind: str = "note", *, place: str = "") -> str:
    """A box beside the text. `body` is HTML of this package; `place` is an id to link to."""
    found_at = f' id="{escape(place, quote=True)}"' if place else ""
    return (
        f'<div class="sb-{kind}" role="note"{found_at}>'
        f'<p class="sb-note-title">{escape(title)}</p>{body}</div>'
    )


def text(words: str, kind: str = "") -> str:
    """A paragraph of plain words that says no finding."""
    css = f' class="sb-{kind}"' if kind else ""
    return f"<p{css}>{escape(words)}</p>"


def listed(items: Sequence[str], *, numbered: bool = False) -> str:
    """A list of plain words that say no finding; `numbered` where the order counts."""
    tag = "ol" if numbered else "ul"
    return f"<{tag}>{''.join(f'<li>{escape(words)}</li>' for words in items)}</{tag}>"


def heading(words: str) -> str:
    """A heading below those of the notebook; it is in no list of contents."""
    return f"<h3>{escape(words)}</h3>"


def more(summary: str, body: str) -> str:
    """Something folded away until asked for. `body` is HTML of this package."""
    return f'<details class="sb-more"><summary>{escape(summary)}</summary>{body}</details>'


def download(measure_id: str) -> str:
    """A link to a measure's table as a file."""
    return _take_away(csv_name(measure_id), "Download these figures (CSV)")


def download_all(edition_id: str) -> str:
    """Links to the workbook with all tables of an edition, and to what each measure counts."""
    return _take_away(
        workbook_name(edition_id), "Download all tables (one Excel workbook)"
    ) + _take_away(ABOUT_MEASURES, "Download what each measure counts (CSV)")


def _take_away(name: str, words: str) -> str:
    address = escape(f"{DOWNLOADS}/{name}", quote=True)
    return f'<p><a href="{address}" download>{escape(words)}</a></p>'
