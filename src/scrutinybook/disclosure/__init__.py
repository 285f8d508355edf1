"""The one gate: no number reaches a page, a chart or a file except through here."""

from scrutinybook.disclosure.gate import Origin, PublishedSeries, gate, gate_parts, gate_totals
from scrutinybook.small_counts import THRESHOLD

__all__ = ["THRESHOLD", "Origin", "PublishedSeries", "gate", "gate_parts", "gate_totals"]
