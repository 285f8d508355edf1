"""A book is made, signed and published where a system has only what Windows has."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest
from projects import run_scrutiny
from small_books import small_project

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="it is from Linux that things are taken away"
)
LESS = Path(__file__).parent / "without_posix"
EDITION = "plymouth-2023-03"


def test_a_book_comes_out_where_nothing_but_windows_own_is_there(tmp_path: Path) -> None:
    # Too long for sockets: worker and kernel talk through ports, as they do there.
    project = small_project(tmp_path / ("long" * 30) / "project")
    path = project / "notebooks" / "50-workforce.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source += "\n\nimport os\n\nassert not hasattr(os, 'fork')"
    nbformat.write(notebook, path)
    scrutiny = partial(run_scrutiny, project, PYTHONPATH=str(LESS))

    refused = scrutiny("book", EDITION, "--kernels", "forked")
    assert refused.returncode == 2
    assert "this system cannot fork" in refused.stderr

    for words in (
        ("book", EDITION, "--kernels", "plain"),
        ("sign", EDITION, "--role", "head of performance"),
        ("publish", EDITION, "--to", "books"),
    ):
        done = scrutiny(*words)
        assert (done.returncode, done.stderr) == (0, ""), f"{words}: {done.stderr}\n{done.stdout}"
    first = (project / "books" / EDITION / "index.html").read_bytes()
    assert first == (project / "site" / EDITION / "index.html").read_bytes()

    # Once more, in the place of what stands there: by two renames, not by one exchange.
    planted = project / "site" / EDITION / "planted.html"
    planted.touch()
    again = scrutiny("build", EDITION)
    assert (again.returncode, again.stderr) == (0, "")
    assert not planted.exists()
    assert (planted.parent / "index.html").read_bytes() == first
