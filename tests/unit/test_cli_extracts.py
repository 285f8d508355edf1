"""`scrutiny ingest`, `history` and `purge` as a person meets them; readers are stood in for."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from drawn_histories import read_drawn, write_drawn
from projects import Scrutiny

from scrutinybook.errors import ExitCode
from scrutinybook.history import private_files
from scrutinybook.history.store import WORK, open_history
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

NUMBER = "48213"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(scrutiny: Scrutiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command for Exampleton, with history and key in this test's own folder."""
    stand_in = ModuleType("scrutinybook.sources.extracts.recognise")

    def read_extract(
        path: Path, *, as_of: date | None, pseudonyms: Pseudonyms, **_: object
    ) -> Extract:
        return read_drawn(path, as_of=as_of, pseudonyms=pseudonyms)

    stand_in.read_extract = read_extract  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, stand_in.__name__, stand_in)
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    monkeypatch.setenv("SCRUTINY_KEY_FILE", str(tmp_path / "key"))

    def one(*words: str, typed: str = "", authority: str = "Exampleton") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return scrutiny(words[0], *words[1:], "--authority", authority)

    return one


@pytest.fixture
def january(tmp_path: Path) -> Path:
    notices = [
        {
            "weight": "exclude",
            "place": "x, List 3",
            "found": "no number",
            "rows": [7],
            "table": "referrals",
        },
        {
            "weight": "warn",
            "place": "x, List 3, Source",
            "found": "an unknown source",
            "rows": [3, 4],
        },
    ]
    return write_drawn(
        tmp_path / "january.json",
        "2024-01-31",
        "2023-08-01",
        {
            "referrals": [
                {"child": NUMBER, "date": "2024-01-05"},
                {"child": "777", "date": "2024-01-05"},
            ]
        },
        notices=notices,
    )


def test_ingest_says_what_was_read_set_aside_and_stored(run: Run, january: Path) -> None:
    code, out, err = run("ingest", str(january))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{january}: annex-a as at 2024-01-31"
    assert lines[1] == "  referrals: 2 read, 1 set aside, 2 kept, from 2023-08-01"
    assert lines[2] == "  set aside: x, List 3, row 7: no number"
    assert lines[3] == "  look at: x, List 3, Source, rows 3 and 4: an unknown source"
    assert lines[4].startswith("  stored as annex-a/2024-01-31_1_")
    assert lines[5].startswith("A history of exampleton begins in ")
    assert "back up both, apart from one another" in lines[6]
    assert len(lines) == 7
    assert NUMBER not in out


def test_the_same_again_is_said_to_be_there(run: Run, january: Path) -> None:
    run("ingest", str(january))
    code, out, _ = run("ingest", str(january))
    assert code == 0
    assert "begins in" not in out
    assert "already in the history as annex-a/2024-01-31_1_" in out


def test_history_lists_extracts_by_state_and_changes_nothing(
    run: Run, january: Path, tmp_path: Path
) -> None:
    run("ingest", str(january))
    other = write_drawn(tmp_path / "o", "2024-01-31", "2023-08-01", {"referrals": []})
    run("ingest", str(other), "--correct", "it was cut short")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "history").rglob("*")}
    code, out, _ = run("history")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == f"exampleton: 2 extracts in {tmp_path / 'history'}"
    assert ": superseded by version 2; read " in lines[1]
    assert lines[2] == "  referrals: 2 read, 1 set aside, 2 kept, from 2023-08-01"
    assert ": current; corrects: it was cut short; read " in lines[3]
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "history").rglob("*")} == before


def test_history_reminds_of_extracts_that_are_too_old(run: Run, tmp_path: Path) -> None:
    old = write_drawn(tmp_path / "o", "2010-01-31", "2009-08-01", {"referrals": []})
    assert "1 extract is older than 6 years" in run("ingest", str(old))[1]
    assert "1 extract is older than 6 years: scrutiny purge --expired" in run("history")[1]
    code, out, _ = run("purge", "--expired", "--role", "data manager")
    assert (code, out.startswith("Removed from 1 extract, 1 table.")) == (0, True)
    code, out, _ = run("purge", "--expired", "--role", "data manager")
    assert (code, out.startswith("No extract is of before ")) == (0, True)
    assert "by data manager: retention period" in run("history")[1]


