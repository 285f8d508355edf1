"""Write down what a run made: the record of an edition, from its results and what was needed."""

from __future__ import annotations

import platform
import re
import site
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from scrutinybook.committee.decided import FILE as DECIDED
from scrutinybook.council_edition import is_own
from scrutinybook.edition import Edition
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.execute.keeper import Keeper
from scrutinybook.execute.source import Source
from scrutinybook.execute.tasks import NotebookResult, NotebookTask
from scrutinybook.kept_downloads import CONTENTS, MAKERS
from scrutinybook.page_names import DOWNLOADS, STATISTICS
from scrutinybook.record.code_state import code_state
from scrutinybook.record.keyed import Key, key_for
from scrutinybook.record.manifest import (
    FILE,
    Manifest,
    NotebookRecord,
    NotebookState,
    Run,
    RunNotebook,
    TableRecord,
    read_manifest,
    record_folder,
)
from scrutinybook.record.tables import (
    CHARTS,
    PAGE_TABLES,
    SENTENCES,
    as_bytes,
    table_from,
)
from scrutinybook.record.writing import put_record
from scrutinybook.store.needs import ABSENT, content_state
from scrutinybook.workspace import Workspace

DOWNLOADS_MAKER = "downloads"
_FINDERS = {
    **dict.fromkeys(("judged", "unjudged", "latest-figure", "levels-searched"), "council"),
    **dict.fromkeys(("charts-judged",), "council"),
    **dict.fromkeys(("latest-month", "control-verdict", "no-limits"), "latest_month"),
    **dict.fromkeys(("level-changes", "too-short-to-search", "since-then"), "levels"),
    **dict.fromkeys(("change-on-year", "figure-on-year", "beside-others"), "yearly"),
    **dict.fromkeys(("among-authorities", "over-years", "few-years"), "yearly"),
    **dict.fromkeys(("claim-tested", "claim-untested", "claims-together"), "claims"),
    **{"many-tested": "many", "point-stands": "plan"},
}
"""Which module of the analysis finds which sort of finding, so that a changed method is told from
others; a sort that is not here hangs on all that the first page calls on."""
FINDER = "finds/"
"""How makers of findings begin: ``finds/judged``."""
_READ = re.compile(r"read (package|project):(.+)")


def write_record(
    workspace: Workspace,
    parameters: Mapping[str, Any],
    inputs: Mapping[str, str],
    tasks: Sequence[NotebookTask],
    done: Sequence[NotebookResult],
    keeper: Keeper,
    *,
    made: datetime | None,
    is_as_before: bool,
) -> Manifest:
    """Write the record of the results that lie in place.

    `inputs` are the edition's files and their SHA-256. A run that took everything from the store
    and left the results as they were (`is_as_before`), with all as the record on file has it,
    leaves that record: it tells of the run that made the results. Raises `OSError` where the system
    refuses.
    """
    edition = Edition.from_parameters(parameters["edition"])
    key = key_for(edition.kind, edition.slug)
    facts = _facts(workspace, edition, parameters, inputs, tasks, keeper, key)
    notebooks = {
        each.name: RunNotebook(
            state=NotebookState.RAN if each.seconds else NotebookState.KEPT,
            seconds=round(each.seconds, 2),
        )
        for each in done
    }
    run = Run(
        made=None if made is None else made.isoformat(timespec="seconds"),
        code=code_state(workspace),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        notebooks=notebooks,
    )
    ran = any(each.state is NotebookState.RAN for each in notebooks.values())
    if is_as_before and not ran and (old := _standing(workspace, facts, run)):
        return old
    tables = published_tables(workspace.results / edition.id, edition)
    records = {
        name: TableRecord(
            hash=key.of(content),
            rows=len(table_from(name, content, name).rows),
            made_by=_makers_of(name, facts["notebooks"]),
        )
        for name, content in tables.items()
    }
    manifest = Manifest(tables=records, run=run, **facts)
    put_record(workspace, manifest, tables)
    return manifest


def record_fault(workspace: Workspace, edition: Edition) -> Fault | None:
    """Say so where the record on file is of other results: a run was stopped before it was written.

    Raises `FaultsFound` where there is none that can be read.
    """
    manifest = read_manifest(workspace, edition.id)
    key = key_for(edition.kind, edition.slug)
    for path in sorted((workspace.results / edition.id / DOWNLOADS).glob("*.csv")):
        known = manifest.tables.get(path.name)
        if manifest.key == key.name and (known is None or known.hash != key.of(path.read_bytes())):
            found = f"it is the record of other results than those in results/{edition.id}"
            return Fault(f"record/{edition.id}", found, mend=f"scrutiny book {edition.id}")
    return None


def published_tables(results: Path, edition: Edition) -> dict[str, bytes]:
    """The tables that an edition publishes, as files by name: its downloads, and its pages'.

    `results` is the folder of the edition's results. Raises `OSError`.
    """
    # Imported here: a run that finds all as it was reads no page.
    from scrutinybook.record.page_pieces import page_tables  # noqa: PLC0415

    files = sorted((results / DOWNLOADS).glob("*.csv"))
    pages = page_tables(sorted((results / "notebooks").glob("*.ipynb")), edition.title)
    return {
        **{path.name: path.read_bytes() for path in files},
        **{table.name: as_bytes(table) for table in pages},
    }


