"""Codes of Annex A as councils write them, by the simulator's places and codes."""

from __future__ import annotations

YES_NO = {True: "a) Yes", False: "b) No"}
SOURCES = (
    ("a) Individual", "b) Schools", "c) Education services", "d) Health services", "e) Housing",
     "f) LA services", "g) Police", "h) Other legal agency", "i) Other", "j) Anonymous",
     "k) Unknown"),
    ("a) 1A: Individual", "e) 2A: Schools", "f) 2B: Education services", "j) 3D: Health services",
     "m) 4: Housing", "n) 5A: LA services", "q) 6: Police", "r) 7: Other legal agency",
     "s) 8: Other", "t) 9: Anonymous", "u) 10: Unknown"),
    ("Individual", "Schools", "Education Services", "Health Services", "Housing", "LA Services",
     "Police", "Other legal agency", "Other", "Anonymous", "Unknown"),
)  # fmt: skip
STATUSES = ("a) Looked after child", "b) Child Protection plan", "c) Child in need plan",
            "d) Open assessment", "e) Closed episode")  # fmt: skip
TOUCH = ("a) Yes", "b) No", "d) REFU", "e) NREQ")
ACTIVITIES = {
    "F1": "F1: Full time in higher education",
    "F2": "F2: Full time in education other than higher",
    "P2": "P2: Part time in education other than higher",
    "F4": "F4: Young person engaged full time in an apprenticeship",
    "F5": "F5: Young person engaged full time in training or employment (not apprenticeship)",
    "P5": "P5: Young person engaged part time in training or employment (not apprenticeship)",
    "G4": "G4: Not in education, employment or training - illness or disability",
    "G5": "G5: Not in education, employment or training - other",
    "G6": "G6: Not in education, employment or training - pregnancy or parenting",
}
ETHNIC_GROUPS = {
    "WBRI": "a) White", "WOTH": "a) White", "MWBC": "b) Mixed", "MWAS": "b) Mixed",
    "MOTH": "b) Mixed", "AOTH": "c) Asian or Asian British", "BAFR": "d) Black or black British",
    "OOTH": "e) Other ethnic group", "NOBT": "f) Not stated",
}  # fmt: skip
NEEDS = {
    "N1": "a) Abuse or neglect", "N2": "b) Child's disability",
    "N3": "c) Parents illness or disability", "N4": "d) Family in acute stress",
    "N5": "e) Family dysfunction", "N6": "f) Socially unacceptable behaviour",
    "N8": "h) Absent parenting",
}  # fmt: skip
CLOSURES = ("g) 'Other' incl. Child no longer in need", "h) Child not in need after assessment")
CATEGORIES = {
    "NEG": "a) Neglect", "PHY": "b) Physical Abuse", "SAB": "c) Sexual Abuse",
    "EMO": "d) Emotional Abuse", "MUL": "e) Multiple",
}  # fmt: skip
LEGAL = {
    "V2": "e) Accommodated under S20", "C1": "a) Interim care orders", "C2": "b) Full care orders",
    "E1": "d) Placement order granted",
}  # fmt: skip
PLACES = {
    **dict.fromkeys(("U1", "U3", "U4", "U6"), "a) Foster placement"),
    "K2": "h) Children’s Homes", "P1": "c) Placed with parents",
    "H5": "f) Residential accommodation", "P2": "d) Independent living",
    "R1": "i) Residential Care Home",
}  # fmt: skip
ENDS = {
    **dict.fromkeys(("E11", "E12"), "a) Adopted"),
    "E3": "c) Care taken by another LA",
    **dict.fromkeys(("E4A", "E4B"), "d) Returned home to live with parents or relatives"),
    **dict.fromkeys(("E45", "E46", "E47", "E48"), "g) Special Guardianship Orders"),
    **dict.fromkeys(("E5", "E6"), "m) Moved into independent living"),
    "E7": "i) Transferred to residential care funded by adult social services",
    "E13": "e) Left care to live with parents, relatives or other person with no parental "
           "responsibility",
    "E8": "n) Care ceased for any other reason",
}  # fmt: skip
