"""The one gate: no number reaches a page, a chart or a file except through here."""

from scrutinybook.disclosure.gate import (
    Origin,
    PublishedSeries,
    Split,
    gate,
    gate_parts,
    gate_totals,
)
from scrutinybook.disclosure.related import (
    hidden_beside,
    hidden_complements,
    hidden_with,
    withhold,
)
from scrutinybook.disclosure.withholding import fewest_of_a_share
from scrutinybook.small_counts import THRESHOLD

__all__ = [
    "THRESHOLD",
    "Origin",
    "PublishedSeries",
    "Split",
    "fewest_of_a_share",
    "gate",
    "gate_parts",
    "gate_totals",
    "hidden_beside",
    "hidden_complements",
    "hidden_with",
    "withhold",
]
