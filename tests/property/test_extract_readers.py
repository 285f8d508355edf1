"""Whatever stands in a file, a reader gives tables or faults for people, never a traceback."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
from any_extract import read_any
from drawn_extracts import (
    AS_OF,
    REFERRAL,
    RETURN,
    WORKER,
    children_census,
    element,
    workforce_census,
    write_return,
)
from drawn_extracts import child as child_element
from how_many import inputs
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.sources.extracts.care_periods import join_periods
from scrutinybook.sources.extracts.local_sheet import HEADINGS

some = inputs(40)

PLAUSIBLE = st.sampled_from(
    ["", " ", "A1", "A2", "01/05/2023", "31/02/2023", "05/31/2023", "2023-05-01", "2024-03-31",
     "2025-01-01", "S", "X1", "E4A", "P2", "PN1", "U1", "YES", "0", "-1", "1.5", "1e9", "true",
     "2023-04", "2022/23", "y/e 2022-09-30", "9" * 40, "RC8", "6", "\ufeff", "é", "\u202e"]
)  # fmt: skip
CELL = PLAUSIBLE | st.text(max_size=8)
ENTRY = PLAUSIBLE.filter(lambda it: "\ufeff" not in it) | st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="<&>\x7f"), max_size=8
)


@some
@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "it"
        path.write_bytes(raw)
        read_any(path)


@some
@given(st.sampled_from(sorted(RETURN)), st.data())
def test_any_cells_in_a_return(name: str, data: st.DataObject) -> None:
    headings = RETURN[name].split()[0].split(",")
    rows = data.draw(st.lists(st.lists(CELL, min_size=len(headings), max_size=len(headings)),
                              max_size=6))  # fmt: skip
    content = [",".join(headings)]
    for row in rows:
        quoted = (cell.replace('"', '""').replace("\r", "").replace("\0", "") for cell in row)
        content.append(",".join(f'"{cell}"' for cell in quoted))
    with tempfile.TemporaryDirectory() as folder:
        raw = "\n".join(content).encode("utf-8", errors="replace")
        read_any(write_return(Path(folder), {name: raw}))


@some
@given(st.sampled_from(sorted(RETURN)), st.integers(0, 400), st.binary(max_size=6))
def test_any_damage_to_a_file_of_a_return(name: str, place: int, put: bytes) -> None:
    raw = RETURN[name].lstrip().encode()
    at = place % len(raw)
    with tempfile.TemporaryDirectory() as folder:
        read_any(write_return(Path(folder), {name: raw[:at] + put + raw[at + len(put) :]}))


def _spoilt(xml: str, entries: list[str], places: list[int]) -> str:
    """Replace entries of an XML text, those between ``>`` and ``</``."""
    parts = xml.split("</")
    for entry, place in zip(entries, places, strict=True):
        at = place % (len(parts) - 1)
        head, sign, _ = parts[at].rpartition(">")
        parts[at] = head + sign + entry
    return "</".join(parts)


@some
@given(st.booleans(), st.lists(st.tuples(ENTRY, st.integers(0, 500)), max_size=5))
def test_any_entries_in_a_census(is_children: bool, spoil: list[tuple[str, int]]) -> None:
    xml = (
        children_census(child_element(REFERRAL, REFERRAL), child_element(REFERRAL, number="C2"))
        if is_children
        else workforce_census(WORKER, WORKER | {"SWENo": "SW2"})
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census"
        path.write_bytes(
            _spoilt(xml, [e for e, _ in spoil], [p for _, p in spoil]).encode("utf-8", "replace")
        )
        read_any(path)


@some
@given(st.integers(0, 5000), st.binary(max_size=4), st.booleans())
def test_any_damage_to_a_census(place: int, put: bytes, cut: bool) -> None:
    raw = children_census(child_element(REFERRAL)).encode()
    at = place % len(raw)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census"
        path.write_bytes(raw[:at] + put + (b"" if cut else raw[at + len(put) :]))
        read_any(path)


@some
@given(st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=5))
def test_any_cells_in_local_figures(rows: list[list[str]]) -> None:
    content = [",".join(HEADINGS)]
    for row in rows:
        quoted = (cell.replace('"', '""').replace("\r", "").replace("\0", "") for cell in row)
        content.append(",".join(f'"{cell}"' for cell in quoted))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "local"
        path.write_bytes("\n".join(content).encode("utf-8", errors="replace"))
        read_any(path)


@some
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=4))
def test_any_damage_to_a_zip_file(place: int, put: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in RETURN.items():
            archive.writestr(name, content.lstrip("\n"))
    raw = packed.getvalue()
    at = place % len(raw)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "it"
        path.write_bytes(raw[:at] + put + raw[at + len(put) :])
        read_any(path)


def test_a_great_number_of_elements_in_one_another_is_refused(tmp_path: Path) -> None:
    """Depth is bounded, and so is what an entity may grow to."""
    deep = "<a>" * 5000 + "</a>" * 5000
    path = tmp_path / "census"
    path.write_text(children_census(child_element(element("b", {}) + deep)), encoding="utf-8")
    assert read_any(path) is None


DAYS = st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31))
EPISODE = st.tuples(
    st.sampled_from("ab"), st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.integers(0, 60),
    st.booleans(), st.sampled_from(["S", "P", "L", "T"]), st.sampled_from(["X1", "E4A", None]),
)  # fmt: skip


@some
@given(st.lists(EPISODE, max_size=12))
def test_periods_hold_every_episode_of_their_child(episodes: list[tuple]) -> None:  # type: ignore[type-arg]
    """Whatever the episodes: each lies within one period of its child at the least, periods start
    where an episode starts, and the order of the rows makes no difference."""
    frame = pd.DataFrame(
        {
            "child": pd.Series([e[0] for e in episodes], dtype="string"),
            "started": pd.to_datetime(pd.Series([e[1] for e in episodes], dtype="object")),
            "reason_started": pd.Series([e[4] for e in episodes], dtype="string"),
            "reason_ended": pd.Series([None if e[3] else e[5] for e in episodes], dtype="string"),
            "placement": pd.Series(["U1"] * len(episodes), dtype="string"),
            "place": pd.Series(["1"] * len(episodes), dtype="string"),
        }
    ).astype({"started": "datetime64[ns]"})
    length = pd.to_timedelta(pd.Series([e[2] for e in episodes], dtype="int64"), unit="D")
    still_open = pd.Series([e[3] for e in episodes], dtype=bool)
    frame["ended"] = (frame["started"] + length).mask(still_open).astype("datetime64[ns]")
    joined = join_periods(frame, as_of=AS_OF, covers_from=date(2023, 4, 1), warn=lambda *_: None)
    assert (joined["ended"].isna() | (joined["ended"] >= joined["started"])).all()
    for _, episode in frame.iterrows():
        own = joined[joined["child"] == episode["child"]]
        end = own["ended"].fillna(pd.Timestamp.max)
        last = pd.Timestamp.max if pd.isna(episode["ended"]) else episode["ended"]
        assert ((own["started"] <= episode["started"]) & (end >= last)).any()
    assert joined["started"].isin(frame["started"]).all()
    again = join_periods(
        frame.iloc[::-1].reset_index(drop=True), as_of=AS_OF, covers_from=date(2023, 4, 1),
        warn=lambda *_: None,
    )  # fmt: skip
    days = ["child", "started", "ended"]
    pd.testing.assert_frame_equal(joined[days], again[days])
