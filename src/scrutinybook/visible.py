"""Text from files, made fit for a screen: nothing in it is hidden, and nothing acts on it."""

from __future__ import annotations

import re

_SIGNS = (
    "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"
    "\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
)
UNSEEN = re.compile(f"[{_SIGNS}]")
"""Control characters but tab and line end, signs that turn the direction of what follows, and
halves of characters, which stand in names of files that are no text."""
_UNSEEN_IN_LINE = re.compile(f"[\t\n\x85{_SIGNS}]")


def visible(text: str) -> str:
    """The text with what cannot be seen written out: ``a\\x1b[2Jb``. Lines stay lines."""
    return UNSEEN.sub(_written_out, text)


def visible_line(text: str) -> str:
    """The same in one line."""
    return _UNSEEN_IN_LINE.sub(_written_out, text)


def _written_out(sign: re.Match[str]) -> str:
    return repr(sign[0])[1:-1]
