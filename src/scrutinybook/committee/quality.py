"""The quality log of an authority's book: what it takes for granted, and what was checked."""

from __future__ import annotations

from typing import Literal

from scrutinybook.catalogue import Catalogue
from scrutinybook.catalogue_types import Text
from scrutinybook.committee.claims import IdField
from scrutinybook.edition import DateField
from scrutinybook.errors import Fault, nearest
from scrutinybook.yaml_files import Strict

Sure = Literal["good", "fair", "weak"]
Weight = Literal["low", "medium", "high"]


class Assumption(Strict):
    """Something the figures rest on that the figures themselves cannot show."""

    id: IdField
    text: Text
    """What is taken to be so, in a plain sentence."""
    sure: Sure
    """How well it is borne out."""
    weight: Weight
    """How much of the book hangs on it."""
    why: Text
    """What bears it out, or speaks against it."""
    measures: tuple[Text, ...] = ()
    """The measures that hang on it; none where all do."""


class Check(Strict):
    """Something that was looked at by a person or by the program."""

    id: IdField
    what: Text
    by: Text
    """Who did it, by role, or the program."""
    done: DateField | None = None
    """The day; none where it is done anew for each edition, or not yet."""
    each_edition: bool = False
    """The program does it whenever a book is made."""
    result: Text
    publish_without: Text | None = None
    """Why a book comes out before it is done: printed. Without it an open check is waited for."""

    @property
    def is_open(self) -> bool:
        """Neither done nor done anew for each edition."""
        return not self.each_edition and self.done is None


class Quality(Strict):
    """One authority's log."""

    assumptions: tuple[Assumption, ...]
    checks: tuple[Check, ...]

    @property
    def in_order(self) -> tuple[Check, ...]:
        """Checks of each edition, then those done once, then those not done yet."""
        return tuple(sorted(self.checks, key=lambda c: (not c.each_edition, c.done is None)))


def quality_faults(quality: Quality, label: str, catalogue: Catalogue, *, own: bool) -> list[Fault]:
    """Empty lists, two of an id, measures that are not known, and checks that nobody dated."""
    faults: list[Fault] = []
    known = [*(catalogue.extract_measures if own else catalogue.measures)]
    lists = {
        "assumptions": [each.id for each in quality.assumptions],
        "checks": [each.id for each in quality.checks],
    }
    for key, ids in lists.items():
        if not ids:
            faults.append(Fault(f"{label}: {key}", "empty", "one or more", "or remove the file"))
        for number, name in enumerate(ids, 1):
            if ids.index(name) != number - 1:
                where = f"{label}: {key}, entry {number} ({name}), id"
                faults.append(Fault(where, f"{name} stands twice", "each id once"))
    for number, assumption in enumerate(quality.assumptions, 1):
        where = f"{label}: assumptions, entry {number} ({assumption.id}), measures"
        faults += [
            Fault(where, f"no measure {name!r}", ", ".join(known), nearest(name, known))
            for name in assumption.measures
            if name not in known
        ]
    for number, check in enumerate(quality.checks, 1):
        if check.each_edition and check.done is not None:
            where = f"{label}: checks, entry {number} ({check.id}), done"
            found = "a day, and it is done for each edition"
            faults.append(Fault(where, found, "one of the two", "leave one out"))
        if check.publish_without is not None and not check.is_open:
            where = f"{label}: checks, entry {number} ({check.id}), publish_without"
            faults.append(Fault(where, "a reason, and nothing waits for it", mend="leave it out"))
    return faults
