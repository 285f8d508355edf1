"""The scan for one more step in a monthly series: every first month is tried, all effects refitted.

The series is a level, a yearly season, the steps already found, at times a covariate, and noise
that is correlated from month to month. All of it is one least-squares problem, so that the gain
from a step at any month is one inner product with a direction worked out beforehand. That is what
makes a bootstrap of a thousand series, each with its own full search, a few matrix products.

Season: one yearly wave, and month effects about it that are shrunk towards the wave. August may
be its own, and yet a step near the end of a short series is not eaten up by twelve free months.

Noise: whitened by a fixed correlation (generalised least squares), which keeps the directions the
same for all samples. Whether there is a step is judged with several of them (`evidence`); where it
is and how large, with one working correlation, which need not be the true one: draws have the
estimated one and are analysed the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from scrutinybook.statistics.checks import Bools, Floats, Ints

WORKING_RHO = 0.35
"""Working correlation for dates and sizes. From 0.2 to 0.5 they hardly differ."""

MONTH_SHRINKAGE = 4.0
"""Noise variance over the variance of month effects about the yearly wave; with four years of data
a month effect is kept to 4 / (4 + 4) of what it looks like."""

_TINY, _SAME = 1e-12, 1e-9


@dataclass(frozen=True, eq=False)
class MonthlyLayout:
    """Which months are observed and how they are modelled, apart from steps."""

    observed: Bools
    """Shape (n,): months with a figure; n consecutive months in all."""
    first_month: int
    """Calendar month of the first, 1 to 12."""
    seasonal: bool
    """Model a yearly season."""
    minimum_segment: int
    """Fewest months from one step to the next, and to either end."""
    covariate: Floats | None = None
    """Shape (n,): a further regressor (log working days with a free exponent), or None."""
    period: int = 12
    """Periods a year, if seasonal: 12 for months, 4 for quarters."""

    @property
    def n_months(self) -> int:
        """Months from first to last, gaps counted."""
        return self.observed.size

    @property
    def months(self) -> Ints:
        """Positions of the observed months, shape (m,)."""
        return np.flatnonzero(self.observed)

    @property
    def key(self) -> tuple[object, ...]:
        """What two layouts have in common that are alike."""
        covariate = None if self.covariate is None else self.covariate.tobytes()
        season = (self.first_month, self.period) if self.seasonal else None
        return (self.observed.tobytes(), season, self.minimum_segment, covariate)

    def season_columns(self) -> tuple[Floats, Floats]:
        """Give the yearly wave (n, 2) and month indicators (n, period); no columns unseasonal."""
        position = np.arange(self.n_months) + self.first_month - 1
        if not self.seasonal:
            return np.zeros((self.n_months, 0)), np.zeros((self.n_months, 0))
        angle = 2 * np.pi * position / self.period
        wave = np.column_stack([np.sin(angle), np.cos(angle)])
        return wave, np.eye(self.period)[position % self.period]


@dataclass(frozen=True, eq=False)
class Fit:
    """One fitted series."""

    fitted: Floats
    """Shape (n,): fitted log values in all months, gaps too."""
    seasonal: Floats
    """Shape (n,): the part of `fitted` that is neither level nor step."""
    levels: Floats
    """Shape (steps + 1,): log level of each segment."""
    slope: float | None
    """Coefficient of the covariate; None without one."""


class StepScan:
    """All that can be worked out before the data: directions, one a candidate month."""

    def __init__(
        self, layout: MonthlyLayout, found: tuple[int, ...] = (), *, rho: float = WORKING_RHO
    ) -> None:
        """Prepare the scan for one more step beside those `found` (first months of new levels).

        `rho`: the correlation from month to month for which the noise is whitened.
        """
        self.layout = layout
        self.found = tuple(sorted(found))
        months = layout.months
        self._free, self._shrunk = self._columns()
        correlation = rho ** np.abs(months[:, None] - months[None, :]).astype(np.float64)
        self._unwhiten = np.linalg.cholesky(correlation)
        self._whiten = np.linalg.inv(self._unwhiten)
        n_shrunk = self._shrunk.shape[1]
        # Shrinkage as extra rows of data: month effects observed to be 0, with their own weight.
        penalty = np.hstack(
            [np.zeros((n_shrunk, self._free.shape[1])), np.sqrt(MONTH_SHRINKAGE) * np.eye(n_shrunk)]
        )
        everything = np.hstack([self._free, self._shrunk])[months]
        self._design = np.vstack([self._whiten @ everything, penalty])
        self._basis, triangle = np.linalg.qr(self._design)
        lengths = np.concatenate([np.diag(self._unwhiten), np.abs(np.diag(triangle))])
        # Nothing where gaps leave an effect that cannot be told from the others.
        self.log_volume = -float(np.log(lengths[lengths > _SAME]).sum())
        """Log density of a series at no residual, up to a constant; all effects integrated out."""
        self.candidates = self._candidates()
        steps = np.vstack(
            [
                self._whiten @ (months[:, None] >= self.candidates[None, :]).astype(np.float64),
                np.zeros((n_shrunk, self.candidates.size)),
            ]
        )
        self._directions = steps - self._basis @ (self._basis.T @ steps)
        self._norms = np.sqrt((self._directions**2).sum(axis=0))
        self._directions /= np.maximum(self._norms, _TINY)
        self.degrees = months.size - self._free.shape[1] - 1

    @cached_property
    def _solution(self) -> Floats:
        return np.asarray(np.linalg.pinv(self._design, rcond=_SAME))

    def _columns(self) -> tuple[Floats, Floats]:
        n = np.arange(self.layout.n_months)
        wave, month = self.layout.season_columns()
        steps = [(n >= step).astype(np.float64) for step in self.found]
        extra = [] if self.layout.covariate is None else [self.layout.covariate]
        return np.column_stack([np.ones(n.size), *steps, wave, *extra]), month

    def _candidates(self) -> Ints:
        """First months of a new level with enough observed months on either side."""
        observed, need = self.layout.observed, self.layout.minimum_segment
        edges = np.array([0, *self.found, self.layout.n_months])
        seen = np.concatenate([[0], np.cumsum(observed)])
        # A gap as first month would be the same step as the next observed month.
        months = np.flatnonzero(observed)
        after = np.searchsorted(edges[1:], months, side="right")
        left = seen[months] - seen[edges[after]]
        right = seen[edges[after + 1]] - seen[months]
        return np.asarray(months[np.minimum(left, right) >= need])

    def _whitened(self, logs: Floats) -> Floats:
        """Whiten series of shape (samples, m) and put the shrinkage rows' zeros behind."""
        padding = np.zeros((logs.shape[0], self._shrunk.shape[1]))
        return np.hstack([logs @ self._whiten.T, padding])

    def _unexplained(self, logs: Floats) -> Floats:
        whitened = self._whitened(logs)
        return np.asarray(whitened - (whitened @ self._basis) @ self._basis.T)

    @property
    def functionals(self) -> tuple[Floats, Floats]:
        """What turns log values of the m observed months into scores, and into squares.

        The first, shape (m, candidates), holds the directions: `logs @ first` are the scores. The
        second, shape (m, m), is a quadratic form: its value is the squares in all.
        """
        m = self._whiten.shape[0]
        part = self._basis[:m].T @ self._whiten
        scores = self._whiten.T @ self._directions[:m]
        return scores, self._whiten.T @ self._whiten - part.T @ part

    def gains(self, logs: Floats) -> tuple[Floats, Floats]:
        """Work out F for every candidate: shape (samples, candidates), and residual squares.

        `logs`: log values of the observed months, shape (samples, m). The second array, shape
        (samples, candidates), holds the residual sum of squares with that step.
        """
        left = self._unexplained(logs)
        total = (left**2).sum(axis=1, keepdims=True)
        score = (left @ self._directions) ** 2
        residual = np.maximum(total - score, _TINY * np.maximum(total, _TINY))
        return score * self.degrees / residual, residual

    def best(self, logs: Floats) -> tuple[Floats, Ints]:
        """Give the largest F of each series and the first month of that step; shapes (samples,)."""
        f, _ = self.gains(logs)
        place = f.argmax(axis=1)
        return f[np.arange(f.shape[0]), place], self.candidates[place]

    def effects(self, logs: Floats) -> Floats:
        """Estimate the step on the log scale for every candidate; (samples, candidates)."""
        return np.asarray(self._unexplained(logs) @ self._directions / self._norms)

    @property
    def precision(self) -> Floats:
        """Standard error of each candidate's step is noise sd / precision; shape (candidates,)."""
        return np.asarray(self._norms)

    def scores(self, logs: Floats) -> tuple[Floats, Floats]:
        """Inner products with the directions (samples, candidates); squares in all (samples,)."""
        left = self._unexplained(logs)
        return np.asarray(left @ self._directions), np.asarray((left**2).sum(axis=1))

    @property
    def overlap(self) -> Floats:
        """Inner products of the directions with each other; (candidates, candidates)."""
        return np.asarray(self._directions.T @ self._directions)

    def greedy_residuals(self, logs: Floats, n_steps: int) -> Floats:
        """Residuals after up to `n_steps` further steps, each series with its own; (samples, m).

        One after another where they explain most, all refitted (orthogonal matching pursuit).
        Residuals are on the scale of the data, not whitened.
        """
        left = self._unexplained(logs)
        rows, taken = np.arange(left.shape[0]), list[Floats]()
        # Squared length of each direction, net of those taken.
        size = np.ones((left.shape[0], self.candidates.size))
        open_ = np.ones_like(size, dtype=np.bool_)
        apart = np.abs(self.candidates[:, None] - self.candidates[None, :])
        for _ in range(n_steps if self.candidates.size else 0):
            gain = (left @ self._directions) ** 2 / np.maximum(size, _TINY)
            place = np.where(open_, gain, -1.0).argmax(axis=1)
            direction = self._directions[:, place].T
            for earlier in taken:
                direction = direction - (direction * earlier).sum(axis=1, keepdims=True) * earlier
            length = np.sqrt((direction**2).sum(axis=1, keepdims=True))
            usable = open_[rows, place][:, None] & (length > 1e-6)
            direction = np.where(usable, direction / np.maximum(length, _TINY), 0.0)
            left = left - (left * direction).sum(axis=1, keepdims=True) * direction
            size = size - (direction @ self._directions) ** 2
            open_ &= apart[place] >= self.layout.minimum_segment
            taken.append(direction)
        return np.asarray(left[:, : self._whiten.shape[0]] @ self._unwhiten.T)

    def fit(self, logs: Floats) -> Fit:
        """Fit one series, shape (m,), with the steps found and no other."""
        whitened = self._whitened(logs[None, :])[0]
        solution = self._solution @ whitened
        columns = np.hstack([self._free, self._shrunk])
        fitted = columns @ solution
        heights = solution[: len(self.found) + 1]
        in_levels = columns[:, : heights.size] @ heights
        n_free = self._free.shape[1]
        return Fit(
            fitted=fitted,
            seasonal=fitted - in_levels,
            levels=np.cumsum(heights),
            slope=None if self.layout.covariate is None else float(solution[n_free - 1]),
        )


def step_scan(
    layout: MonthlyLayout, found: tuple[int, ...] = (), rho: float = WORKING_RHO
) -> StepScan:
    """Give the scan for that layout; the same one where it was asked for lately."""
    return _kept_scan(_Kept(layout), found, rho)


class _Kept:
    """A layout that is looked up by what it holds."""

    def __init__(self, layout: MonthlyLayout) -> None:
        self.layout, self.key = layout, layout.key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=64)
def _kept_scan(kept: _Kept, found: tuple[int, ...], rho: float) -> StepScan:
    return StepScan(kept.layout, found, rho=rho)
