"""Count an edition's events, pass them through the gate and write down what comes out.

Done once before the notebooks run: they read these files, never the history.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from scrutinybook.catalogue import Catalogue
from scrutinybook.committee.decided import Decided
from scrutinybook.committee.files import read_committee
from scrutinybook.council.audited import Audit, audit_figures, refuse_exposed
from scrutinybook.council.by_hand import as_withheld, not_there, places_by_hand
from scrutinybook.council.compute import Told, council_figures
from scrutinybook.council.earlier import before
from scrutinybook.council.figures import CouncilFigures, read_figures, write_figures
from scrutinybook.council.officially import official_cells
from scrutinybook.council.published import Published, earlier_tables, read_published
from scrutinybook.council.recording import recording
from scrutinybook.council.source import history_of, reach_faults
from scrutinybook.council.teams import Teams, read_teams
from scrutinybook.disclosure import Origin
from scrutinybook.edition import Edition
from scrutinybook.errors import Busy, FaultsFound
from scrutinybook.history.read import known_at
from scrutinybook.history.store import History
from scrutinybook.measures.events.asked import Asked
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace

FIGURES, RECORDING = "figures.csv", "recording.json"
_MADE_FROM = "made-from"
MONTHS = 60
"""Latest months that an edition's figures reach back."""

_ORIGINS = {"council": Origin.COUNCIL, "demonstration": Origin.DEMONSTRATION}


def prepared_folder(workspace: Workspace, edition: Edition) -> Path:
    """Where an edition's gated figures lie."""
    return workspace.prepared / edition.id


def prepare(workspace: Workspace, edition: Edition, catalogue: Catalogue) -> Path:
    """Make an edition's gated figures and return their folder.

    The same extracts, parameters and program give the same bytes; where all of them are as before,
    and the files are as they were written, nothing is counted anew. Raises `FaultsFound` where the
    extracts do not reach the edition's month or cannot be read, `Busy` where they change meanwhile.
    """
    history = history_of(workspace, edition)
    if faults := reach_faults(history, edition):
        raise FaultsFound(faults)
    teams = read_teams(workspace, edition)
    folders = earlier_tables(workspace, edition)
    decided = _decided(workspace, edition, catalogue)
    folder, made_from = prepared_folder(workspace, edition), _made_from(edition, catalogue, teams)
    made_from += "".join(each.model_dump_json() for each in decided.by_hand(edition))
    made_from += "".join(f"{p.manifest.folder} {p.manifest.as_json()!r}" for p in history.current)
    # Named after what lies in them.
    made_from += "".join(f" {path.parent.name}/{path.name}" for path in folders)
    made_from += _official_state(workspace, edition)
    stamp = hashlib.sha256(made_from.encode()).hexdigest()
    if _is_as_made(folder, stamp):
        return folder
    fresh = folder.with_name(f"{folder.name}-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        measures = catalogue.extract_measures
        by_hand = as_withheld(decided, edition, measures)
        told = Told(
            before([*_published(workspace, edition), *by_hand]),
            official_cells(workspace, edition, catalogue),
            places_by_hand(decided, edition, measures),
        )
        figures = _count(history, edition, catalogue, teams, told, fresh)
    except FaultsFound:
        if history_of(workspace, edition).partitions != history.partitions:
            raise Busy("Extracts came or went while they were read; do it again.") from None
        raise
    if faults := not_there(decided, edition, figures, measures):
        raise FaultsFound(faults)
    # By another way than the gate's: a book is not made from figures that give one away.
    refuse_exposed(audit_prepared(workspace, edition, catalogue, fresh))
    (fresh / _MADE_FROM).write_text(_seal(fresh, stamp), encoding="utf-8", newline="\n")
    # Without its seal a folder that a kill leaves half removed is made anew.
    (folder / _MADE_FROM).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return folder


def audit_prepared(
    workspace: Workspace, edition: Edition, catalogue: Catalogue, folder: Path | None = None
) -> Audit:
    """Attack an edition's figures as they were written; `folder`: where they lie meanwhile."""
    place = folder or prepared_folder(workspace, edition)
    decided = _decided(workspace, edition, catalogue)
    return audit_figures(
        edition.id,
        read_figures(place / FIGURES, edition.area, _ORIGINS[edition.kind]),
        catalogue,
        threshold=edition.small_counts,
        earlier=_published(workspace, edition),
        official=official_cells(workspace, edition, catalogue),
        by_hand=places_by_hand(decided, edition, catalogue.extract_measures),
        looked_at=decided.looked_at(catalogue),
    )


def _decided(workspace: Workspace, edition: Edition, catalogue: Catalogue) -> Decided:
    """What people decided of single figures."""
    return read_committee(workspace, edition, catalogue).decided or Decided()


def _published(workspace: Workspace, edition: Edition) -> list[Published]:
    """What the authority's earlier editions published, by their records."""
    folders = earlier_tables(workspace, edition)
    return [each for folder in folders for each in read_published(folder)]


def _count(
    history: History,
    edition: Edition,
    catalogue: Catalogue,
    teams: Teams,
    told: Told,
    into: Path,
) -> CouncilFigures:
    """Count what was known at the end of the edition's month, and write down what passes."""
    last = edition.month
    known = known_at(history, last.last_day)
    held = [Month(day.year, day.month) for day in known.covers_from.values()]
    asked = Asked(
        area=edition.area,
        first=max(min(held, default=last), last - (MONTHS - 1)),
        last=last,
        children=teams.children,
        services=teams.services,
        localities=teams.localities,
    )
    figures = council_figures(
        known,
        asked,
        catalogue.extract_measures,
        origin=_ORIGINS[edition.kind],
        threshold=edition.small_counts,
        told=told,
    )
    kept = recording(
        history, last.last_day, edition.small_counts, figures, catalogue.extract_measures
    )
    write_figures(figures, into / FIGURES)
    text = kept.model_dump_json(indent=1) + "\n"
    (into / RECORDING).write_text(text, encoding="utf-8", newline="\n")
    return figures


def _official_state(workspace: Workspace, edition: Edition) -> str:
    """Of the official figures of the authority, which a reader has as well."""
    if edition.kind != "council":
        return ""
    files = sorted((workspace.official / edition.slug).glob("*"))
    return "".join(f" {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)


def _is_as_made(folder: Path, stamp: str) -> bool:
    """Whether the files are there, were made from the same, and nobody wrote in them since."""
    try:
        return (folder / _MADE_FROM).read_text("utf-8") == _seal(folder, stamp)
    except (OSError, UnicodeDecodeError):
        return False


def _seal(folder: Path, stamp: str) -> str:
    """What the figures were made from, and the hash of each file of them."""
    hashes = [hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in (FIGURES, RECORDING)]
    return "\n".join([stamp, *hashes, ""])


def _made_from(edition: Edition, catalogue: Catalogue, teams: Teams) -> str:
    """What the figures hang on besides the extracts: parameters, catalogue, the program itself."""
    package = Path(__file__).resolve().parents[1]
    rooms = ("council", "disclosure", "history", "measures", "sources/extracts", "statistics")
    program = hashlib.sha256()
    for path in [*sorted(package.glob("*.py")), *(p for r in rooms for p in _modules(package / r))]:
        program.update(path.read_bytes())
    measures = {k: m.model_dump(mode="json") for k, m in catalogue.extract_measures.items()}
    known = [edition.as_parameters(), measures, teams.model_dump(mode="json")]
    return f"{program.hexdigest()} {json.dumps(known, sort_keys=True)}"


def _modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))
