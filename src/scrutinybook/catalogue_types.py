"""Words that both sections of the catalogue of measures use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Polarity = Literal["high", "low", "neutral"]
Kind = Literal["count", "proportion", "stock", "value"]
