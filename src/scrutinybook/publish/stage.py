"""Make a complete new site beside the published one, ready to be swapped in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from scrutinybook.execute.processes import end_marked
from scrutinybook.execute.warmth import RUN_PREFIX

_STAGE_PREFIX = "stage-"


def stage_site(site: Path, scratch: Path, replace: Mapping[str, Path]) -> Path:
    """Make a fresh folder: all of `site`, but with the folders of `replace` in place of its own.

    `replace` maps a folder's name in the site, an edition's id, to the folder with its new content,
    which is copied: whatever its owner does to it later cannot reach the published site. Folders
    that stay are hard links to the published files, so that a hundred editions take no more room
    than one; write nothing inside them, it would change the published site at once. Files at the
    top of the site are copies: write an index there as you like.

    Returns the fresh folder, in `scratch`; hand it to `swap_in`. Raises `ValueError` for a name in
    `replace` that is not a plain folder name.
    """
    odd = [name for name in replace if Path(name).name != name or name in {"", ".", ".."}]
    if odd:
        raise ValueError(f"not the name of a folder in a site: {', '.join(map(repr, odd))}")
    fresh = scratch / f"{_STAGE_PREFIX}{site.name}"
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(parents=True)
    for entry in sorted(site.iterdir()) if site.exists() else ():
        if entry.name in replace:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, fresh / entry.name, symlinks=True, copy_function=_link)
        else:
            shutil.copy2(entry, fresh / entry.name, follow_symlinks=False)
    for name, content in replace.items():
        shutil.copytree(content, fresh / name, symlinks=True)
    return fresh


def sweep(scratch: Path) -> None:
    """Remove from `scratch` what dead runs left behind, and end what may still live of them.

    Call it while holding the run's lock: whatever lies there then belongs to a run that is over.
    """
    end_marked(scratch.resolve())
    for prefix in (RUN_PREFIX, _STAGE_PREFIX):
        for left in scratch.glob(f"{prefix}*"):
            shutil.rmtree(left)


def _link(source: str, target: str) -> None:
    """Link where the disk can, copy where it cannot (other disks, FAT, too many links)."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)
