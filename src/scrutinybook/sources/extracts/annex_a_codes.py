"""Codes of Annex A and what councils write in their place, read as the words that formats share.

``q) 6: Police``, ``6``, ``g) Police`` and ``POLICE`` are one code. The letter before the bracket
numbers the entries of one year's list and says nothing by itself where lists differ. Free text is
no code: it may be about somebody, and is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from scrutinybook.sources.extracts import vocabulary as words

NOT_APPLICABLE = ""
"""Read as blank: the list's own word for "not known" or "does not apply"."""
UNREAD = "?"
"""Stands for an entry that is not of the column's kind; the entry itself is not kept."""
_LONGEST = 150
"""Signs of an entry looked at: the longest official wording is shorter."""
_LETTER = re.compile(r"([a-z]{1,2})\s*\)\s*(.*)", re.DOTALL)
_CODE = re.compile(r"([a-z]{0,2}\d{1,2}[a-f]?)\s*(?:[:)\-.]\s*(.*))?", re.DOTALL)
_DASHES = re.compile("[‐‑‒–—−]")
_APOSTROPHES = re.compile("['’‘`´]")
_BLANKS = (
    "unknown", "not known", "n a", "na", "not applicable", "none", "null", "nil", "not recorded",
    "not stated", "not yet known", "information not yet obtained", "blank",
)  # fmt: skip


@dataclass(frozen=True)
class CodeList:
    """One column's codes."""

    texts: Mapping[str, str]
    """Plain words (lower case, no punctuation) and what they mean."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Official short codes, lower case, and what they mean; words may follow them."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Letters of the list, for entries that are a letter alone; only where every year agrees."""

    @property
    def meanings(self) -> tuple[str, ...]:
        """What entries are read as, in order, without repeats and blanks."""
        every = (*self.codes.values(), *self.texts.values())
        return tuple(dict.fromkeys(each for each in every if each))

    def read(self, entry: str) -> str:
        """What one entry means; `NOT_APPLICABLE`, or `UNREAD` for anything the list lacks."""
        text = unicodedata.normalize("NFKC", entry).casefold().strip()
        if len(text) > _LONGEST:
            return UNREAD
        text = _DASHES.sub("-", text)
        found = self._look_up(text)
        lettered = _LETTER.fullmatch(text)
        if found is None and lettered:
            rest = lettered[2]
            found = self._look_up(rest) if rest else self.letters.get(lettered[1])
        return UNREAD if found is None else found

    def _look_up(self, text: str) -> str | None:
        plain = _plain(text)
        if not plain:
            return NOT_APPLICABLE if not text.strip("-. ") else UNREAD
        if plain in self.texts:
            return self.texts[plain]
        if coded := _CODE.fullmatch(text):
            found = self.codes.get(coded[1])
            if found is not None:
                return found
        code, _, rest = plain.partition(" ")
        if code in self.codes and self.texts.get(rest) == self.codes[code]:
            return self.codes[code]
        return self.letters.get(plain)


def read_codes(text: pd.Series, known: CodeList) -> pd.Series:
    """Read a column: each entry as the list's meaning, blank, or `UNREAD`."""
    places, distinct = pd.factorize(text, use_na_sentinel=True)
    read = pd.array([known.read(str(entry)) for entry in distinct], dtype="string")
    return pd.Series(read.take(places, allow_fill=True), index=text.index, dtype="string")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9&]+", " ", _APOSTROPHES.sub("", text)).split())


def _texts(meanings: Mapping[str, str]) -> dict[str, str]:
    """From each meaning its ways of writing, divided by ``|``, to a look-up."""
    blank = dict.fromkeys(_BLANKS, NOT_APPLICABLE)
    return blank | {
        way.strip(): meaning for meaning, ways in meanings.items() for way in ways.split("|")
    }


YES, NO = "yes", "no"
YES_NO = CodeList(
    _texts({YES: "yes|y|true|t|1", NO: "no|n|false|f|0"}),
    letters={"a": YES, "b": NO, "c": NOT_APPLICABLE},
)

