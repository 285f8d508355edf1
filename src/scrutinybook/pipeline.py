"""The steps of making a book: run notebooks, build pages, put them in place. None prints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrutinybook.checked import Checked, input_hashes, notebook_files
from scrutinybook.council_edition import is_own, open_own
from scrutinybook.edition import list_editions
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.execute.tasks import Event, NotebookTask
from scrutinybook.publish import recover, run_lock, stage_site, swap_in, sweep
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.context import Context
    from scrutinybook.council_context import CouncilContext
    from scrutinybook.execute.keeper import Keeper
    from scrutinybook.execute.warmth import Warmth

CELL_SECONDS = 120
"""Longest that one cell may take."""
NOTEBOOK_SECONDS = 300
"""Longest that one notebook may take, start of its kernel included."""
BUILD_SECONDS = 600
"""Longest that the book build may take."""

OnEvent = Callable[[Event], None]


def chapter_notebooks(workspace: Workspace, context: Context | CouncilContext) -> tuple[Path, ...]:
    """The notebooks whose chapter the edition has figures for; the rest is left out, not faked."""
    from scrutinybook.chapters.registry import has_figures  # noqa: PLC0415

    return tuple(path for path in notebook_files(workspace) if has_figures(context, path.stem))


def run(
    workspace: Workspace,
    checked: Checked,
    *,
    jobs: int | None,
    on_event: OnEvent,
    warm: Warmth | None = None,
    made: datetime | None = None,
) -> None:
    """Run an edition's notebooks and put the results in place, all or none.

    A notebook is run only where something that it is made from has changed. `warm` says how kernels
    come about, and keeps their parent for what comes after.

    Raises `FaultsFound` where the figures cannot serve the edition, `NotebookFailed` where a
    notebook fails. Call it while holding the lock (`working`).
    """
    # Imported here, as are the others below: `scrutiny --help` and `check` must stay quick.
    from scrutinybook.execute.run import run_notebooks  # noqa: PLC0415
    from scrutinybook.execute.warmth import warmth  # noqa: PLC0415
    from scrutinybook.kept_downloads import add_downloads  # noqa: PLC0415
    from scrutinybook.kept_findings import KeptFindings  # noqa: PLC0415
    from scrutinybook.kept_results import keeper_of, note_chapters, same_results  # noqa: PLC0415
    from scrutinybook.made_record import write_record  # noqa: PLC0415

    if warm is None:
        with warmth(workspace.scratch) as own:
            run(workspace, checked, jobs=jobs, on_event=on_event, warm=own, made=made)
        return
    parameters = checked.as_parameters()
    keeper = keeper_of(workspace)
    notebooks = _notebooks_to_run(workspace, parameters, keeper, warm)
    fresh = workspace.scratch / f"results-{checked.edition.id}"
    shutil.rmtree(fresh, ignore_errors=True)
    tasks = [
        NotebookTask(
            name=path.stem,
            source=path,
            target=fresh / "notebooks" / path.name,
            parameters=parameters,
            working_directory=workspace.root,
            seed_from=f"{checked.edition.id} {path.stem}",
        )
        for path in notebooks
    ]
    results = run_notebooks(
        tasks,
        scratch=workspace.scratch,
        cell_timeout=CELL_SECONDS,
        wall_timeout=NOTEBOOK_SECONDS,
        on_event=on_event,
        jobs=jobs,
        keeper=keeper,
        warm=warm,
    )
    chosen = [path.stem for path in notebooks]
    if not is_own(checked.edition):
        note_chapters(keeper, parameters, notebook_files(workspace), chosen)
    current = workspace.results / checked.edition.id
    inputs = input_hashes(workspace, checked.edition)
    add_downloads(workspace, parameters, inputs, keeper, warm, current=current, fresh=fresh)
    keeper.package.remember()
    keeper.shelf.tidy()
    KeptFindings(workspace.findings).tidy()
    record = {
        **parameters,
        "inputs": inputs,
        "seconds": {result.name: round(result.seconds, 2) for result in results},
    }
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    (fresh / "run.json").write_text(text, encoding="utf-8")
    is_as_before = same_results(fresh, current)
    if is_as_before:
        shutil.rmtree(fresh)
    else:
        swap_in(fresh, current)
    write_record(
        *(workspace, parameters, inputs, tasks, results, keeper),
        made=made,
        is_as_before=is_as_before,
    )


def _notebooks_to_run(
    workspace: Workspace, parameters: Mapping[str, Any], keeper: Keeper, warm: Warmth
) -> tuple[Path, ...]:
    """The notebooks of the chapters that the edition has figures for."""
    from scrutinybook.kept_results import chapters_as_before, modules_of  # noqa: PLC0415

    found = notebook_files(workspace)
    if parameters["edition"]["kind"] != "published":
        own = open_own(workspace, parameters["edition"], parameters["previous"])
        return chapter_notebooks(workspace, own)
    names = chapters_as_before(keeper, parameters, found)
    if names is None:
        # Wrong figures stop the run here, before a notebook is begun.
        names = warm.call(
            "scrutinybook.chapter_choice:official_chapters",
            [str(workspace.root), parameters, [path.stem for path in found]],
            modules=modules_of(keeper, found),
            folder=workspace.root,
            limit_seconds=NOTEBOOK_SECONDS,
        )
    return tuple(path for path in found if path.stem in names)


def modules_after(*, builds: bool) -> tuple[str, ...]:
    """What is wanted of a warm parent once the notebooks have been handed out."""
    from scrutinybook.book.build import MODULES  # noqa: PLC0415

    return ("scrutinybook.downloads.edition", *(MODULES if builds else ()))


def build(workspace: Workspace, checked: Checked, *, warm: Warmth | None = None) -> Path:
    """Build the pages from an edition's results and put the new site in place in one step.

    Only what changed since the last build is made anew; where nothing did, the site is left as it
    is. A build is forked from the parent that `warm` keeps, if it has one.

    Returns the book's first page. Raises `FaultsFound` without results or with those of other
    parameters or figures, `BookFailed` where the build warns. Call it while holding the lock
    (`working`).
    """
    from scrutinybook.book import index_is_current, write_index  # noqa: PLC0415
    from scrutinybook.book.built import Bench  # noqa: PLC0415
    from scrutinybook.chapters.reproduce import reproduce_page  # noqa: PLC0415
    from scrutinybook.cover import book_page  # noqa: PLC0415
    from scrutinybook.kept_results import book_facts, same_files, sweep_benches  # noqa: PLC0415
    from scrutinybook.made_record import record_fault  # noqa: PLC0415
    from scrutinybook.page_names import REPRODUCE  # noqa: PLC0415
    from scrutinybook.record import read_manifest  # noqa: PLC0415

    edition = checked.edition
    results = workspace.results / edition.id
    if fault := results_fault(workspace, checked) or record_fault(workspace, edition):
        raise FaultsFound([fault])
    bench = Bench(workspace.benches / edition.id, book_facts(workspace))
    built = bench.make(
        workspace.book,
        results,
        book_page(workspace, edition),
        {REPRODUCE: reproduce_page(read_manifest(workspace, edition.id), checked.catalogue)},
        limit_seconds=BUILD_SECONDS,
        parent=None if warm is None else warm.parent,
    )
    sweep_benches(workspace.benches)
    published = workspace.site / edition.id
    if (
        built.is_as_before
        and same_files(built.html, published)
        and index_is_current(workspace.site)
    ):
        return published / "index.html"
    stage = stage_site(workspace.site, workspace.scratch, {edition.id: built.html})
    write_index(stage)
    swap_in(stage, workspace.site)
    return published / "index.html"


@contextmanager
def working(workspace: Workspace, doing: str, clock: Callable[[], datetime]) -> Iterator[None]:
    """Hold the checkout's lock, with what a killed run left behind put right first.

    Raises `Busy` where another run holds the lock.
    """
    with run_lock(workspace.scratch, doing, clock=clock):
        sweep(workspace.scratch)
        recover(workspace.site)
        for edition_id in list_editions(workspace):
            recover(workspace.results / edition_id)
        yield


def results_fault(workspace: Workspace, checked: Checked) -> Fault | None:
    """Say so where an edition has no results, or results of what is no longer on file."""
    edition = checked.edition
    path = workspace.results / edition.id / "run.json"
    where, mend = f"results/{edition.id}", f"scrutiny book {edition.id}"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Fault(where, "this edition's notebooks have not been run", mend=mend)
    now = {**checked.as_parameters(), "inputs": input_hashes(workspace, edition)}
    if isinstance(record, dict) and all(record.get(key) == now[key] for key in now):
        return None
    return Fault(where, "parameters or figures have changed since the notebooks ran", mend=mend)
