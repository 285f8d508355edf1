"""Build upon an edition's last build where that gives the same pages, and anew where it might not.

A chapter's outputs stand on its own page alone. Its headings, its title, the contents, the style
and the settings show on other pages too, or decide links from them: where one of those changed,
the book is built from nothing. So is it where the last build did not end well, or was made by
another version of anything that makes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrutinybook.book.assemble import EXTRA, assemble
from scrutinybook.book.build import build_book
from scrutinybook.book.finish import finish
from scrutinybook.book.settings import BookPage
from scrutinybook.page_names import REPRODUCE
from scrutinybook.store.needs import content_state

if TYPE_CHECKING:
    from scrutinybook.execute.forked.link import WarmParent

_OWN_ALONE = ("code-", REPRODUCE)
"""How pages begin that no other page shows anything of."""


@dataclass(frozen=True)
class Built:
    """A finished book, and whether it is the very one of the last build."""

    html: Path
    is_as_before: bool


@dataclass(frozen=True)
class Bench:
    """An edition's folder of the last build: sources, what Sphinx made of them, finished pages."""

    folder: Path
    facts: Mapping[str, object]
    """What the pages depend on beside the sources: versions, the project's own modules."""

    @property
    def sources(self) -> Path:
        """What Jupyter Book builds, with its ``_build``."""
        return self.folder / "sources"

    @property
    def pages(self) -> Path:
        """The finished pages of the last build."""
        return self.folder / "pages"

    @property
    def record(self) -> Path:
        """Says what was built; there only while sources, build and pages go together."""
        return self.folder / "built.json"

    def make(
        self,
        source: Path,
        results: Path,
        page: BookPage,
        written: Mapping[str, str] | None = None,
        *,
        limit_seconds: float,
        parent: WarmParent | None = None,
    ) -> Built:
        """Assemble, build as far as needed, and finish: the pages of a build from nothing.

        `written` are further pages, as `assemble` takes them.

        Raises as `make_book` does; the next build is then from nothing.
        """
        fresh = self.folder / "fresh"
        assemble(source, results, fresh, page, written)
        files = _files(fresh)
        now = {"facts": dict(self.facts), "page": repr(page), "files": files}
        before = self._before()
        if before is not None and before["made of"] == now and _files(self.pages) == before["made"]:
            shutil.rmtree(fresh)
            return Built(self.pages, is_as_before=True)
        is_same_program = before is not None and before["made of"]["facts"] == now["facts"]
        sound = frozenset(before["made"].values()) if before and is_same_program else frozenset()
        self.record.unlink(missing_ok=True)
        if before is not None and _may_build_upon(before["made of"], now, self.sources, fresh):
            _bring_up_to_date(self.sources, fresh, files)
        else:
            shutil.rmtree(self.sources, ignore_errors=True)
            fresh.replace(self.sources)
        html = build_book(self.sources, limit_seconds=limit_seconds, parent=parent)
        shutil.rmtree(self.pages, ignore_errors=True)
        shutil.copytree(html, self.pages)
        finish(self.pages, page, sound=sound)
        record = json.dumps({"made of": now, "made": _files(self.pages)})
        part = self.record.with_suffix(".part")
        part.write_text(record, encoding="utf-8")
        part.replace(self.record)
        return Built(self.pages, is_as_before=False)

    def _before(self) -> dict[str, Any] | None:
        try:
            before: dict[str, Any] = json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return before if {"made of", "made"} <= before.keys() else None


def _files(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): content_state(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _may_build_upon(
    before: Mapping[str, Any], now: Mapping[str, Any], old: Path, fresh: Path
) -> bool:
    """Whether nothing has changed but what shows on its own page alone."""
    was, files = before["files"], now["files"]
    if before["facts"] != now["facts"] or before["page"] != now["page"]:
        return False
    if was.keys() != files.keys():
        return False
    changed = [name for name in files if files[name] != was[name]]
    return all(_shows_alone(name, old, fresh) for name in changed)


def _shows_alone(name: str, old: Path, fresh: Path) -> bool:
    if name.startswith(f"{EXTRA}/") or (name.startswith(_OWN_ALONE) and name.endswith(".md")):
        return True
    return name.endswith(".ipynb") and _outline(old / name) == _outline(fresh / name)


def _outline(path: Path) -> str:
    """A page's notebook but for what its code cells say and show."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                # Markdown that code shows may hold headings and targets as a Markdown cell may.
                cell["outputs"] = [each for each in cell["outputs"] if _is_markup(each)]
                cell["source"] = ""
    except (OSError, ValueError, KeyError, TypeError):
        return f"unreadable: {path}"
    return hashlib.sha256(json.dumps(notebook, sort_keys=True).encode()).hexdigest()


def _is_markup(output: Mapping[str, Any]) -> bool:
    return bool({"text/markdown", "text/latex"} & set(output.get("data", ())))


def _bring_up_to_date(old: Path, fresh: Path, files: Mapping[str, str]) -> None:
    """Put the changed sources in place and leave the others with their times: Sphinx goes by them.

    What the last build left is known by its record, but not trusted to be untouched: a source that
    is not as it should be is put in place again.
    """
    for name, state in files.items():
        if content_state(old / name) != state:
            os.replace(fresh / name, old / name)  # noqa: PTH105 - in one step, with a new time
            os.utime(old / name)
    shutil.rmtree(fresh)
