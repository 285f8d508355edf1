"""Which steps a series has: one at a time, each tested with its own bootstrap, then settled."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scrutinybook.statistics.autocorrelation import Noise, measure_noise
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.monthly_series import MonthlySeries
from scrutinybook.statistics.pair_scan import best_pair, has_pairs
from scrutinybook.statistics.step_scan import MonthlyLayout, StepScan

EXTREME_TOLERANCE = 3.0
"""Without its most extreme month a change may have a p-value up to so many times the level: a month
less is also a little less to go by."""

PAIR_SHARE = 0.1
"""Two steps at once are let in with a p-value up to this share of the level: a second look at the
same series has to be stricter. Each must then be accepted beside the other."""

_ROUNDS = 10


@dataclass(frozen=True)
class StepTest:
    """Is there one more step beside those that a model has?"""

    best: int | None
    """First month of the best further step; None where none fits in."""
    p_value: float
    """Share of draws without it whose own best step was as marked; 1 where none fits in."""
    p_without_extreme: float
    """The same with the month farthest from the model taken for missing."""
    critical: float
    """The F that only a share `level` of the draws exceeded."""

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
    _noises: dict[tuple[tuple[int, ...], bool], Noise] = field(default_factory=dict)

    def noise(self, found: tuple[int, ...], *, in_pairs: bool = False) -> Noise:
        """Measure the noise about the model with the steps `found`."""
        if (found, in_pairs) not in self._noises:
            scan, observed = self.series.scan(found), self.series.layout.observed
            fitted = np.exp(self.series.log_mean(scan.fit(self.series.logs)))[observed]
            self._noises[found, in_pairs] = measure_noise(
                scan, self.series.logs, fitted, self.rng, in_pairs=in_pairs
            )
        return self._noises[found, in_pairs]

    def test(self, found: tuple[int, ...]) -> StepTest:
        """Test for one more step beside those `found`."""
        if found not in self._tests:
            self._tests[found] = self._test(found)
        return self._tests[found]

    def _test(self, found: tuple[int, ...]) -> StepTest:
        series, scan = self.series, self.series.scan(found)
        if scan.candidates.size == 0:
            return StepTest(None, 1.0, 1.0, np.inf)
        logs = series.logs
        fit = scan.fit(logs)
        process = self.noise(found).process(series.log_mean(fit))
        null, _ = scan.best(series.to_logs(process.draw(self.rng, self.n_bootstrap)))
        f, tau = scan.best(logs[None, :])
        months = series.layout.months
        extreme = int(np.argmax(np.abs(logs - fit.fitted[months])))
        return StepTest(
            best=int(tau[0]),
            p_value=_p_value(float(f[0]), null),
            p_without_extreme=_p_value(self._largest_without(found, extreme), null),
            critical=float(np.quantile(null, 1 - self.level)),
        )

    def _largest_without(self, found: tuple[int, ...], place: int) -> float:
        layout = self.series.layout
        fewer = layout.without(int(layout.months[place]))
        # The month that is gone still counts towards the length of its segment.
        relaxed = MonthlyLayout(
            fewer.observed,
            fewer.first_month,
            fewer.seasonal,
            fewer.minimum_segment - 1,
            fewer.covariate,
        )
        scan = StepScan(relaxed, found)
        if scan.candidates.size == 0:
            return 0.0
        return float(scan.best(np.delete(self.series.logs, place)[None, :])[0][0])

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
        series, scan = self.series, self.series.scan(found)
        if not has_pairs(scan):
            return ()
        process = self.noise(found, in_pairs=True).process(series.log_mean(scan.fit(series.logs)))
        null = best_pair(scan, series.to_logs(process.draw(self.rng, self.n_bootstrap))).f
        own = best_pair(scan, series.logs[None, :])
        if _p_value(float(own.f[0]), null) > PAIR_SHARE * self.level:
            return ()
        return (int(scan.candidates[own.first[0]]), int(scan.candidates[own.second[0]]))

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


def _p_value(found: float, null: Floats) -> float:
    """Share of draws at least as marked, the series itself counted among them."""
    return float((1 + (null >= found).sum()) / (1 + null.size))
