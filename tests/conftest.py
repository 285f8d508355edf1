"""What the tests share: the folder of official files and expected results, and where things lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with all authorities' official files and other programs' expected results.

    It is no part of the project. Its place is named by SCRUTINY_REFERENCE, and then it must be
    there; without the variable a folder beside the checkout is used if there is one, and
    otherwise the test skips and says so.
    """
    named = os.environ.get("SCRUTINY_REFERENCE")
    folder = Path(named) if named else ROOT.parent / "shared"
    if (folder / "reference").is_dir():
        return folder
    if named:
        pytest.fail(f"SCRUTINY_REFERENCE names {named}, which holds no reference results")
    pytest.skip("reference files are not on this machine; name their folder in SCRUTINY_REFERENCE")
