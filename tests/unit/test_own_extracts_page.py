"""The page on a council's own extracts: its routine, run as it stands there."""

from __future__ import annotations

import doctest
import re
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest
from annex_a_workbooks import good_lists, save
from drawn_extracts import REFERRAL, child, children_census, write_return
from projects import ROOT, Scrutiny

from scrutinybook.history.store import open_history

PAGE = (ROOT / "docs" / "own-extracts.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HEADINGS = "measure,period,numerator"


@pytest.fixture
def march(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the page names, in a copy of the project; history and key of this test."""
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    monkeypatch.setenv("SCRUTINY_KEY_FILE", str(tmp_path / "key"))
    folder = project / "march"
    folder.mkdir()
    lists = good_lists()  # of a year before
    for each in lists.values():
        for row in each.rows:
            row[:] = [
                cell + timedelta(days=366) if isinstance(cell, date) else cell for cell in row
            ]
    save(folder / "annex-a.xlsx", lists)
    write_return(folder / "903")
    census = children_census(child(REFERRAL, number="A1"))
    (folder / "children-in-need.xml").write_text(census, encoding="utf-8")
    figures = f"{HEADINGS}\nhub_referrals,2024-03,255\n"
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    figures += "moves_between_services,2024-03,12\n"
    (folder / "figures-2.csv").write_text(figures, encoding="utf-8")
    (project / "number.txt").write_text("A1\n", encoding="utf-8")
    return folder


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
