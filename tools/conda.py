"""The locked versions for conda's users, in environment.yml; `python3 run.py lock` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tools.locked import ROOT, RUN_LOCK, Pin, pins

FILE = ROOT / "environment.yml"


def environment_yml(locked: Iterable[Pin]) -> str:
    """The same packages through conda's pip section."""
    lines = [
        "# Written by `python3 run.py lock` from requirements.lock; a test holds the two equal.",
        "# conda gives Python and pip; every package comes through pip at its locked version.",
        "#   conda env create -f environment.yml && conda activate scrutinybook",
        "#   pip install --no-deps --no-build-isolation -e .",
        "name: scrutinybook",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        "  - python>=3.11",
        "  - pip",
        "  - pip:",
    ]
    lines += [
        f'      - "{pin} ; {pin.marker}"' if pin.marker else f"      - {pin}" for pin in locked
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the file."""
    FILE.write_text(environment_yml(pins(RUN_LOCK)), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
