"""What stops a book from being published, page by page, on pages drawn for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutinybook.book.checks import check_site
from scrutinybook.store.needs import content_state

GOOD = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>Drawn</title>{head}</head>'
    "<body><main><h1>Drawn</h1>{body}</main></body></html>"
)


def faults(tmp_path: Path, *, body: str = "", head: str = "", **files: str) -> list[str]:
    """Check a site of one page; `style_css` becomes ``style.css``."""
    (tmp_path / "index.html").write_text(GOOD.format(head=head, body=body), encoding="utf-8")
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return [f"{fault.where}: {fault.found}" for fault in check_site(tmp_path)]


def test_a_page_that_was_found_sound_is_not_looked_at_again_but_its_links_are(
    tmp_path: Path,
) -> None:
    page = '<!doctype html><html lang="en"><title>T</title><main>{}</main>'
    (tmp_path / "a.html").write_text(page.format('<a href="b.html#x">b</a>'), encoding="utf-8")
    (tmp_path / "b.html").write_text(page.format('<h1 id="y">B</h1>'), encoding="utf-8")
    sound = {content_state(tmp_path / name) for name in ("a.html", "b.html")}
    told = [fault.found for fault in check_site(tmp_path)]
    assert told == [
        "has 0 first-level headings; it must have one",
        "links to b.html#x, but there is no #x on that page",
    ]
    assert [fault.found for fault in check_site(tmp_path, sound=sound)] == told[1:]
    (tmp_path / "a.html").write_text(page.format("changed"), encoding="utf-8")
    assert [fault.found for fault in check_site(tmp_path, sound=sound)] == told[:1]


def test_a_good_page_has_no_faults(tmp_path: Path) -> None:
    body = (
        '<h2 id="more">More</h2><p><a href="#more">more</a> <a href="index.html#more">more</a>'
        ' <a href="https://www.gov.uk/">a link that readers may follow</a> <a href="#">here</a>'
        ' <a href="../index.html">all books</a></p><img src="a.png" alt="Referrals by month">'
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t"><title id="t">'
        "Referrals</title></svg>"
        '<svg aria-hidden="true"></svg>'
    )

    assert faults(tmp_path, body=body) == []


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script src="https://cdn.example/x.js"></script>', ""),
        ('<link rel="stylesheet" href="//fonts.example/f.css">', ""),
        ('<link rel="preconnect" href="HTTPS://fonts.example">', ""),
        ("<style>@import 'https://fonts.example/f.css';</style>", ""),
        ("<style>a{background:url( https://x.example/a.png )}</style>", ""),
        ('<script>const A = "https://unpkg.example/thebe";</script>', ""),
        ("", '<img src="http://x.example/a.png" alt="A map">'),
        ("", '<p style="background:url(//x.example/a.png)">a</p>'),
        ("", '<iframe src="https://x.example"></iframe>'),
        ("", '<svg aria-hidden="true"><image href="https://x.example/a.png"/></svg>'),
        ("", '<form action="https://x.example/search"></form>'),
    ],
)
def test_nothing_is_loaded_from_outside(tmp_path: Path, head: str, body: str) -> None:
    found = faults(tmp_path, head=head, body=body)

    assert len(found) == 1
    assert found[0].startswith("index.html: loads ")


@pytest.mark.parametrize(
    "files",
    [
        {"style_css": "@import url(https://fonts.example/f.css);"},
        {"style_css": 'b{src: url("//fonts.example/f.woff2")}'},
        {"code_js": 'fetch("https://x.example/count")'},
        {"code_js": "import('//x.example/y.js')"},
    ],
)
def test_neither_by_a_style_sheet_nor_by_a_script(tmp_path: Path, files: dict[str, str]) -> None:
    assert len(faults(tmp_path, **files)) == 1


def test_an_address_in_a_comment_and_a_vocabularys_name_are_not_loaded(tmp_path: Path) -> None:
    script = '/* see https://x.example */ const s = "http://www.w3.org/2000/svg";'

    assert faults(tmp_path, code_js=script, style_css="/* url(https://x.example) */") == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<img src="a.png" alt="">', "has a picture without words: a.png"),
        (
            '<img src="out/ab12.png" alt="ab12.png">',
            "has a picture whose words are its file's name: ab12.png",
        ),
        (
            '<img src="out/ab12.png" alt="ab12">',
            "has a picture whose words are its file's name: ab12",
        ),
        ('<svg role="img"></svg>', "has a drawing (svg role=img) without a title"),
        (
            '<svg class="chart"></svg>',
            "has a drawing that is neither role=img nor hidden: chart",
        ),
        ("<h1>Again</h1>", "has 2 first-level headings; it must have one"),
        ('<a href="lost.html">x</a>', "links to lost.html, which is not there"),
        ('<a href="#lost">x</a>', "links to #lost, but there is no #lost on that page"),
        (
            '<p id="a"></p><p id="a"></p><p aria-describedby="a">x</p>',
            "points to #a, which 2 elements have",
        ),
        (
            '<svg aria-hidden="true"><g clip-path="url(#c1)"/></svg>',
            "points to #c1, which no elements have",
        ),
        (
            '<svg aria-hidden="true"><defs><path id="m"/><path id="m"/></defs>'
            '<use href="#m"/></svg>',
            "points to #m, which 2 elements have",
        ),
    ],
)
def test_each_fault_of_a_page_is_told(tmp_path: Path, body: str, fault: str) -> None:
    assert faults(tmp_path, body=body) == [f"index.html: {fault}"]


def test_a_page_says_its_language_and_title(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><main><h1>A</h1></main></body></html>")

    assert [fault.found for fault in check_site(tmp_path)] == [
        "does not say its language",
        "has no title",
    ]
