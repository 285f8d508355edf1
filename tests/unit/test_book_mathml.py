"""Formulas become MathML that browsers set well; a formula with a mistake is refused."""

from __future__ import annotations

import re

import pytest

from scrutinybook.book.mathml import BadFormula, to_mathml


def bare(latex: str, *, display: bool = False) -> str:
    """The markup without its frame."""
    return re.sub(r"^<math[^>]*><mrow>|</mrow></math>$", "", to_mathml(latex, display=display))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("n", "<mi>n</mi>"),
        (r"\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>"),
        # Signs that the translation takes for names are signs, and so get their space.
        (r"a \pm b", "<mi>a</mi><mo>±</mo><mi>b</mi>"),
        (r"\lfloor x \rfloor", "<mo>⌊</mo><mi>x</mi><mo>⌋</mo>"),
        # A function and what it applies to are two words.
        (r"\log n", '<mi>log</mi><mspace width="0.1667em"/><mi>n</mi>'),
        ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"\text{in month}", "<mtext>in\xa0month</mtext>"),
    ],
)
def test_translation(latex: str, expected: str) -> None:
    assert bare(latex) == expected


def test_a_formula_says_whether_it_stands_on_a_line_of_its_own() -> None:
    assert 'display="block"' in to_mathml("p", display=True)
    assert 'display="inline"' in to_mathml("p")


def test_alignment_is_said_in_the_way_browsers_know() -> None:
    markup = to_mathml(r"\begin{align*} a &= b \\ c &= d \end{align*}")

    assert "columnalign" not in markup
    assert markup.count("text-align:right") == 2


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("  ", "empty"),
        (r"\frac{1}", "lacks a part"),
        (r"\sigmma_z", r"\\sigmma is not known"),
        (r"{a", "braces"),
        (r"a}{", "braces"),
        (r"x^", "MissingSuperScriptOrSubscriptError"),
        (r"\left( x", "ExtraLeftOrMissingRightError"),
        ("a & b", "stray &"),
        (r"\begin{aligned} a \end{aligned}", "environment aligned is not known"),
    ],
)
def test_a_mistake_is_refused_with_its_reason(latex: str, reason: str) -> None:
    with pytest.raises(BadFormula, match=reason):
        to_mathml(latex)
