"""Which modules a piece of code calls upon: none is missed, and none counted that cannot run.

The package drawn here:

    pkg/__init__         nothing
    pkg/charts/__init__  nothing
    pkg/charts/funnel    imports pkg.words in a function
    pkg/charts/lines     from . import axes
    pkg/charts/axes      for a type checker alone: pkg.types
    pkg/words            nothing
    pkg/types            nothing
    pkg/dynamic          imports by name
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutinybook.execute.keeper import own_package
from scrutinybook.store.modules import Package

FILES = {
    "__init__.py": "",
    "charts/__init__.py": "",
    "charts/funnel.py": "def draw():\n    from pkg.words import say\n    return say",
    "charts/lines.py": "from . import axes\nimport math",
    "charts/axes.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pkg.types",
    "words.py": "say = 1",
    "types.py": "",
    "dynamic.py": "from importlib import import_module\nimport_module('pkg.' + 'words')",
}
ALL = {
    *("pkg", "pkg.charts", "pkg.charts.funnel", "pkg.charts.lines", "pkg.charts.axes"),
    *("pkg.words", "pkg.types", "pkg.dynamic"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "pkg" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "pkg"


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("import math", set()),
        ("import pkg", {"pkg"}),
        ("import pkg.words as w", {"pkg", "pkg.words"}),
        ("from pkg import words", {"pkg", "pkg.words"}),
        # In a function counts: it runs when it is called.
        ("import pkg.charts.funnel", {"pkg", "pkg.charts", "pkg.charts.funnel", "pkg.words"}),
        ("def f():\n    import pkg.words", {"pkg", "pkg.words"}),
        # Relative; and what stands there for a type checker alone never runs.
        ("import pkg.charts.lines", {"pkg", "pkg.charts", "pkg.charts.lines", "pkg.charts.axes"}),
        # Wherever a statement may stand.
        ("try:\n    pass\nexcept OSError:\n    import pkg.words", {"pkg", "pkg.words"}),
        ("for x in y:\n    pass\nelse:\n    import pkg.words", {"pkg", "pkg.words"}),
        ("match x:\n    case 1:\n        import pkg.words", {"pkg", "pkg.words"}),
        ("try:\n    pass\nfinally:\n    with x:\n        import pkg.words", {"pkg", "pkg.words"}),
        ("class A:\n    async def f(self):\n        import pkg.words", {"pkg", "pkg.words"}),
        # A name that only holds one of those that import.
        ("from pkg import retrieval, words\nevaluate = words", {"pkg", "pkg.words"}),
        ("x = [f for f in g if f(eval)]", ALL),
        # What cannot be read off counts as everything.
        ("import pkg.dynamic", ALL),
        ("__import__('pkg.words')", ALL),
        ("%run other.py", ALL),
        ("exec(text)", ALL),
    ],
)  # fmt: skip
def test_modules_that_code_calls_upon(folder: Path, code: str, needed: set[str]) -> None:
    assert Package("pkg", folder).needed([code]) == needed


def test_a_room_without_a_part_in_it_may_be_left_out(folder: Path) -> None:
    package = Package("pkg", folder)
    code = ["import pkg.charts.funnel, pkg.types"]
    assert package.needed(code, without="pkg.charts") == {"pkg", "pkg.types"}
    assert package.needed(["import pkg.words"], without="pkg.word") == {"pkg", "pkg.words"}


def test_modules_of_other_packages_are_told_wherever_they_are_imported(folder: Path) -> None:
    (folder / "words.py").write_text("def f():\n    import math.deep, pkg\n    from json import x")
    package = Package("pkg", folder)
    assert package.foreign({"pkg.words"}) == {"math.deep", "json"}
    assert package.needed(["import math, pkg.words"]) == {"pkg", "pkg.words"}
    assert package.foreign(package.needed(["import pkg.types"])) == set()


def test_cells_are_taken_together(folder: Path) -> None:
    needed = Package("pkg", folder).needed(["import pkg.words", "import pkg.types"])
    assert needed == {"pkg", "pkg.words", "pkg.types"}


def test_states_are_those_of_the_files_when_the_package_was_looked_at(folder: Path) -> None:
    package = Package("pkg", folder)
    before = package.states(["pkg.words"])
    (folder / "words.py").write_text("say = 2", encoding="utf-8")
    assert package.states(["pkg.words"]) == before
    assert Package("pkg", folder).states(["pkg.words"]) != before
    assert set(before) == {"words.py"}


def test_what_is_remembered_of_a_file_ends_with_its_content_and_with_new_modules(
    folder: Path, tmp_path: Path
) -> None:
    memory = tmp_path / "imports.json"
    code = ["from pkg import later"]
    (folder / "charts/lines.py").write_text("from pkg import later", encoding="utf-8")

    def needed() -> set[str]:
        package = Package("pkg", folder, memory)
        found = package.needed(["import pkg.charts.lines"])
        package.remember()
        return set(found) - {"pkg", "pkg.charts", "pkg.charts.lines"}

    assert needed() == needed() == set()
    (folder / "later.py").write_text("", encoding="utf-8")  # what was a name is now a module
    assert needed() == {"pkg.later"}
    (folder / "charts/lines.py").write_text("import pkg.words", encoding="utf-8")
    assert needed() == {"pkg.words"}
    memory.write_text("{", encoding="utf-8")
    assert needed() == {"pkg.words"}
    assert Package("pkg", folder).needed(code) == {"pkg", "pkg.later"}


def test_no_module_of_this_program_that_notebooks_use_imports_behind_the_back() -> None:
    package = own_package()
    for code in ("from scrutinybook.chapters import front_door", "import scrutinybook.book.built"):
        modules = package.needed([code], without="scrutinybook.execute")
        assert len(modules) > 20
        assert "scrutinybook.cli" not in modules
