"""What does not matter to a table: the order of its rows and columns, a BOM, its line ends."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from drawn_tables import ENGLAND, PLYMOUTH, TORBAY, headings, layout, releases_in, row, text
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.sources.folder import read_folder
from scrutinybook.sources.symbols import MARKS

cell = st.one_of(st.integers(0, 9999).map(str), st.sampled_from(sorted(MARKS)))
table = st.fixed_dictionaries(
    {
        (area["la_name"] or "England", year): st.fixed_dictionaries(
            {"CPP_start": cell, "CPP_subsequent": cell, "CPP_subsequent_percent": cell}
        )
        for area in (ENGLAND, PLYMOUTH, TORBAY)
        for year in (2023, 2024)
    }
)
AREAS = {area["la_name"] or "England": area for area in (ENGLAND, PLYMOUTH, TORBAY)}


def figures(content: bytes) -> object:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        (folder / "in" / "d3.csv").write_bytes(content)
        read = read_folder(folder / "in", releases_in(folder))
        return {key: published.cell for key, published in read.figures.items()}, dict(read.areas)


@settings(max_examples=40, deadline=None)
@given(
    table,
    st.randoms(use_true_random=False),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_rows_columns_bom_and_line_ends_may_be_in_any_order(
    drawn: dict[tuple[str, int], dict[str, str]], shuffle: random.Random, bom: bool, end: str
) -> None:
    d3 = layout("d3")
    rows = [row(AREAS[name], year, **cells) for (name, year), cells in drawn.items()]
    plain = figures(text(d3, rows).encode())
    order = headings(d3)
    shuffle.shuffle(rows)
    shuffle.shuffle(order)
    changed = text(d3, rows, order, end).encode("utf-8-sig" if bom else "utf-8")
    assert figures(changed) == plain


@settings(max_examples=40, deadline=None)
@given(table)
def test_every_cell_of_the_file_is_a_figure_and_no_other(
    drawn: dict[tuple[str, int], dict[str, str]],
) -> None:
    rows = [row(AREAS[name], year, **cells) for (name, year), cells in drawn.items()]
    read, _ = figures(text(layout("d3"), rows).encode())  # type: ignore[misc]
    assert len(read) == 6 * 3
    for (name, year), cells in drawn.items():
        key = AREAS[name]["old_la_code"] or "E92000001"
        got = read[(key, "plans_started", f"{year - 1}/{year % 100:02d}")]
        published = cells["CPP_start"]
        assert (got.symbol, got.text) == (
            (MARKS[published], "") if published in MARKS else (None, published)
        )
