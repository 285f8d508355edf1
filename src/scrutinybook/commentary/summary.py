"""Many measures at a glance: which improved, which did not, and how many were looked at."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.polarity import is_better
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.yearly import ChangeOnYear, ManyTested


def changes_on_year(found: ManyTested) -> list[Sentence]:
    """Which measures got better, which got worse, and how many were tested."""
    n = len(found.tested)
    measures = "measure" if n == 1 else "measures"
    said = [
        Sentence(
            f"The book tests {words.small(n)} yearly {measures} for a change from the year before.",
            found.id,
        )
    ]
    better = [c for c in found.stand if is_better(c) is True]
    worse = [c for c in found.stand if is_better(c) is False]
    neither = [c for c in found.stand if is_better(c) is None]
    for group, verb in ((better, "got better"), (worse, "got worse"), (neither, "changed")):
        if group:
            said.append(Sentence(f"{_count(group)} {verb}: {_names(group)}.", found.id))
    quiet = n - len(found.stand)
    if quiet:
        subject = "For all of them" if quiet == n else f"For the other {words.small(quiet)}"
        said.append(Sentence(f"{subject} there is no clear evidence of a change.", found.id))
    said.append(Sentence(_allowance(found), found.id))
    return said


def _allowance(found: ManyTested) -> str:
    if len(found.tested) == 1:
        return "Only one test was made, so no allowance for many tests was needed."
    text = (
        "Testing many measures turns up some changes by chance alone; these verdicts allow for"
        " that (false discovery rate 5%)."
    )
    fewer = len(found.alone) - len(found.stand)
    if fewer > 0:
        text += f" Looked at alone, {words.small(fewer)} more would seem to have changed."
    return text


def _count(group: Sequence[ChangeOnYear]) -> str:
    return words.upper_first(words.small(len(group)))


def _names(group: Sequence[ChangeOnYear]) -> str:
    return words.listing([c.measure.noun for c in group])
