"""The small pieces that the book's Sphinx extension puts pages together from."""

from __future__ import annotations

import pytest

from scrutinybook.book.sphinx_ext import css_string, describe, name_tables, sections


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Published statistics", '"Published statistics"'),
        ('as "published"', '"as \\22 published\\22 "'),
        ("</style>", '"\\3c /style>"'),
        ("back\\slash", '"back\\5c slash"'),
    ],
)
def test_words_in_a_style_sheet_cannot_end_it(words: str, quoted: str) -> None:
    assert css_string(words) == quoted


def test_a_bare_table_is_named_by_its_caption_and_can_be_reached_by_keyboard() -> None:
    table = (
        '<div class="sb-table"><table><caption>In &amp; <b>out</b></caption><tr></tr></table></div>'
    )

    named = name_tables(table)

    assert named.startswith(
        '<div class="sb-table" role="region" tabindex="0" aria-label="Table: In &amp; out"><table>'
    )


def test_a_table_that_has_a_name_keeps_it() -> None:
    table = (
        '<div class="sb-table" role="region" aria-label="Mine" tabindex="0"><table></table></div>'
    )

    assert name_tables(table) == table


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ("", ""),
        ("<h1>One</h1><p> </p><p>First  words.</p><p>Then.</p>", "First words."),
        ('<p>First.</p><p class="sb-headline big">The <b>message</b>.</p>', "The message."),
        ("<table><tr><td><p>cell</p></td></tr></table><p>After.</p>", "After."),
        (f"<p>{'word ' * 50}</p>", f"{'word ' * 31}word…"),
    ],
)
def test_a_page_is_described_by_what_it_says_first(body: str, description: str) -> None:
    assert describe(body) == description


def test_only_second_level_headings_are_listed() -> None:
    toc = (
        '<ul><li><a href="#">Page</a><ul><li><a href="#one">One <em>x</em></a>'
        '<ul><li><a href="#deep">Deep</a></li></ul></li>'
        '<li><a href="#two">Two</a></li></ul></li></ul>'
    )

    assert sections(toc) == [("#one", "One x"), ("#two", "Two")]
    assert sections("") == []


def test_a_cell_with_a_hash_may_break_and_others_may_not() -> None:
    digest = "0123456789abcdef" * 4
    cells = f'<td>{digest}</td><td class="sb-number">12</td><th scope="row">plain words here</th>'
    assert name_tables(cells) == cells.replace("<td>", '<td class="sb-long">')
    marked = name_tables(f'<td class="sb-number">{digest}</td>')
    assert marked == f'<td class="sb-long sb-number">{digest}</td>'
