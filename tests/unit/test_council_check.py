"""`scrutiny check` of an edition of a council's own extracts: all faults before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_histories import extract
from projects import Scrutiny

from scrutinybook.errors import ExitCode
from scrutinybook.history.writing import Entry, put

EDITION = "authority: Torbay\nmonth: 2023-03\nkind: council\n"


@pytest.fixture
def torbay(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of Torbay's parameters, with an edition and no extract."""
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    folder = project / "params/torbay"
    folder.mkdir()
    (folder / "2023-03.yml").write_text(EDITION, encoding="utf-8")
    return folder


def read_march(history: Path, authority: str = "torbay") -> None:
    march = extract("2023-03-31", "2022-10-01", {"referrals": []})
    key, moment = "0" * 16, "2023-04-03T09:00:00Z"
    put(history, march, Entry(authority, 1, key, moment))  # type: ignore[arg-type]


@pytest.mark.usefixtures("torbay")
def test_without_an_extract_it_says_where_it_looked_and_how_to_read_one(
    scrutiny: Scrutiny, tmp_path: Path
) -> None:
    code, _, err = scrutiny("check", "torbay-2023-03")
    assert code == ExitCode.FAULTS
    assert "there is no extract, so that March 2023 is not known in whole" in err
    assert str(tmp_path / "history") in err
    assert "scrutiny ingest FILE --authority torbay --as-of 2023-03-31" in err


@pytest.mark.usefixtures("torbay")
def test_with_the_month_s_extract_it_is_in_order(scrutiny: Scrutiny, tmp_path: Path) -> None:
    read_march(tmp_path / "history")
    assert scrutiny("check", "torbay-2023-03")[0] == 0


@pytest.mark.usefixtures("torbay")
def test_the_history_of_another_authority_is_not_taken(scrutiny: Scrutiny, tmp_path: Path) -> None:
    read_march(tmp_path / "history", "plymouth")
    code, _, err = scrutiny("check", "torbay-2023-03")
    assert (code, "this is the history of plymouth" in err) == (ExitCode.FAULTS, True)


TEAMS = [
    ("teams: [North]", "teams: ['North']"),
    ("teams: {North: West}", "teams, North: 'West'"),
    ("teams: {North: {service: ''}}", "teams, North, service: empty"),
    ("teams: {North: {service: [A]}}", "teams, North, service: ['A']"),
    ("teams: {North: {services: A}}", "did you mean 'service'?"),
    ("teams: {1: {service: A}}", "the key 1 is not text"),
    ("children: {2022: -5}", "children, 2022"),
    ("children: {2022: many}", "children, 2022: 'many'"),
    ("children: {y: 5}", "children"),
    ("childs: {2022: 5}", "did you mean 'children'?"),
    ("- a list", "the file is a list"),
    ("teams: {A: {service: B}, A: {service: C}}", "the key 'A' stands twice"),
    ("teams: !!python/object:os.system {}", "not valid YAML"),
    ("\tteams:", "not valid YAML"),
]


@pytest.mark.parametrize(("text", "said"), TEAMS, ids=[text for text, _ in TEAMS])
def test_faults_of_teams_are_told_with_those_of_extracts(
    scrutiny: Scrutiny, torbay: Path, text: str, said: str
) -> None:
    (torbay / "council.yml").write_text(text, encoding="utf-8")
    code, _, err = scrutiny("check", "torbay-2023-03")
    assert code == ExitCode.FAULTS
    assert "params/torbay/council.yml" in err
    assert said in err
    assert "there is no extract" in err
    assert "Traceback" not in err


ODD = [
    ("small_counts: 4", "small_counts"),
    ("small_counts: 0", "small_counts"),
    ("small_counts: five", "small_counts: 'five'"),
    ("small_counts: true", "small_counts"),
    ("small_counts: 5.5", "small_counts"),
    ("kind: demonstration", "invented figures are never shown under a real name"),
    ("kind: [council]", "kind"),
    ("kind: Council", "did you mean 'council'?"),
    ("phases: none", "phases"),
    ("notes: [1]", "notes, entry 1"),
    ("month: 2023-13", "is not a month"),
    ("month: [2023, 3]", "month"),
    ("authority: Demo", "authority"),
    ("authority: [Torbay]", "authority"),
    ("authority: 5", "authority"),
    ("previous: plymouth-2022-03", "not an earlier edition of Torbay"),
]


@pytest.mark.parametrize(("line", "said"), ODD, ids=[line for line, _ in ODD])
def test_odd_values_of_the_edition_are_faults(
    scrutiny: Scrutiny, torbay: Path, tmp_path: Path, line: str, said: str
) -> None:
    read_march(tmp_path / "history")
    key = line.partition(":")[0]
    kept = [each for each in EDITION.splitlines() if not each.startswith(f"{key}:")]
    (torbay / "2023-03.yml").write_text("\n".join([*kept, line, ""]), encoding="utf-8")
    code, _, err = scrutiny("check", "torbay-2023-03")
    assert (code, said in err) == (ExitCode.FAULTS, True), err


def test_an_invented_authority_never_has_published_figures(
    scrutiny: Scrutiny, project: Path
) -> None:
    path = project / "params/demo/2023-03.yml"
    path.write_text("authority: Demo\nmonth: 2023-03\n", encoding="utf-8")
    code, _, err = scrutiny("check", "demo-2023-03")
    assert (code, "no authority is called 'Demo'" in err) == (ExitCode.FAULTS, True), err
