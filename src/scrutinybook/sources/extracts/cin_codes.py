"""Code lists of the children in need census, as the schema of 2026 has them."""

from __future__ import annotations

from scrutinybook.sources.extracts.vocabulary import SOURCES

_SOURCE_CODES = (
    ("1A", "1B", "1C", "1D"),
    ("2A",),
    ("2B",),
    ("3A", "3B", "3C", "3D", "3E", "3F"),
    ("4",),
    ("5A", "5B", "5C", "5D"),
    ("6",),
    ("7",),
    ("8",),
    ("9",),
    ("10",),
)
REFERRAL_SOURCES = {
    code: words for codes, words in zip(_SOURCE_CODES, SOURCES, strict=True) for code in codes
}
"""Code to the word that all formats share."""

CLOSURE_REASONS = tuple(f"RC{number}" for number in range(1, 10))
NOT_IN_NEED = ("RC8", "RC9")
"""Closed after assessment: no further action, or referred to early help."""
