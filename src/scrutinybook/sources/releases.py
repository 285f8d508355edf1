"""Official releases: what was published, when it came out, and how sure that date is.

Read from ``data/official/releases.yml``. A figure belongs to the release of the file it came from,
and that follows from the latest year in the file: a table that ends with 2023/24 is of the 2024
release, which also holds revised figures for the years before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod

_PUBLICATION_KEYS = {"title", "publisher", "year_ends", "releases"}
_RELEASE_KEYS = {"published", "verified", "note"}


@dataclass(frozen=True)
class OutDate:
    """The day a release came out, or its month or year where the day could not be checked."""

    text: str
    """``2023-10-26``, ``2024-11`` or ``2025``."""
    verified: bool
    """Whether what `text` says was read in a source (named in releases.yml)."""

    @property
    def surely_out_by(self) -> date:
        """The day itself, or the last day of the month or year: never earlier than the truth."""
        if len(self.text) == 10:
            return date.fromisoformat(self.text)
        if len(self.text) == 7:
            return Month.parse(self.text).last_day
        return date(int(self.text), 12, 31)

    @property
    def words(self) -> str:
        """For pages: ``26 October 2023``, ``November 2024`` or ``2025``."""
        if len(self.text) == 4:
            return self.text
        day = f"{self.surely_out_by.day} " if len(self.text) == 10 else ""
        return f"{day}{Month.parse(self.text[:7]).words}"


@dataclass(frozen=True)
class Release:
    """One release of one publication."""

    id: str
    publication: str
    title: str
    publisher: str
    licence: str
    reporting_year: int
    published: OutDate

    @property
    def order(self) -> tuple[date, int]:
        """Later releases sort later."""
        return (self.published.surely_out_by, self.reporting_year)


@dataclass(frozen=True)
class Releases:
    """Every release known."""

    path: Path
    by_id: Mapping[str, Release]
    year_ends: Mapping[str, int]
    """For each publication the month in which its year ends: 3 or 9."""

    @classmethod
    def load(cls, path: Path) -> Releases:
        """Read and check releases.yml. Raises `FaultsFound` with everything that is wrong."""
        import yaml  # noqa: PLC0415 - what needs no parameters must not wait for it

        if not path.is_file():
            raise FaultsFound([Fault(str(path), "not there", "the list of official releases")])
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise FaultsFound([Fault(str(path), "not UTF-8 text", mend="save as UTF-8")]) from None
        except yaml.YAMLError as error:
            raise FaultsFound([Fault(str(path), f"not YAML: {error}")]) from error
        return _Reading(path).releases(content)

    def of(self, publication: str, reporting_year: int) -> Release | None:
        """The release of that year, or None where it is not listed."""
        return self.by_id.get(f"{publication}-{reporting_year}")

    def unknown(self, where: str, publication: str, reporting_year: int) -> Fault:
        """Say how a release is added."""
        return Fault(
            where=where,
            found=f"its latest year belongs to the {reporting_year} release of {publication}",
            allowed=f"a release listed in {self.path.name}",
            mend=(
                f"in {self.path}, under publications: {publication}: releases:, add a line such as "
                f'{reporting_year}: {{published: "{reporting_year}-10", verified: false}}'
            ),
        )

    def latest(self, publication: str) -> Release | None:
        """The newest release listed of a publication, by the year it reports on."""
        known = [r for r in self.by_id.values() if r.publication == publication]
        return max(known, key=lambda r: r.reporting_year, default=None)

    def first_published(self, publication: str, period: FigurePeriod) -> OutDate | None:
        """When figures for a period first came out: the date of that reporting year's release.

        None where the year's release is not listed. A table that began later than its publication
        carries earlier periods too; for those this is the date of the publication, not the table.
        """
        ends_in_march = self.year_ends.get(publication) == 3
        year = period.financial_year.ending if ends_in_march else period.end.year
        release = self.of(publication, year)
        return release.published if release else None


class _Reading:
    """One pass over releases.yml that gathers faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def releases(self, content: Any) -> Releases:
        top = self.mapping(content, "", {"licence", "publications"})
        licence = top.get("licence")
        if not isinstance(licence, str):
            self.fault("licence", f"{licence!r}", "the name of the licence")
        by_id: dict[str, Release] = {}
        year_ends: dict[str, int] = {}
        for name, said in self.mapping(top.get("publications"), "publications", None).items():
            key = f"publications: {name}"
            publication = self.mapping(said, key, _PUBLICATION_KEYS)
            ends = {"31 March": 3, "30 September": 9}.get(str(publication.get("year_ends")))
            if ends is None:
                found = repr(publication.get("year_ends"))
                self.fault(f"{key}: year_ends", found, "31 March or 30 September")
                continue
            year_ends[name] = ends
            listed = self.mapping(publication.get("releases"), f"{key}: releases", None)
            for year, about in listed.items():
                published = self.published(about, f"{key}: releases: {year}")
                if not isinstance(year, int):
                    self.fault(f"{key}: releases", repr(year), "a reporting year, such as 2024")
                elif published is not None:
                    by_id[f"{name}-{year}"] = Release(
                        id=f"{name}-{year}",
                        publication=name,
                        title=f"{publication.get('title')}: reporting year {year}",
                        publisher=str(publication.get("publisher")),
                        licence=str(licence),
                        reporting_year=year,
                        published=published,
                    )
        if self.faults:
            raise FaultsFound(self.faults)
        return Releases(self.path, by_id, year_ends)

    def published(self, about: Any, key: str) -> OutDate | None:
        fields = self.mapping(about, key, _RELEASE_KEYS)
        text, verified = fields.get("published"), fields.get("verified")
        if not isinstance(verified, bool):
            self.fault(f"{key}: verified", repr(verified), "true or false")
        if not isinstance(text, str) or not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
            allowed = 'a day, month or year in quotes, such as "2023-10-26" or "2024-11"'
            self.fault(f"{key}: published", repr(text), allowed)
            return None
        out = OutDate(text, verified is True)
        try:
            out.surely_out_by  # noqa: B018 - there is no such day as 2023-02-30
        except ValueError as error:
            self.fault(f"{key}: published", f"{text!r}: {error}", "a day that exists")
            return None
        return out

    def mapping(self, said: Any, key: str, allowed: set[str] | None) -> dict[Any, Any]:
        if not isinstance(said, dict):
            self.fault(key, repr(said), "a mapping of names to values")
            return {}
        if allowed is not None:
            for name in said.keys() - allowed:
                mend = nearest(str(name), allowed)
                self.fault(key, f"unknown key {name!r}", ", ".join(sorted(allowed)), mend)
        return said

    def fault(self, key: str, found: str, allowed: str = "", mend: str = "") -> None:
        where = f"{self.path}: {key}" if key else str(self.path)
        self.faults.append(Fault(where, found, allowed, mend))
