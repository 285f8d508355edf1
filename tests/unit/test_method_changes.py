"""Changes of method: read, refused where wrong, found by module and day, shown on a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from projects import ROOT

from scrutinybook.chapters.methods import changes_of_method
from scrutinybook.errors import FaultsFound
from scrutinybook.method_changes import (
    FILE,
    MethodChange,
    behind,
    is_method,
    read_method_changes,
)
from scrutinybook.workspace import Workspace


def written(root: Path, text: str) -> Workspace:
    (root / "params").mkdir()
    (root / FILE).write_text(text, encoding="utf-8")
    return Workspace(root)


def drawn(since: str, *modules: str) -> MethodChange:
    return MethodChange(
        since=date.fromisoformat(since), modules=modules, what="It is new.", alters="it."
    )


def test_the_project_s_own_are_in_order_and_on_the_page() -> None:
    changes = read_method_changes(Workspace(ROOT))
    assert len(changes) >= 3
    assert [each.since for each in changes] == sorted((c.since for c in changes), reverse=True)
    page = changes_of_method(Workspace(ROOT))
    assert all(module in page for change in changes for module in change.modules)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_method_changes(Workspace(tmp_path)) == ()
    assert "No change of method is on record." in changes_of_method(Workspace(tmp_path))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = """changes:
  - {since: 2026-01-01, modules: [statistics/confirmaton.py, ../x.py], what: It is., alters: it.}
  - {since: 2026-01-02, modules: [], what: It is., alters: it.}
"""
    with pytest.raises(FaultsFound) as refused:
        read_method_changes(written(tmp_path, text))
    said = str(refused.value)
    assert f"{FILE}: changes, entry 1, modules: no module 'statistics/confirmaton.py'" in said
    assert "did you mean 'statistics/confirmation.py'?" in said
    assert "no module '../x.py'" in said
    assert f"{FILE}: changes, entry 2, modules: empty" in said


def test_a_change_without_a_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="since"):
        read_method_changes(written(tmp_path, "changes: [{what: It is., alters: it.}]"))


@pytest.mark.parametrize(
    ("modules", "since", "found"),
    [
        # what changed behind a number      made             changes named
        (["statistics/limits.py"], "2026-05-01T10:00:00", ["2026-05-01", "2026-06-01"]),
        (["statistics/limits.py"], "2026-05-02T10:00:00", ["2026-06-01"]),
        (["statistics/trend.py"], "2026-05-02T10:00:00", ["2026-06-01"]),
        (["statistics/trend.py"], "2026-06-02T10:00:00", []),
        (["statistics/limits.py"], None, ["2026-04-01", "2026-05-01", "2026-06-01"]),
        (["charts/axes.py"], None, []),
        ([], None, []),
    ],
)
def test_what_is_named_behind_a_number(
    modules: list[str], since: str | None, found: list[str]
) -> None:
    changes = [
        drawn("2026-04-01", "statistics/limits.py"),
        drawn("2026-05-01", "statistics/limits.py"),
        drawn("2026-06-01", "statistics/trend.py", "statistics/limits.py"),
    ]
    assert [str(each.since) for each in behind(changes, modules, since)] == found


def test_which_modules_can_alter_a_number() -> None:
    can = ["statistics/limits.py", "formulas.py", "disclosure/gate.py", "council/closing.py"]
    cannot = ["charts/axes.py", "pages/tables.py", "notebooks/90-methods.ipynb", "cli.py"]
    assert [*map(is_method, [*can, *cannot])] == [True] * len(can) + [False] * len(cannot)
