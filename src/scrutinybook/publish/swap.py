"""Put a fresh folder in the place of a published one, so that a reader sees one or the other."""

from __future__ import annotations

import shutil
from pathlib import Path

from scrutinybook.publish.exchange import exchange

_RETIRED = ".retired"


def swap_in(fresh: Path, target: Path) -> None:
    """Publish the folder `fresh` as `target` and delete what was published before.

    Both must lie on one disk. Where the system can exchange two names in one step, `target` is
    complete at every moment. Elsewhere (Windows, some network disks) it takes two renames, between
    which `target` is missing for an instant; a run killed there is made good by `recover`.

    Call it, as `recover`, while holding the run's lock. Raises `OSError` where the system refuses,
    for instance on Windows while somebody has a published file open; `target` then stands as it
    was.
    """
    recover(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        fresh.rename(target)
    elif exchange(fresh, target):
        shutil.rmtree(fresh)
    else:
        _swap_in_two_steps(fresh, target)


def recover(target: Path) -> None:
    """Undo or complete a swap in two steps that was interrupted. Nothing to do is no fault.

    The retired folder's name is the record of the swap: while it is there and `target` is not, the
    swap is undone; once both are there it was complete but for the deletion. The fresh folder of a
    swap undone is left to `sweep`: a rerun makes it again.
    """
    retired = _retired(target)
    if not retired.exists():
        return
    if target.exists():
        shutil.rmtree(retired)
    else:
        retired.rename(target)


def _swap_in_two_steps(fresh: Path, target: Path) -> None:
    retired = _retired(target)
    target.rename(retired)
    try:
        fresh.rename(target)
    except OSError:
        retired.rename(target)
        raise
    shutil.rmtree(retired)


def _retired(target: Path) -> Path:
    return target.with_name(f".{target.name}{_RETIRED}")
