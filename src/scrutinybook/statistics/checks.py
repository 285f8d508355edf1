"""Refusals of input that no method can use: what is wrong, and at which place of the array."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def _refuse_at(name: str, bad: Bools, values: Floats, rule: str) -> None:
    if bad.any():
        place = int(np.argmax(bad))
        raise ValueError(f"{name}[{place}] is {values[place]:g}; {name} must be {rule}")


def series(name: str, values: npt.ArrayLike, *, length: int | None = None) -> Floats:
    """Read a one-dimensional series of at least one number; NaN is a month without a figure.

    Raises `ValueError` for another shape, another length than `length`, or an infinite value.
    """
    found = np.array(values, dtype=np.float64)
    if found.ndim != 1 or found.size == 0:
        raise ValueError(f"{name} has shape {found.shape}; {name} must be a filled list of numbers")
    if length is not None and found.size != length:
        raise ValueError(f"{name} has {found.size} values; {length} are needed, one a period")
    _refuse_at(name, np.isinf(found), found, "finite, or NaN where there is no figure")
    return found


def counts(name: str, values: npt.ArrayLike, *, length: int | None = None) -> Floats:
    """Read a series of counts: whole numbers, zero or more, or NaN. Raises `ValueError`."""
    found = series(name, values, length=length)
    bad = (found < 0) | (found != np.round(found)) & ~np.isnan(found)
    _refuse_at(name, bad, found, "a whole number, zero or more")
    return found


def exposures(name: str, values: npt.ArrayLike, *, length: int | None = None) -> Floats:
    """Read what counts are divided by: above zero, or NaN. Raises `ValueError`."""
    found = series(name, values, length=length)
    _refuse_at(name, found <= 0, found, "above zero")
    return found


def proportion_parts(
    numerators: npt.ArrayLike, denominators: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Read numerators and denominators of one length, numerator never above denominator.

    A denominator of zero is a period in which nobody could be counted: both become NaN.
    Raises `ValueError`.
    """
    top = counts("numerators", numerators)
    bottom = counts("denominators", denominators, length=top.size)
    _refuse_at("numerators", top > bottom, top, "no higher than its denominator")
    empty = np.isnan(top) | np.isnan(bottom) | (bottom == 0)
    top[empty] = bottom[empty] = np.nan
    return top, bottom


def mask(name: str, values: npt.ArrayLike | None, *, length: int, default: bool) -> Bools:
    """Read a yes/no a period; None means `default` for all. Raises `ValueError`."""
    if values is None:
        return np.full(length, default)
    found = np.asarray(values)
    if found.dtype != np.bool_ or found.shape != (length,):
        raise ValueError(
            f"{name} has shape {found.shape} of {found.dtype}; "
            f"{name} must be {length} yes/no values, one a period"
        )
    return found.copy()


def fraction(name: str, value: float) -> float:
    """Read a number between 0 and 1, ends left out. Raises `ValueError`."""
    return _within(name, value, lambda x: 0 < x < 1, "between 0 and 1")


def positive(name: str, value: float) -> float:
    """Read a number above 0. Raises `ValueError`."""
    return _within(name, value, lambda x: 0 < x < np.inf, "above zero")


def at_least(name: str, value: int, lowest: int) -> int:
    """Read a whole number that is `lowest` or more. Raises `ValueError`."""
    return int(_within(name, value, lambda x: x >= lowest, f"{lowest} or more"))


def _within(name: str, value: float, rule: Callable[[float], bool], words: str) -> float:
    if not rule(value):
        raise ValueError(f"{name} is {value:g}; {name} must be {words}")
    return value
