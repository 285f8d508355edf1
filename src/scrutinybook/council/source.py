"""Where an edition's events come from: the history of the council, or of the demonstration."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime, time
from pathlib import Path

from scrutinybook.edition import Edition
from scrutinybook.errors import Fault
from scrutinybook.history.admit import MONTHLY
from scrutinybook.history.place import HISTORY_VARIABLE, place_of
from scrutinybook.history.store import History, open_history
from scrutinybook.workspace import Workspace

_STAMP = "made-from.txt"


def history_of(workspace: Workspace, edition: Edition) -> History:
    """The extracts behind an edition.

    Those of the demonstration are made where they are not there yet, or are of another version of
    the program. Raises `FaultsFound` where the council's hold none up to the edition's month, or
    are damaged.
    """
    if edition.kind == "demonstration":
        return demonstration_history(workspace.scratch / "demonstration")
    named = os.environ.get(HISTORY_VARIABLE)
    place = place_of(edition.slug, Path(named) if named else None)
    return open_history(place.folder, edition.slug)


def reach_faults(history: History, edition: Edition) -> list[Fault]:
    """Say so where the newest monthly extract up to the edition's month is not of that month.

    Of the formats that are taken each month, where the history holds any; else of all formats: a
    table of local figures for March is no March of referrals.
    """
    until = edition.month.last_day
    held = [p.manifest for p in history.current if p.manifest.as_of <= until]
    monthly = [each for each in held if each.format in MONTHLY]
    days = sorted({each.as_of for each in monthly or held})
    if days and days[-1] == until:
        return []
    what = "monthly extract" if monthly else "extract"
    newest = f"the newest {what} up to {until} is of {days[-1]}" if days else "there is no extract"
    allowed = f"an extract of {until}, the month's last day, in {history.folder}"
    mend = f"scrutiny ingest FILE --authority {edition.slug} --as-of {until}"
    if edition.kind == "demonstration":
        ends = sorted(p.manifest.as_of for p in history.current if p.manifest.format in MONTHLY)
        allowed = f"a month from {ends[0]:%Y-%m} to {ends[-1]:%Y-%m}, which the demonstration has"
        mend = "choose one of these"
    found = f"{newest}, so that {edition.month.words} is not known in whole"
    return [Fault(f"edition {edition.id}: month", found, allowed, mend)]


def demonstration_history(folder: Path) -> History:
    """The demonstration's extracts, made once for each version of what makes and reads them."""
    stamp = folder / _STAMP
    made_from = _source_hash()
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from):
        _make_demonstration(folder)
        stamp.write_text(made_from, encoding="utf-8")
    return open_history(folder, "demo")


def _make_demonstration(folder: Path) -> None:
    # Imported here: only a run without these extracts needs the simulator.
    from scrutinybook.demo.extracts import extracts_at  # noqa: PLC0415
    from scrutinybook.demo.frames import DEMO_KEY, Hashed  # noqa: PLC0415
    from scrutinybook.demo.truth import simulate  # noqa: PLC0415
    from scrutinybook.history.writing import Entry, put  # noqa: PLC0415
    from scrutinybook.sources.extracts.pseudonyms import Pseudonyms  # noqa: PLC0415

    fresh = folder.with_name(f"{folder.name}-fresh")
    for left in (fresh, folder):
        shutil.rmtree(left, ignore_errors=True)
    truth = simulate()
    hashed, fingerprint = Hashed(truth), Pseudonyms(DEMO_KEY).fingerprint
    for month in truth.months:
        for extract in extracts_at(hashed, month).values():
            read = datetime.combine(extract.as_of, time(), UTC)
            put(fresh, extract, Entry("demo", 1, fingerprint, read))
    fresh.rename(folder)


def _source_hash() -> str:
    """Of the modules that the extracts hang on."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in ("demo", "history", "sources/extracts"):
        for path in sorted((package / room).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