@pytest.mark.parametrize("how", ["typed", "file"])
def test_a_child_is_erased_by_a_number_that_is_nowhere_in_the_command(
    run: Run, january: Path, tmp_path: Path, how: str
) -> None:
    run("ingest", str(january))
    why = ["--role", "data protection officer", "--reason", "erasure asked for"]
    if how == "typed":
        code, out, err = run("purge", "--child", *why, typed=f"{NUMBER}\n")
    else:
        (tmp_path / "number.txt").write_text(NUMBER, encoding="utf-8-sig")
        code, out, err = run("purge", "--child-file", str(tmp_path / "number.txt"), *why)
    assert (code, err) == (0, "")
    assert out.startswith("Removed from 1 extract, 1 table. Noted in tombstones.jsonl:")
    assert NUMBER not in out
    (partition,) = open_history(tmp_path / "history").partitions
    assert partition.manifest.tables["referrals"].rows_kept == 1
    assert "current, rows removed at a request" in run("history")[1]
    code, out, _ = run("purge", "--child", *why, typed=NUMBER)
    assert (code, "holds no such row" in out) == (0, True)


def test_a_file_of_numbers_that_is_no_plain_text_is_a_fault_and_no_defect(
    run: Run, january: Path, tmp_path: Path
) -> None:
    run("ingest", str(january))
    (tmp_path / "numbers").write_bytes(NUMBER.encode("utf-16"))
    why = ["--role", "r", "--reason", "asked for"]
    code, _, err = run("purge", "--child-file", str(tmp_path / "numbers"), *why)
    assert (code, "not UTF-8 text" in err) == (ExitCode.FAULTS, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--child"], 2, "Missing option '--role'"),
        (["--role", "r", "--reason", "w"], 2, "name one thing to purge"),
        (["--role", "r", "--reason", "w", "--child", "--expired"], 2, "name one thing to purge"),
        (["--role", "r", "--child"], 2, "say why"),
        (["--role", " ", "--expired"], 2, "say by which role"),
        (["--role", "r", "--keep-years", "0"], 2, "greater than or equal to 1"),
        (["--role", "r", "--older-than", "tomorrow"], 2, "'tomorrow' does not match the"),
        (["--role", "r", "--reason", "w", "--child"], 3, "the child's number: empty"),
        (["--role", "r", "--reason", "w", "--extract", "x"], 3, "the history has no extract 'x'"),
        (["--role", "r", "--older-than", "2000-01-01"], 0, "No extract is of before 2000-01-01."),
    ],
)
def test_purge_by_the_wrong_words(
    run: Run, january: Path, words: list[str], code: int, said: str
) -> None:
    run("ingest", str(january))
    found, out, err = run("purge", *words)
    assert (found, said in " ".join((out + err).split())) == (code, True), out + err
    assert "exampleton: 1 extract " in run("history")[1]


def test_purging_one_extract_and_taking_it_again(run: Run, january: Path, tmp_path: Path) -> None:
    run("ingest", str(january))
    extract_id = open_history(tmp_path / "history").partitions[0].manifest.id
    code, out, _ = run("purge", "--extract", extract_id, "--role", "r", "--reason", "wrong file")
    assert (code, extract_id in out) == (0, True)
    code, _, err = run("ingest", str(january))
    assert (code, "this extract was purged" in err) == (ExitCode.FAULTS, True)
    assert run("ingest", str(january), "--again", "the right file after all")[0] == 0


def test_refused_sources_stop_all_unless_they_are_to_be_skipped(
    run: Run, january: Path, tmp_path: Path
) -> None:
    bad = write_drawn(tmp_path / "bad", "2024-02-29", "2023-09-01", {}, refuse=["no List 3"])
    code, out, err = run("ingest", str(january), str(bad))
    assert (code, out) == (ExitCode.FAULTS, "")
    assert "no List 3" in err
    assert run("history")[1].startswith("exampleton: 0 extracts")
    code, out, err = run("ingest", str(january), str(bad), "--skip-refused")
    assert (code, "stored as" in out) == (0, True)
    assert "Skipped, as asked:" in err


