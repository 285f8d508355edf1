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
    said = [
        f"The book tests {words.small_count_of(n, 'yearly measures')} for a change from the year"
        " before."
    ]
    clear = [c for c in found.tested if found.clear(c)]
    for verb, good in (("got better", True), ("got worse", False), ("changed", None)):
        group = [c for c in clear if is_better(c) is good]
        if group:
            count = words.upper_first(words.small(len(group)))
            said.append(f"{count} {verb}: {_names(group)}.")
    quiet = n - len(clear)
    if quiet:
        said.append(f"{_quiet(quiet, n)} there is no clear evidence of a change.")
    said += _allowance(found, clear)
    return [Sentence(text, found.id) for text in said]


def _quiet(quiet: int, n: int) -> str:
    if quiet < n:
        return "For the other one" if quiet == 1 else f"For the other {words.small(quiet)}"
    return "For it" if n == 1 else "For all of them"


def _allowance(found: ManyTested, clear: Sequence[ChangeOnYear]) -> list[str]:
    if len(found.tested) == 1:
        return ["Only one test was made, so no allowance for many tests was needed."]
    said = [
        "Testing many measures turns up some changes by chance alone, and these verdicts allow for"
        f" that (false discovery rate {words.percent(found.false_share)})."
    ]
    more = [c for c in found.alone if c not in clear]
    if more:
        count = words.small(len(more)) + (" more" if clear else "")
        said.append(f"Looked at alone, {count} would seem to have changed: {_names(more)}.")
    if clear:
        said.append(_strictly(clear, [c for c in clear if c in found.stand_strictly]))
    return said


def _strictly(clear: Sequence[ChangeOnYear], strict: Sequence[ChangeOnYear]) -> str:
    start = "A stricter allowance, which holds however measures depend on each other, leaves"
    if not strict:
        return f"{start} no change."
    if len(strict) == len(clear):
        return f"{start} the same {'change' if len(clear) == 1 else 'changes'}."
    return f"{start} {words.small(len(strict))} of the {words.small(len(clear))}: {_names(strict)}."


def _names(group: Sequence[ChangeOnYear]) -> str:
    # Semicolons: the names are long and hold commas and "and" themselves.
    return "; ".join(f"the share of {c.measure.noun}" for c in group)
