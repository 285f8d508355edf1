"""`scrutiny demo` as a person calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import ROOT, run_scrutiny

from scrutinybook import cli_demo
from scrutinybook.demo import truth


def test_writes_months_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = run_scrutiny(
        ROOT, "demo", str(folder), "--months", "1", "--until", "2022-09", "--with-faults"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2022-09: annex-a, ssda903, local-figures, workforce-census" in done.stdout
    assert "Wrote 1 month of SYNTHETIC DEMONSTRATION DATA" in done.stdout
    assert "Faults put into 2022-09: 7" in done.stdout
    assert "--authority Demo --as-of 2022-09-30" in done.stdout
    assert (folder / "planted.json").is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--until", "March 2023"), "is not a month"),
        (("--until", "1990-01"), "months from 1996 to 2100"),
    ],
)
def test_faults_without_a_traceback(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = run_scrutiny(ROOT, "demo", str(tmp_path / "demo"), *options)
    assert done.returncode == 3
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "demo").exists()


def test_the_command_and_the_simulator_have_the_same_defaults() -> None:
    """The command spells them out so that `--help` needs no simulator."""
    assert (
        truth.SEED,
        truth.MONTHS,
        str(truth.UNTIL),
    ) == (cli_demo.SEED, cli_demo.MONTHS, cli_demo.UNTIL)
