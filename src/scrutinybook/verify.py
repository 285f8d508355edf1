"""Can an edition be had again? Make its results anew, elsewhere, and set them beside its record.

Nothing that is there is touched: the notebooks run in a copy of what they read, which is removed
afterwards. Parameters are those of the record, and so is every file that git still has as the
record's hash says it was.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import scrutinybook
from scrutinybook import pipeline
from scrutinybook.as_it_was import as_they_are, copy_of, restore, write_parameters
from scrutinybook.checked import check
from scrutinybook.council.source import history_of
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.extracts_behind import refuse_gone
from scrutinybook.history.tombstones import read_tombstones
from scrutinybook.method_changes import MethodChange, read_method_changes
from scrutinybook.method_changes import behind as changes_behind
from scrutinybook.record.compare import DIGITS, Difference, differences
from scrutinybook.record.editions import Record, read_record, record_in
from scrutinybook.record.keyed import Key, key_for
from scrutinybook.record.manifest import Manifest
from scrutinybook.record.tables import CHARTS, RecordTable, as_bytes
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.execute.warmth import Warmth
    from scrutinybook.pipeline import OnEvent


class Sameness(StrEnum):
    """How closely a result can be expected to come out again."""

    BYTES = "to the byte: same packages, Python and system"
    NEARLY = f"to {DIGITS} significant digits, charts to the byte: another processor"
    DIGITS = f"to {DIGITS} significant digits: other packages, Python or system; charts left out"


@dataclass(frozen=True)
class InputChanged:
    """A file or extract that is not as it was."""

    name: str
    words: str


@dataclass(frozen=True)
class Verification:
    """What came of it."""

    then: Manifest
    now: Manifest
    sameness: Sameness
    differences: tuple[Difference, ...]
    inputs: tuple[InputChanged, ...]
    """Inputs that could not be had as they were; the results were made from them as they are."""
    restored: tuple[str, ...]
    """Files that have changed since and were taken from git as they were."""
    hashes_checked: bool
    """Whether the record's own tables could be held against their keyed hashes."""

    changes_on_record: tuple[MethodChange, ...] = ()
    """Every change of method that the project tells of."""

    @property
    def reproduced(self) -> bool:
        """Nothing differs."""
        return not self.differences

    @cached_property
    def modules_changed(self) -> frozenset[str]:
        """Modules of the program that are not as they were, came or went, by path."""
        then, now = self.then.modules, self.now.modules
        return frozenset(m for m in {*then, *now} if then.get(m) != now.get(m))

    def method_changes(self, behind: Iterable[str]) -> tuple[MethodChange, ...]:
        """The changes of method on record since the edition was made, of some modules."""
        return changes_behind(self.changes_on_record, behind, self.then.run.made)

    @cached_property
    def notebooks_changed(self) -> frozenset[str]:
        """Notebooks whose own cells are not as they were."""
        then, now = self.then.notebooks, self.now.notebooks
        return frozenset(
            n for n in {*then, *now} if n not in then or n not in now
            or then[n].source != now[n].source
        )  # fmt: skip

    @cached_property
    def packages_changed(self) -> tuple[str, ...]:
        """Packages of another version, in words."""
        then, now = self.then.packages, self.now.packages
        return tuple(
            f"{name} {then.get(name, 'not there')} → {now.get(name, 'not there')}"
            for name in sorted({*then, *now})
            if then.get(name) != now.get(name)
        )

    def behind(self, difference: Difference) -> frozenset[str]:
        """Which changed modules and notebooks made the cell, then or now."""
        found: set[str] = set()
        for manifest in (self.then, self.now):
            for maker in _makers(manifest, difference):
                if maker in manifest.notebooks:
                    found |= {*manifest.notebooks[maker].modules} & self.modules_changed
                    found |= (
                        {f"notebooks/{maker}.ipynb"} if maker in self.notebooks_changed else set()
                    )
                else:
                    found |= {*manifest.makers.get(maker, ())} & self.modules_changed
        return frozenset(found)


