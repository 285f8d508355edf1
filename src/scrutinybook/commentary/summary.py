"""Many measures at a glance: which improved, which did not, and how many were looked at."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.comparisons import ALL_NEIGHBOURS
from scrutinybook.commentary.figures import FINE_FROM, printed_text, share_text
from scrutinybook.commentary.polarity import is_better
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.yearly import BesideOthers, ChangeOnYear, ManyTested


def changes_on_year(found: ManyTested) -> list[Sentence]:
    """Which measures differ from the year before, which way, and how many were tested."""
    n = len(found.tested)
    said = [
        f"The book tests {words.small_count_of(n, 'yearly measures')} for a change from the year"
        " before."
    ]
    if found.levels:
        counts = words.small_count_of(len(found.levels), "monthly counts")
        said.append(f"It also searches {counts} for lasting changes of level.")
    clear = [c for c in found.tested if found.clear(c)]
    if clear:
        differ = "differs" if len(clear) == 1 else "differ"
        count = words.upper_first(words.small(len(clear)))
        said.append(f"{count} {differ} by more than the chance of small numbers usually gives.")
    for name, good in (("Better", True), ("Worse", False), ("Neither better nor worse", None)):
        group = [c for c in clear if is_better(c) is good]
        if group:
            said.append(f"{name}: {_names(group, with_way=True)}.")
    if clear:
        said.append(
            "Yearly figures can move by more than such chance without a lasting change, so a"
            " difference is a reason to ask and not a verdict."
        )
    quiet = n - len(clear)
    if quiet:
        said.append(f"{_quiet(quiet, n)} there is no clear evidence of a change.")
    if found.n_tests > 1:
        said.append(
            "Testing many measures turns up some changes by chance; the verdicts allow for that."
        )
    return [Sentence(text, found.id) for text in said]


def changes_in_short(found: ManyTested) -> list[Sentence]:
    """What got better, what got worse and what did not clearly change; one sentence each."""
    n, clear = len(found.tested), [c for c in found.tested if found.clear(c)]
    said = []
    for name, good in (("Better", True), ("Worse", False), ("Neither better nor worse", None)):
        group = [c for c in clear if is_better(c) is good]
        if group:
            said.append(f"{name} than the year before: {_names(group, with_way=True)}.")
    quiet = n - len(clear)
    if quiet:
        said.append(f"{_quiet(quiet, n)} there is no clear evidence of a change.")
    return [Sentence(text, found.id) for text in said]


def not_tested(found: ManyTested) -> list[Sentence]:
    """How many figures the edition shows without a test, and why."""
    said, figures = [], found.n_printed
    if figures:
        are = "is shown and not tested, as it is a printed value or a count"
        if figures > 1:
            are = "are shown and not tested, as they are printed values or counts"
        count = words.upper_first(words.small(figures))
        said.append(f"{count} more {words.agreeing('figures', figures)} {are}.")
    if found.n_first:
        has = "has" if found.n_first == 1 else "have"
        count = words.upper_first(words.small(found.n_first))
        said.append(f"{count} more {has} no figure for the year before to be tested against.")
    return [Sentence(text, found.id) for text in said]


def how_sure(found: ManyTested) -> list[Sentence]:
    """What the verdicts allow for, with the names of the methods; for readers who ask."""
    if found.n_tests == 1:
        said = ["Only one test was made, so no allowance for many tests was needed."]
    else:
        said = [
            f"The verdicts allow for all {words.small_count_of(found.n_tests, 'tests')}. They"
            f" accept that up to {words.percent(found.false_share)} of the changes they find may be"
            f" chance alone (a false discovery rate of {words.percent(found.false_share)})."
        ]
        clear = [c for c in found.tested if found.clear(c)]
        more = [c for c in found.alone if c not in clear]
        if more:
            count = words.small(len(more)) + (" more" if clear else "")
            said.append(f"Looked at alone, {count} would seem to have changed: {_names(more)}.")
        if clear:
            said.append(_strictly(clear, [c for c in clear if c in found.stand_strictly]))
    said.append(
        "The tests allow for the chance of small numbers, and not for other differences between"
        " one year and the next."
    )
    return [Sentence(text, found.id) for text in said]


def level_among_many(found: ManyTested, measure_id: str) -> list[Sentence]:
    """Whether the evidence for a change of one monthly level stands among all tests."""
    level = found.level(measure_id)
    if level is None or found.n_tests == 1:
        return []
    text = (
        f"This search is one of {words.small_count_of(found.n_tests, 'tests')} of this edition."
        " Allowing for all of them, the evidence that the level changed at all"
    )
    if not level.stands:
        text += " does not stand: so much comes up too often by chance."
    elif level.stands_strictly:
        text += " stands, also by the stricter allowance."
    else:
        text += " stands; by a stricter allowance it would not."
    return [Sentence(text, found.id)]


def comparators(found: BesideOthers) -> list[Sentence]:
    """Neighbours and England at the end of a message: ``Neighbours 79.9%, England 82.5%.``"""
    parts = []
    if found.neighbours is not None:
        few = ""
        if found.n_neighbours < ALL_NEIGHBOURS:
            few = f" ({words.small(found.n_neighbours)} of them)"
        parts.append(f"neighbours{few} {_comparator(found, found.neighbours)}")
    if found.england is not None:
        parts.append(f"England {_comparator(found, found.england)}")
    return [Sentence(f"{words.upper_first(', '.join(parts))}.", found.id)] if parts else []


def _quiet(quiet: int, n: int) -> str:
    if quiet < n:
        return "For the other one" if quiet == 1 else f"For the other {words.small(quiet)}"
    return "For it" if n == 1 else "For all of them"


def _strictly(clear: Sequence[ChangeOnYear], strict: Sequence[ChangeOnYear]) -> str:
    start = "A stricter allowance, which holds however measures depend on each other, leaves"
    if not strict:
        return f"{start} no change."
    if len(strict) == len(clear):
        return f"{start} the same {'change' if len(clear) == 1 else 'changes'}."
    return f"{start} {words.small(len(strict))} of the {words.small(len(clear))}: {_names(strict)}."


def _names(group: Sequence[ChangeOnYear], *, with_way: bool = False) -> str:
    # Semicolons: the names are long and hold commas and "and" themselves.
    ways = {Direction.HIGHER: " (up)", Direction.LOWER: " (down)", Direction.SAME: ""}
    return "; ".join(
        f"the share of {c.measure.noun}{ways[c.direction] if with_way else ''}" for c in group
    )


def _comparator(found: BesideOthers, value: float) -> str:
    if found.measure.kind == "proportion":
        return share_text(value, FINE_FROM)
    return printed_text(found.measure, value)
