"""Gather what Jupyter Book builds from: written pages, executed notebooks, contents, settings."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import yaml

from scrutinybook.book.chapters import read_chapters, table_of_contents
from scrutinybook.book.code_pages import NOTEBOOK_FOLDER, code_page, reader_notebook
from scrutinybook.book.normalise import machine_folders, normalise
from scrutinybook.book.settings import BookPage, read_parts
from scrutinybook.page_names import DOWNLOADS

EXTRA = "extra"
"""Folder in the build whose content lies beside the pages unchanged: notebooks and data."""


def assemble(
    source: Path,
    results: Path,
    build: Path,
    page: BookPage,
    written: Mapping[str, str] | None = None,
) -> Path:
    """Make the folder that Jupyter Book builds and return it.

    `source` is the project's ``book`` folder. `results` is one edition's results: its
    ``notebooks`` become chapters, and its folders ``data`` and ``downloads``, where there are
    such, lie beside the pages. `written` are further pages as MyST, by name; they come last in the
    contents. `build` is made afresh.

    Raises `FaultsFound` where a notebook or the contents cannot be used.
    """
    chapters = read_chapters(results / "notebooks")
    contents = table_of_contents(chapters, read_parts(source), tuple(written or ()))

    if build.exists():
        shutil.rmtree(build)
    build.mkdir(parents=True)
    shutil.copytree(source / "_static", build / "_static")
    for path in sorted(source.glob("*.md")):
        shutil.copyfile(path, build / path.name)
    for name, text in (written or {}).items():
        (build / f"{name}.md").write_text(text, encoding="utf-8")

    downloads = build / EXTRA / NOTEBOOK_FOLDER
    downloads.mkdir(parents=True)
    folders = machine_folders(source.resolve().parent, results, page.edition)
    for chapter in chapters:
        clean = normalise(chapter.notebook, folders)
        nbformat.write(clean, downloads / chapter.path.name)
        nbformat.write(reader_notebook(chapter, clean), build / f"{chapter.page}.ipynb")
        text = code_page(chapter, clean)
        (build / f"{chapter.code_page}.md").write_text(text, encoding="utf-8")
    for name in ("data", DOWNLOADS):
        if (results / name).is_dir():
            shutil.copytree(results / name, build / EXTRA / name)

    _write_yaml(build / "_toc.yml", contents)
    _write_yaml(build / "_config.yml", _config(source, page))
    return build


def _config(source: Path, page: BookPage) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    config["title"] = f"{page.title}: {page.subtitle}"
    config["sphinx"]["config"]["html_context"] = {
        "sb_title": page.title,
        "sb_subtitle": page.subtitle,
        "sb_banner": page.banner,
        "sb_footer": list(page.footer),
        "sb_edition": page.edition,
        "sb_is_demo": page.is_demo,
    }
    return config


def _write_yaml(path: Path, content: dict[str, Any]) -> None:
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")
