"""Questions that a member could put, each from one measure's row."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.glance import stands_out, target_text
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.glance import Asks, Glance, MonthAtGlance


def question(row: Glance) -> Sentence:
    """What to ask of a measure that gives reason to. Raises `ValueError` for one that does not."""
    if row.asks is Asks.REST:
        raise ValueError(f"{row.measure_id} gives no reason to ask")
    if row.asks is Asks.MISSED:
        fact = f"the target is {target_text(row)}, and the latest figure misses it"
    else:
        fact = words.lower_first(stands_out(row))
    return Sentence(f"{row.measure.title}: {fact}. {_end(row)}", row.id)


def about_targets(found: MonthAtGlance) -> Sentence | None:
    """What to ask of measures without a target; None where each has one."""
    left = found.n_measures - found.n_target
    if not left:
        return None
    have = "has" if left == 1 else "have"
    which = "Should it" if left == 1 else "Which of them should"
    text = f"{words.upper_first(words.small_count_of(left, 'measures'))} {have} no target set."
    return Sentence(f"{text} {which} have one?", found.id)


def _end(row: Glance) -> str:
    if row.asks is Asks.MISSED:
        return "When will it be met, and how?"
    if row.level is not None:
        return "What is known of that, and from when should new limits count?"
    if row.better is None:
        return "Has the work changed, or the way it is recorded?"
    if row.better:
        return "What is known of how that came about, and will it last?"
    return "What is known of how that came about, and what will be done by when?"
