"""Publishes one version of a site after the other until killed: FOLDER, FIRST, WITH EXCHANGE.

Each version rewrites edition `b` and the index and keeps edition `a`.
"""

import sys
from itertools import count
from pathlib import Path

import pytest

from scrutinybook.publish import recover, stage_site, swap, swap_in, sweep


def stage(folder: Path, version: int) -> Path:
    """Make one version ready, as a run does."""
    scratch = folder / "scratch"
    edition = scratch / "built"
    edition.mkdir(parents=True, exist_ok=True)
    for k in range(20):
        (edition / f"page-{k}.html").write_text(str(version), encoding="utf-8")
    fresh = stage_site(folder / "site", scratch, {"b": edition})
    (fresh / "index.html").write_text(str(version), encoding="utf-8")
    return fresh


if __name__ == "__main__":
    folder, first, has_exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
    recover(folder / "site")
    sweep(folder / "scratch")
    with pytest.MonkeyPatch.context() as patch:
        if not has_exchange:
            patch.setattr(swap, "exchange", lambda one, other: False)
        for version in count(first):
            swap_in(stage(folder, version), folder / "site")
            sys.stdout.write(f"{version}\n")
            sys.stdout.flush()
