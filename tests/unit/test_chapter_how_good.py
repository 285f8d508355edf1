"""The page of the benchmark's results: missed aims first, everything in words, nothing typed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from scrutinybook.benchmark_results import COLUMNS, Verdict, read_results
from scrutinybook.chapters import how_good
from scrutinybook.errors import FaultsFound
from scrutinybook.workspace import Workspace

DRAWN = """\
table,case,measure,bar,estimate,lower,upper,n,verdict,seed
one look,no change,false alarm,<= 0.06,0.0410,0.0300,0.0540,1000,reached,7
one look,a rise,found,>= 0.88,0.7000,0.6700,0.7300,1000,missed,7
one look,a rise,"months in the range, median",,8.0000,7.0000,9.0000,700,,7
many looks,a rise,"months until found, median",<= 5,5.5000,5.0000,6.0000,500,within its limits,7
many looks,a fall,found,>= 0.9,nan,nan,nan,0,not measured,7
"""


def workspace(folder: Path, text: str = DRAWN) -> Workspace:
    place = Workspace(folder).benchmark_results
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return Workspace(folder)


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def test_missed_aims_come_first_and_all_is_said_in_words(tmp_path: Path) -> None:
    root = parsed(how_good.aims(how_good.read(workspace(tmp_path))))
    assert [p.text for p in root.iter("p")] == [
        "Of 4 aims that were set beforehand, 1 was reached.",
        "Missed:",
        "Not reached; the aim lies within the 95% limits of what was found:",
        "Not measured:",
        "Reached:",
    ]
    assert [item.text for item in root.iter("li")] == [
        "One look: a rise, found. Found: 70.0% (95% limits 67.0% to 73.0%, 1,000 series)."
        " Aim: at least 88%.",
        "Many looks: a rise, months until found, median. Found: 5.5 (95% limits 5 to 6,"
        " 500 series). Aim: at most 5.",
        "Many looks: a fall, found. Found: not measured. Aim: at least 90%.",
        "One look: no change, false alarm. Found: 4.1% (95% limits 3.0% to 5.4%, 1,000 series)."
        " Aim: at most 6%.",
    ]


def test_every_row_stands_in_its_table(tmp_path: Path) -> None:
    root = parsed(how_good.tables(how_good.read(workspace(tmp_path))))
    assert [h.text for h in root.iter("h3")] == ["One look", "Many looks"]
    assert [s.text for s in root.iter("summary")] == ["All 3 figures", "All 2 figures"]
    heads, _, missed, no_aim, _, rough, unknown = [
        [cell.text for cell in row] for row in root.iter("tr")
    ]
    assert heads[0] == "Tried, and counted"
    assert missed == ["a rise, found", "70.0%", "67.0% to 73.0%", "at least 88%: missed", "1,000"]
    assert no_aim == ["a rise, months in the range, median", "8", "7 to 9", "no aim", "700"]
    assert rough[3] == "at most 5: not reached, but within the 95% limits"
    assert unknown == ["a fall, found", "not measured", "–", "at least 90%: not measured", "0"]


def test_a_fall_has_a_minus_sign(tmp_path: Path) -> None:
    results = how_good.read(workspace(tmp_path, DRAWN.replace("a fall", "-20% mid-series")))
    assert "−20% mid-series" in how_good.tables(results)


def test_the_methods_page_says_how_many_and_what_was_missed(tmp_path: Path) -> None:
    root = parsed(how_good.in_brief(how_good.read(workspace(tmp_path))))
    assert [p.text for p in root.iter("p")] == [
        "Of 4 aims that were set beforehand, 1 was reached.",
        "Missed:",
    ]
    assert len(list(root.iter("li"))) == 1


def test_all_reached(tmp_path: Path) -> None:
    text = "".join(DRAWN.splitlines(keepends=True)[:2])
    results = how_good.read(workspace(tmp_path, text))
    assert "All 1 aims" not in how_good.aims(results)
    assert "The one aim that was set beforehand was reached." in how_good.aims(results)
    assert "Missed" not in how_good.in_brief(results)


def test_a_row_without_an_aim_is_no_aim(tmp_path: Path) -> None:
    text = "".join(DRAWN.splitlines(keepends=True)[k] for k in (0, 3))
    assert "No aim was set" in how_good.aims(how_good.read(workspace(tmp_path, text)))


def test_it_says_in_words_that_the_benchmark_has_not_been_run(tmp_path: Path) -> None:
    none = how_good.read(Workspace(tmp_path))
    assert none is None
    for piece in (how_good.aims(none), how_good.in_brief(none), how_good.tables(none)):
        assert "were not there when this page was made" in piece
    assert "seed" not in how_good.again(none)


def test_the_seed_is_that_of_the_file(tmp_path: Path) -> None:
    assert "with seed 7." in how_good.again(how_good.read(workspace(tmp_path)))


def test_the_columns_and_verdicts_are_those_that_the_benchmark_writes() -> None:
    """Read, not imported: the benchmark is no part of the package."""
    folder = Path(__file__).resolve().parents[2] / "benchmarks/operating_characteristics"
    estimates = (folder / "estimates.py").read_text(encoding="utf-8")
    fields = estimates.split("class Estimate:")[1].split("\n\n\n")[0]
    written = [line.split(":")[0].strip() for line in fields.splitlines() if ": " in line]
    assert (*written, "seed") == COLUMNS
    for verdict in filter(None, Verdict):
        assert f'"{verdict.value}"' in estimates


class TestFaults:
    """A file that cannot be read is told of with every fault."""

    def faults(self, folder: Path, text: str) -> list[tuple[str, str]]:
        with pytest.raises(FaultsFound) as raised:
            read_results(workspace(folder, text).benchmark_results)
        return [(fault.where, fault.found) for fault in raised.value.faults]

    def test_other_columns(self, tmp_path: Path) -> None:
        told = self.faults(tmp_path, "table,case\none,two\n")
        assert told == [("results.csv", "the columns are table, case")]
        assert self.faults(tmp_path, "") == [("results.csv", "the columns are missing")]

    def test_every_cell_at_once(self, tmp_path: Path) -> None:
        text = DRAWN.replace("<= 0.06,0.0410", "below 0.06,four").replace("missed,7", "mised,x")
        assert self.faults(tmp_path, text) == [
            ("results.csv, line 2: estimate", "'four'"),
            ("results.csv, line 2: bar", "'below 0.06'"),
            ("results.csv, line 3: seed", "'x'"),
            ("results.csv, line 3: verdict", "'mised'"),
        ]

    def test_a_row_cut_short(self, tmp_path: Path) -> None:
        told = self.faults(tmp_path, DRAWN + "one look,a rise\n")
        assert told == [("results.csv, line 7", "another number of cells than there are columns")]
