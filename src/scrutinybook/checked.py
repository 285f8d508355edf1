"""An edition whose parameters and files are in order; every fault at once where they are not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scrutinybook.at_hand import authorities, authority_faults, months_of
from scrutinybook.catalogue import MONTHLY_MEASURE, Catalogue, read_catalogue
from scrutinybook.chapters.registry import CHAPTERS
from scrutinybook.committee.files import committee_files, read_committee
from scrutinybook.council_edition import editions_before, is_own, own_faults, own_files
from scrutinybook.edition import Edition, edition_file, read_edition, split_id
from scrutinybook.errors import Fault, Faults, FaultsFound, nearest
from scrutinybook.method_changes import read_method_changes
from scrutinybook.sources.figure_files import missing_files
from scrutinybook.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """An edition whose parameters and files are in order."""

    edition: Edition
    catalogue: Catalogue
    previous: Edition | None
    """The edition before, where the parameters name one."""

    def as_parameters(self) -> dict[str, Any]:
        """What papermill passes to every notebook."""
        previous = self.previous.as_parameters() if self.previous else None
        return {"edition": self.edition.as_parameters(), "previous": previous}


def check(workspace: Workspace, edition_id: str) -> Checked:
    """Look at parameters and at what files are there; nothing is run.

    Of the figures it looks at no more than names and months. Raises `FaultsFound` with every fault
    at once.
    """
    faults = Faults()
    catalogue = faults.gather(read_catalogue, workspace)
    edition = faults.gather(read_edition, workspace, edition_id, catalogue)
    previous = None
    if edition is not None and edition.previous is not None:
        previous = faults.gather(_read_previous, workspace, edition, catalogue)
    if edition is not None and edition.last_met is not None:
        faults.add(_last_met_faults(workspace, edition))
    faults.add(missing_parts(workspace))
    faults.gather(read_method_changes, workspace)
    if edition is not None and catalogue is not None:
        faults.gather(read_committee, workspace, edition, catalogue)
    if edition is not None:
        faults.add(_figures_faults(workspace, edition, catalogue))
    if faults.found or edition is None or catalogue is None:
        raise FaultsFound(faults.found)
    return Checked(edition, catalogue, previous)


def notebook_files(workspace: Workspace) -> tuple[Path, ...]:
    """The chapters' notebooks in order."""
    return tuple(sorted(workspace.notebooks.glob("[0-9][0-9]-*.ipynb")))


def input_hashes(workspace: Workspace, edition: Edition) -> dict[str, str]:
    """SHA-256 of each file that an edition's numbers come from, by its path in the project."""
    own = is_own(edition)
    figures = own_files(workspace, edition) if own else _official_files(workspace, edition)
    told = committee_files(workspace, edition)
    files = [workspace.params / "measures.yml", *told, *figures]
    return {
        path.relative_to(workspace.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


def _official_files(workspace: Workspace, edition: Edition) -> list[Path]:
    return sorted((workspace.official / edition.slug).iterdir())


def missing_parts(workspace: Workspace) -> list[Fault]:
    """Parts of the project that every edition needs and that are not there."""
    needed = [
        workspace.book / "_config.yml",
        workspace.official / "releases.yml",
        *(workspace.notebooks / f"{entry.notebook}.ipynb" for entry in CHAPTERS),
    ]
    mend = "restore it from git"
    faults = [
        Fault(path.relative_to(workspace.root).as_posix(), "there is no such file", mend=mend)
        for path in needed
        if not path.is_file()
    ]
    listed = [entry.notebook for entry in CHAPTERS]
    return faults + [
        Fault(
            where=f"notebooks/{path.name}",
            found="no chapter of the book",
            allowed=", ".join(listed),
            mend=nearest(path.stem, listed) or "list it in chapters/registry.py, or move it away",
        )
        for path in notebook_files(workspace)
        if path.stem not in listed
    ]


def _figures_faults(
    workspace: Workspace, edition: Edition, catalogue: Catalogue | None
) -> list[Fault]:
    if is_own(edition):
        return own_faults(workspace, edition)
    label, folder = edition_file(edition.id), workspace.official / edition.slug
    named = authority_faults(edition.authority, authorities(workspace), f"{label}: authority")
    # Without the right name it cannot be said which figures are missing.
    absent = [] if named else _absent(workspace, edition)
    months = None
    if catalogue is not None and not named and not absent:
        months = months_of(folder, catalogue.measure(MONTHLY_MEASURE).numerator)
    if months is None or months[0] <= edition.month <= months[1]:
        return [*named, *absent]
    side = "after" if edition.month > months[1] else "before"
    fault = Fault(
        where=f"{label}: month",
        found=f"{edition.month} is {side} the figures",
        allowed=f"from {months[0]} to {months[1]}, the months of official referrals on file",
        mend="choose one of these months, or read a newer release with `scrutiny official`",
    )
    return [fault]


def _absent(workspace: Workspace, edition: Edition) -> list[Fault]:
    folder = workspace.official / edition.slug
    shown = folder.relative_to(workspace.root)
    if folder.exists():
        return missing_files(folder, shown)
    fault = Fault(
        where=f"{shown.as_posix()}/",
        found=f"there are no figures on {edition.authority}",
        mend="download the Department's files (data/README.md says which), then: scrutiny official"
        f' FOLDER --authority "{edition.authority}"',
    )
    return [fault]


def _last_met_faults(workspace: Workspace, edition: Edition) -> list[Fault]:
    where = f"{edition_file(edition.id)}: last_met"
    if edition.previous is None:
        mend = "name the edition before under previous, or remove last_met"
        return [Fault(where, f"{edition.last_met}, and no edition is named as previous", mend=mend)]
    try:
        before = [each.id for each in editions_before(workspace, edition)]
    except FaultsFound:
        return []  # previous says what is wrong
    if edition.last_met in before or not before:
        return []
    found = f"{edition.last_met} is none of the editions before this one"
    allowed = f"one of {', '.join(before)}: the edition before, and those that it leads back to"
    return [Fault(where, found, allowed, nearest(str(edition.last_met), before))]


def _read_previous(
    workspace: Workspace, edition: Edition, catalogue: Catalogue | None
) -> Edition | None:
    assert edition.previous is not None  # the caller has looked
    where = f"{edition_file(edition.id)}: previous"
    earlier = split_id(edition.previous)
    if earlier is None or earlier[0] != edition.slug or earlier[1] >= str(edition.month):
        found = f"{edition.previous} is not an earlier edition of {edition.authority}"
        allowed = "an edition of the same authority with an earlier month"
        raise FaultsFound([Fault(where, found, allowed)])
    try:
        previous = read_edition(workspace, edition.previous, catalogue)
        editions_before(workspace, previous)  # the ledger of signals reaches back to the first
        return previous
    except FaultsFound as error:
        raise FaultsFound([replace(f, where=f"{where}: {f.where}") for f in error.faults]) from None