_INDIVIDUAL, _SCHOOLS, _EDUCATION, _HEALTH, _HOUSING, _LA, _POLICE, _LEGAL, _OTHER, _ANON, _UNK = (
    words.SOURCES
)
_UNKNOWN_SOURCE = {"unknown": _UNK, "not known": _UNK, "not recorded": _UNK, "not stated": _UNK}
SOURCES = CodeList(
    _texts(
        {
            _INDIVIDUAL: "individual|individuals|family|family member|parent|mother|father|carer|"
            "relative|self|acquaintance|neighbour|member of public|member of the public",
            _SCHOOLS: "schools|school|academy|school or academy",
            _EDUCATION: "education services|education service|education|college|nursery",
            _HEALTH: "health services|health service|health|gp|general practitioner|hospital|"
            "health visitor|school nurse|a&e|midwife|midwifery|other primary health services|"
            "ambulance service",
            _HOUSING: "housing|housing association|housing services",
            _LA: "la services|la service|local authority services|local authority|la|"
            "adult social care|early help|external|other internal|social care|youth offending",
            _POLICE: "police",
            _LEGAL: "other legal agency|other legal agencies|legal agency|legal|court|courts|"
            "probation|cafcass|prison|immigration",
            _OTHER: "other|others|voluntary organisation|voluntary organisations|charity|"
            "childrens centre",
            _ANON: "anonymous|anonymously",
        }
    )
    | _UNKNOWN_SOURCE,
    codes=(
        dict.fromkeys(("1", "1a", "1b", "1c", "1d"), _INDIVIDUAL)
        | {"2a": _SCHOOLS, "2b": _EDUCATION}
        | dict.fromkeys(("3", "3a", "3b", "3c", "3d", "3e", "3f"), _HEALTH)
        | dict.fromkeys(("5", "5a", "5b", "5c", "5d"), _LA)
        | {"4": _HOUSING, "6": _POLICE, "7": _LEGAL, "8": _OTHER, "9": _ANON, "10": _UNK}
    ),
)

_CARE, _PLAN, _NEED, _ASSESSMENT, _CLOSED = words.CASE_STATUSES
STATUSES = CodeList(
    _texts(
        {
            _CARE: "looked after child|looked after children|looked after|lac|cla|"
            "child looked after|children looked after|child in care|children in care|cic",
            _PLAN: "child protection plan|child protection|cp plan|cpp|cp",
            _NEED: "child in need plan|child in need|children in need|cin plan|cin",
            _ASSESSMENT: "open assessment|assessment|open for assessment|assessment open",
            _CLOSED: "closed episode|closed|closed case|case closed|episode closed",
        }
    ),
    letters=dict(zip("abcde", words.CASE_STATUSES, strict=True)),
)

IN_TOUCH = CodeList(
    _texts(
        {
            words.IN_TOUCH: "yes|y|true|1|in touch",
            words.NOT_IN_TOUCH: "no|n|false|0|not in touch",
            words.DIED: "died|deceased",
            words.REFUSED_CONTACT: "refu|refused|refused contact|refuses contact",
            words.NO_LONGER_NEEDED: "nreq|not required|no longer required|"
            "contact no longer needed|no longer requires contact",
            words.RETURNED_HOME: "rhom|returned home|return home",
            words.EXCLUDED: "exclude|excluded",
        }
    )
    | {"not recorded": words.NOT_RECORDED},
    letters={
        "a": words.IN_TOUCH, "b": words.NOT_IN_TOUCH, "c": words.DIED,
        "d": words.REFUSED_CONTACT, "e": words.NO_LONGER_NEEDED, "f": words.RETURNED_HOME,
    },
)  # fmt: skip

SUITABILITY = CodeList(
    _texts(
        {
            words.SUITABLE: "suitable|yes|y|suitable accommodation",
            words.UNSUITABLE: "unsuitable|not suitable|no|n|unsuitable accommodation",
            NOT_APPLICABLE: "not in touch or not recorded|not in touch|exclude|excluded",
        }
    ),
    letters={"a": words.SUITABLE, "b": words.UNSUITABLE},
)

_NEET = "not in education employment or training"
ACTIVITIES = CodeList(
    _texts(
        {
            "F1": "full time in higher education",
            "P1": "part time in higher education",
            "F2": "full time in education other than higher|"
            "full time in education other than higher education",
            "P2": "part time in education other than higher|"
            "part time in education other than higher education",
            "F3": "full time in training or employment",
            "P3": "part time in training or employment",
            "F4": "full time in an apprenticeship|full time apprenticeship",
            "P4": "part time in an apprenticeship|part time apprenticeship",
            "F5": "full time in training or employment not apprenticeship",
            "P5": "part time in training or employment not apprenticeship",
            "G4": f"{_NEET} illness or disability|neet illness or disability",
            "G5": f"{_NEET} other|neet other",
            "G6": f"{_NEET} pregnancy or parenting|neet pregnancy or parenting",
            NOT_APPLICABLE: "0|not in touch",
        }
    ),
    codes={each.casefold(): each for each in words.ACTIVITIES},
)
