"""The demonstration's files: read back they give the extracts, and every one says what it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import python_calamine
from demo_truths import hashed, truth

from scrutinybook.demo.extracts import extract_at
from scrutinybook.demo.frames import DEMO_KEY
from scrutinybook.demo.sheets import MARK
from scrutinybook.demo.truth import simulate
from scrutinybook.demo.write import MonthWritten, write_all, write_month
from scrutinybook.errors import FaultsFound
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.recognise import read_extract

READ_BACK = (Month(2020, 4), Month(2021, 6), Month(2022, 9), Month(2023, 3))
"""With and without titles, days as text, other spellings of headings, both censuses."""
WRITE_ONE = """
import sys
from pathlib import Path
from scrutinybook.demo.truth import simulate
from scrutinybook.demo.write import write_month
from scrutinybook.periods import Month
truth = simulate(7, 2, Month(2021, 3))
write_month(truth, Month(2021, 3), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Month], MonthWritten]:
    @cache
    def write(month: Month) -> MonthWritten:
        return write_month(truth(), month, tmp_path_factory.mktemp("demo") / str(month))

    return write


def read(path: Path, month: Month) -> Extract:
    return read_extract(path, as_of=month.last_day, pseudonyms=Pseudonyms(DEMO_KEY))


def files_in(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


@pytest.mark.parametrize("month", READ_BACK, ids=str)
def test_read_back_the_files_give_the_extracts(
    month: Month, written: Callable[[Month], MonthWritten]
) -> None:
    for fmt, path in written(month).paths.items():
        found = read(path, month)
        made = extract_at(hashed(), month, fmt)
        assert found.format is fmt
        assert found.as_of == made.as_of
        assert set(found.tables) == set(made.tables)
        for name, table in made.tables.items():
            pd.testing.assert_frame_equal(found.tables[name], table, obj=f"{fmt} {name}")
        assert found.covers_from == made.covers_from
        assert found.rows_read == made.rows_read
        assert not [each for each in found.notices if each.weight is not Weight.WARN]


def test_every_name_and_sheet_says_what_it_is(written: Callable[[Month], MonthWritten]) -> None:
    made = written(Month(2023, 3))
    for path in made.paths.values():
        assert path.name.startswith(MARK)
    for file in files_in(made.folder):
        assert MARK in file.name
    book = python_calamine.CalamineWorkbook.from_path(made.paths[Format.ANNEX_A])
    assert all("SYNTHETIC DEMONSTRATION" in each for each in book.sheet_names)
    assert len(book.sheet_names) == 10
    assert f"<!-- {MARK}" in made.paths[Format.CIN_CENSUS].read_text(encoding="utf-8")


def test_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    contents = []
    for at, (hash_seed, zone) in enumerate((("0", "UTC"), ("999", "Asia/Kathmandu"))):
        folder = tmp_path / str(at)
        surroundings = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", WRITE_ONE, str(folder)], env=surroundings,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        contents.append({each.name: each.read_bytes() for each in files_in(folder)})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 8


class TestFolder:
    def test_months_readme_and_what_was_planted(self, tmp_path: Path) -> None:
        seen: list[str] = []
        made = write_all(
            simulate(7, 2), tmp_path / "demo", on_month=lambda each: seen.append(str(each.month))
        )
        assert seen == ["2023-02", "2023-03"]
        assert all(MARK in each.folder.name for each in made)
        readme = (tmp_path / "demo" / "README.txt").read_text(encoding="utf-8")
        assert readme.startswith(MARK)
        assert "Seed: 7" in readme
        said = json.loads((tmp_path / "demo" / "planted.json").read_text(encoding="utf-8"))
        assert MARK in said["note"]
        hub = next(each for each in said["planted"] if each["measure"] == "hub_referrals")
        assert (hub["kind"], hub["first"]) == ("step", "2023-03")

    def test_a_folder_that_holds_something_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(FaultsFound, match="it holds something"):
            write_all(truth(), tmp_path)
        assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> MonthWritten:
    folder = tmp_path_factory.mktemp("faults") / "month"
    return write_month(truth(), Month(2022, 10), folder, with_faults=True)


class TestFaults:
    def test_readers_notice_what_was_put_in(self, spoiled: MonthWritten) -> None:
        noticed = [
            (each.table, each.weight)
            for fmt in (Format.ANNEX_A, Format.SSDA903)
            for each in read(spoiled.paths[fmt], spoiled.month).notices
        ]
        assert spoiled.faults
        for each in spoiled.faults:
            assert (each.table, each.weight) in noticed, each

    def test_only_the_rows_with_faults_are_set_aside(self, spoiled: MonthWritten) -> None:
        found = read(spoiled.paths[Format.ANNEX_A], spoiled.month)
        made = extract_at(hashed(), spoiled.month, Format.ANNEX_A)
        short = {
            name: len(table) - len(found.tables[name])
            for name, table in made.tables.items()
            if len(table) != len(found.tables[name])
        }
        assert short == {"early_help": 1, "referrals": 1, "assessments": 1}
        assert found.excluded("cases") == 1

    def test_without_the_option_there_are_none(
        self, written: Callable[[Month], MonthWritten]
    ) -> None:
        assert written(Month(2023, 3)).faults == ()
