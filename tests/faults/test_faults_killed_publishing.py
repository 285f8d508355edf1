"""Signing, publishing, correcting and withdrawing, killed at any moment of the whole sequence.

First the sequence is gone through once without a kill: what stands in the readers' folder and in
the records after each step is all that may ever stand there, byte for byte.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from kills import Tally, fork_killed, whole_tree
from sign_and_publish import do, go_on, steps
from signed_project import REAL, make

from scrutinybook.workspace import Workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

TO = Path("www") / "books"


@dataclass(frozen=True)
class Sequence:
    """The whole of it, done without a kill."""

    begun: Path
    """A folder to begin from, with project and readers' folder in it."""
    published: list[Mapping[str, str]]
    """The readers' folder before the first step and after each."""
    recorded: list[Mapping[str, str]]
    """The records likewise."""
    seconds: float


@pytest.fixture(scope="module")
def sequence(tmp_path_factory: pytest.TempPathFactory) -> Sequence:
    folder = tmp_path_factory.mktemp("sequence")
    begun = folder / "begun"
    make(begun / "project")
    done = Path(shutil.copytree(begun, folder / "done"))
    published, recorded = [whole_tree(done / TO)], [whole_tree(done / "project/record")]
    for _, step in steps(Workspace(done / "project"), done / TO):
        do(step)
        published.append(whole_tree(done / TO))
        recorded.append(whole_tree(done / "project/record"))
    timed = Path(shutil.copytree(begun, folder / "timed"))
    began = time.monotonic()
    go_on(Workspace(timed / "project"), timed / TO, 0)
    return Sequence(begun, published, recorded, time.monotonic() - began)


def test_a_kill_at_any_moment_leaves_what_a_whole_step_leaves(
    sequence: Sequence, tmp_path: Path
) -> None:
    assert len({str(each) for each in sequence.published}) == 5  # nothing, and four times a book
    tally = Tally("sign, publish, correct, withdraw", 20230403)
    for moment in tally.moments(4):
        here = Path(shutil.copytree(sequence.begun, tmp_path / "here"))
        workspace, to = Workspace(here / "project"), here / TO
        done = len(fork_killed(partial(go_on, workspace, to, 0), moment * sequence.seconds))

        left = whole_tree(to)
        assert left in sequence.published[done : done + 2], (
            "readers find neither the old nor the new"
        )
        kept = whole_tree(workspace.record)
        for name, content in kept.items():
            if not name.endswith(".part"):
                known = {each.get(name) for each in sequence.recorded[done : done + 2]}
                assert content in known, f"record/{name} is neither the old nor the new"
        # On from there, and the end is that of a sequence without a kill.
        go_on(workspace, to, done)
        assert whole_tree(to) == sequence.published[-1]
        assert whole_tree(workspace.record) == sequence.recorded[-1]
        assert {each.name for each in to.parent.iterdir()} <= {"books", ".books.publishing"}
        shutil.rmtree(here)
        at = [name for name, _ in steps(workspace, to)][done] if done < 10 else "the end"
        tally.outcomes[f"in {at}"] += 1


def test_the_edition_is_the_one_that_is_signed(sequence: Sequence) -> None:
    """The sequence ends as it should: three notices on record, the last figures before readers."""
    assert f"{REAL}/index.html" in sequence.published[-1]
    assert f"{REAL}/notices.yml" in sequence.recorded[-1]
