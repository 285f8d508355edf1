"""What differs between two editions of one authority, from their published tables alone.

Nothing is subtracted and nothing is worked out: what is said stands in one of the two editions, so
that the two together tell no more than they did before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scrutinybook.commentary.words import upper_first
from scrutinybook.downloads.tables import ALL, YEAR_SO_FAR
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.page_names import STATISTICS
from scrutinybook.record.manifest import FILE, Manifest, manifest_from, record_folder
from scrutinybook.record.signals import Signal, Statistics
from scrutinybook.record.tables import Key, RecordTable, read_tables
from scrutinybook.workspace import Workspace

FIGURE_COLUMNS = ("Number", "Out of", "Figure", "Mark")
"""What is a figure in a measure's table; the other columns describe it."""


@dataclass(frozen=True)
class Record:
    """An edition's manifest with its tables."""

    manifest: Manifest
    tables: tuple[RecordTable, ...]

    @cached_property
    def by_name(self) -> Mapping[str, RecordTable]:
        """The tables by the names of their files."""
        return {table.name: table for table in self.tables}

    @cached_property
    def statistics(self) -> Statistics:
        """All that the edition's statistics found; nothing where there is no such table."""
        table = self.by_name.get(STATISTICS)
        return Statistics({}) if table is None else Statistics.of(table)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The measures' titles by their ids."""
        found = {}
        for table in self.tables:
            if table.is_of_a_measure and "Measure" in table.columns and table.rows:
                found[measure_of(table)] = table.rows[0][table.columns.index("Measure")]
        return found


@dataclass(frozen=True)
class Figure:
    """One published figure: where it stands, and what stands there."""

    measure: str
    """The measure's id."""
    row: Key
    """Area, period, what it covers, part."""
    cells: Mapping[str, str]
    """`FIGURE_COLUMNS` that the table has."""
    own: bool = True
    """It is the authority's own, not one that stands beside it."""

    @property
    def place(self) -> str:
        """Where it stands, after the measure's name: ``March 2023``, ``police, March 2023``."""
        area, period, covers, part = (*self.row, "", "", "", "")[:4]
        so_far = f" ({covers})" if covers == YEAR_SO_FAR else ""
        part, area = "" if part == ALL else part, "" if self.own else area
        return ", ".join(each for each in (part, f"{period}{so_far}", area) if each)

    @property
    def words(self) -> str:
        """As the table has it: ``74.3 (52 of 70)``, ``634`` or ``[c] withheld``."""
        figure, number, out_of = (self.cells.get(c, "") for c in ("Figure", "Number", "Out of"))
        mark = self.cells.get("Mark", "none")
        if mark != "none":
            return mark
        has_parts = not number.startswith("[") and not out_of.startswith("[") and out_of
        return f"{figure} ({number} of {out_of})" if has_parts else figure


@dataclass(frozen=True)
class Changed:
    """A figure that both editions publish, not alike."""

    then: Figure
    now: Figure


@dataclass(frozen=True)
class EditionsCompared:
    """What a later edition says otherwise than an earlier one."""

    earlier: Record
    later: Record
    new: tuple[Figure, ...]
    """Figures that the earlier edition does not have."""
    changed: tuple[Changed, ...]
    gone: tuple[Figure, ...]
    """Figures that the later edition does not have."""
    signals_new: tuple[Signal, ...]
    """Signals that the earlier edition does not hold."""
    signals_gone: tuple[Signal, ...]
    """Signals of the earlier edition that the later looked for and does not hold."""
    signals_unasked: tuple[Signal, ...]
    """Signals of the earlier edition for which the later did not look: out of its reach."""

    def title(self, measure: str) -> str:
        """A measure's title."""
        return {**self.earlier.titles, **self.later.titles}.get(measure, measure)


def read_record(workspace: Workspace, edition_id: str) -> Record:
    """Read an edition's record. Raises `FaultsFound` where it or one of its tables is missing."""
    return record_in(record_folder(workspace, edition_id), f"record/{edition_id}", edition_id)


def record_in(folder: Path, label: str, edition_id: str) -> Record:
    """Read an edition's record from a folder that may lie anywhere; `label` names it in faults."""
    manifest = manifest_from(folder / FILE, f"{label}/{FILE}", edition_id)
    place, names = manifest.tables_folder, list(manifest.tables)
    return Record(manifest, tuple(read_tables(folder / place, names, f"{label}/{place}")))


def compare_editions(workspace: Workspace, one: str, other: str) -> EditionsCompared:
    """Read two editions' records and compare them, whichever is named first.

    Raises `FaultsFound` for editions of two authorities or kinds, one edition twice, and records
    that are not there, all at once.
    """
    faults: list[Fault] = []
    found: list[Record] = []
    for each in dict.fromkeys((one, other)):
        try:
            found.append(read_record(workspace, each))
        except FaultsFound as error:
            faults += error.faults
    if one == other:
        faults.append(Fault(f"{one} and {other}", "one edition twice", "two editions"))
    if faults:
        raise FaultsFound(faults)
    first, second = sorted(found, key=lambda r: r.manifest.edition_as_recorded().month)
    return compare_records(first, second)


def compare_records(earlier: Record, later: Record) -> EditionsCompared:
    """Compare two records. Raises `FaultsFound` for two authorities or kinds of figures."""
    then, now = (each.manifest for each in (earlier, later))
    where = f"{then.edition} and {now.edition}"
    if then.edition[:-8] != now.edition[:-8]:
        allowed = "two editions of one authority: their figures are not to be set side by side here"
        raise FaultsFound([Fault(where, "editions of two authorities", allowed)])
    if then.kind != now.kind:
        found = f"figures of two kinds, {then.kind} and {now.kind}"
        raise FaultsFound([Fault(where, found, "two editions of one kind")])
    old, new = _figures(earlier), _figures(later)
    signals = earlier.statistics.signals
    held = {signal: later.statistics.holds(signal) for signal in signals}
    return EditionsCompared(
        earlier=earlier,
        later=later,
        new=tuple(figure for key, figure in new.items() if key not in old),
        changed=tuple(
            Changed(old[key], figure)
            for key, figure in new.items()
            if key in old and old[key].cells != figure.cells
        ),
        gone=tuple(figure for key, figure in old.items() if key not in new),
        signals_new=tuple(
            each for each in later.statistics.signals if not earlier.statistics.holds(each)
        ),
        signals_gone=tuple(each for each in signals if held[each] is False),
        signals_unasked=tuple(each for each in signals if held[each] is None),
    )


def measure_of(table: RecordTable) -> str:
    """The id of the measure whose table it is."""
    return table.name.removesuffix(".csv")


def _figures(record: Record) -> Mapping[tuple[str, Key], Figure]:
    found = {}
    own = upper_first(record.manifest.edition_as_recorded().area)
    for table in record.tables:
        if table.is_of_a_measure:
            measure = measure_of(table)
            for key, cells in table.by_key.items():
                shown = {c: cells[c] for c in FIGURE_COLUMNS if c in cells}
                found[measure, key] = Figure(measure, key, shown, own=key[:1] == (own,))
    return found