def test_a_day_for_what_does_not_say_its_own(run: Run, tmp_path: Path) -> None:
    path = write_drawn(tmp_path / "x", None, "2023-08-01", {"referrals": []})
    assert run("ingest", str(path))[0] == ExitCode.FAULTS
    assert "as at 2024-01-31" in run("ingest", str(path), "--as-of", "2024-01-31")[1]
    assert run("ingest", str(path), "--as-of", "31/01/2024")[0] == 2


def test_a_slip_in_the_authority_and_a_history_of_another(run: Run, january: Path) -> None:
    run("ingest", str(january))
    code, _, err = run("ingest", str(january), authority="Plymoth")
    assert (code, "did you mean 'Plymouth'?" in err) == (ExitCode.FAULTS, True)
    code, _, err = run("history", authority="Plymouth")
    assert (code, "this is the history of exampleton" in err) == (ExitCode.FAULTS, True)


def test_a_disk_that_is_full_is_told_and_leaves_the_history(
    run: Run, january: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("ingest", str(january))
    later = write_drawn(
        tmp_path / "l", "2024-02-29", "2023-09-01", {"referrals": [], "contacts": []}
    )
    files = 0

    def full(handle: int) -> None:
        nonlocal files
        files += 1
        if files == 2:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(private_files.os, "fsync", full)
        code, out, err = run("ingest", str(later))
    assert (code, out) == (ExitCode.FILES, "")
    assert "the history stands" in err
    assert "No space left on device" in err
    assert run("history")[1].startswith("exampleton: 1 extract")
    assert [p.name for p in (tmp_path / "history" / WORK).iterdir()] == ["lock"]
    assert run("ingest", str(later))[0] == 0


def test_a_folder_that_may_not_be_written_to(
    run: Run, january: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said by the system; a test that runs as root is refused nothing, so it is stood in for."""
    real = Path.mkdir

    def refuse(self: Path, *arguments, **more) -> None:
        if self.is_relative_to(tmp_path / "history"):
            raise PermissionError(13, "Permission denied", str(self))
        real(self, *arguments, **more)

    monkeypatch.setattr(Path, "mkdir", refuse)
    code, _, err = run("ingest", str(january))
    assert code == ExitCode.FILES
    assert f"{tmp_path / 'history'}: Permission denied" in err


def test_quiet_and_no_trace_of_the_number_in_what_is_noted(
    scrutiny: Scrutiny, run: Run, january: Path, tmp_path: Path
) -> None:
    run("ingest", str(january))
    later = write_drawn(tmp_path / "l", "2024-02-29", "2023-09-01", {"referrals": []})
    words = ["ingest", str(later), "--authority", "Exampleton"]
    assert scrutiny(*words, options=["--quiet"]) == (0, "", "")
    run("purge", "--child", "--role", "r", "--reason", "w", typed=NUMBER)
    for path in (tmp_path / "history").rglob("*"):
        assert path.is_dir() or NUMBER.encode() not in path.read_bytes()
    lines = (tmp_path / "history" / "tombstones.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["state"] for line in lines] == ["begun", "done"]


def test_outside_a_checkout_any_name_will_do(
    run: Run, january: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("ingest", str(january))[0] == 0


def test_local_figures_are_checked_against_the_catalogue_s_local_measures(
    scrutiny: Scrutiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in a measure's id is refused with the nearest one; a rate may be above 1."""
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    monkeypatch.setenv("SCRUTINY_KEY_FILE", str(tmp_path / "key"))
    local = tmp_path / "local.csv"
    arguments = ("ingest", str(local), "--authority", "Exampleton", "--as-of", "2023-03-31")
    head = "measure,period,numerator,denominator\n"
    local.write_text(head + "direct_report,2023-03,90,12\n", encoding="utf-8")
    code, _, complaint = scrutiny(*arguments)
    assert code == ExitCode.FAULTS and "did you mean 'direct_reports'?" in complaint
    local.write_text(head + "direct_reports,2023-03,90,12\n", encoding="utf-8")
    assert scrutiny(*arguments)[0] == 0
