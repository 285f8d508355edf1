"""The files of the children looked after return (SSDA903): their headings and code lists.

Source: the Department for Education's guide to the collection, as the headings and codes of 2024
stand in the sector's open validators. Codes of earlier years that may still stand in a longer file
(activity F3 and P3) are known too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scrutinybook.sources.extracts import vocabulary
from scrutinybook.sources.extracts.csv_files import normal


@dataclass(frozen=True)
class Kind:
    """One file of the return."""

    name: str
    headings: tuple[str, ...]
    needed: tuple[str, ...]
    """Without these the file cannot be used."""
    table: str = ""
    """Event table it gives; empty where nothing is made of it."""


EPISODES = Kind(
    "Episodes",
    ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
     "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    ("CHILD", "DECOM", "RNE", "DEC", "REC"),
    "care_episodes",
)  # fmt: skip
HEADER = Kind(
    "Header", ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"), ("CHILD", "DOB")
)
REVIEWS = Kind(
    "Reviews", ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"), ("CHILD", "REVIEW"), "care_reviews"
)
PREVIOUS_PERMANENCE = Kind(
    "PrevPerm",
    ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    ("CHILD", "PREV_PERM"),
    "previous_permanence",
)
OC3 = Kind(
    "OC3",
    ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "care_leavers",
)
USED = (EPISODES, HEADER, REVIEWS, PREVIOUS_PERMANENCE, OC3)


def _unused(name: str, *headings: str) -> Kind:
    return Kind(name, headings, ())


KINDS = (
    *USED,
    _unused("AD1", "CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR",
            "SEX_ADOPTR", "LS_ADOPTR"),
    _unused("Missing", "CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    _unused("OC2", "CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK",
            "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
    _unused("PlacedAdoption", "CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED",
            "REASON_PLACED_CEASED"),
    _unused("SWEpisodes", "CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
    _unused("UASC", "CHILD", "DOB", "SEX", "DUC"),
    _unused("DoLo", "CHILD", "DOB", "DOLO_START", "DOLO_END"),
)  # fmt: skip
_SHARED = {"CHILD", "DOB", "SEX"}
"""Headings of many files, which tell none from another."""


def kind_of(headings: Sequence[str]) -> Kind | None:
    """The file that has these headings or most of them, in any order and case; None for no file.

    More than half of the headings that only this file has must be there.
    """
    there = {normal(each) for each in headings}
    if "CHILD" not in there:
        return None

    def likeness(kind: Kind) -> float:
        own = set(kind.headings) - _SHARED
        return len(own & there) / len(own)

    best = max(KINDS, key=likeness)
    return best if likeness(best) > 0.5 else None


REASONS_STARTED = ("S", "L", "P", "T", "B", "U")
STARTED_CARE = "S"
NEW_CARER = ("S", "P", "B")
"""Reasons for a new episode with which the child moves to another carer."""
REASONS_ENDED = (
    "X1", "E11", "E12", "E2", "E3", "E4A", "E4B", "E13", "E41", "E45", "E46", "E47", "E48", "E5",
    "E6", "E7", "E9", "E14", "E15", "E16", "E17", "E8",
)  # fmt: skip
CARE_GOES_ON = "X1"
LEGAL_STATUSES = (
    "C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3",
)  # fmt: skip
PLACEMENTS = (
    "A3", "A4", "A5", "A6", "H5", "K1", "K2", "P1", "P2", "P3", "R1", "R2", "R3", "R5", "S1",
    "T0", "T1", "T2", "T3", "T4", "U1", "U2", "U3", "U4", "U5", "U6", "Z1",
)  # fmt: skip
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
PARTICIPATION = tuple(f"PN{number}" for number in range(8))
PERMANENCE = ("P1", "P2", "P3", "P4", "Z1")
IN_TOUCH = {
    "YES": vocabulary.IN_TOUCH,
    "NO": vocabulary.NOT_IN_TOUCH,
    "REFU": vocabulary.REFUSED_CONTACT,
    "NREQ": vocabulary.NO_LONGER_NEEDED,
    "RHOM": vocabulary.RETURNED_HOME,
    "DIED": vocabulary.DIED,
}
NOT_APPLICABLE = "0"
"""Of activity and accommodation: died, returned home, or not in touch."""
_TYPES = "BCDEGHKRSTUVWXYZ"
ACCOMMODATION = {
    f"{letter}{number}": words
    for letter in _TYPES
    for number, words in (("1", vocabulary.SUITABLE), ("2", vocabulary.UNSUITABLE))
}
"""Types of accommodation: the figure behind the letter says whether it is suitable."""
