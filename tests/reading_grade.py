"""Flesch and Kincaid's reading grade, with syllables counted by rule.

The grade is about the American school year in which a text is read with ease: 0.39 x words a
sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975). Add five for an age.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?|\d[\d,.]*\d|\d")
_VOWELS = re.compile(r"[aeiouy]+")
_APART = re.compile(
    r"ia(?!l\b|n\b|r\b|b)|[^q]ua|eo(?!n|p)|io(?!n|us)|iu|ea(?=\b|s\b)(?<=rea)|ying\b"
)
"""Vowels side by side that are spoken one after the other."""


def grade(text: str) -> float:
    """The grade of a text. Raises `ValueError` for one without a word."""
    sentences = [each for each in re.split(r"(?<=[.?!])\s+", text.strip()) if _WORD.search(each)]
    words = _WORD.findall(text)
    if not words:
        raise ValueError("no words to read")
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """Syllables of one word, one at the least; a number counts as one."""
    plain = re.sub(r"[’']\w*$", "", word.lower())
    if not plain or not plain[0].isalpha():
        return 1
    if plain.endswith("e") and not plain.endswith(("le", "ee", "ie", "ye", "oe")):
        plain = plain.removesuffix("e")  # the silent one of care
    elif re.search(r"[^aeiouytdlrs]le$|[^aeiouy][^aeiouy]les?$", plain):
        pass  # the spoken one of table
    elif plain.endswith("le"):
        plain = plain.removesuffix("e")  # the silent one of while
    elif re.search(r"[^aeiouytdl]ed$", plain):
        plain = plain.removesuffix("ed")  # the silent one of reviewed
    elif re.search(r"[^aeiouycsxzgh]es$|[^s]hes$(?<!ches)", plain) and not plain.endswith("les"):
        plain = plain.removesuffix("es")  # the silent one of cares
    return max(1, len(_VOWELS.findall(plain)) + len(_APART.findall(plain)))
