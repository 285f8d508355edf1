"""Which of the areas in official files are the authorities of today, and finding one by any name.

An authority is known by the Department's three-figure code: it stays when only the nine-character
code changes (Gateshead, Somerset, Barnsley), and changes when the area does (Dorset in 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.naming import Named, is_same, matching
from scrutinybook.sources.folder import OfficialFolder
from scrutinybook.sources.tables import AreaSeen, OfficialFile

JOINT = " / "
"""Stands between the codes and names of authorities that send one return together."""


@dataclass(frozen=True)
class FormerArea:
    """An authority in the files that no longer exists."""

    key: str
    name: str
    last_year: int
    """The year in which the last financial year ended that counts anything there."""


@dataclass(frozen=True)
class Authorities:
    """The authorities in a folder of official files, by the Department's three-figure code."""

    current: dict[str, AreaSeen]
    former: tuple[FormerArea, ...]
    joint: dict[str, AreaSeen]
    """Joint returns of authorities that exist, by their combined code (``314 / 318``)."""

    def joint_return_of(self, key: str) -> AreaSeen | None:
        """The joint return that an authority is part of, where there is one."""
        return next((a for code, a in self.joint.items() if key in code.split(JOINT)), None)

    def find(self, text: str) -> AreaSeen:
        """Find an authority of today by name, three-figure code or nine-character code.

        Case, punctuation and words such as "City of" do not matter. Raises `FaultsFound` with the
        nearest names, or with the news that the authority no longer exists.
        """
        wanted = text.strip()
        known = {Named(a.name, a.codes | {a.key}): a for a in self.current.values()}
        matches = [known[each] for each in matching(wanted, known)]
        if len(matches) == 1:
            return matches[0]
        raise FaultsFound([self._not_found(wanted, matches)])

    def _not_found(self, wanted: str, matches: list[AreaSeen]) -> Fault:
        allowed = "an authority of England by name, or by a code such as 879 or E06000026"
        if matches:
            found = f"{wanted!r} fits more than one authority"
            return Fault("--authority", found, ", ".join(sorted(a.name for a in matches)))
        for area in self.former:
            if wanted in {area.key, area.name} or is_same(wanted, area.name):
                found = f"{area.name} no longer exists: its last figures are of {area.last_year}"
                return Fault("--authority", found, allowed, "name the authority that followed it")
        near = nearest(wanted, [a.name for a in self.current.values()])
        return Fault("--authority", f"no authority called {wanted!r}", allowed, near)


def authorities_in(folder: OfficialFolder) -> Authorities:
    """Take the authorities of today to be those that exist in the table that ends latest.

    Joint returns count for each of their members.
    """
    latest = max(map(_end, folder.files))
    present = {
        key
        for file in folder.files
        if _end(file) == latest
        for area in file.areas.values()
        if area.level == "Local authority" and area.year == file.years[1] and area.exists
        for key in area.key.split(JOINT)
    }
    local = {k: a for k, a in folder.areas.items() if a.level == "Local authority"}
    current = {key: area for key, area in sorted(local.items()) if key in present}
    joint = {
        key: area
        for key, area in sorted(local.items())
        if JOINT in key and present.issuperset(key.split(JOINT))
    }
    gone = {k: a for k, a in sorted(local.items()) if k not in current and k not in joint}
    former = tuple(FormerArea(k, a.name, _last_year(folder, a)) for k, a in gone.items())
    return Authorities(current, former, joint)


def _end(file: OfficialFile) -> str:
    columns = [c for used in file.format.columns.values() for c in used]
    return max(c.when.period(file.years[1]).end for c in columns).isoformat()


def _last_year(folder: OfficialFolder, area: AreaSeen) -> int:
    """The last financial year that counts anything in an area."""
    years = (
        period.financial_year.ending
        for figures in folder.by_area.get(area.key, {}).values()
        for period, published in figures
        if published.cell.value
    )
    return max(years, default=area.year)
