"""An edition: what one published month reports, for whom, as of when, from which figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from scrutinybook.at_hand import authorities
from scrutinybook.catalogue import Catalogue, Text
from scrutinybook.edition_entries import entry_faults
from scrutinybook.errors import Fault, Faults, FaultsFound, nearest
from scrutinybook.model_faults import Refused, shown
from scrutinybook.months_written import guess_month
from scrutinybook.naming import slug
from scrutinybook.periods import Month
from scrutinybook.small_counts import THRESHOLD
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_mapping, validate

EditionId = str
Kind = Literal["published", "council", "demonstration"]
DEMONSTRATION = "Demo"
"""The authority of demonstration editions, and of no other."""
FIRST_MONTH, LAST_MONTH = Month(2012, 4), Month(2100, 12)


def _as_month(value: Any) -> Month:
    if isinstance(value, Month):
        return value
    try:
        month = Month.parse(str(value))
    except ValueError:
        meant = guess_month(str(value))
        found, allowed = f"{shown(value)} is not a month", "year and month, such as 2023-03"
        raise Refused(found, allowed, f"did you mean {meant}?" if meant else "") from None
    if not FIRST_MONTH <= month <= LAST_MONTH:
        found = f"{month} cannot be reported"
        raise Refused(found, f"a month from {FIRST_MONTH}, where official monthly figures begin")
    return month


def _as_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    allowed = "year, month and day, such as 2023-07-12"
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            raise ValueError
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused(f"{shown(value)} is not a date", allowed) from None


def _as_period(value: Any) -> Any:
    try:
        return None if value is None else str(FigurePeriod.parse(str(value)))
    except ValueError:
        allowed = "as 2023-03, 2022/23, 2023-03-31 or y/e 2022-09-30"
        raise Refused(f"{shown(value)} is not a period", allowed) from None


def _as_edition_id(value: Any) -> Any:
    if isinstance(value, str) and not _ID.fullmatch(value):
        found = f"{shown(value)} is not an edition's id"
        raise Refused(found, "authority and month, such as plymouth-2023-03")
    return value


_ID = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)-([0-9]{4}-(?:0[1-9]|1[0-2]))")
MonthField = Annotated[Month, BeforeValidator(_as_month), PlainSerializer(str, return_type=str)]
DateField = Annotated[date, BeforeValidator(_as_date)]
PeriodField = Annotated[str | None, BeforeValidator(_as_period)]
OnePeriodField = Annotated[str, BeforeValidator(_as_period)]
IdField = Annotated[EditionId, BeforeValidator(_as_edition_id)]


class Phase(Strict):
    """A new baseline for a control chart, set by an analyst with a reason that the page prints."""

    measure: Text
    begins: MonthField
    """First month of the new phase."""
    decided: DateField
    """Day on which an analyst decided it."""
    reason: Text
    """Printed on the page."""


class Note(Strict):
    """Something that happened or was said: context beside a measure, never a cause."""

    measure: Text
    month: MonthField
    """The month the note is about."""
    text: Text
    source: Text
    """Where it comes from; people by role only."""


class Restated(Strict):
    """Why past figures of a measure are others in this edition than in the one before."""

    measure: Text
    period: PeriodField = None
    """One period, written as files have it: 2022-11, 2022/23; None for all that changed."""
    kind: Literal["scheduled revision", "correction"]
    reason: Text
    """Printed on the page."""


class Edition(Strict):
    """One month's book for one authority."""

    authority: Text
    """As the Department names it: ``Plymouth``."""
    month: MonthField
    """The book uses no period after this month."""
    kind: Kind = "published"
    """Where the figures come from: official statistics, the council's own extracts, or the
    synthetic extracts of the demonstration authority. Never two of them in one edition."""
    small_counts: Annotated[int, Field(ge=THRESHOLD)] = THRESHOLD
    """Counts from 1 up to this are withheld; for figures that are not published already."""
    previous: IdField | None = None
    """The edition before this one, for what became clear since."""
    last_met: IdField | None = None
    """The edition that the committee last met on: the one before, or one that it leads back to."""
    phases: tuple[Phase, ...] = ()
    notes: tuple[Note, ...] = ()
    restatements: tuple[Restated, ...] = ()
    """Reasons for changes to past figures since the edition before."""

    @property
    def slug(self) -> str:
        """The authority as folders name it: ``telford-and-wrekin``."""
        return slug(self.authority)

    @property
    def id(self) -> EditionId:
        """Authority and month: ``plymouth-2023-03``."""
        return f"{self.slug}-{self.month}"

    @property
    def area(self) -> str:
        """The authority as pages name it."""
        if self.kind == "demonstration":
            return "the demonstration authority"
        return self.authority

    @property
    def title(self) -> str:
        """As covers and tabs say it."""
        name = "Demonstration (fictional)" if self.kind == "demonstration" else self.authority
        return f"{name}: children’s services scrutiny book, {self.month.words}"

    def phase(self, measure: str) -> Phase | None:
        """The latest phase set for a measure, or None."""
        mine = [p for p in self.phases if p.measure == measure]
        return max(mine, key=lambda p: p.begins) if mine else None

    def notes_on(self, measure: str) -> tuple[Note, ...]:
        """Notes beside a measure, oldest first."""
        return tuple(sorted((n for n in self.notes if n.measure == measure), key=lambda n: n.month))

    def as_parameters(self) -> dict[str, Any]:
        """Plain values for papermill; `from_parameters` reads them back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_parameters(cls, values: Mapping[str, Any]) -> Edition:
        """Read what `as_parameters` wrote. Raises `FaultsFound`."""
        return parse_edition(values, "notebook parameters")


def parse_edition(
    values: Mapping[Any, Any], label: str, catalogue: Catalogue | None = None
) -> Edition:
    """Read an edition from plain values; `label` names their file.

    Raises `FaultsFound` with every fault at once: of each key, and of entries that do not go with
    the edition's month or, where it is given, with the catalogue.
    """
    faults = Faults()
    edition = faults.gather(validate, values, label, Edition)
    faults.add(entry_faults(values, label, catalogue))
    if edition is None or faults.found:
        raise FaultsFound(faults.found)
    return edition


def list_editions(workspace: Workspace) -> tuple[EditionId, ...]:
    """Ids of all editions that have a parameter file, by authority, then month."""
    files = workspace.params.glob("*/[0-9][0-9][0-9][0-9]-[0-9][0-9].yml")
    return tuple(sorted(f"{path.parent.name}-{path.stem}" for path in files))


def misnamed_files(workspace: Workspace) -> list[Fault]:
    """Files that look meant as an edition but are called otherwise, so that no list has them."""
    return [
        Fault(
            where=path.relative_to(workspace.root).as_posix(),
            found="not an edition: the file is not called after a month",
            allowed="a name such as 2023-03.yml",
            mend=f"rename it to {meant}.yml" if (meant := guess_month(path.stem)) else "rename it",
        )
        for path in sorted(workspace.params.glob("*/[0-9]*.y*ml"))
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}\.yml", path.name)
    ]


def edition_file(edition_id: EditionId) -> str:
    """The parameter file of an edition, relative to the project. Raises `FaultsFound`."""
    slug_and_month = split_id(edition_id)
    if slug_and_month is None:
        fault = Fault(
            where=f"edition {edition_id!r}",
            found="not an edition's id",
            allowed="authority and month, such as plymouth-2023-03",
            mend="`scrutiny list` shows the ids there are",
        )
        raise FaultsFound([fault])
    return "params/{}/{}.yml".format(*slug_and_month)


def split_id(edition_id: EditionId) -> tuple[str, str] | None:
    """The authority's folder and the month of an id, or None for what is no id."""
    match = _ID.fullmatch(edition_id)
    return (match[1], match[2]) if match else None


