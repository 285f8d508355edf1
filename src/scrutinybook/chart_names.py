"""Names of the control charts that a measure of each kind may ask for.

The names are those of `statistics.ChartKind`, and what each kind allows is what
`statistics.choose_chart` takes; a test holds the two together. They are written out here because
checking parameters must be quick, and the statistics take a second to import.
"""

from __future__ import annotations

from collections.abc import Mapping

from scrutinybook.errors import Fault, nearest

AUTO = "auto"
"""The figures decide."""

_SINGLE = ("individuals", "moving range")

ALLOWED_CHARTS: Mapping[str, tuple[str, ...]] = {
    "count": ("c", "u", "u'", "individuals"),
    "proportion": ("p", "p'", "beta-binomial", "individuals"),
    "value": _SINGLE,
    "stock": ("individuals, correlation allowed for", "net flow", *_SINGLE),
    "rolling year": (),
}
"""By the kind as which a measure is charted."""


def chart_fault(where: str, chart: str, charted_as: str) -> Fault | None:
    """What is wrong with a chart that a measure asks for by name, or None."""
    allowed = (AUTO, *ALLOWED_CHARTS[charted_as])
    if chart in allowed:
        return None
    found = f"{chart!r} is not allowed for a measure that is charted as a {charted_as}"
    return Fault(where, found, ", ".join(allowed), nearest(chart, allowed))
