"""Whatever stands in a parameter file, it is taken whole or refused in words for people."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from any_extract import are_for_people, is_seen
from drawn_yaml import spoilt
from how_many import inputs
from hypothesis import given
from projects import ROOT
from pydantic import RootModel

from scrutinybook.catalogue import Catalogue, read_catalogue
from scrutinybook.committee.files import read_committee
from scrutinybook.council.teams import read_teams
from scrutinybook.edition import Edition, read_edition
from scrutinybook.errors import FaultsFound
from scrutinybook.method_changes import MethodChange, read_method_changes
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_bounds import LONGEST_TEXT

OWN = "demo"
FILES = {
    **{name: ROOT / "params" / name for name in ("measures.yml", "method-changes.yml")},
    **{
        f"{OWN}/{name}": ROOT / "params/demo" / name
        for name in (
            *("2023-03.yml", "claims.yml", "actions.yml", "plan.yml", "quality.yml"),
            "council.yml",
        )
    },
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project with nothing in it but parameter files."""
    root = tmp_path_factory.mktemp("params")
    for part in ("params", "data/official"):
        shutil.copytree(ROOT / part, root / part)
    (root / "notebooks").mkdir()
    return Workspace(root)


@pytest.fixture(scope="module")
def catalogue(workspace: Workspace) -> Catalogue:
    return read_catalogue(workspace)


@pytest.fixture(scope="module")
def edition(workspace: Workspace, catalogue: Catalogue) -> Edition:
    return read_edition(workspace, "demo-2023-03", catalogue)


class AllChanges(RootModel[tuple[MethodChange, ...]]):
    """What is read of the changes of method."""


def values(data: Any) -> Iterator[Any]:
    """Every value and key in a model."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (key, *values(value))
    elif isinstance(data, list | tuple):
        for value in data:
            yield from values(value)
    else:
        yield data


def is_in_order(found: Any) -> None:
    """What is taken can be printed, counted with, and used for the name of a file."""
    for value in values(found.model_dump()):
        if isinstance(value, str):
            assert len(value) <= LONGEST_TEXT
            assert is_seen(value.replace("\n", "").replace("\t", ""))
        if isinstance(value, float):
            assert math.isfinite(value)


@pytest.mark.parametrize("name", FILES)
def test_any_file(name: str, workspace: Workspace, catalogue: Catalogue, edition: Edition) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    path = workspace.params / name

    @inputs(25)
    @given(spoilt(text))
    def is_read_or_refused(raw: bytes) -> None:
        path.write_bytes(raw)
        try:
            if name == "measures.yml":
                found: Any = read_catalogue(workspace)
            elif name == "method-changes.yml":
                found = AllChanges(read_method_changes(workspace))
            elif name.endswith("2023-03.yml"):
                found = read_edition(workspace, "demo-2023-03", catalogue)
            elif name.endswith("council.yml"):
                found = read_teams(workspace, edition)
            else:
                committee = read_committee(workspace, edition, catalogue)
                found = getattr(committee, Path(name).stem)
        except FaultsFound as error:
            are_for_people(error, f"params/{name}")
        else:
            is_in_order(found)

    try:
        is_read_or_refused()
    finally:
        path.write_text(text, encoding="utf-8")
