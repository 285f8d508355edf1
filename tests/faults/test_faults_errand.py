"""A function called in a process forked from a warm parent answers, or fails, as if called here."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import Warmth, warmth

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

HERE = os.getpid()
FAULT = Fault("measures.yml", "no such measure", "referrals", "did you mean 'referrals'?")


def where(*words: Any) -> Any:
    """Answer with the words, the folder, and whether this is the test's own process."""
    return [list(words), Path.cwd().name, os.getppid() == _parent_of_tests()]


def _parent_of_tests() -> int:
    return int(os.environ.get("TESTS_PARENT", "0"))


def refuse() -> None:
    raise FaultsFound([FAULT, FAULT])


def break_elsewhere(here: int) -> str:
    """Break down in a forked process, and answer in the test's own."""
    if os.getpid() != here:
        os._exit(3)
    return "here"


def linger_elsewhere(here: int) -> str:
    if os.getpid() != here:
        time.sleep(600)
    return "here"


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warmth]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        patch.setenv("TESTS_PARENT", str(os.getppid()))
        with warmth(tmp_path_factory.mktemp("errand"), Kernels.FORKED) as made:
            made.starter([__name__])
            yield made


def call(warm: Warmth, name: str, *arguments: Any, seconds: float = 60) -> Any:
    settings = {"folder": Path(__file__).parent, "limit_seconds": seconds}
    return warm.call(f"{__name__}:{name}", arguments, **settings)


def test_an_errand_is_run_elsewhere_in_the_folder_asked_for(warm: Warmth) -> None:
    assert call(warm, "where", 1, "£", {"a": None}) == [[1, "£", {"a": None}], "faults", False]


def test_without_a_parent_it_is_run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESTS_PARENT", str(os.getppid()))
    assert call(Warmth(tmp_path, Kernels.PLAIN), "where", 1)[2] is True


def test_faults_come_back_as_faults(warm: Warmth) -> None:
    with pytest.raises(FaultsFound) as caught:
        call(warm, "refuse")
    assert caught.value.faults == (FAULT, FAULT)


@pytest.mark.parametrize(("name", "seconds"), [("break_elsewhere", 60), ("linger_elsewhere", 0.5)])
def test_what_gives_no_answer_elsewhere_is_run_here(
    warm: Warmth, name: str, seconds: float
) -> None:
    assert call(warm, name, HERE, seconds=seconds) == "here"
    assert warm.parent is not None  # which did not suffer
