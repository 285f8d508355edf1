"""What a user can ask for by name. Light to import: the command's help needs it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Charts by the short names that analysts use."""

    AUTO = "auto"
    RUN = "run"
    I = "i"  # noqa: E741 - the chart's name
    MR = "mr"
    P = "p"
    PP = "pp"
    BB = "bb"
    C = "c"
    U = "u"
    UP = "up"
    G = "g"
    T = "t"


class Measure(StrEnum):
    """What the figures are, where the chart is to be chosen."""

    PROPORTION = "proportion"
    COUNT = "count"
    VALUE = "value"
    STOCK = "stock"


class Direction(StrEnum):
    """Which way is better."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"
