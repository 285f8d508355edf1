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
    """Its state, in words."""
    rows: Sequence[tuple[str, str]]
    """Name (plain) and content (HTML of this package)."""
    stands_out: bool = False


def cards(name: str, found: Sequence[Card]) -> str:
    """Set entries one below the other under a common name."""
    entries = "".join(_card(each) for each in found)
    return (
        f'<ul class="sb-findings sb-cards" aria-label="{escape(name, quote=True)}">{entries}</ul>'
    )


def _card(card: Card) -> str:
    css = ' class="sb-is-signal"' if card.stands_out else ""
    rows = "".join(f"<dt>{escape(key)}</dt><dd>{body}</dd>" for key, body in card.rows)
    return (
        f"<li{css}><p><strong>{escape(card.title)}</strong></p>"
        f'<p class="sb-card-mark">{escape(card.mark)}</p><dl>{rows}</dl></li>'
    )
