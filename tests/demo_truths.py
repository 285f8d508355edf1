"""The demonstration's truth and hashes, made once for all tests that look at them."""

from __future__ import annotations

from functools import cache

from scrutinybook.demo.frames import Hashed
from scrutinybook.demo.truth import Truth, simulate
from scrutinybook.periods import Month

LAST = Month(2023, 3)


@cache
def truth(seed: int = 45, months: int = 36) -> Truth:
    return simulate(seed, months, LAST)


@cache
def hashed() -> Hashed:
    return Hashed(truth())
