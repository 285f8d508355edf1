"""Whatever people write into a parameter file stands in the book as text, and nothing else."""

from __future__ import annotations

import ast
import csv
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from hostile import CANARY, FREE, SECRET, Hostile, texts_of
from projects import copy_project, run_scrutiny

from scrutinybook.pack.document import assemble_pack
from scrutinybook.pack.published import read_published
from scrutinybook.sources.extracts.local_sheet import HEADINGS

pytestmark = pytest.mark.book


@dataclass(frozen=True)
class Book:
    """A book of hostile texts."""

    project: Path
    hostile: Hostile
    edition: str

    @property
    def site(self) -> Path:
        return self.project / "site" / self.edition


@pytest.fixture(scope="module", params=["plymouth-2023-03", "torbay-2023-03"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    root = tmp_path_factory.mktemp("hostile")
    project, hostile = copy_project(root / "project"), Hostile()
    for place in (root, project):
        (place / "secret.txt").write_text(SECRET, encoding="utf-8")
    # Titles are headings of notebooks, too; a source is one of a few formats.
    hostile.rewrite(project / "params/measures.yml", FREE - {"title", "source"})
    write = official_edition if request.param == "plymouth-2023-03" else own_edition
    write(project, hostile)
    places = {"SCRUTINY_HISTORY": str(root / "history"), "SCRUTINY_KEY_FILE": str(root / "key")}
    if request.param == "torbay-2023-03":
        words = ("ingest", str(figures(root)), "--authority", "Torbay", "--as-of", "2023-03-31")
        assert run_scrutiny(project, *words, **places).returncode == 0
    done = run_scrutiny(project, "book", request.param, XDG_CONFIG_HOME=str(root), **places)
    assert done.returncode == 0, done.stdout + done.stderr
    return Book(project, hostile, request.param)


def official_edition(project: Path, hostile: Hostile) -> None:
    """Plymouth's own files, and a file of actions."""
    own, demo = project / "params/plymouth", project / "params/demo"
    (own / "2024-03.yml").unlink()
    actions = yaml.safe_load((demo / "actions.yml").read_text(encoding="utf-8"))
    for action in actions["actions"]:
        if action.pop("measure", None) and action["state"] == "done":
            action["evidence"] = "a page"
    write(own / "actions.yml", actions)
    for path in sorted(own.glob("*.yml")):
        hostile.rewrite(path)


def own_edition(project: Path, hostile: Hostile) -> None:
    """Everything that the demonstration's committee was told and promised, told to Torbay's."""
    own = Path(shutil.copytree(project / "params/demo", project / "params/torbay"))
    for path in (*own.glob("20*.yml"), own / "council.yml"):
        path.unlink()
    note = {"measure": "supervision_on_time", "month": "2023-02", "text": "x", "source": "y"}
    edition = {"authority": "Torbay", "month": "2023-03", "kind": "council", "notes": [note]}
    write(own / "2023-03.yml", edition)
    for path in sorted(own.glob("*.yml")):
        hostile.rewrite(path)


def write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def figures(folder: Path) -> Path:
    """Local figures of three years: what the plan is about."""
    path = folder / "local.csv"
    months = [f"{2020 + (k + 3) // 12}-{(k + 3) % 12 + 1:02}" for k in range(36)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for k, month in enumerate(months):
            table.writerow(["supervision_on_time", month, "", 70 + k % 5, 100, "", ""])
            for part in map(str, range(1, 51)):
                table.writerow(["plan_data_points", month, part, "", "", 40 + k % 7, ""])
    return path


def pages(book: Book) -> Iterator[tuple[str, Any]]:
    for path in sorted((book.project / "site").rglob("*.html")):
        yield path.name, lxml.html.fromstring(path.read_bytes())
    whole = assemble_pack(read_published(book.project / "site", book.edition), is_whole=True)
    yield "what the PDF is printed from", lxml.html.fromstring(whole.as_html({}))


def test_pages_hold_no_element_attribute_or_address_of_theirs(book: Book) -> None:
    seen = 0
    for name, page in pages(book):
        for element in page.iter():
            if not isinstance(element.tag, str):
                assert CANARY not in (element.text or ""), name
                continue
            seen += 1
            assert CANARY not in element.tag, name
            for attribute, value in element.attrib.items():
                assert not attribute.startswith("on"), (name, attribute)
                assert attribute != "srcdoc", name
                if attribute in {"href", "src", "srcset", "action", "style", "xlink:href"}:
                    assert CANARY not in value, (name, value)
                    assert not value.strip().lower().startswith(("javascript:", "data:")), name
            if element.tag in {"script", "style", "h1", "h2", "h3", "iframe", "form", "title"}:
                held = element.text_content()
                assert element.tag in {"title", "h2", "h3"} or CANARY not in held, (name, held)
            assert element.tag not in {"iframe", "object", "embed", "base"}, name
    assert seen > 1_000


def test_each_text_is_there_as_it_was_written(book: Book) -> None:
    """Where a page bears a text's mark, it bears the whole of the text before it."""
    found: set[str] = set()
    for name, page in pages(book):
        if name.startswith("code-"):  # there it stands as Python writes it
            continue
        words = " ".join(page.text_content().split())
        for mark, text in book.hostile.given.items():
            at = words.find(mark)
            if at < 0:
                continue
            whole = " ".join(text.split())
            shown = words[at + len(mark) - len(whole) : at + len(mark)]
            # A sentence begins with a capital, and a name within one without.
            assert shown[:1].casefold() + shown[1:] == whole[:1].casefold() + whole[1:], name
            found.add(mark)
    own = f"params/{book.edition[:-8]}"
    written = {mark for mark in book.hostile.given if mark in "".join(texts_in(book, own))}
    assert len(written) > 90
    assert written - found == set(), "a text that no page shows"


def texts_in(book: Book, folder: str) -> list[str]:
    return [text for _, text in texts_of(book.project / folder)]


def test_nothing_was_run_read_or_included(book: Book) -> None:
    for path in book.project.parent.rglob("*"):
        assert CANARY not in path.name
    for folder in ("site", "results", "record"):
        for path, text in texts_of(book.project / folder):
            assert SECRET not in text, path


def test_notebooks_hold_texts_as_values_alone(book: Book) -> None:
    notebooks = [*(book.project / "results").rglob("*.ipynb"), *book.site.rglob("*.ipynb")]
    assert len(notebooks) > 10
    for path in notebooks:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] != "code":
                assert CANARY not in source
            elif CANARY in source:
                for statement in ast.parse(source).body:
                    assert isinstance(statement, ast.Assign)
                    ast.literal_eval(statement.value)


def test_downloads_hold_no_formula(book: Book) -> None:
    files = sorted(book.site.rglob("*.csv"))
    assert files
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r")), (path.name, cell)
                    assert not cell.startswith("-") or is_number(cell), (path.name, cell)
    (workbook,) = book.site.rglob("*.xlsx")
    with zipfile.ZipFile(workbook) as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8", "replace")
            assert "<f>" not in text and "<f " not in text, name
            assert "hyperlink" not in name.lower() or CANARY not in text


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_search_index_is_data(book: Book) -> None:
    text = (book.site / "searchindex.js").read_text(encoding="utf-8")
    start, _, rest = text.partition("(")
    assert start == "Search.setIndex"
    json.loads(rest.rstrip().removesuffix(";").removesuffix(")"))