def read_edition(
    workspace: Workspace, edition_id: EditionId, catalogue: Catalogue | None = None
) -> Edition:
    """Read one edition's parameter file. Raises `FaultsFound` with every fault at once.

    With a `catalogue` the measures of phases and notes must be among its own.
    """
    known = list_editions(workspace)
    if split_id(edition_id) is None or not (workspace.root / edition_file(edition_id)).exists():
        raise FaultsFound([_no_such_edition(edition_id, known)])
    label = edition_file(edition_id)
    values = read_mapping(workspace.root / label, label, Edition)
    faults = Faults()
    edition = faults.gather(parse_edition, values, label, catalogue)
    names = [each.name for each in authorities(workspace)]
    faults.add(_not_as_the_file_is_called(values, edition_id, label, names))
    if edition is None or faults.found:
        raise FaultsFound(faults.found)
    return edition


def _no_such_edition(edition_id: EditionId, known: tuple[EditionId, ...]) -> Fault:
    parts = split_id(edition_id)
    meant = _nearest_edition(edition_id, known)
    mend = f"did you mean {meant!r}?" if meant else "make it with `scrutiny new`"
    found = f"there is no {edition_file(edition_id)}" if parts else "not an edition's id"
    there = ", ".join(known) or "no edition yet"
    return Fault(f"edition {edition_id!r}", found, f"the editions there are: {there}", mend)


def _nearest_edition(edition_id: EditionId, known: tuple[EditionId, ...]) -> EditionId | None:
    """The edition of the same or a like authority with the nearest month.

    The authority counts first: plymouth-2024-03 is never meant by torbay-2024-03.
    """
    match = re.fullmatch(r"(.*?)[-_ /]*([0-9]{4}.*)", edition_id.strip())
    name, text = (match[1], match[2]) if match else (edition_id, "")
    by_slug: dict[str, list[EditionId]] = {}
    for each in known:
        by_slug.setdefault(each[:-8], []).append(each)
    hint = nearest(slug(name), by_slug)
    if not hint:
        return None
    same = by_slug[hint.split("'")[1]]
    month = guess_month(text)
    if month is None:
        return same[-1]
    return min(same, key=lambda each: abs(Month.parse(each[-7:]).index - month.index))


def _not_as_the_file_is_called(
    values: Mapping[Any, Any], edition_id: EditionId, label: str, names: Sequence[str]
) -> list[Fault]:
    """Authority and month must be those of the folder and the file, or two books would mix."""
    folder, month = edition_id[:-8], edition_id[-7:]
    said, said_month = values.get("authority"), str(values.get("month"))
    faults = []
    if isinstance(said, str) and said.strip() and slug(said) != folder:
        named = "".join(f": {name}" for name in names if slug(name) == folder)
        allowed = f"the name of the authority whose folder is params/{folder}{named}"
        faults.append(Fault(f"{label}: authority", repr(said), allowed, "or rename the folder"))
    meant = guess_month(said_month)
    if meant is not None and said_month == str(meant) and said_month != month:
        allowed = f"the month that the file is named after: {month}"
        faults.append(Fault(f"{label}: month", repr(said_month), allowed, "or rename the file"))
    return faults
