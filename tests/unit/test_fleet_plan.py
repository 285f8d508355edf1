"""What a fleet is asked for, and the key under which a book is known."""

from __future__ import annotations

import shutil
from pathlib import Path

import fsspec
import pytest
from projects import ROOT

from scrutinybook.errors import FaultsFound
from scrutinybook.fleet.kit import kit_of, unpack
from scrutinybook.fleet.orders import BookOrder, book_order, months_between
from scrutinybook.periods import Month
from scrutinybook.publish.destination import NOTES, Destination
from scrutinybook.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2024-03", ["2024-03"]),
        ("2023-11..2024-02", ["2023-11", "2023-12", "2024-01", "2024-02"]),
        ("2024-03, 2023-03..2023-04", ["2023-03", "2023-04", "2024-03"]),
        ("2024-03,2024-03", ["2024-03"]),
    ],
)
def test_months_in_their_order_each_once(text: str, months: list[str]) -> None:
    assert [str(month) for month in months_between(text)] == months


@pytest.mark.parametrize(
    ("text", "n_faults"), [("2024-13", 1), ("2024-03..2023-03", 1), ("", 1), ("March,2024", 2)]
)
def test_what_is_no_month_is_told(text: str, n_faults: int) -> None:
    with pytest.raises(FaultsFound) as caught:
        months_between(text)
    assert len(caught.value.faults) == n_faults


PARTS = {"table": b"figures", "kit": b"kit", "program": "1"}


def order(**other: object) -> BookOrder:
    month, before = Month(2024, 3), Month(2024, 2)
    given = {"authority": "Torbay", "month": month, "before": before, **PARTS, **other}
    return book_order(
        given["authority"], given["month"], given["before"],
        table=given["table"], kit=given["kit"], program=given["program"],
    )  # type: ignore[arg-type]  # fmt: skip


def test_the_same_parts_have_the_same_key() -> None:
    assert order() == order()
    assert order().id == "torbay-2024-03"
    assert sorted(order().parameters) == [
        "params/torbay/2024-02.yml",
        "params/torbay/2024-03.yml",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"authority": "Leeds"},
        {"month": Month(2024, 4)},
        {"before": None},
        {"table": b"other figures"},
        {"kit": b"other kit"},
        {"program": "2"},
    ],
)
def test_another_part_gives_another_key(other: dict[str, object]) -> None:
    assert order(**other).key != order().key


def test_a_kit_holds_what_a_book_is_made_with_and_comes_out_as_it_went_in(tmp_path: Path) -> None:
    kit = kit_of(Workspace(ROOT))
    assert kit == kit_of(Workspace(ROOT))
    unpack(kit, tmp_path)
    assert kit_of(Workspace(tmp_path)) == kit
    for name in ("params/measures.yml", "book/_config.yml", "notebooks/10-front-door.ipynb"):
        assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes()
    assert not list((tmp_path / "params").glob("*/*.yml"))


def write_book(folder: Path, text: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "_static").mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "_static" / "scrutiny.css").write_text("p {}", encoding="utf-8")
    return folder


@pytest.fixture(params=["folder", "memory"])
def destination(request: pytest.FixtureRequest, tmp_path: Path) -> Destination:
    """A folder of this machine, and a place where nothing can be renamed."""
    if request.param == "folder":
        return Destination(str(tmp_path / "books"))
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    return Destination("memory://books")


def test_a_book_is_there_once_it_is_whole_and_under_its_key_alone(
    destination: Destination, tmp_path: Path
) -> None:
    pages = write_book(tmp_path / "pages", "March")
    assert not destination.is_delivered("torbay-2024-03", "a")
    for _ in range(2):  # a task may run twice
        destination.deliver("torbay-2024-03", pages, "a", authority="Torbay", month="2024-03")
    assert destination.is_delivered("torbay-2024-03", "a")
    assert not destination.is_delivered("torbay-2024-03", "b")
    assert destination.delivered() == ("torbay-2024-03",)
    assert (destination.record("torbay-2024-03") or {})["authority"] == "Torbay"
    assert destination.read("torbay-2024-03/index.html") == b"March"


def test_another_book_in_its_place_leaves_nothing_of_the_first(
    destination: Destination, tmp_path: Path
) -> None:
    pages = write_book(tmp_path / "pages", "March")
    (pages / "old.html").touch()
    destination.deliver("torbay-2024-03", pages, "a")
    destination.deliver("torbay-2024-03", write_book(tmp_path / "pages", "Mars"), "b")
    assert destination.is_delivered("torbay-2024-03", "b")
    names = destination.fs.find(f"{destination.root}/torbay-2024-03")
    assert sorted(str(n).rpartition("/")[2] for n in names) == ["index.html", "scrutiny.css"]


@pytest.mark.parametrize("how", ["a page gone", "a page cut short", "a page more"])
def test_a_book_that_is_not_as_it_was_delivered_is_not_there(
    destination: Destination, tmp_path: Path, how: str
) -> None:
    destination.deliver("torbay-2024-03", write_book(tmp_path / "pages", "March"), "a")
    page = f"{destination.root}/torbay-2024-03/index.html"
    if how == "a page gone":
        destination.fs.rm_file(page)
    else:
        name = page if how == "a page cut short" else f"{page}.more"
        destination.fs.pipe_file(name, b"Mar")
    assert not destination.is_delivered("torbay-2024-03", "a")


def test_a_delivery_that_was_stopped_in_the_middle_is_none(
    destination: Destination, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(path: str, content: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(destination, "_put", stop)
    with pytest.raises(KeyboardInterrupt):
        destination.deliver("torbay-2024-03", write_book(tmp_path / "pages", "March"), "a")
    assert not destination.is_delivered("torbay-2024-03", "a")
    assert destination.delivered() == ()
    assert NOTES


def test_an_address_that_no_driver_knows_is_told() -> None:
    with pytest.raises(FaultsFound, match="nosuch"):
        Destination("nosuch://bucket/books")
