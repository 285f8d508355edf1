"""Damage done to a return, one thing at a time, and what is noticed of it."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from drawn_extracts import EPISODES, HEADER, KEY, OC3, PREVPERM, REVIEWS, read_return, seen

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.ssda903 import read_ssda903

ONE, TWO, THREE, FOUR, FIVE = (f"{name}.csv" for name in ("one", "two", "three", "four", "five"))
TABLE = {ONE: HEADER, TWO: EPISODES, THREE: REVIEWS, FOUR: PREVPERM, FIVE: OC3}
EXCLUDE, WARN = Weight.EXCLUDE, Weight.WARN
LATER = "a day after 2024-03-31, the extract's"
NO_CODE = "a code that the list does not have"
NO_DAY = "an entry that is no day"

DAMAGE = [
    # file, what stands there, what is put in its place, weight, column, found, rows
    (TWO, "A1,10/04/2023", ",10/04/2023", EXCLUDE, "CHILD", "blank", (2,)),
    (TWO, "A2,01/05/2023", "A2,", EXCLUDE, "DECOM", "blank", (4,)),
    (TWO, "A2,01/05/2023", "A2,31/04/2023", EXCLUDE, "DECOM", NO_DAY, (4,)),
    (TWO, "A2,01/05/2023", "A2,01/05/2024", EXCLUDE, "DECOM", LATER, (4,)),
    (TWO, "30/09/2023", "30/09/2022", EXCLUDE, "DEC", "a day before that of DECOM", (4,)),
    (TWO, "30/09/2023", "soon", EXCLUDE, "DEC", NO_DAY, (4,)),
    (TWO, "30/09/2023", "01/04/2024", WARN, "DEC", LATER, (4,)),
    (TWO, "30/09/2023", "", WARN, "REC", "a reason for an end without its day", (4,)),
    (TWO, "30/09/2023,E4A", "30/09/2023,", WARN, "REC", "an end without its reason", (4,)),
    (TWO, "30/09/2023,E4A", "30/09/2023,E99", WARN, "REC", NO_CODE, (4,)),
    (TWO, "01/05/2023,S", "01/05/2023,Q", EXCLUDE, "RNE", NO_CODE, (4,)),
    (TWO, "01/05/2023,S", "01/05/2023,", EXCLUDE, "RNE", "blank", (4,)),
    (TWO, "S,V2", "S,V9", WARN, "LS", NO_CODE, (4,)),
    (TWO, "K2,PR1", "K9,PR1", WARN, "PLACE", NO_CODE, (4,)),
    (
        TWO, "A3,02/01/2022", "A2,01/05/2023,S,V2,N1,K2,PR1,30/09/2023,E4A,,,,13\nA3,02/01/2022",
        EXCLUDE, "two.csv", "an episode that stands in an earlier row too", (5,),
    ),
    (
        TWO, "20/06/2023,P", "19/06/2023,P", WARN, "DECOM",
        "an episode that starts before the child's last one ends", (3,),
    ),
    (
        TWO, "20/06/2023,P", "29/06/2023,P", WARN, "DECOM",
        "a gap after an episode that says that care goes on (X1)", (3,),
    ),
    (TWO, "14\n", "14\nA9,01/05/2023,S\n", EXCLUDE, "two.csv", "more or fewer cells than headings",
     (6,)),
    (ONE, "09/09/2007", "09/09/2001", WARN, "DECOM",
     "an age above 18 when the episode starts", (4,)),
    (ONE, "09/09/2007", "09/09/2023", WARN, "DECOM",
     "an episode that starts before the child's birth", (4,)),
    (ONE, "09/09/2007", "09/09/2027", WARN, "DOB",
     "a date of birth after 2024-03-31, the extract's", (3,)),
    (ONE, "09/09/2007", "09/09/07", WARN, "DOB", NO_DAY, (3,)),
    (ONE, "09/09/2007", "", WARN, "DOB", "blank", (3,)),
    (ONE, "A3,1,14/02/2018", "A2,1,14/02/2018", WARN, "DOB",
     "a child with two dates of birth; the first is used", (3, 4)),
    (THREE, "A2,09/09/2007", "A8,09/09/2007", EXCLUDE, "CHILD", "a child who is not in Episodes",
     (4,)),
    (THREE, "22/05/2023", "22/04/2023", EXCLUDE, "REVIEW", "a review before care started", (4,)),
    (THREE, "22/05/2023", "22/10/2023", WARN, "REVIEW", "a review after care had ended", (4,)),
    (THREE, "22/05/2023", "22/05/2024", EXCLUDE, "REVIEW", LATER, (4,)),
    (THREE, "01/08/2023", "05/05/2023", EXCLUDE, "three.csv",
     "a review of the same child and day that stands in an earlier row too", (3,)),
    (THREE, "22/05/2023,PN1", "22/05/2023,PN9", WARN, "REVIEW_CODE", NO_CODE, (4,)),
    (THREE, "A2,09/09/2007", "A2,19/09/2007", WARN, "DOB", "a date of birth other than in Header",
     (4,)),
    (FOUR, "Z1", "Z9", EXCLUDE, "PREV_PERM", NO_CODE, (3,)),
    (FOUR, "01/02/2015", "in 2015", WARN, "DATE_PERM", NO_DAY, (2,)),
    (FOUR, "A1,", "A7,", WARN, "CHILD", "a child who is not in Episodes", (2,)),
    (FIVE, "15/06/2005", "15/06/2015", WARN, "DOB", "an age outside 17 to 21 on 2024-03-31", (2,)),
    (FIVE, "15/06/2005", "", WARN, "DOB", "blank", (2,)),
    (FIVE, "YES", "MAYBE", WARN, "IN_TOUCH", NO_CODE, (2,)),
    (FIVE, "F2", "F9", WARN, "ACTIV", NO_CODE, (2,)),
    (FIVE, "B1\n", "01\n", WARN, "ACCOM", NO_CODE, (2,)),
    (FIVE, "B2,20", "B1,20", EXCLUDE, "five.csv",
     "a young person that stands in an earlier row too", (3,)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "weight", "column", "found", "rows"),
    DAMAGE,
    ids=[f"{each[4]}: {each[5]}" for each in DAMAGE],
)
def test_rows(
    tmp_path: Path, file: str, old: str, new: str, weight: Weight, column: str, found: str,
    rows: tuple[int, ...],
) -> None:  # fmt: skip
    assert old in TABLE[file]
    before = read_return(tmp_path / "whole")
    after = read_return(tmp_path / "spoilt", {file: TABLE[file].replace(old, new, 1)})
    assert (column, found, rows) in seen(after.notices, weight)
    for table, read in after.rows_read.items():
        assert read == len(after.tables[table]) + after.excluded(table)
    told = [each for each in after.notices if each not in before.notices]
    assert all(each.mend for each in told)


REFUSED = [
    ({TWO: EPISODES.replace("01/05", "05/31")}, "two.csv, DECOM, row 4: days month first"),
    ({ONE: None}, "no file with the headings of Header"),
    ({TWO: None}, "no file with the headings of Episodes"),
    ({TWO: EPISODES.replace(",REC,", ",ENDED,")}, "no column REC; the file is Episodes"),
    ({TWO: EPISODES.replace("HOME_POST", "REC")}, "the column REC stands twice"),
    ({TWO: EPISODES.split("\n")[1]}, "two.csv: headings without a row below them"),
    ({ONE: HEADER.split("\n")[1]}, "one.csv: headings without a row below them"),
    ({TWO: b""}, "two.csv: an empty file"),
    ({TWO: EPISODES.replace(",", ";")}, "two.csv: separated by semicolons"),
    ({TWO: EPISODES.strip().encode("utf-16")}, "two.csv: not text, or text in UTF-16"),
    ({TWO: b"PK\x03\x04 and so on"}, "two.csv: a workbook or archive, not text"),
    ({TWO: b"CHILD,DECOM\n\x81\x8d,1\n"}, "neither UTF-8 nor Windows text (line 2)"),
    ({TWO: EPISODES.strip() + '\n"' + "x" * 200_000}, "two.csv: not a table from line 6 on"),
    ({"six.csv": REVIEWS.replace("PN3", "PN1")}, "are both Reviews, and differ"),
    (
        {TWO: EPISODES.replace("2023", "2025").replace("2022", "2025")},
        "4 of 4 episodes start after 2024-03-31",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "found"), REFUSED, ids=[each[1] for each in REFUSED])
def test_files_that_are_refused(
    tmp_path: Path, files: dict[str, str | bytes | None], found: str
) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_return(tmp_path, files)
    assert found in str(caught.value)


WARNED = [
    ({"six.csv": "NAME,STREET\nx,y\n"}, "line 1 has 2 cells that are no file's headings; not read"),
    ({"six.csv": REVIEWS}, "a copy of six.csv; not read twice"),
    ({"notes.docx": "x"}, "no CSV file; not read"),
    ({THREE: REVIEWS.replace("DOB", "BORN")}, "no column DOB; the file is Reviews"),
    (
        {THREE: REVIEWS.replace("DOB", "BORN")},
        "a column that Reviews does not have (number 2); not read",
    ),
    ({FOUR: None}, "no file with the headings of PrevPerm"),
]


@pytest.mark.parametrize(("files", "found"), WARNED, ids=[each[1] for each in WARNED])
def test_files_that_are_read_with_a_warning(
    tmp_path: Path, files: dict[str, str | bytes | None], found: str
) -> None:
    notices = read_return(tmp_path, files).notices
    assert found in [each.found for each in notices if each.weight is WARN]


def test_impossible_dates_of_birth_leave_the_age_empty(tmp_path: Path) -> None:
    extract = read_return(tmp_path, {ONE: HEADER.replace("09/09/2007", "09/09/1907")})
    ages = extract.tables["care_periods"]["age_at_start"]
    assert ages.isna().sum() == 1 and ages.dropna().between(0, 18).all()


def test_a_future_end_is_an_open_spell(tmp_path: Path) -> None:
    extract = read_return(tmp_path, {TWO: EPISODES.replace("30/09/2023", "01/04/2024")})
    episodes = extract.tables["care_episodes"]
    assert episodes["ended"].notna().sum() == 1
    assert episodes["reason_ended"].notna().sum() == 1
    assert extract.tables["care_periods"]["ended"].isna().all()


@pytest.mark.parametrize("damage", ["cut short", "no zip file at all", "password"])
def test_damaged_zip_files_are_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "return.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("two.csv", EPISODES * 50)
    raw = bytearray(path.read_bytes())
    if damage == "cut short":
        raw = raw[:-60]
    elif damage == "password":
        for sign in (b"PK\x03\x04", b"PK\x01\x02"):
            at = raw.find(sign)
            raw[at + (6 if sign.endswith(b"\x04") else 8)] |= 1
    else:
        raw = bytearray(b"PK\x03\x04 nothing")
    path.write_bytes(raw)
    with pytest.raises(FaultsFound, match="cannot be unpacked"):
        read_ssda903(path, as_of=date(2024, 3, 31), pseudonyms=KEY)


def test_a_column_most_of_which_cannot_be_used_is_refused(tmp_path: Path) -> None:
    """Ten reviews with days in words: set aside, they would look like no review at all."""
    rows = "".join(f"A1,27/03/2010,{day} May 2023,PN1\n" for day in range(1, 11))
    with pytest.raises(FaultsFound, match="10 of 10 entries cannot be used"):
        read_return(tmp_path / "words", {THREE: REVIEWS.split()[0] + "\n" + rows})
    rows = rows.replace(" May ", "/05/").replace("3/05", "3 May")
    extract = read_return(tmp_path / "one", {THREE: REVIEWS.split()[0] + "\n" + rows})
    assert extract.excluded("care_reviews") > 0


@pytest.mark.parametrize(("name", "content"), [(ONE, HEADER), (TWO, EPISODES), (THREE, REVIEWS)])
def test_a_file_that_breaks_off_within_a_row_is_refused(
    tmp_path: Path, name: str, content: str
) -> None:
    """Half of a list looks like half of the children: the last row, without its end, tells."""
    half = content.lstrip().rstrip("\n").rpartition(",")[0]
    with pytest.raises(FaultsFound) as caught:
        read_return(tmp_path, {name: half})
    (fault,) = caught.value.faults
    assert fault.where.startswith(name) and "breaks off in the midst of a row" in fault.found
