"""Changes to past figures, in words."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.restatements import Restatement, Restatements, Revision

NO_REASON = "none is on record"


def headline(found: Restatements) -> Sentence:
    """How many past figures changed between two editions."""
    n, of = len(found.changed), words.count_of(found.n_compared, "past figures")
    if not n:
        text = (
            f"No past figure of the edition for {found.then.words} was changed by the edition for"
            f" {found.now.words}, out of {words.whole(found.n_compared)} compared."
        )
    else:
        were = "was" if n == 1 else "were"
        text = (
            f"Of {of} in the edition for {found.then.words}, {words.whole(n)} {were} changed by the"
            f" edition for {found.now.words}."
        )
    return Sentence(text, found.id)


def kinds(found: Restatements) -> list[Sentence]:
    """How many were scheduled revisions and corrections, and of how many a reason is on record."""
    if not found.changed:
        return []
    parts = []
    for revision, thing in (
        (Revision.SCHEDULED, "scheduled revisions"),
        (Revision.CORRECTION, "corrections"),
    ):
        n = len(found.of(revision))
        if n:
            parts.append(words.small_count_of(n, thing))
    be = "is" if len(found.changed) == 1 else "are"
    text = [f"Among these changes there {be} {words.listing(parts)}."]
    if len(parts) == 1:
        text = [f"{'This is' if len(found.changed) == 1 else 'These are'} {parts[0]}."]
    with_reason = sum(each.reason is not None for each in found.changed)
    if with_reason:
        text.append(f"A reason is on record for {words.small(with_reason)}.")
    else:
        text.append("No reason is on record for any.")
    return [Sentence(each, found.id) for each in text]


def kind_and_reason(found: Restatement) -> str:
    """For a table: the kind of change, and why."""
    reason = found.reason or f"reason: {NO_REASON}"
    return f"{words.upper_first(found.revision.value)}; {reason}"
