"""A chapter in one line, in words."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.chapter_in_short import ChapterInShort


def in_short(found: ChapterInShort) -> Sentence:
    """How many measures, and how many of them stand out."""
    n, out = found.n_measures, found.n_stand_out
    measures = words.upper_first(words.small_count_of(n, "measures"))
    if n == 1:
        text = f"{measures}, which {'stands out' if out else 'does not stand out'}."
    elif not out:
        text = f"{measures}, none of which stands out."
    elif out == n:
        text = f"{measures}, all of which stand out."
    else:
        stand = "stands" if out == 1 else "stand"
        text = f"{measures}, {words.small(out)} of which {stand} out."
    return Sentence(text, found.id)
