"""A measure with parts and no whole, as the plan's data points are, keeps its parts.

plan_data_points   31   2023-02   81.2
                   31   2023-03   80.0
                   32   2023-03   64.5     the whole is empty: the points have no sum
"""

from __future__ import annotations

from pathlib import Path

from drawn_events import MEASURES, known

from scrutinybook.council.compute import council_figures
from scrutinybook.council.figures import read_figures, write_figures
from scrutinybook.disclosure import Origin
from scrutinybook.measures.events.asked import Asked
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Format

POINTS = """
    | measure          | period  | part | value |
    | plan_data_points | 2023-02 | 31   | 81.2  |
    | plan_data_points | 2023-03 | 31   | 80.0  |
    | plan_data_points | 2023-03 | 32   | 64.5  |
"""


def test_parts_without_a_whole_are_kept_and_read_back(tmp_path: Path) -> None:
    what = known(
        as_of="2023-03-31", local_figures=POINTS, origin={"local_figures": Format.LOCAL_FIGURES}
    )
    asked = Asked("Anywhere", Month(2023, 2), Month(2023, 3))
    measures = {"plan_data_points": MEASURES["plan_data_points"]}
    found = council_figures(what, asked, measures, origin=Origin.COUNCIL, threshold=5)
    held = found["plan_data_points"]
    assert len(held.whole) == 0
    assert [o.value for o in held.parts["31"]] == [81.2, 80.0]
    assert [o.value for o in held.parts["32"]] == [None, 64.5]
    write_figures(found, tmp_path / "figures.csv")
    read = read_figures(tmp_path / "figures.csv", held.whole.area, Origin.COUNCIL)
    assert read["plan_data_points"] == held
