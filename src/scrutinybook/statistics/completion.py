"""How much the latest months will still grow, from how earlier ones did.

An extract made soon after a month's end misses what is recorded late, so that the last point of
a chart is low every time. Where extracts were kept, every month can be followed from its first
count to its settled one. The mean growth from each extract to the next (the chain ladder) completes
the months still growing; what the ladder leaves unexplained, resampled, gives their interval
(Mack 1993, ASTIN Bulletin 23; the bootstrap of England and Verrall 2006, Annals of Actuarial
Science 1). Or nothing is estimated at all, and months are compared as each first looked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats, Ints

FEWEST_MONTHS = 8
"""Fewest months that must have been seen to grow from one extract to the next."""


@dataclass(frozen=True)
class TooShortToComplete:
    """Too few months were seen at two extracts to say how months grow."""

    n_months: int
    """Months seen both in the first extract after their end and in the next."""
    needed: int
    """How many were needed."""


@dataclass(frozen=True, eq=False)
class Completion:
    """n months completed; arrays of shape (n,) unless told. Counts may also shrink."""

    counts: Floats
    """Latest known count; NaN where there is none."""
    completed: Floats
    """Count to expect once settled: the count itself where it is; NaN where it cannot be told."""
    lower: Floats
    """Lower end of the interval of the settled count."""
    upper: Floats
    """Upper end of the interval of the settled count."""
    maturity: Ints
    """Extracts after the first at which the latest count was seen; -1 where there is none."""
    untold: Bools
    """Still growing from a count of 0, which no share can complete."""
    reported: Floats
    """Share of the settled count seen at each maturity; shape (settled_after + 1,), last is 1."""
    reported_lower: Floats
    """Lower end of the interval of that share."""
    reported_upper: Floats
    """Upper end of the interval of that share."""
    n_pairs: Ints
    """Months behind each step from one maturity to the next; shape (settled_after,)."""
    settled_after: int
    """Maturity from which a month is taken as settled: the latest that enough months have seen."""
    last_growth: float
    """Mean growth in the last step before it, e.g. 0.002; far from 0, months are not settled."""
    confidence: float
    """Nominal confidence of all intervals."""
    n_samples: int
    """Histories drawn."""
    seed: int
    """Seed of all draws."""

    @property
    def growing(self) -> Bools:
        """Months with a count that is not settled."""
        return (self.maturity >= 0) & (self.maturity < self.settled_after)


@dataclass(frozen=True, eq=False)
class SameMaturity:
    """All months as they looked when they were as old as the latest is now."""

    maturity: int
    """Extracts after the first."""
    counts: Floats
    """Shape (n,); NaN where no extract shows a month at that age. Fit for any chart of counts."""


def complete(
    history: npt.ArrayLike,
    *,
    seed: int,
    window: int | None = None,
    fewest: int = FEWEST_MONTHS,
    confidence: float = 0.9,
    n_samples: int = 2000,
) -> Completion | TooShortToComplete:
    """Complete months that are still growing.

    `history`: shape (n, k), the count of each of n months as the first, second, ... k-th extract
    after its end shows it, in order of time; NaN where there is no such extract, or not yet.
    `window`: use only the latest so many months for each step of growth, where recording has
    changed; None for all. Raises `ValueError` for other input.
    """
    found = _history(history)
    checks.at_least("fewest", fewest, 3)
    checks.fraction("confidence", confidence)
    checks.at_least("n_samples", n_samples, 200)
    if window is not None:
        checks.at_least("window", window, fewest)
    steps = []
    for place in range(found.shape[1] - 1):
        step = _Growth.seen(found[:, place], found[:, place + 1], window)
        if step is None or step.before.size < fewest:
            break
        steps.append(step)
    if not steps:
        both = ~np.isnan(found[:, :2]).any(axis=1)
        return TooShortToComplete(int(both.sum()), fewest)

    known = ~np.isnan(found)
    last = found.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    maturity = np.where(known.any(axis=1), last, -1)
    counts = np.where(maturity >= 0, found[np.arange(last.size), last], np.nan)
    growing = (maturity >= 0) & (maturity < len(steps))
    untold = growing & (counts == 0)

    rng = np.random.default_rng(seed)
    left = np.concatenate([step.left() for step in steps])
    left = left - left.mean()
    expected, drawn = counts.copy(), np.repeat(counts[None, :], n_samples, axis=0)
    shares = np.ones((n_samples, len(steps) + 1))
    for place, step in enumerate(steps):
        on = growing & (maturity <= place)
        expected[on] *= step.factor
        factors = step.factors_drawn(rng, left, n_samples)
        shares[:, : place + 1] /= factors[:, None]
        noise = rng.choice(left, (n_samples, int(on.sum())))
        grown = factors[:, None] * drawn[:, on] + step.sd * np.sqrt(drawn[:, on]) * noise
        drawn[:, on] = np.maximum(grown, 0.0)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    lower, upper = np.quantile(drawn, tails, axis=0)
    share_lower, share_upper = np.quantile(shares, tails, axis=0)
    after = np.cumprod([step.factor for step in steps][::-1])[::-1]
    for line in (expected, lower, upper):
        line[untold] = np.nan
    return Completion(
        counts=counts,
        completed=expected,
        lower=lower,
        upper=upper,
        maturity=maturity.astype(np.int64),
        untold=untold,
        reported=np.append(1 / after, 1.0),
        reported_lower=share_lower,
        reported_upper=share_upper,
        n_pairs=np.array([step.before.size for step in steps], dtype=np.int64),
        settled_after=len(steps),
        last_growth=steps[-1].factor - 1,
        confidence=confidence,
        n_samples=n_samples,
        seed=seed,
    )


def same_maturity(history: npt.ArrayLike) -> SameMaturity:
    """Compare months as they looked at the age of the latest one; `history` as for `complete`.

    Raises `ValueError` for other input and where the latest month has no count.
    """
    found = _history(history)
    known = np.flatnonzero(~np.isnan(found[-1]))
    if known.size == 0:
        raise ValueError(f"history[{found.shape[0] - 1}] holds no count; it is the latest month")
    maturity = int(known[-1])
    return SameMaturity(maturity=maturity, counts=found[:, maturity].copy())


@dataclass(frozen=True, eq=False)
class _Growth:
    """One step from an extract to the next, over the months seen in both."""

    before: Floats
    after: Floats

    @classmethod
    def seen(cls, before: Floats, after: Floats, window: int | None) -> _Growth | None:
        both = np.flatnonzero(~np.isnan(before) & ~np.isnan(after))[-(window or before.size) :]
        step = cls(before[both], after[both])
        return step if step.before.sum() > 0 and step.after.sum() > 0 else None

    @property
    def factor(self) -> float:
        return float(self.after.sum() / self.before.sum())

    @property
    def sd(self) -> float:
        """Of the growth from a count of 1; its variance is taken as proportional to the count."""
        some = self.before > 0
        squares = (self.after - self.factor * self.before)[some] ** 2 / self.before[some]
        return float(np.sqrt(squares.sum() / max(int(some.sum()) - 1, 1)))

    def left(self) -> Floats:
        """What the mean growth leaves unexplained, brought to one spread; months from 0 apart."""
        some = self.before > 0
        rest = (self.after - self.factor * self.before)[some] / np.sqrt(self.before[some])
        n = int(some.sum())
        return np.asarray(rest / self.sd * np.sqrt(n / max(n - 1, 1)) if self.sd > 0 else 0 * rest)

    def factors_drawn(self, rng: np.random.Generator, left: Floats, n_samples: int) -> Floats:
        """Growth factors of redrawn histories; shape (n_samples,), above 0."""
        noise = rng.choice(left, (n_samples, self.before.size)) @ np.sqrt(self.before)
        drawn = self.factor + self.sd * noise / self.before.sum()
        return np.asarray(np.maximum(drawn, 0.01 * self.factor))


def _history(history: npt.ArrayLike) -> Floats:
    found = np.array(history, dtype=np.float64)
    if found.ndim != 2 or found.shape[0] == 0 or found.shape[1] < 2:
        raise ValueError(
            f"history has shape {found.shape}; history must be months by extracts, 2 or more"
        )
    for month, line in enumerate(found):
        checks.counts(f"history[{month}]", line)
    return found
