"""The month's extracts as readers give them, without the way through files."""

from __future__ import annotations

from collections.abc import Mapping

from scrutinybook.demo.extract_census import cin_census_at
from scrutinybook.demo.extract_lists import annex_a_at
from scrutinybook.demo.extract_returns import local_figures_at, ssda903_at, workforce_census_at
from scrutinybook.demo.frames import Hashed
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Extract, Format

CENSUS_MONTHS = {3: Format.CIN_CENSUS, 9: Format.WORKFORCE_CENSUS}
"""31 March and 30 September."""
_MAKERS = {
    Format.ANNEX_A: annex_a_at,
    Format.SSDA903: ssda903_at,
    Format.CIN_CENSUS: cin_census_at,
    Format.WORKFORCE_CENSUS: workforce_census_at,
    Format.LOCAL_FIGURES: local_figures_at,
}


def formats_of(month: Month) -> tuple[Format, ...]:
    """What a month's folder holds: a census only where one is due."""
    census = CENSUS_MONTHS.get(month.month)
    monthly = (Format.ANNEX_A, Format.SSDA903, Format.LOCAL_FIGURES)
    return monthly if census is None else (*monthly, census)


def extract_at(hashed: Hashed, month: Month, fmt: Format) -> Extract:
    """One extract of the last day of a month."""
    return _MAKERS[fmt](hashed, month.last_day)


def extracts_at(hashed: Hashed, month: Month) -> Mapping[Format, Extract]:
    """All extracts of the last day of a month."""
    return {fmt: extract_at(hashed, month, fmt) for fmt in formats_of(month)}
