"""What the tests of faults share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from faulty import make_task_in

from scrutinybook.execute import NotebookTask


@pytest.fixture
def make_task(tmp_path: Path) -> Callable[..., NotebookTask]:
    """Make a notebook task in this test's own folder."""
    return partial(make_task_in, tmp_path)
