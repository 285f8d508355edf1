"""Files that cannot be used: each fault is told in words, none is a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Scrutiny

MONTHS = [f"{2021 + k // 12}-{k % 12 + 1:02d}" for k in range(30)]


def rows(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def series(*changed: tuple[int, str], heading: str = "x,y") -> str:
    """Thirty months of counts 20 to 24; `changed` puts another text into a row's y."""
    texts = [f"{month},{20 + k % 5}" for k, month in enumerate(MONTHS)]
    for at, text in changed:
        texts[at] = f"{MONTHS[at]},{text}"
    return rows(heading, *texts)


def of_n(*changed: tuple[int, str]) -> str:
    """Thirty months with 20 of 40; `changed` puts another y,n into a row."""
    texts = [f"{month},20,40" for month in MONTHS]
    for at, text in changed:
        texts[at] = f"{MONTHS[at]},{text}"
    return rows("x,y,n", *texts)


def chart(*words: str) -> list[str]:
    return ["chart", "in.csv", "--out", "out.csv", *words]


FILES: dict[str, tuple[str | bytes, list[str], list[str]]] = {
    "empty": ("", chart(), ["in.csv: the file is empty"]),
    "blank lines": ("\n\n , \n", chart(), ["in.csv: the file is empty"]),
    "headings only": ("x,y\n", chart(), ["headings only", "a row for each point"]),
    "no column y": (rows("x,n", "a,1"), chart(), ["no column y; headings there: x, n"]),
    "capital": (
        rows("x,Y", "a,1"),
        chart(),
        ["unknown column 'Y'", "did you mean 'y'?", "no column y"],
    ),
    "column twice": (rows("x,y,y", "a,1,2"), chart(), ["the heading 'y' stands twice"]),
    "column without heading": (rows("x,y,", "a,1,"), chart(), ["column 3 has no heading"]),
    "text": (series((3, "many")), chart(), ["row 5, column y: 'many'", "a number"]),
    "not available": (
        series((3, "NA")),
        chart(),
        ["row 5, column y: 'NA'", "leave the cell blank"],
    ),
    "per cent": (series((3, "85%")), chart(), ["'85%'", "write the number alone"]),
    "thousands": (series((3, '"1,234"')), chart(), ["'1,234'", "nothing for thousands: 1234.5"]),
    "infinite": (series((3, "inf")), chart("--kind", "i"), ["'inf'", "a finite number"]),
    "too large": (series((3, "1e999")), chart("--kind", "i"), ["'1e999'", "from 1e-15 to 1e15"]),
    "negative count": (series((3, "-2")), chart("--kind", "c"), ["'-2'", "zero or more"]),
    "fraction of a count": (series((3, "2.5")), chart("--kind", "g"), ["'2.5'", "whole number"]),
    "no time at all": (series((3, "0")), chart("--kind", "t"), ["'0'", "above zero"]),
    "y above n": (of_n((3, "41,40")), chart("--kind", "p"), ["'41'", "no higher than n"]),
    "n zero": (of_n((3, "0,0")), chart("--kind", "u"), ["row 5, column n: '0'", "above zero"]),
    "n blank": (of_n((3, "5,")), chart("--kind", "p"), ["row 5, column n: blank"]),
    "n negative": (of_n((3, "5,-1")), chart("--kind", "i"), ["'-1'", "above zero"]),
    "fraction of n": (of_n((3, "5,9.5")), chart("--kind", "pp"), ["'9.5'", "a whole number"]),
    "n too large": (of_n((3, "5,2000000")), chart("--kind", "bb"), ["1,000,000 or fewer"]),
    "no n": (series(), chart("--kind", "p"), ["no column n", "choose a chart of y alone"]),
    "semicolons": (rows("x;y", "a;1,5"), chart(), ["separated by semicolons", "with a point"]),
    "tabs": (rows("x\ty", "a\t1"), chart(), ["separated by tabs"]),
    "decimal comma": (
        series((3, "12,5")),
        chart(),
        ["row 5: 3 cells under 2 headings", "a comma inside a number splits it"],
    ),
    "ragged": (rows("x,y", "a,1", "b", "c,2"), chart(), ["row 3: 1 cell under 2 headings"]),
    "empty row": (rows("x,y", "a,1", "", "c,2"), chart(), ["row 3: an empty row"]),
    "blank x": (rows("x,y", "a,1", ",3", "c,2"), chart(), ["row 3, column x: blank"]),
    "no figure at all": (rows("x,y", "a,", "b,"), chart(), ["points 1 to 2: no figures"]),
    "one point": (rows("x,y", "a,1"), chart("--kind", "i"), ["1 figure to make limits", "2 or"]),
    "cp1252": (
        "x,y\n2021–01,1\n".encode("cp1252"),
        chart(),
        ["in.csv: line 2: not UTF-8 text", "cp1252", "'–'", "Save as, CSV UTF-8"],
    ),
    "utf-16": ("x,y\na,1\n".encode("utf-16"), chart(), ["UTF-16 text", "Save as, CSV UTF-8"]),
    "workbook": (b"PK\x03\x04rest", chart(), ["a spreadsheet workbook, not text"]),
    "number 0": (b"x,y\na,\x00\n", chart(), ["not text"]),
    "open quotation": ('x,y\na,"' + "1" * 200_000, chart(), ["not a table", "quotation mark"]),
    "phase beyond": (series(), chart("--phase", "31"), ["--phase 31: point 31", "1 to 29"]),
    "phase at the end": (series(), chart("--phase", "30"), ["no point would come after it"]),
    "phase nought": (series(), chart("--phase", "0"), ["--phase 0", "count points from 1"]),
    "exclude beyond": (series(), chart("--exclude", "31"), ["--exclude 31: point 31", "1 to 30"]),
    "freeze beyond": (series(), chart("--freeze", "31"), ["--freeze 31: point 31", "1 to 30"]),
    "freeze and phase": (
        series(),
        chart("--freeze", "9", "--phase", "12"),
        ["--freeze 9 with --phase", "one of the two"],
    ),
    "freeze too short": (
        series(),
        chart("--kind", "c", "--freeze", "1"),
        ["1 figure to make limits from"],
    ),
    "phase of one point": (
        series(),
        chart("--kind", "i", "--phase", "29"),
        ["points 30 to 30: 1 figure to make limits from"],
    ),
    "all of a phase excluded": (
        series(),
        chart("--kind", "run", "--phase", "2", "--exclude", "1", "--exclude", "2"),
        ["points 1 to 2: no figures to make limits from"],
    ),
    "changes: fraction": (series((3, "2.5")), ["changes", "in.csv"], ["'2.5'", "whole number"]),
    "changes: too short": (
        rows("x,y", *(f"{month},5" for month in MONTHS[:20])),
        ["changes", "in.csv"],
        ["20 figures", "24 or more with a season of 12", "--season 1 needs 12"],
    ),
    "changes: other season": (series(), ["changes", "in.csv", "--season", "4"], ["season of 4"]),
    "changes: level": (series(), ["changes", "in.csv", "--level", "5"], ["--level: 5"]),
    "changes: seed": (series(), ["changes", "in.csv", "--seed", "-1"], ["--seed: -1"]),
    "changes: n blank": (of_n((3, ",")), ["changes", "in.csv"], ["column n: blank"]),
    "changes: month left out": (
        rows("x,y", *(f"{month},5" for month in MONTHS if month != "2021-05")),
        ["changes", "in.csv"],
        ["2021-06 after 2021-04", "2021-05 comes next", "with y blank"],
    ),
    "changes: month twice": (
        rows("x,y", *(f"{month},5" for month in [*MONTHS, MONTHS[-1]])),
        ["changes", "in.csv"],
        ["2023-06 after 2023-06", "sort the rows"],
    ),
    "changes: one label no month": (
        series().replace("2021-04,", "April,"),
        ["changes", "in.csv"],
        ["row 5, column x: 'April'", "a month such as 2023-04"],
    ),
    "icons: target": (
        series(),
        ["icons", "in.csv", "--direction", "high", "--target", "nan"],
        ["--target: nan", "a finite number"],
    ),
    "icons: phase": (
        series(),
        ["icons", "in.csv", "--direction", "high", "--phase", "29"],
        ["points 30 to 30: 1 figure"],
    ),
    "icons: text": (series((3, "many")), ["icons", "in.csv", "--direction", "low"], ["'many'"]),
}


