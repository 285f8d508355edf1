"""An edition can be had again: whatever the clock, language and number of processes; or it is
said which cell is another, and what has changed behind it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from projects import run_scrutiny
from small_books import small_project

from scrutinybook.as_it_was import restore
from scrutinybook.errors import ExitCode
from scrutinybook.page_names import DOWNLOADS, STATISTICS, workbook_name
from scrutinybook.record import Manifest, read_manifest
from scrutinybook.record.editions import read_record
from scrutinybook.record.keyed import key_for, plain
from scrutinybook.record.manifest import FILE, TableRecord
from scrutinybook.record.tables import as_bytes, table_from
from scrutinybook.record.writing import put_record
from scrutinybook.workspace import Workspace

EDITION = "plymouth-2023-03"
pytestmark = pytest.mark.book


CHANGES = """changes:
  - since: 1999-01-01
    modules: [analysis/yearly.py]
    what: In 1999 the years were counted by hand.
    alters: nothing since.
  - since: 2099-01-01
    modules: [analysis/yearly.py, analysis/glance.py]
    what: Years are counted otherwise.
    alters: the number of years.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one small edition run; not to be changed."""
    project = small_project(tmp_path_factory.mktemp("made") / "project")
    done = run_scrutiny(project, "run", EDITION, "--jobs", "1", TZ="UTC", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def changed(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "project"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_tables_and_charts_are_the_same_bytes_whatever_surrounds_the_run(
    made: Path, tmp_path: Path
) -> None:
    """Another time zone, language, hash seed, number of processes and way of starting kernels."""
    again = small_project(tmp_path / "elsewhere" / "ünother place")
    surroundings = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "77",
        "PYTHONUTF8": "0",
    }
    done = run_scrutiny(again, "run", EDITION, "--jobs", "3", "--kernels", "plain", **surroundings)
    assert done.returncode == 0, done.stdout + done.stderr
    one, other = (read_record(Workspace(each), EDITION) for each in (made, again))
    assert one.manifest.digest == other.manifest.digest
    for place in (
        f"record/{EDITION}/{one.manifest.tables_folder}",
        f"results/{EDITION}/{DOWNLOADS}",
    ):
        assert files(made / place) == files(again / place)
    assert workbook_name(EDITION) in files(again / f"results/{EDITION}/{DOWNLOADS}")
    assert len(one.by_name["charts.csv"].rows) > 5
    assert len(one.by_name["statistics.csv"].rows) > 500
    assert len(one.by_name["sentences.csv"].rows) > 20


def test_what_a_run_writes_down(made: Path) -> None:
    manifest = read_manifest(Workspace(made), EDITION)
    assert manifest.run.notebooks["00-contents"].seconds > 0
    assert manifest.notebooks["00-contents"].seed == f"{EDITION} 00-contents"
    figures = "data/official/plymouth/figures.csv"
    assert manifest.inputs[figures] == plain((made / figures).read_bytes())
    assert figures in manifest.notebooks["00-contents"].inputs
    assert "statistics/limits.py" in manifest.notebooks["00-contents"].modules
    assert "statistics/limits.py" in manifest.makers["finds/control-verdict"]
    assert "commentary/words.py" not in manifest.makers["finds/control-verdict"]
    assert manifest.packages["numpy"]
    referrals = table_from("referrals.csv", _table(made, manifest, "referrals.csv"), "")
    assert manifest.tables["referrals.csv"].rows == len(referrals.rows) > 100


def test_a_run_with_nothing_to_do_leaves_the_record(changed: Path) -> None:
    before = files(changed / "record")
    assert run_scrutiny(changed, "run", EDITION).returncode == 0
    assert files(changed / "record") == before


def test_an_edition_is_reproduced_and_nothing_is_touched(changed: Path) -> None:
    (changed / "params/plymouth/2023-03.yml").write_text("month: someday\n", encoding="utf-8")
    before = files(changed)
    done = run_scrutiny(changed, "--quiet", "verify", EDITION)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{EDITION}: reproduced to the byte")
    after = files(changed)
    for name in (".scrutiny/lock", ".scrutiny/store/imports.json"):
        before.pop(name, None), after.pop(name, None)
    assert after == before


def test_last_digits_of_another_processor_are_no_difference(changed: Path) -> None:
    """The same packages and system gave a p-value that differs in its fourteenth digit."""
    manifest = read_manifest(Workspace(changed), EDITION)
    statistics = table_from(STATISTICS, _table(changed, manifest, STATISTICS), STATISTICS)
    rows = [list(row) for row in statistics.rows]
    one = next(row for row in rows if row[3] == "p value" and row[1] == "no_further_action")
    one[-1] = repr(float(one[-1]) * (1 + 1e-13))
    held = {name: _table(changed, manifest, name) for name in manifest.tables}
    held[STATISTICS] = as_bytes(
        type(statistics)(STATISTICS, statistics.columns, tuple(map(tuple, rows)))
    )
    tables = {name: _recorded(manifest, name, content) for name, content in held.items()}
    put_record(Workspace(changed), manifest.model_copy(update={"tables": tables}), held)

    done = run_scrutiny(changed, "-q", "verify", EDITION)

    assert done.returncode == 0, done.stdout + done.stderr
    said = " ".join(done.stdout.split())
    assert said.startswith(f"{EDITION}: reproduced to 10 significant digits, charts to the byte")


def test_each_cell_that_differs_is_named_with_what_changed_behind_it(
    changed: Path, tmp_path: Path
) -> None:
    """An old record, made by another method with other packages, and of figures that are gone."""
    workspace = Workspace(changed)
    figures = changed / "data/official/plymouth/figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(k for k, line in enumerate(lines) if _is_march(line))
    lines[place] = lines[place].replace(",255,", ",256,")
    figures.write_text("".join(lines), encoding="utf-8")
    manifest = read_manifest(workspace, EDITION)
    statistics = table_from(STATISTICS, _table(changed, manifest, STATISTICS), STATISTICS)
    rows = [list(row) for row in statistics.rows]
    centre = next(row for row in rows if row[2:4] == ["no_further_action/over-years", "n years"])
    was, centre[-1] = centre[-1], "12345"
    other = next(row for row in rows if row[3] == "p value" and row[1] == "no_further_action")
    other[-1] = repr(float(other[-1]) * (1 + 1e-13))
    held = {name: _table(changed, manifest, name) for name in manifest.tables}
    held[STATISTICS] = as_bytes(
        type(statistics)(STATISTICS, statistics.columns, tuple(map(tuple, rows)))
    )
    old = manifest.model_copy(
        update={
            "tables": {name: _recorded(manifest, name, content) for name, content in held.items()},
            "modules": {**manifest.modules, "analysis/yearly.py": plain(b"another method")},
            "packages": {**manifest.packages, "numpy": "1.0"},
        }
    )
    put_record(workspace, old, held)
    (changed / "params/method-changes.yml").write_text(CHANGES, encoding="utf-8")
    apart = Path(shutil.move(changed / "record" / EDITION, tmp_path / "record from the council"))

    done = run_scrutiny(changed, "-q", "verify", EDITION, "--record", str(apart))

    said = " ".join(done.stdout.split())
    assert done.returncode == ExitCode.DIFFERS, done.stdout + done.stderr
    assert f"{EDITION}: NOT reproduced to 10 significant digits" in said
    where = "statistics.csv · no_further_action · no_further_action/over-years · n years"
    assert f"{where} · Value: 12345 → {was}" in said
    assert "no_further_action/change-on-year · p value" not in said
    month = "referrals.csv · Plymouth · March 2023 · the month · all"
    assert f"{month} · Figure: 255 → 256" in said
    assert "analysis/yearly.py (Findings on a measure's yearly figures" in said
    on_record = "Changes of method on record in these, since the edition was made:"
    told = "since 2099-01-01: Years are counted otherwise. This alters the number of years."
    assert f"{on_record} {told}" in said
    assert "In 1999" not in said
    assert "Not as it was: data/official/plymouth/figures.csv: it has changed since." in said
    assert "numpy 1.0 → " in said
    assert "charts.csv" not in said


def test_records_that_cannot_be_verified(changed: Path) -> None:
    folder = changed / "record" / EDITION
    manifest = read_manifest(Workspace(changed), EDITION)
    tables = folder / manifest.tables_folder
    done = run_scrutiny(changed, "verify", "plymouth-2024-03")
    assert (done.returncode, "there is no record" in done.stderr) == (ExitCode.FAULTS, True)
    referrals = tables / "referrals.csv"
    content = referrals.read_bytes()
    referrals.write_bytes(content.replace(b",255,", b",155,"))
    (tables / "agency.csv").unlink()
    done = run_scrutiny(changed, "verify", EDITION)
    assert done.returncode == ExitCode.FAULTS
    assert "agency.csv: the table is not there" in done.stderr
    (tables / "agency.csv").write_bytes(b"cut,off\r\n1")
    done = run_scrutiny(changed, "verify", EDITION)
    assert "agency.csv: not a table: it is cut off" in done.stderr
    (tables / "agency.csv").write_bytes(b"whole,table\r\n1,2\r\n")
    done = run_scrutiny(changed, "verify", EDITION)
    assert done.returncode == ExitCode.FAULTS
    for name in ("agency.csv", "referrals.csv"):
        assert f"{name}: the table is not as it was written" in done.stderr
    (folder / FILE).write_bytes((folder / FILE).read_bytes()[:2000])
    done = run_scrutiny(changed, "verify", EDITION)
    assert (done.returncode, "cut off or damaged" in done.stderr) == (ExitCode.FAULTS, True)


def test_pages_are_not_built_from_results_that_the_record_does_not_tell_of(changed: Path) -> None:
    """A run that was killed after its results were in place, and before its record was."""
    agency = changed / "results" / EDITION / DOWNLOADS / "agency.csv"
    agency.write_bytes(agency.read_bytes() + b"another row")
    done = run_scrutiny(changed, "build", EDITION)
    assert done.returncode == ExitCode.FAULTS
    assert "the record of other results" in done.stderr
    shutil.rmtree(changed / "record")
    done = run_scrutiny(changed, "build", EDITION)
    assert (done.returncode, "there is no record" in done.stderr) == (ExitCode.FAULTS, True)
    assert not (changed / "site").exists()


def test_inputs_that_changed_are_taken_from_git_as_they_were(changed: Path, tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on this machine")

    def ask(*words: str) -> str:
        who = ["-c", "user.name=Analyst", "-c", "user.email=analyst@example.org"]
        command = [git, "-C", str(changed), *who, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    ask("init", "-q")
    ask("add", "params", "data")
    ask("commit", "-q", "-m", "as published")
    manifest = read_manifest(Workspace(changed), EDITION)
    code = manifest.run.code.model_copy(update={"commit": ask("rev-parse", "HEAD")})
    then = manifest.model_copy(update={"run": manifest.run.model_copy(update={"code": code})})
    names = ["data/official/plymouth/figures.csv", "params/measures.yml"]
    before = {name: (changed / name).read_bytes() for name in names}
    (changed / names[0]).write_text("a newer release\n", encoding="utf-8")
    (changed / names[1]).unlink()
    copy = Workspace(Path(shutil.copytree(changed, tmp_path / "copy")))
    assert sorted(restore(Workspace(changed), copy, then)) == names
    assert {name: (copy.root / name).read_bytes() for name in names} == before


def _is_march(line: str) -> bool:
    return "2023-03" in line and ",255," in line


def _table(project: Path, manifest: Manifest, name: str) -> bytes:
    return (project / "record" / EDITION / manifest.tables_folder / name).read_bytes()


def _recorded(manifest: Manifest, name: str, content: bytes) -> TableRecord:
    hashed = key_for("published", "plymouth").of(content)
    return manifest.tables[name].model_copy(update={"hash": hashed})
