"""Whether an extract may join the history: what it would double, correct, restate or leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.manifest import Manifest
from scrutinybook.history.months import last_whole_month
from scrutinybook.history.tombstones import Kind, Tombstone
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format

BRIDGED_MONTHS = 6
"""How far back a monthly extract looks: its lists hold the last six months."""
MONTHLY = frozenset({Format.ANNEX_A})
"""Formats that are taken each month."""
MAY_REPEAT = frozenset({Format.LOCAL_FIGURES})
"""Formats whose same content may stand for another day: local figures that have not changed."""


@dataclass(frozen=True)
class Held:
    """An extract of the history, or one that is about to join it."""

    id: str
    format: Format
    as_of: date
    version: int
    content_hash: str

    @classmethod
    def of(cls, manifest: Manifest) -> Held:
        """As its manifest says."""
        return cls(
            manifest.id,
            manifest.format,
            manifest.as_of,
            manifest.version,
            manifest.content_hash,
        )


@dataclass(frozen=True)
class Admitted:
    """An extract that may join, and what a person should know of it."""

    version: int
    already: str = ""
    """The id under which the same content is held; nothing is to be done then."""
    corrects: str = ""
    again: str = ""
    warnings: tuple[str, ...] = ()


def admit(
    extract: Extract,
    held: Sequence[Held],
    tombstones: Sequence[Tombstone],
    *,
    where: str,
    today: date,
    correct: str = "",
    again: str = "",
) -> Admitted:
    """Decide it. `where` names the source in faults; `correct` and `again` are reasons or empty.

    Raises `FaultsFound` for a day to come, for a second extract of one day without a reason, for
    one content on two days, and for content that was purged without a reason to take it again.
    """
    same = [each for each in held if each.format == extract.format]
    for each in same:
        if each.content_hash == extract.content_hash and each.as_of == extract.as_of:
            return Admitted(each.version, already=each.id)
    of_day = [each for each in same if each.as_of == extract.as_of]
    purged = _purged(extract, tombstones)
    faults = []
    if extract.as_of > today:
        found = f"{extract.as_of} is still to come"
        faults.append(Fault(where, found, "the day that the extract shows", "look at --as-of"))
    twin = next((each for each in same if each.content_hash == extract.content_hash), None)
    if twin is not None and extract.format not in MAY_REPEAT:
        found = f"the same content is in the history as at {twin.as_of}, not {extract.as_of}"
        mend = f"look at --as-of; if {twin.as_of} is wrong: scrutiny purge --extract {twin.id}"
        faults.append(Fault(where, found, "one day for one extract", mend))
    if of_day and not correct:
        found = f"the history has another {extract.format} extract as at {extract.as_of}"
        mend = 'if this one corrects it: --correct "why"; both are kept'
        faults.append(Fault(where, f"{found}, {of_day[-1].id}", "one extract a day", mend))
    if purged is not None and not again:
        found = f"this extract was purged: {purged.words}"
        mend = 'if it may be held again: --again "why"'
        faults.append(Fault(where, found, "an extract that was not purged", mend))
    if faults:
        raise FaultsFound(faults)
    return Admitted(
        version=max((each.version for each in of_day), default=0) + 1,
        corrects=correct if of_day else "",
        again=again if purged is not None else "",
        warnings=(*_warnings(extract, same), *_erased_before(extract, tombstones)),
    )


def _purged(extract: Extract, tombstones: Sequence[Tombstone]) -> Tombstone | None:
    return next(
        (
            tomb
            for tomb in reversed(tombstones)
            if tomb.kind is not Kind.CHILD
            if any(each.content_hash == extract.content_hash for each in tomb.removed)
        ),
        None,
    )


def _warnings(extract: Extract, same: Sequence[Held]) -> tuple[str, ...]:
    days = sorted({each.as_of for each in same} - {extract.as_of})
    found = []
    if days and extract.as_of < days[-1]:
        found.append(
            f"earlier than the latest {extract.format} extract, {days[-1]}: what later"
            " extracts say of their months stays as it is"
        )
    before = [day for day in days if day < extract.as_of]
    if before:
        found += _skipped(extract, before[-1])
        found += _unknown_days(extract, before[-1])
    return tuple(found)


def _erased_before(extract: Extract, tombstones: Sequence[Tombstone]) -> list[str]:
    """An extract of before an erasure may bring the rows back; whose they were is not written."""
    days = [t.at.date() for t in tombstones if t.kind is Kind.CHILD and t.state == "done"]
    since = [day for day in days if day >= extract.as_of]
    if not since:
        return []
    return [
        f"a child's rows were removed at a request, last on {max(since)}, and this extract shows a"
        " day before: if it holds them, purge them again"
    ]


def _skipped(extract: Extract, before: date) -> list[str]:
    """Months between two monthly extracts that have none of their own."""
    last, this = last_whole_month(before), last_whole_month(extract.as_of)
    months = [last + k for k in range(1, this.index - last.index)]
    if extract.format not in MONTHLY or not months:
        return []
    words = months[0].words if len(months) == 1 else f"{months[0].words} to {months[-1].words}"
    return [
        f"no extract shows {words} last: the one before is as at {before}. How"
        f" {'this month' if len(months) == 1 else 'these months'} first looked is not known;"
        f" extracts bridge up to {BRIDGED_MONTHS} months"
    ]


def _unknown_days(extract: Extract, before: date) -> list[str]:
    """Days between two windows, which no extract covers."""
    gaps: dict[date, list[str]] = {}
    for table, first in sorted(extract.covers_from.items()):
        if EVENT_TABLES[table].begins is not None and first > before + timedelta(days=1):
            gaps.setdefault(first, []).append(table.replace("_", " "))
    return [
        f"no extract covers {before + timedelta(days=1)} to"
        f" {first - timedelta(days=1)} for {', '.join(tables)}: months up to then"
        " cannot be joined to those after"
        for first, tables in gaps.items()
    ]
