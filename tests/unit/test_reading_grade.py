"""The helper that measures how hard a text is to read, against counts made by hand."""

from __future__ import annotations

import pytest
from reading_grade import grade, syllables

COUNTED = {
    "care": 1, "cares": 1, "child": 1, "reviewed": 2, "month": 1, "table": 2, "while": 1,
    "stands": 1, "separate": 3, "measure": 2, "measures": 2, "judged": 1, "authority": 4,
    "assessment": 3, "assessments": 3, "referral": 3, "expected": 3, "completed": 3, "area": 3,
    "social": 2, "demonstration": 4, "people": 2, "children’s": 2, "usual": 3, "figure": 2,
    "57.2": 1, "the": 1, "she": 1, "started": 2, "services": 3, "notes": 1, "council’s": 2,
}  # fmt: skip


@pytest.mark.parametrize("word", COUNTED)
def test_syllables(word: str) -> None:
    assert syllables(word) == COUNTED[word]


def test_the_grade_by_hand() -> None:
    """Six words of one syllable in one sentence: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45."""
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    # Eleven words in two sentences, 15 syllables.
    text = "The council asked. It will answer in April, said the leader."
    assert grade(text) == pytest.approx(0.39 * 5.5 + 11.8 * 15 / 11 - 15.59)


def test_longer_words_and_longer_sentences_are_harder() -> None:
    easy = "Staff saw each child in time. The work is done."
    assert grade(easy) < grade(easy.replace(". The", " and the"))
    assert grade(easy) < grade(easy.replace("work", "administration"))


def test_a_text_without_words_has_no_grade() -> None:
    with pytest.raises(ValueError, match="no words"):
        grade("–")
