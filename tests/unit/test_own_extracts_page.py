"""The page on a council's own extracts: its routine, run as it stands there."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from projects import ROOT, Scrutiny

from scrutinybook.history.store import open_history

PAGE = (ROOT / "docs" / "own-extracts.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.usefixtures("march")
def test_every_example_prints_what_the_page_shows(scrutiny: Scrutiny, tmp_path: Path) -> None:
    done = []
    for text in BLOCK.findall(PAGE):
        for example in text.split("$ ")[1:]:
            command, _, shown = example.partition("\n")
            _, *words = shlex.split(command)
            if "ID" in words:
                held = open_history(tmp_path / "history").partitions
                words[words.index("ID")] = held[-1].manifest.id
            code, printed, err = scrutiny(*words)
            assert code == 0, err
            done.append(words[0])
            same = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
            assert same, f"{command}\n{printed}"
    assert done == ["ingest", "ingest", "template", "new", "check", "ingest", "history",
                    "purge", "purge", "purge"]  # fmt: skip


@pytest.mark.parametrize("command", ["ingest", "purge", "new"])
def test_every_option_on_the_page_is_there(scrutiny: Scrutiny, command: str) -> None:
    lines = [each for each in PAGE.splitlines() if f"scrutiny {command} " in each]
    options = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", " ".join(lines)))
    _, out, _ = scrutiny(command, "--help")
    assert options
    assert {option for option in options if option not in out} == set()


def test_places_that_the_page_names_are_there() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
