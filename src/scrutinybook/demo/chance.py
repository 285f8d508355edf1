"""Chance for the simulator: a named stream each, so that one part does not move another."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from scrutinybook.demo.days import Bools, Floats, Ints
from scrutinybook.statistics.null_process import CountProcess, autoregression


@dataclass(frozen=True)
class Chance:
    """Streams of random numbers from one seed."""

    seed: int

    def stream(self, name: str) -> np.random.Generator:
        """The stream of this name; the same seed and name give the same numbers everywhere."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


def unsteady_counts(
    rng: np.random.Generator, typical: Floats, *, rho: float, spread: float, extra: float
) -> Ints:
    """Monthly counts around typical ones: mildly autocorrelated, wider than Poisson."""
    process = CountProcess(np.log(typical), rho, spread, extra)
    return np.asarray(process.draw(rng, 1)[0], np.int64)


def unsteady_shares(
    rng: np.random.Generator, typical: Floats, *, spread: float, rho: float = 0.2
) -> Floats:
    """Monthly probabilities around typical ones; `spread` on the scale of log odds."""
    moved = np.log(typical / (1 - typical))
    moved = moved + spread * autoregression(rng, (1, typical.size), rho)[0]
    return np.asarray(1 / (1 + np.exp(-moved)))


def picked(rng: np.random.Generator, weights: Floats, many: int) -> Ints:
    """Positions drawn with weights that need not sum to 1."""
    edges = np.cumsum(weights)
    return np.asarray(np.searchsorted(edges, rng.random(many) * edges[-1], "right"), np.int64)


def happens(rng: np.random.Generator, probability: Floats | float, many: int) -> Bools:
    """Whether each of many happens."""
    return rng.random(many) < probability


def evenly(key: Ints, other: Ints | int = 0) -> Floats:
    """A number from 0 to 1 for each pair of whole numbers: the same pair gives the same number.

    Mixing after Steele, Lea and Flood (2014), SplitMix64.
    """
    with np.errstate(over="ignore"):
        mixed = np.asarray(key, np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = mixed + np.asarray(other, np.uint64) * np.uint64(0xD1B54A32D192ED03)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return np.asarray((mixed >> np.uint64(11)).astype(np.float64) / 2.0**53)
