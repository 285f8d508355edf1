"""An edition: what one published month reports, for whom, as of when, from which figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer, model_validator

from scrutinybook.catalogue import Text
from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model, validate

EditionId = str
FIRST_MONTH, LAST_MONTH = Month(2012, 4), Month(2100, 12)


def _as_month(value: Any) -> Month:
    if isinstance(value, Month):
        return value
    month = Month.parse(str(value))
    if not FIRST_MONTH <= month <= LAST_MONTH:
        raise ValueError(
            f"months from {FIRST_MONTH} can be reported; official monthly figures start there"
        )
    return month


def _as_date(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("write the date as year-month-day, for example 2023-07-12") from None


MonthField = Annotated[Month, BeforeValidator(_as_month), PlainSerializer(str, return_type=str)]
DateField = Annotated[date, BeforeValidator(_as_date)]


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


class Edition(Strict):
    """One month's book for one authority."""

    authority: Text
    """As the Department names it: ``Plymouth``."""
    month: MonthField
    """The book uses no period after this month."""
    kind: Literal["published"] = "published"
    """Where the figures come from; ``published`` is official statistics."""
    previous: EditionId | None = None
    """The edition before this one, for what became clear since."""
    phases: tuple[Phase, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def slug(self) -> str:
        """The authority as folders name it: ``telford-and-wrekin``."""
        return slug(self.authority)

    @property
    def id(self) -> EditionId:
        """Authority and month: ``plymouth-2023-03``."""
        return f"{self.slug}-{self.month}"

    @property
    def title(self) -> str:
        """As covers and tabs say it."""
        return f"{self.authority}: children’s services scrutiny book, {self.month.words}"

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
        return validate(dict(values), "notebook parameters", cls)

    @model_validator(mode="after")
    def _nothing_later_than_the_edition(self) -> Edition:
        late = [f"phase {p.measure} {p.begins}" for p in self.phases if p.begins > self.month]
        late += [f"note {n.measure} {n.month}" for n in self.notes if n.month > self.month]
        if late:
            raise ValueError(f"later than the edition's month {self.month}: {', '.join(late)}")
        return self


def slug(authority: str) -> str:
    """Lower case letters and digits joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", authority.lower()).strip("-")


def list_editions(workspace: Workspace) -> tuple[EditionId, ...]:
    """Ids of all editions that have a parameter file, by authority, then month."""
    files = workspace.params.glob("*/[0-9][0-9][0-9][0-9]-[0-9][0-9].yml")
    return tuple(sorted(f"{path.parent.name}-{path.stem}" for path in files))


def edition_file(edition_id: EditionId) -> str:
    """The parameter file of an edition, relative to the project. Raises `FaultsFound`."""
    match = re.fullmatch(r"([a-z0-9-]+)-(\d{4}-\d{2})", edition_id)
    if match is None:
        fault = Fault(
            where=f"edition {edition_id!r}",
            found="not an edition's id",
            allowed="authority and month, for example plymouth-2023-03",
            mend="`scrutiny list` shows the ids there are",
        )
        raise FaultsFound([fault])
    return f"params/{match[1]}/{match[2]}.yml"


def read_edition(workspace: Workspace, edition_id: EditionId) -> Edition:
    """Read one edition's parameter file. Raises `FaultsFound` with every fault at once."""
    label = edition_file(edition_id)
    path = workspace.root / label
    if not path.exists():
        known = list_editions(workspace)
        fault = Fault(
            where=f"edition {edition_id!r}",
            found=f"there is no {label}",
            allowed=", ".join(known) or "no edition yet",
            mend=nearest(edition_id, known) or "make it with `scrutiny new`",
        )
        raise FaultsFound([fault])
    edition = read_model(path, label, Edition)
    if edition.id != edition_id:
        fault = Fault(
            where=f"{label}: authority, month",
            found=f"{edition.authority!r} and {str(edition.month)!r} make the id {edition.id}",
            allowed=f"the authority and month that the file's name gives: {edition_id}",
            mend="change the keys, or rename the file or its folder",
        )
        raise FaultsFound([fault])
    return edition
