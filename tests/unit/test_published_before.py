"""What readers have of an edition already: earlier editions, and its own earlier versions."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from drawn_histories import AUTHORITY, extract, keep
from drawn_records import manifest_of
from projects import ROOT

from scrutinybook.as_it_was import copy_of
from scrutinybook.catalogue import read_catalogue
from scrutinybook.council.figures import Place
from scrutinybook.council.prepare import FIGURES, audit_prepared, prepare
from scrutinybook.council.published import COLUMNS, earlier_tables
from scrutinybook.edition import Edition
from scrutinybook.made_record import tables_read
from scrutinybook.publications import Publication, note
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.workspace import Workspace

ID = f"{AUTHORITY}-2023-03"
FIRST, LATER = "a" * 64, "b" * 64
MARCH: Place = ("referrals_received", "", "whole", "2023-03")


def of_march(many: int) -> Extract:
    rows = [{"child": f"c{n}", "date": f"2023-03-{1 + n % 28:02}"} for n in range(many)]
    return extract("2023-03-31", "2022-10-01", {"referrals": rows})


def edition() -> Edition:
    values = {"authority": AUTHORITY.title(), "month": "2023-03", "kind": "council"}
    return Edition.model_validate(values)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    made = Workspace(tmp_path / "project")
    made.params.mkdir(parents=True)
    text = (ROOT / "params/measures.yml").read_text("utf-8")
    (made.params / "measures.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    return made


def tables(workspace: Workspace, digest: str, figure: str, edition_id: str = ID) -> Path:
    """A version's published table of referrals, with March's figure or its mark."""
    folder = workspace.record / edition_id / f"tables-{digest[:16]}"
    folder.mkdir(parents=True)
    withheld = figure.startswith("[")
    row = ["March 2023", "the month", "all", figure, "[z]", figure, figure if withheld else "none"]
    with (folder / "referrals_received.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, row])
    return folder


def publish(
    workspace: Workspace, digest: str, what: Literal["published", "corrected"] = "published"
) -> None:
    entry = Publication(edition=ID, what=what, day=date(2023, 4, 3), digest=digest, role="analyst")
    note(workspace, ID, [entry])


def march(workspace: Workspace) -> str:
    folder = prepare(workspace, edition(), read_catalogue(workspace))
    lines = (folder / FIGURES).read_text("utf-8").splitlines()
    (found,) = [line for line in lines if line.startswith(",".join(MARCH))]
    return found.removeprefix(",".join(MARCH))


def test_what_was_published_of_an_edition_counts_and_what_was_only_made_does_not(
    workspace: Workspace,
) -> None:
    first, _ = tables(workspace, FIRST, "40"), tables(workspace, LATER, "41")
    before = tables(workspace, "c" * 64, "40", f"{AUTHORITY}-2023-02")
    tables(workspace, "d" * 64, "40", f"{AUTHORITY}-2023-04")
    assert earlier_tables(workspace, edition()) == (before,)
    publish(workspace, FIRST)
    assert earlier_tables(workspace, edition()) == (before, first)


def test_what_the_first_version_withheld_the_corrected_one_withholds(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Four referrals, withheld; then it turns out that there were 40. The 4 must not be told."""
    keep(tmp_path / "history", of_march(40))
    tables(workspace, FIRST, "[c] small number withheld")
    assert march(workspace).startswith(",40,")
    publish(workspace, FIRST)
    assert march(workspace).startswith(",,,suppressed")


def test_the_audit_holds_the_first_version(workspace: Workspace, tmp_path: Path) -> None:
    """A published 9 has become 4: whoever has the first version is told of."""
    keep(tmp_path / "history", of_march(4))
    tables(workspace, FIRST, "9")
    publish(workspace, FIRST)
    catalogue = read_catalogue(workspace)
    assert march(workspace).startswith(",,,suppressed")
    found = audit_prepared(workspace, edition(), catalogue)
    assert found.was_published and found.editions == 0
    assert [each for each in found.restated if "March 2023" in each]


def test_tables_that_were_read_are_inputs_and_verify_takes_them_alone(
    workspace: Workspace,
) -> None:
    """Versions that came out after a record was made are not there when it is made again."""
    tables(workspace, FIRST, "40")
    tables(workspace, "c" * 64, "40", f"{AUTHORITY}-2023-02")
    publish(workspace, FIRST)
    read = tables_read(workspace, edition())
    assert set(read) == {
        f"record/{ID}/tables-{FIRST[:16]}",
        f"record/{AUTHORITY}-2023-02/tables-{'c' * 16}",
    }
    tables(workspace, LATER, "41")
    publish(workspace, LATER, "corrected")
    tables(workspace, "e" * 64, "42", f"{AUTHORITY}-2023-02")
    then = manifest_of(
        {}, edition=ID, kind="council", inputs=dict.fromkeys(read, "sha256:" + FIRST)
    )
    with copy_of(workspace, then) as copy:
        assert tables_read(copy, edition()) == read
    assert set(tables_read(workspace, edition())) > set(read)
