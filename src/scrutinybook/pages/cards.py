"""Entries with a few named lines each: what would be a wide table, readable on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Card:
    """One entry."""

    title: str
    mark: str
    """Its state, in words; may be empty."""
    rows: Sequence[tuple[str, str]]
    """Name (plain) and content (HTML of this package)."""
    stands_out: bool = False


def cards(name: str, found: Sequence[Card], *, numbered: bool = False) -> str:
    """Set entries one below the other under a common name; `numbered` where the order counts."""
    entries = "".join(_card(each) for each in found)
    tag, label = "ol" if numbered else "ul", escape(name, quote=True)
    return f'<{tag} class="sb-findings sb-cards" aria-label="{label}">{entries}</{tag}>'


def _card(card: Card) -> str:
    css = ' class="sb-is-signal"' if card.stands_out else ""
    mark = f'<p class="sb-card-mark">{escape(card.mark)}</p>' if card.mark else ""
    rows = "".join(f"<dt>{escape(key)}</dt><dd>{body}</dd>" for key, body in card.rows)
    return f"<li{css}><p><strong>{escape(card.title)}</strong></p>{mark}<dl>{rows}</dl></li>"
