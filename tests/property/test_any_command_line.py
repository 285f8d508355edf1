"""Whatever words follow `scrutiny`, it ends with a documented exit code and without a traceback.

Options and arguments are those that the command itself declares, filled with ids, months, paths and
texts that are wrong in every way; some are right, so that what comes after the first check is
reached, too. Nothing is written anywhere but where the words say, whatever an edition's id holds.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from any_extract import is_seen
from drawn_extracts import RETURN
from how_many import inputs
from hypothesis import given
from hypothesis import strategies as st
from projects import copy_project

from scrutinybook import cli
from scrutinybook.errors import ExitCode

COMMANDS: Mapping[str, Any] = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
DOCUMENTED = {int(each) for each in re.findall(r"(?:codes:|·)\s+(\d+)", cli.EXIT_CODES)}
EDITIONS = [
    *("plymouth-2023-03", "plymouth-2024-03", "Plymouth-2023-03", "plymouth-2023-3", "plymouth"),
    *("plymouth-2023-13", "../../etc-2023-03", "../project/params/plymouth-2023-03", "", " "),
    *(
        "plymouth/2023-03",
        "plymouth-2023-03/..",
        "plymouth-2023-03\n",
        "con-2023-03",
        ".",
        "..",
        "/",
    ),
    *("ｐlymouth-2023-03", "plymouth-٢٠٢٣-03", "nobody-2099-01", "x" * 5_000, "a\x1b[2Jb-2023-03"),
    *(
        "\u202e-2023-03",
        "caf\udce9-2023-03",
        "*",
        "{0}",
        "%s",
        "$(touch x)",
        "-",
        "--",
        "-h",
        "--x",
    ),
]
MONTHS = [
    *("2023-03", "2023-3", "1999-01", "2101-01", "0000-00", "9999-12", "March 2023", "2023-03-31"),
    *("2023-02-30", "31/03/2023", "2023-03-31T25:00", "٢٠٢٣-03", "9" * 400, "-1", "never"),
]
NUMBERS = ["0", "-1", "1", "2", "1.5", "nan", "inf", "1e999", "9" * 400, "0x10", "½", "", "x"]
TEXTS = [
    *(
        "Plymouth",
        "Torbay",
        "Plymuth",
        "880",
        "Demo",
        "head of performance",
        "Jane Smith",
        "analyst",
    ),
    *("Counted twice", "<script>x</script>", "=1+1", "a\x1b[31mb", "\u202e", "é", "caf\udce9", ""),
    *(
        "published",
        "council",
        "demonstration",
        "auto",
        "up",
        "down",
        "forked",
        "plain",
        "x" * 9_000,
    ),
]
PATHS = [
    *("given/missing", "given/empty.csv", "given/bytes.bin", "given/half.xlsx", "given/folder"),
    *("given/return", "given/month.csv", "given/folder/../month.csv", "given/caf\udce9", "."),
    *("given/\x1b[2J", "params", ""),
]
NOWHERE = ["given/month.csv/x", "/dev/null/x", "x" * 300]
WRITABLE = ["out/new", "out", "out/a\x1b[2J", "out/caf\udce9.csv", "out/x.svg", "out/x.xlsx"]
WRITTEN = {"to", "out", "history", "key", "svg"}
SLOW_IF_RIGHT = {"run", "book", "demo", "fleet", "audit"}
"""Commands that, with the right words, work for minutes: these never get them all."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_project(tmp_path_factory.mktemp("words") / "project")
    given_ = folder / "given"
    (given_ / "folder").mkdir(parents=True)
    (given_ / "return").mkdir()
    (folder / "out").mkdir()
    for name, text in RETURN.items():
        (given_ / "return" / name).write_text(text.lstrip(), encoding="utf-8")
    (given_ / "empty.csv").touch()
    (given_ / "bytes.bin").write_bytes(bytes(range(256)) * 40)
    (given_ / "half.xlsx").write_bytes(b"PK\x03\x04" + bytes(500))
    rows = [f"{2021 + k // 12}-{k % 12 + 1:02},{20 + k % 7},100" for k in range(30)]
    (given_ / "month.csv").write_text("\n".join(["period,count,of", *rows, ""]), encoding="utf-8")
    return folder


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command with its own options and arguments, not all of them and some twice."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    words: list[str] = []
    for parameter in COMMANDS[name].params:
        if parameter.name in {"help", "all_"} or (not parameter.required and draw(st.booleans())):
            continue
        value = draw(values_of(name, parameter.name))
        if parameter.param_type_name == "argument":
            words += ["--", value] if draw(st.integers(0, 3)) == 0 else [value]
        elif getattr(parameter, "is_flag", False):
            words.append(parameter.opts[0])
        else:
            words += [parameter.opts[0], value]
    return [name, *words, *draw(st.lists(st.sampled_from(TEXTS), max_size=1))]


def values_of(command: str, parameter: str) -> st.SearchStrategy[str]:
    """Values for a parameter: mostly of the kind it takes, now and then of another.

    Where something is written, words lead to one folder, or to where nothing can be.
    """
    if parameter in WRITTEN or (command, parameter) == ("demo", "folder"):
        return st.sampled_from(NOWHERE if command in SLOW_IF_RIGHT else [*NOWHERE, *WRITABLE])
    ids = EDITIONS[2:] if command in SLOW_IF_RIGHT else EDITIONS
    if parameter in {"edition", "editions", "one", "other", "from_"}:
        own = ids
    elif parameter in {"month", "until", "as_of", "older_than", "freeze", "phase", "exclude"}:
        own = MONTHS
    elif parameter in {"file", "paths", "folder", "record", "browser", "child_file"}:
        own = [*PATHS, *NOWHERE]
    else:
        own = [*TEXTS, *NUMBERS]
    other = st.sampled_from([*ids, *MONTHS, *NUMBERS, *TEXTS, *PATHS])
    return st.integers(0, 5).flatmap(lambda n: other if n == 0 else st.sampled_from(own))


def test_any_words_end_with_a_documented_code(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    for name in ("SCRUTINY_HISTORY", "SCRUTINY_KEY_FILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(project / "out" / name))
    monkeypatch.setattr("webbrowser.open", lambda address: True)
    before = names_around(project)
    kept = {path: path.read_bytes() for path in (project / "params").rglob("*.yml")}

    @inputs(60)
    @given(command_lines())
    def ends_well(words: list[str]) -> None:
        cli.session = cli.Session()
        sys.argv = ["scrutiny", *words]
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed = capsys.readouterr()
        said = printed.out + printed.err
        assert int(stop.value.code or 0) in DOCUMENTED - {ExitCode.UNEXPECTED}, said
        assert "Traceback" not in said
        # What is wrong with the words alone is said in the words that were typed.
        assert stop.value.code == 2 or all(map(is_seen, said.split("\n"))), said
        assert not stop.value.code or said.strip(), "it failed without a word"

    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", sys.argv)
        patch.setattr(cli, "session", cli.session)
        ends_well()
    assert names_around(project) == before, "something was written elsewhere"
    assert {path: path.read_bytes() for path in kept} == kept
    shutil.rmtree(project / "out")


def names_around(project: Path) -> set[str]:
    """What lies beside the project, and in the folders that people keep their own files in."""
    around = {path.name for path in project.parent.iterdir()}
    return around | {f"given/{path.name}" for path in (project / "given").iterdir()}
