"""A level that may wander, a season and a drift, fitted to a series and drawn onwards.

State space form (statsmodels): what is seen in a month is level plus season plus noise; the level
takes a random step each month, about a steady drift. How far it wanders decides how fast a forecast
grows vague, and is poorly known from four years of months: so no single value is chosen. Each of a
few is weighed by how well it explains the series, and the forecasts of all are mixed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from statsmodels.tsa.statespace.structural import UnobservedComponents

from scrutinybook.statistics.checks import Floats

STEPS = np.array([0.0, 0.05, 0.1, 0.2, 0.4, 0.8])
"""Random steps of the level that are mixed: standard deviations, that of a month's noise being 1.
Alike before the series is seen."""

DRIFT_SPREAD = 0.05
"""Standard deviation of the drift a month before the series is seen, in the same unit: for noise of
15% about 9% a year. Unbounded, a few high months at the end would be drawn out without end."""

_WIDE = 100.0
"""Standard deviation of what is left open: first level and waves."""


@dataclass(frozen=True, eq=False)
class Onwards:
    """Draws of what is to come, on the model's scale."""

    seen: Floats
    """What the months to come show; shape (n_samples, h)."""
    level: Floats
    """Level at the last month, without season and noise; shape (n_samples,)."""
    drift: Floats
    """Drift a month; shape (n_samples,)."""
    step: float
    """Mean random step of the level, in standard deviations of a month's noise."""


def seasonal_waves(first_month: int, n: int, *, seasonal: bool) -> Floats:
    """Yearly and half-yearly waves; shape (n, 4), or (n, 0) where no season is fitted."""
    angle = 2 * np.pi * (first_month - 1 + np.arange(n)) / 12
    waves = [wave(times * angle) for times in (1, 2) for wave in (np.sin, np.cos)]
    return np.column_stack(waves) if seasonal else np.empty((n, 0))


def draw_onwards(
    series: Floats, waves: Floats, rng: np.random.Generator, n_samples: int
) -> Onwards:
    """Fit `series`, shape (n,), NaN for gaps, and draw the h months after it.

    `waves`: shape (n + h, any). The series must have more figures than waves, and some spread.
    """
    n, known = series.size, ~np.isnan(series)
    ahead = waves.shape[0] - n
    drift = np.arange(n + ahead) - (n - 1.0)  # nothing at the last month: there the level stands
    regressors = np.column_stack([waves, drift])
    middle = float(series[known].mean())
    # A spread of about 1 keeps the filter's arithmetic steady whatever the unit.
    unit = float(series[known].std()) or 1.0
    model = UnobservedComponents(
        (series - middle) / unit, level="llevel", exog=regressors[:n], mle_regression=False
    )
    n_states, degrees = 2 + waves.shape[1], int(known.sum()) - 1 - waves.shape[1]
    start = np.diag([_WIDE**2] * (n_states - 1) + [DRIFT_SPREAD**2])
    fits, fit_of = [], []
    for step in STEPS:
        model.ssm.initialize_known(np.zeros(n_states), start)
        found = model.filter([1.0, step**2])
        errors = found.filter_results.forecasts_error[0][known]
        variances = found.filter_results.forecasts_error_cov[0, 0][known]
        squares = float((errors**2 / variances).sum())
        fits.append((found.predicted_state[:, -1], found.predicted_state_cov[:, :, -1], squares))
        fit_of.append(-0.5 * (degrees * np.log(squares) + np.log(variances).sum()))
    weight = np.exp(np.array(fit_of) - max(fit_of))
    weight /= weight.sum()

    chosen = rng.choice(STEPS.size, n_samples, p=weight)
    seen, level = np.empty((n_samples, ahead)), np.empty(n_samples)
    slope = np.empty(n_samples)
    for place, (mean, variance, squares) in enumerate(fits):
        here = np.flatnonzero(chosen == place)
        noise = np.sqrt(squares / rng.chisquare(degrees, here.size))
        state = rng.multivariate_normal(np.zeros(n_states), variance, here.size, method="eigh")
        state = mean + noise[:, None] * state
        steps = STEPS[place] * rng.standard_normal((here.size, ahead))
        steps[:, 0] = 0.0  # the state is already that of the first month to come
        walk = state[:, :1] + noise[:, None] * np.cumsum(steps, axis=1)
        fresh = noise[:, None] * rng.standard_normal((here.size, ahead))
        seen[here] = walk + state[:, 1:] @ regressors[n:].T + fresh
        level[here], slope[here] = state[:, 0], state[:, -1]
    return Onwards(
        seen=middle + unit * seen,
        level=middle + unit * level,
        drift=unit * slope,
        step=float(weight @ STEPS),
    )
