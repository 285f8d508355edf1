"""The shelf gives back a result while all it was made from is the same, and never after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scrutinybook.store import Kept, Places, Recipe, Shelf
from scrutinybook.store.needs import content_state

RECIPE = Recipe("notebook front-door", {"month": "2023-03", "cells": ["1 + 1"]})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A file that a result is made from."""
    path = tmp_path / "project" / "figures.csv"
    path.parent.mkdir()
    path.write_text("255", encoding="utf-8")
    return path


def shelf_at(folder: Path, **settings: int) -> Shelf:
    return Shelf(folder / "shelf", Places({"project": folder / "project"}), **settings)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_at(tmp_path)


def needs_of(shelf: Shelf, path: Path) -> dict[str, str]:
    return {shelf.places.name("read", path): content_state(path)}


def test_a_result_is_found_while_what_it_needed_is_the_same(shelf: Shelf, data: Path) -> None:
    needs = needs_of(shelf, data)
    shelf.keep(RECIPE, needs, "a page with £ and \ud800")
    assert shelf.find(RECIPE) == Kept("a page with £ and \ud800", needs)
    data.write_text("256", encoding="utf-8")
    assert shelf.find(RECIPE) is None
    data.unlink()
    assert shelf.find(RECIPE) is None
    data.write_text("255", encoding="utf-8")
    assert shelf.find(RECIPE) is not None


@pytest.mark.parametrize(
    "other",
    [
        Recipe("notebook workforce", RECIPE.facts),
        Recipe(RECIPE.name, {**RECIPE.facts, "month": "2023-04"}),
        Recipe(RECIPE.name, {**RECIPE.facts, "cells": ["1 + 2"]}),
        Recipe(RECIPE.name, {**RECIPE.facts, "more": None}),
    ],
)
def test_another_recipe_finds_nothing(shelf: Shelf, other: Recipe) -> None:
    shelf.keep(RECIPE, {}, "a page")
    assert shelf.find(other) is None


def test_results_for_two_states_of_the_data_stand_side_by_side(shelf: Shelf, data: Path) -> None:
    shelf.keep(RECIPE, needs_of(shelf, data), "of 255")
    data.write_text("256", encoding="utf-8")
    shelf.keep(RECIPE, needs_of(shelf, data), "of 256")
    found = []
    for text in ("255", "256"):
        data.write_text(text, encoding="utf-8")
        kept = shelf.find(RECIPE)
        found.append(kept and kept.content)
    assert found == ["of 255", "of 256"]


def test_a_project_that_was_moved_finds_its_results(tmp_path: Path, data: Path) -> None:
    before = shelf_at(tmp_path)
    before.keep(RECIPE, needs_of(before, data), "a page")
    (tmp_path / "project").rename(tmp_path / "elsewhere")
    moved = Shelf(tmp_path / "shelf", Places({"project": tmp_path / "elsewhere"}))
    assert moved.find(RECIPE) is not None
    assert shelf_at(tmp_path).find(RECIPE) is None


@pytest.mark.parametrize("how", ["cut short", "one letter changed", "emptied"])
def test_a_damaged_result_is_no_result(shelf: Shelf, how: str) -> None:
    shelf.keep(RECIPE, {}, "255 referrals")
    (path,) = shelf.folder.glob("*/*.json")
    text = path.read_text(encoding="utf-8")
    damaged = {"cut short": text[:-9], "one letter changed": text.replace("255", "256")}
    path.write_text(damaged.get(how, ""), encoding="utf-8")
    assert shelf.find(RECIPE) is None
    assert not path.exists()


def test_a_result_is_whole_or_not_there(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> Path:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no room"):
        shelf.keep(RECIPE, {}, "a page")
    assert [path for path in shelf.folder.rglob("*") if path.is_file()] == []


def test_what_was_used_last_stays_when_room_runs_out(tmp_path: Path) -> None:
    shelf = shelf_at(tmp_path, limit_bytes=25_000)
    recipes = [Recipe(f"notebook {number}", {}) for number in range(4)]
    for age, recipe in enumerate(recipes):
        shelf.keep(recipe, {}, "x" * 10_000)
        (path,) = shelf.folder.glob(f"*/{recipe.key}-*.json")
        os.utime(path, (1000 + age, 1000 + age))
    assert shelf.find(recipes[0]) is not None  # now it is the one used last
    shelf.tidy()
    left = [number for number, recipe in enumerate(recipes) if shelf.find(recipe) is not None]
    assert left == [0, 3]


def test_what_a_killed_run_left_unfinished_goes_and_what_is_being_written_stays(
    shelf: Shelf,
) -> None:
    shelf.keep(RECIPE, {}, "a page")
    (kept,) = shelf.folder.glob("*/*.json")
    old, new = kept.with_name("old.part"), kept.with_name("new.part")
    for path in (old, new):
        path.touch()
    os.utime(old, (1000, 1000))
    shelf.tidy()
    assert (old.exists(), new.exists(), kept.exists()) == (False, True, True)


def test_of_one_recipe_only_so_many_states_are_kept(shelf: Shelf) -> None:
    for number in range(20):
        shelf.keep(RECIPE, {"read /nowhere": str(number)}, "a page")
    assert len(list(shelf.folder.glob("*/*.json"))) == 12