@pytest.mark.parametrize("name", FILES)
def test_each_fault_is_told_in_words(scrutiny: Scrutiny, project: Path, name: str) -> None:
    data, words, said = FILES[name]
    (project / "in.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    code, out, err = scrutiny(*words)
    assert (code, out) == (3, ""), out + err
    assert err.startswith("1 fault found") or "faults found" in err
    for each in said:
        assert each in err
    assert "Traceback" not in err
    assert not (project / "out.csv").exists()


def test_all_faults_of_file_options_and_output_are_told_at_once(
    scrutiny: Scrutiny, project: Path
) -> None:
    (project / "in.csv").write_text(series((2, "x"), (4, "-1")), encoding="utf-8")
    code, _, err = scrutiny(
        *("chart", "in.csv", "--kind", "c", "--phase", "99", "--exclude", "0"),
        *("--out", "nowhere/out.csv"),
    )
    assert (code, err.splitlines()[0]) == (3, "5 faults found; nothing was run.")


def test_many_faults_of_one_kind_are_counted(scrutiny: Scrutiny, project: Path) -> None:
    text = series(*((at, "many") for at in range(20)))
    (project / "in.csv").write_text(text, encoding="utf-8")
    _, _, err = scrutiny(*chart())
    assert err.splitlines()[0] == "13 faults found; nothing was run."
    assert "column y: 8 more cells like these" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no.csv", "--out", "out.csv"], ["no.csv: there is no such file", "'now.csv'"]),
        (["params", "--out", "out.csv"], ["params: a folder"]),
        (["now.csv/deeper.csv", "--out", "out.csv"], ["now.csv/deeper.csv"]),
        (["now.csv", "--out", "parms/out.csv"], ["there is no folder parms", "'params'"]),
        (["now.csv", "--out", "now.csv"], ["--out now.csv: the file that is read"]),
        (["now.csv", "--out", "params/../now.csv"], ["the file that is read"]),
        (["now.csv", "--out", "params"], ["--out params: a folder"]),
        (["now.csv", "--out", "a.csv", "--svg", "a.csv"], ["the same file as --out"]),
        (["now.csv", "--out", "a.csv", "--svg", "now.csv"], ["--svg now.csv: the file that is"]),
    ],
)
def test_places_that_cannot_be_read_or_written(
    scrutiny: Scrutiny, project: Path, words: list[str], said: list[str]
) -> None:
    (project / "now.csv").write_text(series(), encoding="utf-8")
    code, out, err = scrutiny("chart", *words)
    assert (code, out) == (3, ""), err
    for each in said:
        assert each in err
    assert (project / "now.csv").read_text(encoding="utf-8") == series()
    assert not list(project.glob("*.part"))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + series().encode(),
        series().replace("\n", "\r\n").encode(),
        (series() + ",\n,\n\n").encode(),
        series().replace("x,y", " x , y ").encode(),
    ],
    ids=["byte-order mark", "Windows line ends", "blank rows at the end", "spaces"],
)
def test_what_spreadsheets_add_is_accepted(scrutiny: Scrutiny, project: Path, data: bytes) -> None:
    (project / "plain.csv").write_text(series(), encoding="utf-8")
    (project / "in.csv").write_bytes(data)
    assert scrutiny(*chart())[0] == 0
    assert scrutiny("chart", "plain.csv", "--out", "plain-out.csv")[0] == 0
    assert (project / "out.csv").read_bytes() == (project / "plain-out.csv").read_bytes()
