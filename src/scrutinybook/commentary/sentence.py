"""A sentence and the finding that it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """Plain words for a page, and the id of the finding they say."""

    text: str
    finding: str