def _facts(
    workspace: Workspace,
    edition: Edition,
    parameters: Mapping[str, Any],
    inputs: Mapping[str, str],
    tasks: Sequence[NotebookTask],
    keeper: Keeper,
    key: Key,
) -> dict[str, Any]:
    """All of a manifest but its tables and what the run itself was like."""
    states: dict[str, dict[str, str]] = {"project": dict(inputs), "package": {}}
    notebooks = {}
    for task in tasks:
        needs = _needs_of(task, keeper)
        for place, found in needs.items():
            states[place] |= found
        notebooks[task.name] = NotebookRecord(
            source=f"sha256:{content_state(task.source)}",
            inputs=tuple(sorted(needs["project"])),
            modules=tuple(sorted(needs["package"])),
            seed=task.seed_from or task.name,
        )
    states["project"] |= _records_read(workspace, states["project"])
    makers = {DOWNLOADS_MAKER: keeper.package.states(keeper.package.needed([MAKERS]))}
    for sort, module in _FINDERS.items():
        code = f"import scrutinybook.analysis.{module}"
        makers[f"{FINDER}{sort}"] = keeper.package.states(keeper.package.needed([code]))
    for found in makers.values():
        states["package"] |= found
    extracts = _extracts(workspace, edition)
    prepared = workspace.prepared.relative_to(workspace.root).as_posix()

    def named(path: str, state: str) -> str:
        # What a council counted or decided for itself is little, and could be guessed.
        small = path.startswith(f"{prepared}/") or path.endswith(f"/{DECIDED}")
        return key.of(state.encode()) if small else f"sha256:{state}"

    lock = content_state(workspace.lock)
    return {
        "edition": edition.id,
        "kind": edition.kind,
        "title": edition.title,
        "parameters": dict(parameters),
        "key": key.name,
        "inputs": {path: named(path, state) for path, state in sorted(states["project"].items())}
        | {name: key.of(state.encode()) for name, state in extracts.items()}
        | {name: key.of(content) for name, content in tables_read(workspace, edition).items()},
        "notebooks": notebooks,
        "makers": {name: tuple(sorted(found)) for name, found in makers.items()},
        "modules": {path: f"sha256:{state}" for path, state in sorted(states["package"].items())},
        "lock": None if lock == ABSENT else f"sha256:{lock}",
        "packages": installed(),
    }


def _extracts(workspace: Workspace, edition: Edition) -> dict[str, str]:
    """The extracts that a council's own figures were counted from, and the state of each."""
    if not is_own(edition):
        return {}
    # Imported here: a run of official figures reads no extract, and needs no library for them.
    from scrutinybook.council.source import history_of  # noqa: PLC0415
    from scrutinybook.extracts_behind import extract_name, extract_state  # noqa: PLC0415

    held = (p.manifest for p in history_of(workspace, edition).current)
    until = edition.month.last_day
    return {extract_name(each): extract_state(each) for each in held if each.as_of <= until}


def tables_read(workspace: Workspace, edition: Edition) -> dict[str, bytes]:
    """What editions before, and this one, published, which the gate holds against a reader.

    Folders of tables by their path in the project, each with all that it holds.
    """
    if not is_own(edition):
        return {}
    from scrutinybook.council.published import earlier_tables  # noqa: PLC0415

    return {
        path.relative_to(workspace.root).as_posix(): b"".join(
            each.name.encode() + each.read_bytes() for each in sorted(path.iterdir())
        )
        for path in earlier_tables(workspace, edition)
    }


def _records_read(workspace: Workspace, read: Mapping[str, str]) -> dict[str, str]:
    """Other editions' manifests among what was read, by the digest of what was published.

    When they were written, and on which machine, is no part of what this edition hangs on.
    """
    found = {}
    for path in read:
        parts = path.split("/")
        if parts[0] == workspace.record.name and parts[2:] == [FILE]:
            with suppress(FaultsFound):
                found[path] = read_manifest(workspace, parts[1]).digest
    return found


def _needs_of(task: NotebookTask, keeper: Keeper) -> dict[str, dict[str, str]]:
    """Files of the project and of the package that a notebook needed, with their SHA-256."""
    found: dict[str, dict[str, str]] = {"project": {}, "package": {}}
    needs = keeper.needs.get(task.name)
    if needs is None:  # what it read cannot be told; what it calls on can
        code = (cell.text for cell in Source.read(task.source).cells if cell.is_code)
        found["package"] = keeper.package.states(keeper.package.needed(code))
        return found
    for need, state in needs.items():
        match = _READ.fullmatch(need)
        if match and state != ABSENT:
            found[match[1]][match[2]] = state
    return found


def _makers_of(table: str, notebooks: Mapping[str, NotebookRecord]) -> tuple[str, ...]:
    if table in (SENTENCES, PAGE_TABLES, CHARTS):
        return tuple(notebooks)
    if table == STATISTICS and CONTENTS in notebooks:
        return (CONTENTS, *(f"{FINDER}{sort}" for sort in _FINDERS))
    return (DOWNLOADS_MAKER,)


def installed() -> dict[str, str]:
    """The packages beside this one and their versions, told by their folders' names."""
    found = {}
    for folder in site.getsitepackages():
        for path in Path(folder).glob("*.dist-info"):
            name, _, version = path.name.removesuffix(".dist-info").partition("-")
            found[name.lower().replace("_", "-")] = version
    found.pop("scrutinybook", None)
    return dict(sorted(found.items()))


def _standing(workspace: Workspace, facts: Mapping[str, Any], run: Run) -> Manifest | None:
    """The record on file, if it is whole and has the same facts, code, Python and system."""
    try:
        old = read_manifest(workspace, facts["edition"])
    except FaultsFound:
        return None
    folder = record_folder(workspace, old.edition) / old.tables_folder
    if not all((folder / name).is_file() for name in old.tables):
        return None
    same_run = run.model_copy(update={"made": old.run.made, "notebooks": old.run.notebooks})
    return old if old == Manifest(tables=old.tables, run=same_run, **facts) else None
