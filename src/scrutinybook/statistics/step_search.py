"""Which steps a series has: one at a time, each tested with its own bootstrap, then settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from scrutinybook.statistics.autocorrelation import Noise, measure_noise
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.draws import DrawnShare, drawn_share
from scrutinybook.statistics.evidence import evidence
from scrutinybook.statistics.monthly_series import MonthlySeries
from scrutinybook.statistics.pair_scan import best_pair, has_pairs

OUTLYING = 3.0
"""A month is outlying where it lies more than so many standard deviations of the others from the
model, the step in it."""

EXTREME_TOLERANCE = 1.0
"""With an outlying month taken for missing a change may have a p-value up to so many times the
level. A series without one is tested once only: a month less is also less to go by."""

PAIR_SHARE = 0.1
"""Two steps at once are let in with a p-value up to this share of the level: a second look at the
same series has to be stricter. Each must then be accepted beside the other."""

NULL_RHO, PAIR_RHO = 0.42, 0.6
"""Correlation of the draws behind p-values for one step, and for two at once. What a series shows
of its own goes into the evidence. With true correlations of 0, .3 and .6 a step is found by chance
in some 5, 9 and 15 of 100 series of 48 months; in longer ones these differ less. Strongly
correlated series look more like two steps than like one: hence the second."""

_ROUNDS = 10


@dataclass(frozen=True)
class StepTest:
    """Is there one more step beside those that a model has?"""

    best: int | None
    """First month of the best further step; None where none fits in."""
    p_value: float
    """Share of draws without it that speak as much for one; 1 where none fits in."""
    p_without_extreme: float
    """The same with the most outlying month taken for missing; where none is, as `p_value`."""
    critical: float
    """F of the best step that only a share `level` of the draws exceeded, or the step's own F where
    that is less; infinity where the step is not accepted."""

    def accepted(self, level: float) -> bool:
        """The step is there, and does not hang on one month."""
        return self.p_value <= level and self.p_without_extreme <= EXTREME_TOLERANCE * level


@dataclass
class StepSearch:
    """A search through one series. Tests are kept, so that asking twice gives one answer."""

    series: MonthlySeries
    level: float
    n_bootstrap: int
    rng: np.random.Generator
    _tests: dict[tuple[int, ...], StepTest] = field(default_factory=dict)
    _noises: dict[tuple[int, ...], Noise] = field(default_factory=dict)
    _pairs: dict[tuple[int, ...], float] = field(default_factory=dict)
    """p-values of two more steps at once, where they were looked for."""

    def any_change(self) -> float:
        """The one p-value for whether anything changed, by one step or by two at once.

        Both looks are allowed for, in the shares of the level that each may use up.
        """
        one, two = self.test(()).p_value, self._pairs.get((), 1.0)
        return min(1.0, (1 + PAIR_SHARE) * min(one, two / PAIR_SHARE))

    def noise(self, found: tuple[int, ...]) -> Noise:
        """Measure the noise about the model with the steps `found`."""
        if found not in self._noises:
            scan, observed = self.series.scan(found), self.series.layout.observed
            fitted = np.exp(self.series.log_mean(scan.fit(self.series.logs)))[observed]
            self._noises[found] = measure_noise(scan, self.series.logs, fitted)
        return self._noises[found]

    def test(self, found: tuple[int, ...]) -> StepTest:
        """Test for one more step beside those `found`."""
        if found not in self._tests:
            self._tests[found] = self._test(found)
        return self._tests[found]

    def _test(self, found: tuple[int, ...]) -> StepTest:
        series, scan = self.series, self.series.scan(found)
        if scan.candidates.size == 0:
            return StepTest(None, 1.0, 1.0, np.inf)
        logs, speaks = series.logs, evidence(scan)
        drawn = self._drawn(found, speaks.of, NULL_RHO, self.level)
        f, tau = scan.best(logs[None, :])
        outlying = self._outlying((*found, int(tau[0])))
        without = None if outlying is None else drawn.share(speaks.without(logs, outlying))
        critical = np.inf
        if drawn.p_value <= self.level:
            null, _ = scan.best(np.concatenate(drawn.draws))
            critical = min(float(np.quantile(null, 1 - self.level)), float(f[0]))
        return StepTest(
            best=int(tau[0]),
            p_value=drawn.p_value,
            p_without_extreme=drawn.p_value if without is None else without,
            critical=critical,
        )

    def _outlying(self, found: tuple[int, ...]) -> int | None:
        """Which observed month lies farthest from the model, if it is outlying."""
        fitted = self.series.scan(found).fit(self.series.logs).fitted
        squares = (self.series.logs - fitted[self.series.layout.months]) ** 2
        place = int(squares.argmax())
        others = (squares.sum() - squares[place]) / max(self.series.scan(found).degrees, 1)
        return place if squares[place] > OUTLYING**2 * others else None

    def _drawn(
        self, found: tuple[int, ...], show: Callable[[Floats], Floats], rho: float, level: float
    ) -> DrawnShare:
        """Compare what the series shows with draws that have the steps `found` and no others."""
        series = self.series
        log_mean = series.log_mean(series.scan(found).fit(series.logs))
        process = replace(self.noise(found), rho=rho).process(log_mean)
        return drawn_share(
            float(show(series.logs[None, :])[0]),
            lambda k: series.to_logs(process.draw(self.rng, k)),
            show,
            level=level,
            n_samples=self.n_bootstrap,
        )

    def forward(self) -> tuple[int, ...]:
        """Add steps, one or two at once, while they are accepted."""
        found: tuple[int, ...] = ()
        while True:
            tested = self.test(found)
            more: tuple[int, ...]
            if tested.best is not None and tested.accepted(self.level):
                more = (tested.best,)
            else:
                more = self._pair(found)
            if not more:
                return found
            found = self.refine(tuple(sorted((*found, *more))))

    def _pair(self, found: tuple[int, ...]) -> tuple[int, ...]:
        """Two more steps at once, or none. The p-values told are those of each step by itself."""
        scan, level = self.series.scan(found), PAIR_SHARE * self.level
        if not has_pairs(scan):
            return ()
        drawn = self._drawn(found, evidence(scan).of_pairs, PAIR_RHO, level)
        self._pairs[found] = drawn.p_value
        if drawn.p_value > level:
            return ()
        return best_pair(scan, self.series.logs)

    def refine(self, found: tuple[int, ...]) -> tuple[int, ...]:
        """Move each step to its best month, the others in place, until none moves."""
        logs = self.series.logs[None, :]
        for _ in range(_ROUNDS):
            moved = found
            for step in found:
                others = tuple(each for each in moved if each != step)
                best = int(self.series.scan(others).best(logs)[1][0])
                moved = tuple(sorted((*others, best)))
            if moved == found:
                break
            found = moved
        return found

    def settle(self, found: tuple[int, ...]) -> tuple[int, ...]:
        """Drop steps that are not accepted beside all others, the weakest first."""
        while found:
            tests = [self.test(tuple(x for x in found if x != step)) for step in found]
            weakest = max(range(len(found)), key=lambda k: tests[k].p_value)
            if all(each.accepted(self.level) for each in tests):
                break
            found = self.refine(found[:weakest] + found[weakest + 1 :])
        return found
