"""Code lists of the social work workforce census, each code as words.

Source: the schema of the census of 2022; later years keep the lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def _numbered(words: Sequence[str]) -> Mapping[str, str]:
    """Codes from 1 on, also with a leading zero, as some systems write them."""
    plain = {str(number): each for number, each in enumerate(words, start=1)}
    return plain | {code.zfill(2): each for code, each in plain.items()}


ROLES = _numbered(
    (
        "senior manager",
        "middle manager",
        "first line manager",
        "senior practitioner",
        "case holder",
        "qualified without cases",
    )
)
ORIGINS = _numbered(
    (
        "newly qualified",
        "social worker in another English authority",
        "social worker outside England",
        "agency or consultancy",
        "other social work outside local authorities",
        "other social care role",
        "role outside social care, outside England, or none",
        "other",
        "not known",
        "not yet collected",
    )
)
DESTINATIONS = _numbered(
    (
        "social worker in another English authority",
        "social worker outside England",
        "agency or consultancy",
        "other social work outside local authorities",
        "other social care role",
        "role outside social care, outside England, or none",
        "other",
        "not known",
        "not yet collected",
    )
)
REASONS_LEFT = _numbered(
    (
        "resigned",
        "voluntary redundancy",
        "compulsory redundancy",
        "dismissed",
        "retired",
        "died",
        "moved to another social work role in the authority",
        "other",
        "not known",
        "not yet collected",
    )
)
STAGES = _numbered(
    (
        "assessed and supported year in employment",
        "frontline practitioner",
        "practice supervisor",
        "practice leader",
    )
)
"""Of the Department's knowledge and skills statements."""
