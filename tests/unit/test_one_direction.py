"""Data go one way: a room of the package imports only rooms that stand before it in this list."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "scrutinybook"

ORDER = [
    *(
        "visible",
        "errors",
        "whole_file",
        "naming",
        "roles",
        "page_names",
        "working_days",
        "periods",
        "months_written",
        "workspace",
        "model_faults",
        "yaml_bounds",
        "yaml_files",
        "small_counts",
        "store",
    ),
    *("sources", "chart_names", "catalogue_types", "formulas", "catalogue_extract"),
    *("catalogue", "at_hand", "edition_entries", "edition", "publications", "method_changes"),
    "kept_findings",
    *("history", "measures", "committee", "disclosure", "context", "statistics", "demo"),
    *("council", "council_context"),
    *("findings", "analysis"),
    *("worked_examples", "benchmark_results"),
    *("commentary", "charts", "pages", "downloads", "record", "chapters", "outside", "notebook"),
    *(
        "execute",
        "book",
        "publish",
        "cover",
        "council_edition",
        "new_edition",
        "official_report",
        "kept_results",
        "chapter_choice",
        "kept_downloads",
        "extracts_behind",
        "made_record",
        "checked",
        "pipeline",
        "as_it_was",
        "verify",
        "pack",
        "signoff",
    ),
    *("history_steps", "cli_extracts", "cli_template", "cli_demo", "fleet"),
    *(
        "progress",
        "defects",
        "cli_books",
        "cli_outside",
        "cli_fleet",
        "cli_pack",
        "cli_audit",
        "cli_record",
        "cli_signoff",
        "cli",
        "__main__",
    ),
]


def room_of(path: Path) -> str:
    """The first folder or module below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scrutinybook"):
            inside = (node.module or "").split(".")[1:]
            rooms |= set(inside[:1]) if inside else {alias.name for alias in node.names}
    return rooms - {"__version__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    here = room_of(path)
    if here == "__init__":
        assert not imported_rooms(path)
        return
    later = {r for r in imported_rooms(path) if ORDER.index(r) > ORDER.index(here)}
    assert not later, f"{here} imports {', '.join(sorted(later))}, which come after it"


def test_statistics_know_nothing_of_files_measures_or_pages() -> None:
    rooms = set().union(*(imported_rooms(p) for p in (PACKAGE / "statistics").glob("*.py")))
    assert rooms == {"statistics"}
