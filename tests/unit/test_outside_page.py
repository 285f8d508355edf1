"""The page on the commands for a user's own figures: its examples, run as they stand there."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from projects import ROOT, Scrutiny

PAGE = (ROOT / "docs" / "outside-the-book.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_every_example_prints_what_the_page_shows(scrutiny: Scrutiny, project: Path) -> None:
    commands = []
    for kind, name, text in BLOCK.findall(PAGE):
        if kind == "csv":
            (project / name).write_text(text, encoding="utf-8")
            continue
        for example in text.split("$ ")[1:]:
            command, _, shown = example.partition("\n")
            program, *words = shlex.split(command)
            if program == "head":
                lines = (project / words[-1]).read_text(encoding="utf-8").splitlines()
                printed = "\n".join(lines[: int(words[1])]) + "\n"
            else:
                code, printed, err = scrutiny(*words)
                assert code == 0, err
                commands.append(words[0])
            same = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
            assert same, f"{command}\n{printed}"
    assert commands == ["chart", "icons", "changes"]


@pytest.mark.parametrize("command", ["chart", "icons", "changes"])
def test_every_option_on_the_page_is_there(scrutiny: Scrutiny, command: str) -> None:
    section = PAGE.split(f"## {command}\n")[1].split("\n## ")[0]
    _, out, _ = scrutiny(command, "--help")
    options = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", section))
    assert options
    assert {option for option in options if option not in out} == set()
