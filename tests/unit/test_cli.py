"""The command as a person meets it: exit codes, plain words, nothing changed by looking."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from projects import Scrutiny, run_scrutiny

from scrutinybook import checked, cli
from scrutinybook.defects import note_defect
from scrutinybook.errors import BookFailed, ExitCode, NotebookFailed
from scrutinybook.publish import run_lock


def contents(folder: Path) -> dict[str, str]:
    """Every file under a folder, with a hash of what it holds and when it was changed."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        + str(path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["check", "plymouth-2023-03"], 0, "parameters and files are in order"),
        (["list"], 0, "plymouth-2023-03 (no book yet)"),
        (["check", "plymoth-2023-03"], 3, "did you mean 'plymouth-2023-03'?"),
        (["check", "Plymouth-2023-03"], 3, "did you mean 'plymouth-2023-03'?"),
        (["check", "plymouth-2024-3"], 3, "did you mean 'plymouth-2024-03'?"),
        (["check", "plymouth-2024-04"], 3, "did you mean 'plymouth-2024-03'?"),
        (["check", "torbay-2024-03"], 3, "make it with `scrutiny new`"),
        (["check", "../../etc/passwd"], 3, "not an edition's id"),
        (["check", ""], 3, "not an edition's id"),
        (["build", "plymouth-2023-03"], 3, "notebooks have not been run"),
        (["open"], 3, "scrutiny book --all"),
        (["open", "plymouth-2023-03"], 3, "scrutiny book plymouth-2023-03"),
        (["open", "../params"], 3, "there is no such book"),
        (["official", "nowhere", "--authority", "Torbay"], 3, "there is no such folder"),
        (["official", "README.md", "--authority", "Torbay"], 3, "there is no such folder"),
        (["official", "params/measures.yml", "--authority", "Torbay"], 3, "a file, not a folder"),
        (["official", "params", "--authority", "Torbay"], 3, "no official table"),
        (["bok"], 2, "Did you mean 'book'?"),
        (["check"], 2, "Missing argument"),
        (["book"], 2, "name one edition or more"),
        (["book", "--all", "plymouth-2023-03"], 2, "name one edition or more"),
        (["run", "plymouth-2023-03", "--jobs", "0"], 2, "greater than or equal to"),
        (["new"], 2, "Missing option '--month'"),
    ],
)
def test_exit_code_and_words(scrutiny: Scrutiny, words: list[str], code: int, said: str) -> None:
    found, out, err = scrutiny(*words)
    assert (found, said in " ".join((out + err).split())) == (code, True), out + err
    assert "Traceback" not in out + err


def test_faults_go_to_the_error_stream_and_results_to_the_other(scrutiny: Scrutiny) -> None:
    _, out, err = scrutiny("check", "plymouth-2023-03")
    assert (bool(out), err) == (True, "")
    _, out, err = scrutiny("check", "torbay-2023-03")
    assert (out, bool(err)) == ("", True)


def test_quiet_prints_nothing_where_all_is_well(scrutiny: Scrutiny) -> None:
    assert scrutiny("check", "plymouth-2023-03", options=["--quiet"]) == (0, "", "")


def test_looking_changes_nothing(scrutiny: Scrutiny, project: Path) -> None:
    before = contents(project)
    for words in (["check", "plymouth-2023-03"], ["check", "torbay-2024-03"], ["list"], ["open"]):
        scrutiny(*words)
    assert contents(project) == before


def test_faults_of_several_editions_are_told_together_and_shared_ones_once(
    scrutiny: Scrutiny, project: Path
) -> None:
    (project / "params/measures.yml").write_text("measures: {}\n", encoding="utf-8")
    (project / "params/plymouth/2024-03.yml").write_text("", encoding="utf-8")
    code, _, err = scrutiny("book", "--all")
    assert code == ExitCode.FAULTS
    assert err.startswith("2 faults found; nothing was run.")
    assert "params/measures.yml: measures: empty" in err
    assert "params/plymouth/2024-03.yml: the file is empty" in err


def test_files_with_a_name_that_is_no_month_are_told(scrutiny: Scrutiny, project: Path) -> None:
    (project / "params/plymouth/2023-4.yml").touch()
    (project / "params/plymouth/2023-05.yaml").touch()
    for words, code in ((["list"], 0), (["book", "--all"], 3)):
        found, _, err = scrutiny(*words)
        assert found == code
        assert "rename it to 2023-04.yml" in err
        assert "rename it to 2023-05.yml" in err


def test_all_of_nothing_is_a_fault(scrutiny: Scrutiny, project: Path) -> None:
    for path in (project / "params").glob("*/[0-9]*.yml"):
        path.unlink()
    code, _, err = scrutiny("book", "--all")
    assert (code, "there is no edition" in err) == (ExitCode.FAULTS, True)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("data/official/plymouth/areas.csv", "data/official/plymouth/areas.csv: not there"),
        ("data/official/releases.yml", "data/official/releases.yml: there is no such file"),
        ("notebooks/40-care-leavers.ipynb", "notebooks/40-care-leavers.ipynb: there is no such"),
        ("book/_config.yml", "book/_config.yml: there is no such file"),
        ("params/measures.yml", "params/measures.yml: there is no such file"),
    ],
)
def test_a_missing_part_is_named_by_its_place_in_the_project(
    scrutiny: Scrutiny, project: Path, missing: str, said: str
) -> None:
    (project / missing).unlink()
    code, _, err = scrutiny("check", "plymouth-2023-03")
    assert (code, said in err) == (ExitCode.FAULTS, True), err
    assert str(project) not in err


