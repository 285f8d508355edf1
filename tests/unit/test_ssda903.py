"""The children looked after return: from a folder of CSV files to event tables."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_extracts import (
    EPISODES,
    HEADER,
    KEY,
    OC3,
    RETURN,
    REVIEWS,
    read_return,
    seen,
    write_return,
)

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.ssda903 import read_ssda903

ONLY_NOTE = "care started before the first episode in the file"


def hashed(*numbers: str) -> list[str]:
    return KEY.of(pd.Series(numbers, dtype="string"), "child").tolist()


def rows(extract: Extract, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Rows as plain tuples, days as text, blanks as None."""
    frame = extract.tables[table][list(columns)]
    return [
        tuple(
            None
            if pd.isna(each)
            else each.date().isoformat()
            if isinstance(each, pd.Timestamp)
            else each
            for each in row
        )
        for row in frame.itertuples(index=False)
    ]


@pytest.fixture
def whole(tmp_path: Path) -> Extract:
    return read_return(tmp_path)


def test_a_whole_return_gives_every_table_after_its_schema(whole: Extract) -> None:
    assert whole.format is Format.SSDA903 and whole.as_of == date(2024, 3, 31)
    assert set(whole.tables) == {
        "care_episodes", "care_periods", "care_reviews", "previous_permanence", "care_leavers",
    }  # fmt: skip
    for name, table in whole.tables.items():
        EVENT_TABLES[name].schema.validate(table)


def test_a_return_without_faults_gives_no_notice_but_of_care_from_earlier_years(
    whole: Extract,
) -> None:
    assert seen(whole.notices, Weight.WARN) == [("RNE", ONLY_NOTE, (5,))]
    assert not seen(whole.notices, Weight.EXCLUDE)


def test_periods(whole: Extract) -> None:
    """
    A1   placed 10 April, moved 20 June, in care still; age 13 at the start; reviewed 1 August
    A2   in care 1 May to 30 September; age 15
    A3   in care since before the year
    """
    found = rows(
        whole, "care_periods", "started", "ended", "age_at_start", "placements_in_year",
        "latest_review",
    )  # fmt: skip
    assert sorted(found, key=str) == [
        ("2022-01-02", None, 3, 1, None),
        ("2023-04-10", None, 13, 2, "2023-08-01"),
        ("2023-05-01", "2023-09-30", 15, 1, "2023-05-22"),
    ]


def test_episodes_keep_codes_and_lose_everything_that_names(whole: Extract) -> None:
    columns = tuple(EVENT_TABLES["care_episodes"].columns)[1:]
    assert rows(whole, "care_episodes", *columns)[0] == (
        "2023-04-10", "2023-06-20", "S", "X1", "C2", "U1", 13,
    )  # fmt: skip
    assert whole.tables["care_episodes"]["child"].tolist() == hashed("A1", "A1", "A2", "A3")


def test_reviews_and_previous_permanence(whole: Extract) -> None:
    assert rows(whole, "care_reviews", "date", "participation")[1] == ("2023-08-01", "PN3")
    assert rows(whole, "previous_permanence", "kind", "date") == [
        ("P2", "2015-02-01"),
        ("Z1", None),
    ]


def test_care_leavers_in_the_words_that_formats_share(whole: Extract) -> None:
    """Age on 31 March 2024; activity and accommodation are blank where nothing applies."""
    assert rows(whole, "care_leavers", "age", "in_touch", "activity", "suitable_accommodation") == [
        (18, "in touch", "F2", "suitable"),
        (20, "not in touch", None, None),
        (18, "returned home", None, None),
    ]


