"""Put all yearly measures of a published edition side by side, in order of what needs asking."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.analysis.glance import MOST_QUESTIONS, in_order
from scrutinybook.analysis.many import edition_tests
from scrutinybook.analysis.yearly import yearly_measure
from scrutinybook.context import Context
from scrutinybook.findings.changes import EditionChanges
from scrutinybook.findings.glance import Asks
from scrutinybook.findings.official_glance import OfficialGlance
from scrutinybook.findings.yearly import ChangeOnYear


def official_glances(
    context: Context, since: EditionChanges | None = None
) -> tuple[OfficialGlance, ...]:
    """A row for each measure with a figure, what needs asking first, then as the catalogue has it.

    `since`: what changed since the edition before.
    """
    tests = edition_tests(context)
    then = {} if since is None else {each.measure_id: each for each in since.measures}
    rows = []
    for measure_id in context.catalogue.measures:
        found = yearly_measure(context, measure_id)
        if found is None:
            continue
        latest = found.latest
        rows.append(
            OfficialGlance(
                measure_id=measure_id,
                latest=latest,
                changed=tests is not None
                and isinstance(latest, ChangeOnYear)
                and tests.clear(latest),
                among=found.among,
                beside=found.beside,
                years=found.years,
                values=tuple(each.value for each in found.own),
                since=then.get(measure_id),
            )
        )
    return in_order(rows)


def official_questions(
    rows: Sequence[OfficialGlance], most: int = MOST_QUESTIONS
) -> tuple[OfficialGlance, ...]:
    """The rows to ask about, `most` at the most; where one is for the better, one of those too."""
    asking = [row for row in rows if row.asks is not Asks.REST]
    chosen = asking[:most]
    better = next((row for row in asking if row.better), None)
    if better is not None and not any(row.better for row in chosen):
        chosen[-1] = better
    return tuple(chosen)
