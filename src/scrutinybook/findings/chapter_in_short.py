"""A chapter in one line: how many measures it has and how many of them stand out."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.findings.base import Finding


@dataclass(frozen=True)
class ChapterInShort(Finding):
    """One chapter of an edition; `measure_id` is the chapter's name in the catalogue."""

    n_measures: int
    n_stand_out: int
