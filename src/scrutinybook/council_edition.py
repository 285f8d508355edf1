"""What the pipeline asks of an edition made from a council's own records: is it there, make it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrutinybook.at_hand import authorities, authority_faults
from scrutinybook.edition import DEMONSTRATION, Edition, edition_file, read_edition
from scrutinybook.errors import Fault, Faults
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.council.audited import Audit
    from scrutinybook.council_context import CouncilContext


def is_own(edition: Edition) -> bool:
    """Whether the figures are a council's own, or the demonstration's, and not official ones."""
    return edition.kind != "published"


def own_faults(workspace: Workspace, edition: Edition) -> list[Fault]:
    """What is wrong with whose edition it is, or with which extracts the history holds.

    Their rows are looked at when it is run. The demonstration's extracts are made then, too.
    """
    faults = own_authority_faults(workspace, edition)
    if faults or edition.kind == "demonstration":
        return faults
    from scrutinybook.council.source import history_of, reach_faults  # noqa: PLC0415
    from scrutinybook.council.teams import read_teams  # noqa: PLC0415

    gathered = Faults()
    gathered.gather(read_teams, workspace, edition)
    history = gathered.gather(history_of, workspace, edition)
    if history is not None:
        gathered.add(reach_faults(history, edition))
    return gathered.found


def own_authority_faults(workspace: Workspace, edition: Edition) -> list[Fault]:
    """What is wrong with whose edition it is."""
    where = f"{edition_file(edition.id)}: authority"
    if edition.kind == "demonstration":
        if edition.authority == DEMONSTRATION:
            return []
        found = f"{edition.authority!r} in a demonstration"
        allowed = f"{DEMONSTRATION}: invented figures are never shown under a real name"
        return [Fault(where, found, allowed, "name it so, or set kind: council")]
    if edition.authority == DEMONSTRATION:
        allowed = "a real authority, or kind: demonstration"
        return [Fault(where, f"{DEMONSTRATION!r} is the invented authority", allowed)]
    return authority_faults(edition.authority, authorities(workspace), where)


def own_files(workspace: Workspace, edition: Edition) -> list[Path]:
    """The files that an edition's pages come from, after the gate."""
    earlier = [each.id for each in editions_before(workspace, edition)]
    ids = dict.fromkeys([edition.id, edition.previous, *earlier])
    folders = [workspace.prepared / each for each in ids if each]
    teams = workspace.params / edition.slug / "council.yml"
    figures = [path for folder in folders for path in sorted(folder.glob("*.*"))]
    return [*figures, *([teams] if teams.is_file() else [])]


def editions_before(workspace: Workspace, edition: Edition) -> list[Edition]:
    """The edition before, the one before that and so on, as long as they are of the same kind.

    Raises `FaultsFound` where one that is named cannot be read.
    """
    found: list[Edition] = []
    while edition.previous is not None:
        earlier = read_edition(workspace, edition.previous)
        if earlier.kind != edition.kind or earlier.month >= edition.month:
            break
        found.append(earlier)
        edition = earlier
    return found


def open_own(
    workspace: Workspace, parameters: Mapping[str, Any], previous: Mapping[str, Any] | None
) -> CouncilContext:
    """Count the edition's events anew where anything behind them changed, and open what came out.

    Raises `FaultsFound` where the extracts cannot serve the edition.
    """
    from scrutinybook.catalogue import read_catalogue  # noqa: PLC0415
    from scrutinybook.council.prepare import prepare  # noqa: PLC0415
    from scrutinybook.council_context import open_council_context  # noqa: PLC0415

    edition = Edition.from_parameters(parameters)
    catalogue = read_catalogue(workspace)
    # What the edition before found is judged anew, from the records as they stood then.
    earlier = None if previous is None else Edition.from_parameters(previous)
    older = [] if earlier is None else editions_before(workspace, earlier)
    for each in (edition, earlier, *older):
        if each is not None and each.kind == edition.kind:
            prepare(workspace, each, catalogue)
    return open_council_context(workspace, parameters, previous)


def audit_own(workspace: Workspace, edition: Edition) -> Audit | None:
    """Attack an edition's gated figures, made where they are not there; None for official ones.

    Raises `FaultsFound` where the extracts cannot serve the edition.
    """
    if not is_own(edition):
        return None
    from scrutinybook.catalogue import read_catalogue  # noqa: PLC0415
    from scrutinybook.council.prepare import audit_prepared, prepare  # noqa: PLC0415

    catalogue = read_catalogue(workspace)
    prepare(workspace, edition, catalogue)
    return audit_prepared(workspace, edition, catalogue)
