"""Gated figures of an edition are made once, made anew where anything changed, and whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from drawn_histories import AUTHORITY, extract, keep
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.council import prepare as prepared
from scrutinybook.council.prepare import FIGURES, RECORDING, prepare
from scrutinybook.council.source import history_of, reach_faults
from scrutinybook.edition import Edition
from scrutinybook.errors import Busy, FaultsFound
from scrutinybook.history.store import open_history
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.workspace import Workspace


def of_day(day: str, many: int = 40, fmt: Format = Format.ANNEX_A) -> Extract:
    """An extract with so many referrals in its last week."""
    rows = [{"child": f"c{n}", "date": f"{day[:8]}{20 + n % 8}"} for n in range(many)]
    return extract(day, "2022-10-01", {"referrals": rows}, fmt=fmt)


def edition_of(month: str = "2023-03") -> Edition:
    values: dict[str, Any] = {"authority": AUTHORITY.title(), "month": month, "kind": "council"}
    return Edition(**values)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A checkout with the catalogue alone, and a history of February and March 2023."""
    shutil.copytree(ROOT / "params", tmp_path / "project" / "params")
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    keep(tmp_path / "history", of_day("2023-02-28"), of_day("2023-03-31"))
    return Workspace(tmp_path / "project")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Months of the editions that were counted, in order."""
    months = []
    real = prepared.council_figures

    def counting(known: Any, asked: Any, *rest: Any, **more: Any) -> Any:
        months.append(str(asked.last))
        return real(known, asked, *rest, **more)

    monkeypatch.setattr(prepared, "council_figures", counting)
    return months


def make(workspace: Workspace, month: str = "2023-03") -> Path:
    return prepare(workspace, edition_of(month), read_catalogue(workspace))


def test_the_same_again_is_not_counted_again(workspace: Workspace, counted: list[str]) -> None:
    folder = make(workspace)
    assert "referrals_received,,whole,2023-03,40," in (folder / FIGURES).read_text("utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    make(workspace)
    assert counted == ["2023-03"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", [FIGURES, RECORDING])
@pytest.mark.parametrize("how", ["a number typed in", "cut short", "removed"])
def test_files_that_are_not_as_they_were_written_are_made_anew(
    workspace: Workspace, counted: list[str], name: str, how: str
) -> None:
    """Nobody types a number into a book; and a kill may leave a folder without a file."""
    path = make(workspace) / name
    text = path.read_text("utf-8")
    if how == "removed":
        path.unlink()
    else:
        path.write_text(text[:-9] if how == "cut short" else text.replace("40", "41"), "utf-8")
    make(workspace)
    assert path.read_text("utf-8") == text
    assert len(counted) == 2


@pytest.mark.parametrize("moment", range(6))
def test_a_kill_while_the_folder_is_replaced_is_made_good(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, moment: int
) -> None:
    """Killed before each of the file operations with which new figures replace old ones."""
    whole = make(workspace)
    keep(tmp_path / "history", of_day("2023-03-31", many=50))  # a correction: 50, not 40
    steps = 0

    class Killed(BaseException):
        pass

    def dying(real: Any) -> Any:
        def step(*arguments: Any, **more: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == moment + 1:
                raise Killed
            return real(*arguments, **more)

        return step

    with monkeypatch.context() as patch:
        for owner, name in [(Path, "unlink"), (Path, "rename"), (Path, "write_text")]:
            patch.setattr(owner, name, dying(getattr(owner, name)))
        patch.setattr(shutil, "rmtree", dying(shutil.rmtree))
        try:
            make(workspace)
            assert moment > 4  # it has no so many steps
        except Killed:
            pass
    assert "referrals_received,,whole,2023-03,50," in (make(workspace) / FIGURES).read_text("utf-8")
    assert [path.name for path in whole.parent.iterdir()] == [whole.name]


def test_an_extract_that_goes_meanwhile_is_told_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A purge in the midst of a count is no damage: nobody is sent to the backup."""
    real = prepared.known_at

    def late(*arguments: Any, **more: Any) -> Any:
        shutil.rmtree(open_history(tmp_path / "history").partitions[0].folder)
        return real(*arguments, **more)

    monkeypatch.setattr(prepared, "known_at", late)
    with pytest.raises(Busy, match="came or went while they were read"):
        make(workspace)
    monkeypatch.setattr(prepared, "known_at", real)
    make(workspace)