def test_a_notebook_that_is_no_chapter_is_not_left_out_in_silence(
    scrutiny: Scrutiny, project: Path
) -> None:
    (project / "notebooks/40-care-leaver.ipynb").touch()
    code, _, err = scrutiny("check", "plymouth-2023-03")
    assert (code, "did you mean '40-care-leavers'?" in err) == (ExitCode.FAULTS, True), err


def test_outside_a_checkout(tmp_path: Path, scrutiny: Scrutiny) -> None:
    code, _, err = scrutiny("list", options=["--project", str(tmp_path)])
    assert (code, "name it with --project" in err) == (ExitCode.FAULTS, True)
    for wrong in (tmp_path / "nowhere", Path(__file__)):
        assert scrutiny("list", options=["--project", str(wrong)])[0] == 2


def test_help_needs_no_checkout(
    tmp_path: Path, scrutiny: Scrutiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["--help"], ["check", "--help"], ["book", "--help"]):
        code, out, err = scrutiny(*words)
        assert (code, "Usage" in out, err) == (0, True, "")


def test_help_documents_every_exit_code(scrutiny: Scrutiny) -> None:
    _, out, _ = scrutiny("--help")
    for code in ExitCode:
        assert f"· {code.value} " in " ".join(out.split()), code


@pytest.mark.parametrize("words", [["check", "plymouth-2023-03"], ["--help"]])
def test_help_and_check_wait_for_no_heavy_library(project: Path, words: list[str]) -> None:
    code = (
        "import sys; from scrutinybook import cli\n"
        f"sys.argv = ['scrutiny', *{words!r}]\n"
        "try: cli.main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'scipy', 'statsmodels', 'papermill', 'sphinx'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_a_run_does_itself_waits_for_no_heavy_library() -> None:
    """Notebooks and pages are made in other processes; where nothing changed, there are none."""
    code = (
        "import sys\n"
        "from scrutinybook import cover, kept_downloads, kept_results, made_record, pipeline\n"
        "from scrutinybook.book import built\n"
        "from scrutinybook.chapters import reproduce\n"
        "from scrutinybook.execute import run\n"
        "heavy = {'pandas', 'matplotlib', 'scipy', 'statsmodels', 'papermill', 'sphinx'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_second_run_is_told_of_the_first_at_once(project: Path) -> None:
    def clock() -> datetime:
        return datetime(2024, 10, 1, 9, 30, tzinfo=UTC)

    with run_lock(project / ".scrutiny", "making torbay-2024-03", clock=clock):
        done = run_scrutiny(project, "book", "plymouth-2023-03")
    assert done.returncode == ExitCode.BUSY
    assert "is making torbay-2024-03, since 2024-10-01 09:30" in done.stderr
    assert not (project / "results").exists()


class _Secret(RuntimeError):
    """What a defect may say of somebody."""


def _raising(error: BaseException) -> Any:
    def step(*_args: object, **_keywords: object) -> None:
        raise error

    return step


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NotebookFailed("10-front-door failed"), 4, "10-front-door failed"),
        (BookFailed("one warning"), 5, "one warning"),
        (_Secret("child 4711"), 70, "A defect in the program stopped it (_Secret): noted in"),
        (PermissionError(13, "Permission denied", "site"), 74, "site: Permission denied"),
        (OSError(28, "No space left on device"), 74, "a file: No space left on device"),
        (KeyboardInterrupt(), 130, "Stopped. The last good book stands as it was."),
    ],
)
def test_each_failure_has_its_code_and_no_traceback(
    scrutiny: Scrutiny,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(checked, "check", _raising(error))
    found, _, err = scrutiny("run", "plymouth-2023-03")
    assert (found, said in err) == (code, True), err
    assert "Traceback" not in err
    assert "4711" not in err


def test_a_defect_is_noted_with_its_place_and_without_what_it_says(
    scrutiny: Scrutiny, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "check", _raising(_Secret("child 4711")))
    _, _, err = scrutiny("check", "plymouth-2023-03")
    assert ".scrutiny/defects.log" in err.replace("\\", "/")
    log = (project / ".scrutiny/defects.log").read_text(encoding="utf-8")
    assert "test_cli._Secret" in log
    assert "in step: raise error" in log
    assert "4711" not in log


def test_where_the_log_cannot_be_written_the_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    moment = datetime(2024, 10, 1, tzinfo=UTC)
    assert note_defect(tmp_path / "file", ValueError(), moment, "scrutiny list") is None


def test_the_log_takes_words_that_are_no_text(tmp_path: Path) -> None:
    moment = datetime(2024, 10, 1, tzinfo=UTC)
    log = note_defect(tmp_path, ValueError(), moment, "scrutiny fleet caf\udce9")
    assert log is not None
    assert "scrutiny fleet caf\\udce9" in log.read_text(encoding="utf-8")


def test_open_shows_the_page_of_a_book(
    scrutiny: Scrutiny, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(cli.webbrowser, "open", opened.append)
    page = project / "site/plymouth-2023-03/index.html"
    page.parent.mkdir(parents=True)
    page.touch()
    assert scrutiny("open", "plymouth-2023-03")[0] == 0
    assert opened == [page.resolve().as_uri()]
    listed = scrutiny("list")[1].splitlines()
    assert "plymouth-2023-03" in listed
    assert "plymouth-2024-03  (no book yet)" in listed
    code, _, err = scrutiny("open", "plymoth-2023-03")
    assert (code, "did you mean 'plymouth-2023-03'?" in err) == (3, True)