def test_a_return_covers_its_year_from_1_april(tmp_path: Path) -> None:
    assert set(read_return(tmp_path / "a").covers_from.items()) >= {
        ("care_episodes", date(2023, 4, 1)),
        ("care_reviews", date(2023, 4, 1)),
    }
    mid_year = read_return(tmp_path / "b", as_of=date(2023, 12, 31))
    assert mid_year.covers_from["care_periods"] == date(2023, 4, 1)
    longer = read_return(tmp_path / "c", covers_from=date(2015, 4, 1))
    assert longer.covers_from["care_reviews"] == date(2015, 4, 1)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(REVIEWS.lstrip().lower().replace("pn", "PN"), id="headings in lower case"),
        pytest.param("\ufeff" + REVIEWS.lstrip(), id="byte-order mark"),
        pytest.param(REVIEWS.lstrip().replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(
            "\n".join(
                ",".join(f'"{cell}"' for cell in line.split(",")) for line in REVIEWS.split()
            ),
            id="quoted",
        ),
        pytest.param(
            "\n".join(",".join(reversed(line.split(","))) for line in REVIEWS.split()),
            id="columns in another order",
        ),
        pytest.param(REVIEWS.lstrip() + "\n\n,,,\n", id="blank rows at the end"),
    ],
)
def test_ways_of_writing_that_make_no_difference(
    tmp_path: Path, whole: Extract, content: str
) -> None:
    if content.startswith("child"):
        content = content.replace("a1,", "A1,").replace("a2,", "A2,")
    again = read_return(tmp_path / "again", {"three.csv": content.encode()})
    pd.testing.assert_frame_equal(again.tables["care_reviews"], whole.tables["care_reviews"])
    assert again.notices == whole.notices


def test_windows_text_is_read_with_a_warning(tmp_path: Path) -> None:
    header = HEADER.replace("WBRI,U1", "WBRI,Ué").lstrip().encode("cp1252")
    found = seen(read_return(tmp_path, {"one.csv": header}).notices, Weight.WARN)
    assert ("one.csv", "not UTF-8; read as Windows text (cp1252)", ()) in found


def test_a_zip_file_gives_the_same_as_the_folder(tmp_path: Path, whole: Extract) -> None:
    with zipfile.ZipFile(tmp_path / "return.zip", "w") as archive:
        for name, content in RETURN.items():
            archive.writestr(f"sent/{name}", content.lstrip("\n"))
    packed = read_ssda903(tmp_path / "return.zip", as_of=whole.as_of, pseudonyms=KEY)
    for name, table in whole.tables.items():
        pd.testing.assert_frame_equal(packed.tables[name], table)


def test_the_hash_follows_every_byte_and_no_other_thing(tmp_path: Path, whole: Extract) -> None:
    assert read_return(tmp_path / "same").content_hash == whole.content_hash
    changed = read_return(tmp_path / "other", {"five.csv": OC3.replace("YES", "NO")})
    assert changed.content_hash != whole.content_hash


def test_rows_are_named_by_line_also_behind_a_cell_of_two_lines(tmp_path: Path) -> None:
    header = HEADER.replace("WBRI,U1", '"WB\nRI",U1').replace("14/02/2018", "31/02/2018")
    found = seen(read_return(tmp_path, {"one.csv": header}).notices, Weight.WARN)
    assert ("DOB", "an entry that is no day", (5,)) in found


def test_other_files_of_the_return_are_known_and_not_used(tmp_path: Path, whole: Extract) -> None:
    others = {
        "uasc.csv": "CHILD,DOB,SEX,DUC\nA1,27/03/2010,1,\n",
        "missing.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,27/03/2010,M,01/05/2023,\n",
    }
    assert read_return(tmp_path / "more", others).notices == whole.notices


def test_a_return_without_care_leavers_has_no_such_table(tmp_path: Path) -> None:
    extract = read_return(tmp_path, {"five.csv": None})
    assert "care_leavers" not in extract.tables
    assert any("OC3" in each.found for each in extract.notices)


def test_every_refusal_comes_at_once(tmp_path: Path) -> None:
    spoilt = {
        "one.csv": None,
        "two.csv": EPISODES.replace("DECOM", "STARTED"),
        "three.csv": REVIEWS.replace("05/05/2023", "05/31/2023"),
    }
    with pytest.raises(FaultsFound) as caught:
        read_return(tmp_path, spoilt)
    said = str(caught.value)
    assert "no file with the headings of Header" in said
    assert "no column DECOM" in said
    assert "days month first" in said


def test_a_folder_that_is_not_there_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    write_return(tmp_path / "return-2024")
    with pytest.raises(FaultsFound, match="did you mean 'return-2024'"):
        read_ssda903(tmp_path / "return-2042", as_of=date(2024, 3, 31), pseudonyms=KEY)