def test_a_damaged_file_is_named(workspace: Workspace, tmp_path: Path) -> None:
    path = open_history(tmp_path / "history").partitions[0].folder / "referrals.parquet"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(FaultsFound, match=r"referrals\.parquet.*not as it was written"):
        make(workspace)


@pytest.mark.parametrize(
    ("month", "found"),
    [
        ("2023-03", None),
        ("2023-02", None),
        ("2023-04", "the newest monthly extract up to 2023-04-30 is of 2023-03-31"),
        ("2022-12", "there is no extract"),
    ],
)
def test_the_monthly_extract_must_reach_the_month(
    workspace: Workspace, tmp_path: Path, month: str, found: str | None
) -> None:
    """Local figures of April are there, and no lists of April: April's referrals are not known."""
    keep(tmp_path / "history", of_day("2023-04-30", fmt=Format.LOCAL_FIGURES))
    faults = reach_faults(history_of(workspace, edition_of(month)), edition_of(month))
    assert [each.found.partition(",")[0] for each in faults] == ([] if found is None else [found])
    for each in faults:
        assert str(tmp_path / "history") in each.allowed


def test_without_monthly_extracts_any_of_the_month_will_do(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "other"))
    keep(tmp_path / "other", of_day("2023-03-31", fmt=Format.SSDA903))
    assert not reach_faults(history_of(workspace, edition_of()), edition_of())


def test_a_month_that_the_demonstration_does_not_have(tmp_path: Path) -> None:
    """Its extracts are made by the program: nobody is told to read one."""
    history = keep(tmp_path / "history", of_day("2023-02-28"), of_day("2023-03-31"))
    asked = Edition(authority="Demo", month="2024-01", kind="demonstration")  # type: ignore[arg-type]
    (fault,) = reach_faults(history, asked)
    assert "from 2023-02 to 2023-03" in fault.allowed
    assert "ingest" not in fault.mend


@pytest.mark.parametrize("what", ["threshold", "teams", "extract", "catalogue"])
def test_whatever_figures_hang_on_makes_them_anew(
    workspace: Workspace, counted: list[str], tmp_path: Path, what: str
) -> None:
    """A parameter, the file of teams, an extract that came since, a measure's definition."""
    make(workspace)
    edition, catalogue = edition_of(), read_catalogue(workspace)
    if what == "threshold":
        edition = Edition(**{**edition.as_parameters(), "small_counts": 9})
    elif what == "teams":
        file = workspace.root / "params" / edition.slug / "council.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("teams: {North: {service: Social Work}}\n", encoding="utf-8")
    elif what == "extract":
        keep(tmp_path / "history", of_day("2023-01-31"))
    else:
        path = workspace.root / "params" / "measures.yml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("noun: referrals received\n", "noun: referrals\n"), "utf-8")
        assert path.read_text("utf-8") != text
        catalogue = read_catalogue(workspace)
    prepare(workspace, edition, catalogue)
    assert len(counted) == 2
    prepare(workspace, edition, catalogue)
    assert len(counted) == 2


def test_a_raised_threshold_withholds_more(workspace: Workspace, tmp_path: Path) -> None:
    """Eight referrals are shown by the threshold of five, and not by that of nine."""
    keep(tmp_path / "history", of_day("2023-03-31", many=8))
    assert "referrals_received,,whole,2023-03,8," in (make(workspace) / FIGURES).read_text("utf-8")
    raised = Edition(**{**edition_of().as_parameters(), "small_counts": 9})
    text = (prepare(workspace, raised, read_catalogue(workspace)) / FIGURES).read_text("utf-8")
    assert "referrals_received,,whole,2023-03,,,suppressed," in text
