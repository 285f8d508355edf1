"""Names of authorities: the folder they give, and finding one by any of its spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """An authority as it may be asked for."""

    name: str
    """As the Department writes it: ``Bristol, City of``."""
    codes: frozenset[str]
    """Its codes in capitals, of three figures or nine characters: ``801``, ``E06000023``."""


def slug(name: str) -> str:
    """The folder name of an authority: ``plymouth``, ``bristol-city-of``, ``st-helens``.

    Lower case letters and digits joined by hyphens; an apostrophe joins what it stands between.
    """
    without_accents = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", without_accents.lower().replace("'", "")).strip("-")


def matching(text: str, known: Iterable[Named]) -> list[Named]:
    """The areas that a person may mean by `text`: a code, a name, or a word of a name.

    Case, punctuation and words such as "City of" do not matter. One match is an answer; several
    are a choice that the person has to make.
    """
    wanted, areas = text.strip(), list(known)
    if by_code := [area for area in areas if wanted.upper() in area.codes]:
        return by_code
    plain = _plain(wanted)
    if not plain:
        return []
    named = [(area, _plain(area.name)) for area in areas]
    whole = [area for area, name in named if name == plain]
    return whole or [a for a, name in named if re.search(rf"\b{re.escape(plain)}\b", name)]


def is_same(one: str, other: str) -> bool:
    """Whether two spellings are of one name: ``City of Bristol`` and ``Bristol, City of``."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    spelt = re.sub(r"['’]", "", name.lower()).replace("&", " and ")
    words = re.sub(r"[^a-z0-9 ]", " ", spelt).split()
    small = {"city", "county", "of", "the", "council", "borough", "and"}
    # "City of London" is London's City, not London: a name of small words alone stays whole.
    return " ".join([word for word in words if word not in small] or words)
