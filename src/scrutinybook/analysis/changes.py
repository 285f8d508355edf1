"""Set what two editions found side by side; both sides are gated figures as each edition has them.

A withheld figure of either stays withheld: no difference is worked out, only both figures named.
"""

from __future__ import annotations

from collections.abc import Mapping

from scrutinybook.findings.changes import EditionChanges, MeasureChange, VerdictChange, since
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.findings.found import EditionFound


def changes(
    then: EditionFound,
    now: EditionFound,
    measures: Mapping[str, AnyMeasure],
    sentences: Mapping[str, str],
) -> EditionChanges:
    """What changed between two editions of one authority.

    `measures`: the catalogue's, by id, in the order of pages; `sentences`: what claims say, by id.
    """
    pairs = {name: (then.measure(name), now.measure(name)) for name in measures}
    return EditionChanges(
        measure_id="all",
        then=then.month,
        now=now.month,
        measures=tuple(
            MeasureChange(name, measures[name], before, after, since(before, after))
            for name, (before, after) in pairs.items()
            if before is not None or after is not None
        ),
        verdicts=tuple(
            VerdictChange(claim.claim_id, sentences[claim.claim_id], before.verdict, claim.verdict)
            for claim in now.claims
            if (before := then.claim(claim.claim_id)) is not None
            and before.verdict is not claim.verdict
            and claim.claim_id in sentences
        ),
    )