def verify(
    workspace: Workspace,
    edition_id: str,
    *,
    folder: Path | None = None,
    jobs: int | None,
    on_event: OnEvent,
    warm: Warmth,
) -> Verification:
    """Make an edition's results anew and compare.

    `folder` holds the record, if it is not the checkout's own. Raises `FaultsFound` for a record
    that is missing, damaged or not as it was written, and where the inputs cannot serve; `Gone`
    where they were removed since; `NotebookFailed` where a notebook fails. Call it while holding
    the lock (`pipeline.working`).
    """
    if folder is None:
        then = read_record(workspace, edition_id)
    else:
        then = record_in(folder, folder.as_posix(), edition_id)
    key = key_for(then.manifest.kind, edition_id[:-8])
    checked = key.name == then.manifest.key
    if checked:
        _refuse_changed(then, key, f"record/{edition_id}" if folder is None else str(folder))
    if then.manifest.kind == "council":
        history = history_of(workspace, then.manifest.edition_as_recorded())
        tombstones = read_tombstones(history.folder)
        refuse_gone(then.manifest, history, tombstones, key if checked else None)
    with copy_of(workspace, then.manifest) as copy:
        restored = restore(workspace, copy, then.manifest)
        write_parameters(copy, then.manifest)
        try:
            checked_edition = check(copy, edition_id)
        except FaultsFound:
            if not restored:
                raise
            # What the program could read then it may read no longer.
            restored = as_they_are(workspace, copy, restored)
            checked_edition = check(copy, edition_id)
        pipeline.run(copy, checked_edition, jobs=jobs, on_event=on_event, warm=warm)
        now = read_record(copy, edition_id)
    sameness = _sameness(then.manifest, now.manifest)
    exact = sameness is Sameness.BYTES
    tables = _compared(then, exact=exact), _compared(now, exact=exact)
    found = differences(*tables, digits=None if exact else DIGITS)
    if exact and found and not differences(*tables, digits=DIGITS):
        sameness, found = Sameness.NEARLY, ()
    return Verification(
        then=then.manifest,
        now=now.manifest,
        sameness=sameness,
        differences=found,
        inputs=_inputs_changed(then.manifest, now.manifest),
        restored=restored,
        hashes_checked=checked,
        changes_on_record=read_method_changes(workspace),
    )


def _refuse_changed(record: Record, key: Key, label: str) -> None:
    """Refuse tables that somebody wrote in since."""
    place = f"{label}/{record.manifest.tables_folder}"
    faults = [
        Fault(
            f"{place}/{table.name}",
            "the table is not as it was written: its hash is another than the manifest says",
            mend="put the record back from your backup; a record is written by this program alone",
        )
        for table in record.tables
        if key.of(as_bytes(table)) != record.manifest.tables[table.name].hash
    ]
    if faults:
        raise FaultsFound(faults)


def _sameness(then: Manifest, now: Manifest) -> Sameness:
    ways = [(m.lock, m.packages, m.run.python, m.run.platform) for m in (then, now)]
    return Sameness.BYTES if ways[0] == ways[1] else Sameness.DIGITS


def _compared(record: Record, *, exact: bool) -> Sequence[RecordTable]:
    return [table for table in record.tables if exact or table.name != CHARTS]


def _inputs_changed(then: Manifest, now: Manifest) -> tuple[InputChanged, ...]:
    found = []
    for name in sorted({*then.inputs, *now.inputs}):
        old, new = then.inputs.get(name), now.inputs.get(name)
        if old == new or (then.key != now.key and (old or new or "").startswith("hmac")):
            continue
        words = "it has changed since" if old and new else "it is new" if new else "it is gone"
        found.append(InputChanged(name, words))
    return tuple(found)


def _makers(manifest: Manifest, difference: Difference) -> Sequence[str]:
    """What made a cell: of a page's table its notebook alone, of a statistic what found it."""
    record = manifest.tables.get(difference.table)
    if record is None:
        return ()
    named = [each for each in difference.row if each in record.made_by]
    if named:
        return named
    sorts = {each.partition("/")[2] for each in difference.row}
    finders = [each for each in record.made_by if each.partition("/")[2] in sorts - {""}]
    return finders or record.made_by


def described(behind: str) -> str:
    """A module or notebook with the first line of what it says of itself."""
    path = Path(scrutinybook.__file__).parent / behind
    try:
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    except (OSError, SyntaxError):
        said = None
    return f"{behind} ({said.splitlines()[0].rstrip('.')})" if said else behind
