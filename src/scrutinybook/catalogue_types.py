"""Words that both sections of the catalogue of measures use."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from scrutinybook.model_faults import Refused, shown


def _in_one_line(text: str) -> str:
    return re.sub(r"\s*[\n\r\t]\s*", " ", text)


_LINE = AfterValidator(_in_one_line)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), _LINE]
"""Words in one line, however many the file has."""
Phrase = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), _LINE
]
"""A part of a sentence or the words beside a chart, which have room for so many."""
Things = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), _LINE
]
"""What is counted, in the plural."""
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
