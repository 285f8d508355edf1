"""Building a whole book: the same to the byte each time, and never with a warning in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.html
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from sample_results import PAGE, write_sample

from scrutinybook.book import BookPage, assemble, build_book, finish, make_book
from scrutinybook.book.checks import check_site
from scrutinybook.errors import BookFailed, ExitCode

pytestmark = pytest.mark.book

SOURCE = Path(__file__).resolve().parents[2] / "book"


def add_chapter(results: Path, *cells: nbformat.NotebookNode) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# Added chapter"), *cells])
    nbformat.write(notebook, results / "notebooks" / "30-added.ipynb")


def everything(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_two_builds_in_different_places_are_the_same_to_the_byte(
    sample_book: Path, tmp_path: Path
) -> None:
    again = make_book(SOURCE, write_sample(tmp_path), tmp_path / "elsewhere", PAGE)

    first, second = everything(sample_book), everything(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_book_holds_its_pages_their_code_the_data_and_nothing_unused(sample_book: Path) -> None:
    assert sorted(everything(sample_book)) == [
        "_static/doctools.js",
        "_static/documentation_options.js",
        "_static/icon.svg",
        "_static/language_data.js",
        "_static/scrutiny.css",
        "_static/scrutiny.js",
        "_static/searchtools.js",
        "_static/sphinx_highlight.js",
        "code-contents.html",
        "code-front-door.html",
        "code-methods.html",
        "data/measures.csv",
        "edition.json",
        "front-door.html",
        "glossary.html",
        "how-to-read.html",
        "index.html",
        "methods.html",
        "notebooks/00-contents.ipynb",
        "notebooks/20-front-door.ipynb",
        "notebooks/70-methods.ipynb",
        "search.html",
        "searchindex.js",
    ]


def test_a_built_book_meets_every_check(sample_book: Path) -> None:
    assert check_site(sample_book) == []


def test_formulas_are_mathml_and_code_is_not_on_readers_pages(sample_book: Path) -> None:
    methods = (sample_book / "methods.html").read_text(encoding="utf-8")
    door = (sample_book / "front-door.html").read_text(encoding="utf-8")

    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in methods
    assert "MathJax" not in methods
    assert "show.headline" not in words(door)
    code = (sample_book / "code-front-door.html").read_text(encoding="utf-8")
    assert "show.headline('referrals')" in words(code)


def words(page: str) -> str:
    """The words of a page without its markup."""
    return str(lxml.html.document_fromstring(page).text_content())


def test_a_page_is_described_by_its_headline(sample_book: Path) -> None:
    door = (sample_book / "front-door.html").read_text(encoding="utf-8")

    assert '<meta name="description" content="There were 255 referrals in March 2023' in door
    assert '<html lang="en-GB"' in door
    assert "Children’s services scrutiny book, Sampleton, March 2023</title>" in door


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("See [the lost page](lost.md).", "lost.md"),
        ("A share $\\frac{1}$ of all.", "lacks a part"),
        ("```{nosuchthing}\n```", "nosuchthing"),
        ("## One\n\n#### Three\n", "Non-consecutive header level"),
    ],
)
def test_a_warning_fails_the_build_and_is_quoted_with_its_page(
    tmp_path: Path, text: str, quoted: str
) -> None:
    results = write_sample(tmp_path)
    add_chapter(results, new_markdown_cell(text))

    with pytest.raises(BookFailed) as raised:
        make_book(SOURCE, results, tmp_path / "build", PAGE)

    assert any("added" in f.where and quoted in f.found for f in raised.value.faults), str(
        raised.value
    )
    assert str(tmp_path) not in str(raised.value)


def test_two_warnings_are_both_quoted(tmp_path: Path) -> None:
    results = write_sample(tmp_path)
    add_chapter(results, new_markdown_cell("[a](lost.md)"), new_markdown_cell("[b](gone.md)"))

    with pytest.raises(BookFailed) as raised:
        make_book(SOURCE, results, tmp_path / "build", PAGE)

    assert "lost.md" in str(raised.value)
    assert "gone.md" in str(raised.value)


def test_a_page_that_loads_from_outside_is_not_published(tmp_path: Path) -> None:
    markup = '<script src="https://cdn.example/x.js"></script><img src="a.png" alt="a">'
    results = write_sample(tmp_path)
    add_chapter(results, new_code_cell("go()", outputs=[html_output(markup)]))

    with pytest.raises(BookFailed) as raised:
        make_book(SOURCE, results, tmp_path / "build", PAGE)

    assert [(fault.where, fault.found) for fault in raised.value.faults] == [
        ("added.html", "loads https://cdn.example/x.js from outside"),
        ("added.html", "has a picture whose words are its file's name: a"),
    ]


def html_output(markup: str) -> nbformat.NotebookNode:
    return new_output("execute_result", data={"text/html": markup})


def test_a_build_that_takes_too_long_is_stopped_and_says_so(tmp_path: Path) -> None:
    build = assemble(SOURCE, write_sample(tmp_path), tmp_path / "build", PAGE)

    with pytest.raises(BookFailed, match=r"within 0\.05 seconds"):
        build_book(build, limit_seconds=0.05)


def test_a_build_that_breaks_down_says_what_jupyter_book_said(tmp_path: Path) -> None:
    build = assemble(SOURCE, write_sample(tmp_path), tmp_path / "build", PAGE)
    config = (build / "_config.yml").read_text(encoding="utf-8")
    (build / "_config.yml").write_text(config.replace("theme: scrutiny", "theme: nosuchtheme"))

    with pytest.raises(BookFailed, match="nosuchtheme") as raised:
        build_book(build)

    assert "Traceback" not in str(raised.value)
    assert raised.value.exit_code == ExitCode.BOOK


def test_titles_and_banners_may_hold_any_signs(tmp_path: Path) -> None:
    page = BookPage(
        edition="odd-2023-03",
        title='Books & "papers": <all>',
        subtitle="Bath & North East Somerset, March 2023",
        authority="Bath & North East Somerset",
        month=PAGE.month,
        banner='Figures © "as published" </style>',
        footer=("Lines & lines: 100% <b>",),
    )
    build = assemble(SOURCE, write_sample(tmp_path), tmp_path / "build", page)

    html = finish(build_book(build), page)

    text = (html / "index.html").read_text(encoding="utf-8")
    assert "Books &amp; &#34;papers&#34;: &lt;all&gt;" in text
    assert "<b>" not in text
    assert text.count("</style>") == 1
    shutil.rmtree(build)
