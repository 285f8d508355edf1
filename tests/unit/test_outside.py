"""Charts, icons and changes of a user's own file: what is written, and what is said beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from projects import Scrutiny

from scrutinybook.cli_outside import OWN_FIGURES

COUNTS = [31, 28, 35, 30, 27, 33, 29, 36, 30, 28, 34, 31, 29, 33, 27, 30]
MONTHS = [f"{2022 + k // 12}-{k % 12 + 1:02d}" for k in range(60)]


def write(path: Path, *columns: list[object], heading: str = "x,y") -> None:
    lines = [",".join(map(str, row)) for row in zip(*columns, strict=True)]
    path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")


def charted(project: Path) -> list[dict[str, str]]:
    with (project / "out.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_the_help_and_every_answer_say_that_figures_are_the_users_own(
    scrutiny: Scrutiny, project: Path
) -> None:
    write(project / "in.csv", MONTHS[:16], COUNTS)
    for words in (
        ["chart", "in.csv", "--out", "out.csv"],
        ["icons", "in.csv", "--direction", "low"],
        ["changes", "in.csv", "--season", "1"],
    ):
        assert OWN_FIGURES in scrutiny(*words)[2]
        assert "disclosure gate" in " ".join(scrutiny(words[0], "--help")[1].split())
        code, _, err = scrutiny(*words, options=["--quiet"])
        assert (code, err) == (0, "")


def test_a_chart_is_a_row_for_each_point(scrutiny: Scrutiny, project: Path) -> None:
    """| y  | n  | value | centre (36 of 120)
    | 10 | 40 | .25   | .3
    |    | 40 | gap, kept as a blank
    | 14 | 40 | .35   | .3
    | 12 | 40 | .3    | .3
    """
    columns = [["a", "b", "c", "d"], [10, "", 14, 12], [40] * 4]
    write(project / "in.csv", *columns, heading="x,y,n")
    code, out, err = scrutiny("chart", "in.csv", "--kind", "p", "--out", "out.csv")
    assert (code, out) == (0, "")
    assert "1 of 4 points have no figure; they are kept as gaps" in err
    assert "limits from 3 points; from fewer than 12" in err
    rows = charted(project)
    assert [row["value"] for row in rows] == ["0.25", "", "0.35", "0.3"]
    assert [row["centre"] for row in rows] == ["0.3"] * 4
    assert [row["y"] for row in rows] == ["10", "", "14", "12"]
    upper = 0.3 + 3 * (0.3 * 0.7 / 40) ** 0.5
    assert float(rows[0]["upper"]) == pytest.approx(upper)
    assert (rows[1]["lower"], rows[1]["upper"]) == ("", "")
    assert {row["signal_limits"] for row in rows} == {"FALSE"}


def test_limits_of_counts_and_shares_are_cut_and_those_of_values_are_not(
    scrutiny: Scrutiny, project: Path
) -> None:
    write(project / "in.csv", MONTHS[:12], [0, 3] * 6, [3] * 12, heading="x,y,n")
    lines = {}
    for kind in ("c", "u", "p", "i"):
        scrutiny("chart", "in.csv", "--kind", kind, "--out", "out.csv")
        row = charted(project)[0]
        lines[kind] = (float(row["lower"]), float(row["upper"]))
    assert [lines[kind][0] for kind in "cup"] == [0, 0, 0]
    assert lines["p"][1] == 1
    assert lines["i"][0] < 0
    assert lines["i"][1] > 1


def test_values_are_divided_where_there_is_an_n(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", MONTHS[:4], [2, 4, 6, 3], [2, 2, 2, 3], heading="x,y,n")
    _, _, err = scrutiny("chart", "in.csv", "--kind", "run", "--out", "out.csv")
    assert "the values are y / n" in err
    assert [row["value"] for row in charted(project)] == ["1", "2", "3", "1"]
    _, _, err = scrutiny("chart", "in.csv", "--kind", "c", "--out", "out.csv")
    assert "n is not used" in err
    assert [row["value"] for row in charted(project)] == ["2", "4", "6", "3"]


def test_a_range_chart_begins_with_a_blank_in_each_phase(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", list("abcdef"), [1, 3, 2, 10, 14, 11])
    words = ["--kind", "mr", "--phase", "3", "--out", "out.csv"]
    _, _, err = scrutiny("chart", "in.csv", *words)
    assert [row["value"] for row in charted(project)] == ["", "2", "1", "", "4", "3"]
    assert [row["centre"] for row in charted(project)] == ["1.5"] * 3 + ["3.5"] * 3
    assert "points 4 to 6: runs rules do not apply" in err


def test_runs_are_told_phase_by_phase(scrutiny: Scrutiny, project: Path) -> None:
    """Ten low and ten high points: a long run about one median, none about two."""
    low, high = [1, 2] * 5, [11, 12] * 5
    write(project / "in.csv", MONTHS[:20], low + high)
    scrutiny("chart", "in.csv", "--kind", "run", "--out", "out.csv")
    assert {row["signal_runs"] for row in charted(project)} == {"TRUE"}
    scrutiny("chart", "in.csv", "--kind", "run", "--phase", "10", "--out", "out.csv")
    assert {row["signal_runs"] for row in charted(project)} == {"FALSE"}
    assert [row["centre"] for row in charted(project)] == ["1.5"] * 10 + ["11.5"] * 10
    scrutiny("chart", "in.csv", "--kind", "run", "--freeze", "10", "--out", "out.csv")
    assert {row["centre"] for row in charted(project)} == {"1.5"}
    assert {row["signal_runs"] for row in charted(project)} == {"TRUE"}


def test_an_excluded_point_makes_no_limits_and_is_judged(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", MONTHS[:16], [*COUNTS[:8], 90, *COUNTS[9:]])
    scrutiny("chart", "in.csv", "--kind", "i", "--exclude", "9", "--out", "out.csv")
    rows = charted(project)
    assert float(rows[0]["upper"]) < 60
    assert [row["signal_limits"] for row in rows].index("TRUE") == 8


@pytest.mark.parametrize(
    ("columns", "heading", "words", "said"),
    [
        ([MONTHS[:16], COUNTS], "x,y", [], "taken as a count"),
        ([MONTHS[:16], COUNTS], "x,y", ["--measure", "stock"], "stock carries"),
        ([MONTHS[:16], COUNTS], "x,y", ["--measure", "value"], "single values"),
        ([MONTHS[:16], [c + 0.5 for c in COUNTS]], "x,y", [], "taken as a single value"),
        ([MONTHS[:16], COUNTS, [400] * 16], "x,y,n", [], "taken as part of n"),
        ([MONTHS[:16], COUNTS, [20] * 16], "x,y,n", [], "count over the exposure n"),
        ([MONTHS[:16], COUNTS, [20.5] * 16], "x,y,n", [], "count over the exposure n"),
    ],
)
def test_auto_says_what_it_took_the_figures_for(
    scrutiny: Scrutiny,
    project: Path,
    columns: list[list[object]],
    heading: str,
    words: list[str],
    said: str,
) -> None:
    write(project / "in.csv", *columns, heading=heading)
    code, _, err = scrutiny("chart", "in.csv", "--out", "out.csv", *words)
    assert (code, said in err) == (0, True), err
    assert "points 1 to 16: " in err


def test_auto_draws_no_limits_where_they_mean_nothing(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", MONTHS[:8], COUNTS[:8])
    _, _, err = scrutiny("chart", "in.csv", "--out", "out.csv")
    assert "points 1 to 8: no limits: 8 points, 12 are needed" in err
    assert {(row["lower"], row["upper"]) for row in charted(project)} == {("", "")}
    assert {row["centre"] for row in charted(project)} == {"30.5"}
    write(project / "in.csv", MONTHS[:12], [0, 1] * 6, [2] * 12, heading="x,y,n")
    for kind in ("auto", "bb"):
        _, _, err = scrutiny("chart", "in.csv", "--kind", kind, "--out", "out.csv")
        assert "points 1 to 12: no limits: too few cases to tell" in err
        assert {(row["lower"], row["upper"]) for row in charted(project)} == {("", "")}


def test_points_out_of_order_are_told(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", ["2023-02", "2023-01", "2023-03"], [1, 2, 3])
    _, _, err = scrutiny("chart", "in.csv", "--kind", "c", "--out", "out.csv")
    assert "row 3: 2023-01 stands after 2023-02" in err
    write(project / "in.csv", ["May", "April", "June"], [1, 2, 3])
    _, _, err = scrutiny("chart", "in.csv", "--kind", "c", "--out", "out.csv")
    assert "stands after" not in err


@pytest.mark.parametrize("labels", [MONTHS[:16], [f"week {k} & <more>" for k in range(16)]])
@pytest.mark.parametrize("kind", ["auto", "run", "i", "mr", "c", "g", "t"])
def test_a_drawing_stands_by_itself(
    scrutiny: Scrutiny, project: Path, labels: list[str], kind: str
) -> None:
    write(project / "in.csv", labels, [*COUNTS[:8], "", 90, *COUNTS[10:]])
    words = ["--kind", kind, "--exclude", "10", "--phase", "6", "--svg", "out.svg"]
    assert scrutiny("chart", "in.csv", "--out", "out.csv", *words)[0] == 0
    root = ElementTree.fromstring((project / "out.svg").read_bytes())
    texts = " ".join(root.itertext())
    assert root.get("role") == "img"
    assert "A " in texts
    assert "chart of 16 points" in texts
    assert "makes no limits" in texts


def icons(scrutiny: Scrutiny, *words: str) -> dict[str, object]:
    code, out, err = scrutiny("icons", "in.csv", "--json", *words)
    assert code == 0, err
    return dict(json.loads(out))


def test_icons_hold_both_what_the_rules_say_and_what_is_shown(
    scrutiny: Scrutiny, project: Path
) -> None:
    write(project / "in.csv", MONTHS[:9], COUNTS[:9])
    found = icons(scrutiny, "--direction", "low", "--target", "60")
    assert (found["variation"], found["rule"]) == ("common_cause", "Common Cause")
    assert (found["assurance"], found["shown"]) == (
        "consistent_pass",
        {"variation": False, "assurance": False},
    )
    assert found["withheld_because"] == {
        "variation": "too few periods for limits",
        "assurance": "too few periods for limits",
    }


def test_the_length_of_a_shift_is_the_users(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", MONTHS[:16], [30, 20] * 5 + [26, 29, 27, 28, 26, 29])
    seven = icons(scrutiny, "--direction", "high")
    six = icons(scrutiny, "--direction", "high", "--points", "6")
    assert seven["rule"] == "Common Cause"
    assert (six["rule"], six["variation_icon"]) == (
        "6 Points Above CL",
        "special_cause_improvement_high",
    )
    assert six["points"][-1]["rules"] == ["6 Points Above CL"]  # type: ignore[index]


def test_a_series_that_does_not_vary_has_no_icon(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", MONTHS[:16], [80.1] * 16)
    found = icons(scrutiny, "--direction", "high", "--target", "75")
    assert found["variation"] is None
    assert found["withheld_because"] == dict.fromkeys(
        ("variation", "assurance"), "the baseline does not vary, so its limits have no width"
    )


def changes(scrutiny: Scrutiny, *words: str) -> dict[str, object]:
    code, out, err = scrutiny("changes", "in.csv", "--json", *words)
    assert code == 0, err
    return dict(json.loads(out))


def test_a_change_is_the_last_point_of_the_old_level(scrutiny: Scrutiny, project: Path) -> None:
    y: list[object] = [
        *(200 + 7 * (k % 5) for k in range(30)),
        *(300 + 9 * (k % 4) for k in range(30)),
    ]
    y[3] = ""
    write(project / "in.csv", MONTHS, y)
    found = changes(scrutiny)
    (change,) = found["changes"]  # type: ignore[misc]
    assert (change["point"], change["x"]) == (30, MONTHS[29])
    first, last = change["range"]
    assert change["range_x"] == [MONTHS[first - 1], MONTHS[last - 1]]
    assert change["ratio"]["lower"] < change["ratio"]["estimate"] < change["ratio"]["upper"]
    assert change["difference"]["estimate"] == pytest.approx(100, abs=15)
    assert (found["n"], found["missing"]) == (59, 1)
    assert found["season_anchor"] == "calendar months: point 1 is January 2022"
    assert changes(scrutiny) == found


def test_nothing_found_is_no_evidence_and_no_verdict(scrutiny: Scrutiny, project: Path) -> None:
    write(project / "in.csv", [f"p{k}" for k in range(48)], (COUNTS * 3))
    found = changes(scrutiny)
    assert (found["changes"], found["finding"]) == ([], "no evidence of a change")
    assert 0.05 < float(found["next_p_value"]) <= 1  # type: ignore[arg-type]
    assert "point 1 is taken as the first period" in str(found["season_anchor"])
    _, out, _ = scrutiny("changes", "in.csv", "--season", "1")
    assert out.startswith("no evidence of a change (p-value of the best one: ")
    assert "stable" not in out


def test_other_columns_are_left_aside_and_named(scrutiny: Scrutiny, project: Path) -> None:
    names = ["any text", *["" for _ in COUNTS[1:]]]
    write(project / "in.csv", names, MONTHS[:16], COUNTS, names, heading="team,x,y,remarks")
    for words in (
        ["chart", "in.csv", "--kind", "c", "--out", "out.csv"],
        ["icons", "in.csv", "--direction", "low"],
        ["changes", "in.csv", "--season", "1"],
    ):
        code, _, err = scrutiny(*words)
        assert code == 0
        assert "the columns team, remarks in the file: not used" in err
    assert [row["y"] for row in charted(project)] == [str(count) for count in COUNTS]
