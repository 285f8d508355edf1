"""Counts by month that cannot be judged, in words: which are not there, and what is left unsaid."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.without_count import ManyWithheld, NoCount


def headline(found: NoCount | ManyWithheld, noun: str) -> Sentence:
    """The message where there is no verdict."""
    month = found.month.words
    if isinstance(found, NoCount):
        return Sentence(f"There is no published number of {noun} for {month}.", found.id)
    return Sentence(
        f"{words.there_were(found.count, noun)} in {month}. Too many other months are withheld to"
        " say whether that stands out.",
        found.id,
    )


def why(found: NoCount | ManyWithheld, noun: str) -> list[Sentence]:
    """Why nothing is said of the month or of the level."""
    if isinstance(found, NoCount):
        said = [
            f"The number of {noun} for {found.month.words} is {found.symbol.words}. It is not zero,"
            " and this book does not guess it."
        ]
        if found.last_known is not None:
            said.append(f"The last month with a published number is {found.last_known.words}.")
        return [Sentence(text, found.id) for text in said]
    months = words.small_count_of(found.n_months, "months")
    said = [
        f"Of the latest {months}, {words.small(found.n_withheld)}"
        f" {'has' if found.n_withheld == 1 else 'have'} a number that is withheld to protect people"
        " where numbers are small.",
        "The months that are left are the larger ones. A level or limits from those alone would lie"
        " too high, so none are worked out.",
    ]
    return [Sentence(text, found.id) for text in said]


def level_unknown(found: NoCount | ManyWithheld, noun: str) -> Sentence:
    """What stands where changes of level would."""
    return Sentence(f"This edition cannot say whether the level of {noun} changed.", found.id)
