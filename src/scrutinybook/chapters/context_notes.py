"""The dated notes of an edition beside a measure and on its charts: context, never a cause."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from string import ascii_uppercase

from scrutinybook.charts.context_marks import ContextMark, marks_among
from scrutinybook.edition import Edition, Note
from scrutinybook.pages import fragments
from scrutinybook.periods import Month


def context_notes(edition: Edition, measure_id: str, charted: Collection[Month] = ()) -> str:
    """The notes on one measure, oldest first; nothing where there are none.

    `charted`: months that the measure's charts show; a note on one of them has a letter.
    """
    entries = "".join(
        fragments.text(
            f"{f'Note {key}, ' if key else ''}{note.month.words}: {note.text}"
            f" (Source: {note.source}.)"
        )
        for key, note in _lettered(edition, measure_id, charted)
    )
    if not entries:
        return ""
    return fragments.note("Context on record", entries, "context", place=_place(measure_id))


def list_of(marks: Sequence[ContextMark], months: Sequence[Month], measure_id: str) -> str:
    """The id of the measure's list of notes; nothing where a chart of `months` shows no mark."""
    return _place(measure_id) if marks_among(marks, months) else ""


def context_marks(
    edition: Edition, measure_id: str, charted: Collection[Month]
) -> tuple[ContextMark, ...]:
    """The notes of months in `charted` as marks on a chart, lettered as in the list."""
    return tuple(
        ContextMark(key, note.month, note.text)
        for key, note in _lettered(edition, measure_id, charted)
        if key
    )


def _place(measure_id: str) -> str:
    return f"context-{measure_id}"


def _lettered(
    edition: Edition, measure_id: str, charted: Collection[Month]
) -> Iterator[tuple[str, Note]]:
    letters = map(_letters, count())
    for note in edition.notes_on(measure_id):
        yield (next(letters) if note.month in charted else ""), note


def _letters(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    before, letter = divmod(place, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[letter]
