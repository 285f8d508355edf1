"""Where a council's history of extracts and its key lie: outside every checkout, apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from scrutinybook.errors import Fault
from scrutinybook.history.git_tracking import git_would_track, work_tree_of

HISTORY_VARIABLE = "SCRUTINY_HISTORY"
KEY_VARIABLE = "SCRUTINY_KEY_FILE"
_INSIDE = (
    "annex-a/2024-01-31_1_00000000/manifest.json",
    "annex-a/2024-01-31_1_00000000/referrals.parquet",
    "tombstones.jsonl",
)
"""Files as a history holds them, to ask git about before there are any."""


@dataclass(frozen=True)
class Place:
    """One authority's history and key."""

    authority: str
    """Its slug: ``plymouth``."""
    folder: Path
    """The history of this authority alone."""
    key_file: Path
    """The key of the pseudonyms."""


def place_of(authority: str, folder: Path | None = None, key_file: Path | None = None) -> Place:
    """The place of an authority's history by its slug: as named, or the system's own place.

    The data go where a person's programs keep data, the key where they keep settings.
    """
    # The folder of an author above the program's own is Windows' alone and says nothing here.
    data = platformdirs.user_data_path("scrutinybook", appauthor=False)
    settings = platformdirs.user_config_path("scrutinybook", appauthor=False)
    return Place(authority, folder or data / authority, key_file or settings / f"{authority}.key")


def place_faults(place: Place) -> list[Fault]:
    """Say so where git would track history or key, where one holds the other, or cannot be."""
    faults = []
    if place.folder.exists() and not place.folder.is_dir():
        faults.append(Fault(str(place.folder), "a file, not a folder", "a folder for the history"))
    if git_would_track(place.folder, _INSIDE):
        tree = work_tree_of(place.folder)
        mend = f"name another with --history or {HISTORY_VARIABLE}, or have git ignore it"
        found = f"git would track the history: {tree} is a git work tree"
        faults.append(Fault(str(place.folder), found, "a folder outside git", mend))
    key, where = place.key_file.resolve(), str(place.key_file)
    apart = f"name another with --key or {KEY_VARIABLE}"
    if key.is_relative_to(place.folder.resolve()):
        found = "the key would lie inside the history: whoever has the one would have the other"
        faults.append(Fault(where, found, "a file apart from the history", apart))
    elif git_would_track(place.key_file):
        found = f"git would track the key: {work_tree_of(place.key_file)} is a git work tree"
        faults.append(Fault(where, found, "a file outside git", apart))
    if key.is_dir():
        faults.append(Fault(where, "a folder, not a file", "a file for the key", apart))
    return faults
