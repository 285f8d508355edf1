"""Words that both sections of the catalogue of measures use."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints

from scrutinybook.model_faults import Refused, shown

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Polarity = Literal["high", "low", "neutral"]
Kind = Literal["count", "proportion", "stock", "value"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TAKEN = frozenset({"statistics", "con", "prn", "aux", "nul"})
"""Another download is called so, or Windows keeps the name for a device."""


def _as_measure_name(value: Any) -> Any:
    if isinstance(value, str) and (not _NAME.fullmatch(value) or value in _TAKEN):
        allowed = "up to 60 small letters, digits and underscores, a letter first"
        raise Refused(f"{shown(value)} is no name for a measure", allowed, "give it another name")
    return value


MeasureName = Annotated[str, BeforeValidator(_as_measure_name)]
"""How parameters and downloads name a measure: its file is called after it."""
