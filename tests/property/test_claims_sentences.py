"""Every sentence on what the committee was told: its verdict, figures and test, and no more."""

from __future__ import annotations

import re
from typing import Any

import drawn_claims as drawn
from hypothesis import given, settings
from sentence_rules import keep_to_the_rules

from scrutinybook.commentary import claims as said
from scrutinybook.findings.claims import (
    ClaimsAll,
    ClaimsTogether,
    ClaimTested,
    ClaimUntested,
    Scale,
    Verdict,
    VerdictThen,
)
from scrutinybook.periods import Month

many_examples = settings(max_examples=300, deadline=None)
LEAST_P = 0.001
"""Below it a p-value is said to be just that."""


def sources(found: ClaimTested) -> list[Any]:
    """What else a sentence's numbers may be from: what the claim itself names."""
    claim = found.claim
    spans = [each for each in (claim.periods, claim.against) if each is not None]
    return [
        found.measure,
        [each for span in spans for each in (span.first, span.last)],
        [Month(span.last.month.year, span.last.month.month) for span in spans],
        claim.level or 0.0,
        LEAST_P,
    ]


@many_examples
@given(drawn.tested())
def test_a_tested_claim(found: ClaimTested) -> None:
    more = sources(found)
    every = [said.headline(found), *said.bearing(found), *said.tested(found)]
    keep_to_the_rules(every, found, *more)
    head = every[0].text
    assert [v for v, words in said.VERDICTS.items() if head.startswith(f"{words}.")] == [
        found.verdict
    ]
    text = " ".join(each.text for each in every)
    assert ("bear the statement out" in text) == (found.verdict is Verdict.SUPPORTED)
    # 'Not supported' is said only where the data point the other way.
    if found.verdict is Verdict.NOT_SUPPORTED:
        assert "The figures point the other way." in text
    assert ("by no more than chance could bring" in text) <= (found.verdict is Verdict.TOO_EARLY)
    assert ("p is" in text) == (found.effect is not None)


@many_examples
@given(drawn.tested())
def test_a_percentage_of_a_share_has_its_denominator_within_reach(found: ClaimTested) -> None:
    text = said.figures(found)
    if found.measure.kind == "proportion" and found.claim.kind != "trend":
        for side in (found.now, found.then):
            if side is not None and side.parts is not None:
                assert f"of {side.parts[1]:,}" in text


@many_examples
@given(drawn.tested())
def test_higher_and_lower_go_with_the_effect_and_better_with_the_measure(
    found: ClaimTested,
) -> None:
    text = " ".join(each.text for each in said.bearing(found))
    effect = found.effect
    if effect is None:
        return
    if effect.scale is not Scale.RATIO:
        assert (" higher" in text) <= (effect.estimate >= 0)
        assert (" lower" in text) <= (effect.estimate <= 0)
    middle = 1 if effect.scale is Scale.RATIO else 0
    up = effect.estimate > middle
    worth = re.search(r"which is (better|worse)", text)
    if worth is not None:
        assert found.measure.polarity != "neutral"
        assert (worth[1] == "better") == (up == (found.measure.polarity == "high"))


@many_examples
@given(drawn.untested())
def test_an_untested_claim(found: ClaimUntested) -> None:
    head = said.headline(found)
    keep_to_the_rules([head], found, found.claim.judged_from)
    assert head.text.startswith(said.VERDICTS[found.verdict])
    assert "upported" not in head.text


@many_examples
@given(drawn.together())
def test_two_claims_side_by_side_are_never_cause_and_effect(found: ClaimsTogether) -> None:
    every = [said.headline(found), *said.together(found)]
    keep_to_the_rules(every, found, LEAST_P, 2.0)
    assert any("coincides with" in each.text for each in every)


@many_examples
@given(drawn.all_claims())
def test_all_claims(found: ClaimsAll) -> None:
    every = said.all_claims(found)
    keep_to_the_rules(every, found)
    assert ("Benjamini" in " ".join(each.text for each in every)) == (found.n_tested > 1)


@many_examples
@given(drawn.verdicts_then())
def test_history(found: VerdictThen) -> None:
    sentence = said.verdict_then(found)
    keep_to_the_rules([sentence], found)
    assert ("said the same" in sentence.text) == (found.then is found.now)
