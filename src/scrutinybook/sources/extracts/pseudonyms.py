"""Keyed hashes in place of the council's own numbers of children and workers.

The same number gives the same hash in every extract and format, so that a child can be followed;
without the key nobody can tell the number from the hash, not even by trying all numbers. A hash
is still personal data in the law's sense: it stands for one person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Kind = Literal["child", "worker"]
SHORTEST_KEY = 16
"""Bytes of a key, at the least."""


@dataclass(frozen=True, repr=False)
class Pseudonyms:
    """Hashing with one key. Its text form never shows the key."""

    key: bytes

    def __post_init__(self) -> None:
        """Refuse a key that could be guessed. Raises `ValueError`."""
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"the key has {len(self.key)} bytes; it needs {SHORTEST_KEY} or more")

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without giving them away; 16 hexadecimal digits."""
        return self._digest("fingerprint", "")[:16]

    def of(self, numbers: pd.Series, kind: Kind) -> pd.Series:
        """Hash numbers of children or workers; 32 hexadecimal digits each, empty where empty.

        Spaces around a number, its case and Excel's ``.0`` behind whole numbers do not matter.
        """
        codes, distinct = pd.factorize(tidy(numbers), use_na_sentinel=True)
        hashed = pd.array([self._digest(kind, text) for text in distinct], dtype="string")
        filled = hashed.take(codes, allow_fill=True)
        return pd.Series(filled, index=numbers.index, dtype="string")

    def _digest(self, kind: str, text: str) -> str:
        person = kind.encode().ljust(16, b"\0")
        key = hashlib.blake2b(self.key, digest_size=32).digest()
        return hashlib.blake2b(text.encode(), key=key, person=person, digest_size=16).hexdigest()


def tidy(numbers: pd.Series) -> pd.Series:
    """Numbers as text without spaces around them, Excel's ``.0`` and case; NA where empty."""
    text = numbers.astype("string").str.strip().str.casefold().str.replace(r"\.0+$", "", regex=True)
    return text.mask(text == "", pd.NA)
