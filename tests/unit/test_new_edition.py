"""`scrutiny new`: what is written, what is carried over, what is said to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from projects import Scrutiny

from scrutinybook.edition import read_edition
from scrutinybook.workspace import Workspace


@pytest.mark.parametrize(
    ("asked", "name", "file"),
    [
        ("Torbay", "Torbay", "params/torbay/2024-03.yml"),
        ("torbay", "Torbay", "params/torbay/2024-03.yml"),
        ("880", "Torbay", "params/torbay/2024-03.yml"),
        ("e06000027", "Torbay", "params/torbay/2024-03.yml"),
        ("Bristol", "Bristol, City of", "params/bristol-city-of/2024-03.yml"),
        ("St Helens", "St. Helens", "params/st-helens/2024-03.yml"),
        ("Kingston upon Hull", "Kingston upon Hull, City of", None),
    ],
)
def test_any_spelling_or_code_gives_the_name_that_the_department_writes(
    scrutiny: Scrutiny, project: Path, asked: str, name: str, file: str | None
) -> None:
    code, out, err = scrutiny("new", "--authority", asked, "--month", "2024-03")
    assert (code, err) == (0, "")
    written = out.splitlines()[0].removeprefix("Wrote ")
    assert written == (file or written)
    values = yaml.safe_load((project / written).read_text(encoding="utf-8"))
    assert values == {"authority": name, "month": "2024-03"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--authority", "Torbey", "--month", "2024-03"], "did you mean 'Torbay'?"),
        (
            ["--authority", "Northamptonshire", "--month", "2024-03"],
            "North Northamptonshire or West Northamptonshire",
        ),
        (["--authority", "", "--month", "2024-03"], "no authority is called ''"),
        (["--authority", "Torbay", "--month", "March 2024"], "did you mean 2024-03?"),
        (["--authority", "Torbay", "--month", "2011-03"], "a month from 2012-04"),
        (["--authority", "Plymouth", "--month", "2023-03"], "this edition is there already"),
        (["--from", "plymouth-2022-03", "--month", "2024-04"], "did you mean 'plymouth-2023-03'?"),
        (["--from", "plymouth-2023-03", "--month", "2023-03"], "a month after 2023-03"),
        (["--from", "plymouth-2023-03", "--month", "2022-12"], "a month after 2023-03"),
        (["--from", "plymouth-2023-03", "--month", "2023-4"], "did you mean 2023-04?"),
        (["--month", "2023-04"], "neither --authority nor --from"),
        (
            ["--from", "plymouth-2023-03", "--authority", "Plymouth", "--month", "2023-04"],
            "both --authority and --from",
        ),
        (["--authority", "Torbay", "--month", "2024-03", "--kind", "counsel"], "mean 'council'?"),
        (["--authority", "Torbey", "--month", "2024-03", "--kind", "council"], "mean 'Torbay'?"),
        (["--authority", "Demo", "--month", "2024-03", "--kind", "council"], "called 'Demo'"),
        (["--authority", "Demo", "--month", "2024-03"], "called 'Demo'"),
        (
            ["--authority", "Plymouth", "--month", "2024-03", "--kind", "demonstration"],
            "invented figures are never shown under a real name",
        ),
        (
            ["--from", "plymouth-2023-03", "--month", "2023-04", "--kind", "council"],
            "--kind beside --from",
        ),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    scrutiny: Scrutiny, project: Path, words: list[str], said: str
) -> None:
    before = sorted((project / "params").rglob("*"))
    code, out, err = scrutiny("new", *words)
    assert (code, out, said in err) == (3, "", True), err
    assert sorted((project / "params").rglob("*")) == before


def test_a_wrong_name_and_a_wrong_month_are_told_together(scrutiny: Scrutiny) -> None:
    _, _, err = scrutiny("new", "--authority", "Torbey", "--month", "2024-13")
    assert err.startswith("2 faults found")


def test_an_earlier_edition_gives_phases_notes_and_its_id(
    scrutiny: Scrutiny, project: Path
) -> None:
    assert scrutiny("new", "--from", "plymouth-2023-03", "--month", "2023-06")[0] == 0
    workspace = Workspace(project)
    earlier, made = (read_edition(workspace, f"plymouth-2023-{m}") for m in ("03", "06"))
    assert made.previous == earlier.id
    assert (made.phases, made.notes) == (earlier.phases, earlier.notes)
    assert earlier.phases
    assert earlier.notes
    text = (project / "params/plymouth/2023-06.yml").read_text(encoding="utf-8")
    assert "# Plymouth as at" not in text  # the copied file's comments are about its own month
    assert scrutiny("check", "plymouth-2023-06")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--authority", "Torbay", "--month", "2024-03"], "official FOLDER --authority Torbay\n"),
        (
            ["--authority", "Bristol", "--month", "2024-03"],
            'official FOLDER --authority "Bristol, City of"\n',
        ),
        (["--from", "plymouth-2024-03", "--month", "2024-06"], "figures on file run from 2012-04"),
    ],
)
def test_what_to_do_where_the_figures_are_not_there(
    scrutiny: Scrutiny, words: list[str], said: str
) -> None:
    _, out, _ = scrutiny("new", *words)
    assert said in out
    assert out.splitlines()[-1].startswith("Look at the file, then: scrutiny book ")


def test_the_edition_that_the_committee_met_on_is_carried_over_and_asked_after(
    scrutiny: Scrutiny, project: Path
) -> None:
    code, out, _ = scrutiny("new", "--from", "demo-2023-03", "--month", "2023-04")
    assert code == 0
    made = read_edition(Workspace(project), "demo-2023-04")
    assert (made.last_met, made.previous) == ("demo-2023-01", "demo-2023-03")
    assert "If the committee has met since demo-2023-01, name the edition under last_met." in out


def test_with_figures_on_file_the_book_is_the_next_step(scrutiny: Scrutiny) -> None:
    _, out, _ = scrutiny("new", "--authority", "Plymouth", "--month", "2022-03")
    assert out.splitlines() == [
        "Wrote params/plymouth/2022-03.yml",
        "Look at the file, then: scrutiny book plymouth-2022-03",
    ]


def test_without_any_table_every_name_will_do(scrutiny: Scrutiny, project: Path) -> None:
    (project / "data/official/plymouth/areas.csv").unlink()
    code, out, _ = scrutiny("new", "--authority", "Anyshire", "--month", "2024-03")
    assert (code, out.splitlines()[0]) == (0, "Wrote params/anyshire/2024-03.yml")


def test_an_edition_of_the_council_s_own_extracts_says_how_to_read_them(
    scrutiny: Scrutiny, project: Path
) -> None:
    code, out, _ = scrutiny(
        "new", "--authority", "bristol", "--month", "2024-02", "--kind", "council"
    )
    assert (code, out.splitlines()) == (
        0,
        [
            "Wrote params/bristol-city-of/2024-02.yml",
            "Read the extracts of February 2024 into the history, if they are not there yet:",
            '  scrutiny ingest FILES --authority "Bristol, City of" --as-of 2024-02-29',
            "Look at the file, then: scrutiny book bristol-city-of-2024-02",
        ],
    )
    assert read_edition(Workspace(project), "bristol-city-of-2024-02").kind == "council"


def test_the_next_edition_is_of_the_same_kind_and_needs_no_official_files(
    scrutiny: Scrutiny, project: Path
) -> None:
    code, out, _ = scrutiny("new", "--from", "demo-2023-03", "--month", "2023-04")
    assert (code, out.splitlines()[1:]) == (
        0,
        [
            "If the committee has met since demo-2023-01, name the edition under last_met.",
            "Look at the file, then: scrutiny book demo-2023-04",
        ],
    )
    assert read_edition(Workspace(project), "demo-2023-04").kind == "demonstration"
    code, out, _ = scrutiny("new", "--month", "2022-12", "--kind", "demonstration")
    assert (code, out.splitlines()[0]) == (0, "Wrote params/demo/2022-12.yml")
