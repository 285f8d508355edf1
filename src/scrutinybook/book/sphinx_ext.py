"""The Sphinx extension of the book: its theme, formulas as MathML, tables that scroll in place."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import lxml.html

from scrutinybook.book.mathml import visit_displaymath, visit_math

_THEME = Path(__file__).with_name("theme")
_BARE_TABLE = re.compile(
    r'<div class="sb-table">(?P<start>\s*<table\b[^>]*>\s*(?:<caption\b[^>]*>(?P<caption>.*?)'
    r"</caption>)?)",
    re.DOTALL,
)
_BLOCK_END = re.compile(
    r"</(?:td|th|tr|table|caption|p|li|ul|ol|div|section|h[1-6]|dt|dd|figcaption|figure|summary"
    r"|details|text|title|desc)>(?!\s)"
)
_LONG = re.compile(r"<(?P<tag>t[dh])(?P<rest>(?: [^>]*)?)>(?=[^<]*[^\s<]{28})")
"""Cells with a word, a hash mostly, that would make a table wider than a sheet of paper."""
_DESCRIPTION_LENGTH = 160


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx what is here."""
    # Jupyter Book always sets this one, for an extension the book does without.
    app.add_config_value("comments_config", {}, "")
    app.add_html_theme("scrutiny", str(_THEME))
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_displaymath, None))
    app.connect("doctree-resolved", wrap_tables)
    app.connect("doctree-resolved", part_words)
    app.connect("html-page-context", fill_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def wrap_tables(app: Any, doctree: Any, docname: str) -> None:
    """Put each table written in Markdown into the same scrolling frame as the others."""
    from docutils import nodes  # noqa: PLC0415

    for table in list(doctree.findall(nodes.table)):
        section = table.parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        heading = section.next_node(nodes.title).astext() if section is not None else docname
        start = f'<div class="sb-table" {_region(heading)}>'
        place = table.parent.index(table)
        table.parent.insert(place + 1, nodes.raw("", "</div>", format="html"))
        table.parent.insert(place, nodes.raw("", start, format="html"))


def part_words(app: Any, doctree: Any, docname: str) -> None:
    """Put a line's end after each block in notebook output.

    Sphinx's search takes tags away and leaves nothing in their place, so that the last word of
    one cell and the first of the next would be one word, and neither would be found.
    """
    from docutils import nodes  # noqa: PLC0415

    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html":
            parted = _BLOCK_END.sub(r"\g<0>\n", raw.astext())
            raw.children = [nodes.Text(parted)]


def fill_page(
    app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the page template its navigation, description and named tables."""
    body = context.get("body") or ""
    context["body"] = name_tables(body).replace(' class="tex2jax_ignore mathjax_ignore"', "")
    context["sb_contents"] = contents(app, pagename, context["pathto"])
    context["sb_sections"] = sections(context.get("toc") or "")
    context["sb_description"] = describe(body)
    context["sb_css_string"] = css_string


def name_tables(body: str) -> str:
    """Make each bare ``.sb-table`` frame reachable by keyboard and named; mark hashes."""

    def named(match: re.Match[str]) -> str:
        caption = _plain(match["caption"] or "")
        return f'<div class="sb-table" {_region(caption)}>{match["start"]}'

    # Markdown tables come without saying what their headings head.
    body = _BARE_TABLE.sub(named, body).replace('<th class="head', '<th scope="col" class="head')
    return _LONG.sub(_may_break, body)


def _may_break(cell: re.Match[str]) -> str:
    rest = cell["rest"]
    if ' class="' in rest:
        marked = rest.replace(' class="', ' class="sb-long ', 1)
        return f"<{cell['tag']}{marked}>"
    return f'<{cell["tag"]} class="sb-long"{rest}>'


def contents(app: Any, pagename: str, pathto: Any) -> list[dict[str, Any]]:
    """List the parts of the book and their pages for the navigation; the first has no caption."""
    titles = app.env.titles

    def entry(name: str) -> dict[str, Any]:
        return {
            "title": titles[name].astext(),
            "link": pathto(name),
            "current": name == pagename,
        }

    site = app.config.external_site_map
    root = site.root
    parts = [{"caption": "", "pages": [entry(root.docname)]}]
    for tree in root.subtrees:
        pages = [entry(str(item)) for item in tree.items if str(item) in titles]
        parts.append({"caption": tree.caption, "pages": pages})
    return parts


def sections(toc: str) -> list[tuple[str, str]]:
    """List the second-level headings of a page as (address, words)."""
    if not toc.strip():
        return []
    tree = lxml.html.fragment_fromstring(toc, create_parent="div")
    links = tree.xpath("./ul/li/ul/li/a")
    return [(link.get("href"), link.text_content().strip()) for link in links]


def css_string(words: str) -> str:
    """Quote words for a style sheet within a page: no sign of theirs can end the string or it."""
    return '"' + re.sub(r'["\\<\n]', lambda sign: f"\\{ord(sign[0]):x} ", words) + '"'


def describe(body: str) -> str:
    """Take a page's description for search engines and previews from what it says first."""
    if not body.strip():
        return ""
    tree = lxml.html.fragment_fromstring(body, create_parent="div")
    first = tree.xpath("//p[contains(concat(' ', @class, ' '), ' sb-headline ')]") or [
        p for p in tree.xpath("//p[not(ancestor::table)]") if p.text_content().strip()
    ]
    words = _plain_text(first[0].text_content()) if first else ""
    if len(words) <= _DESCRIPTION_LENGTH:
        return words
    return words[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def _region(name: str) -> str:
    label = f"Table: {name}" if name else "Table"
    return f'role="region" tabindex="0" aria-label="{escape(label, quote=True)}"'


def _plain(markup: str) -> str:
    return (
        _plain_text(lxml.html.fragment_fromstring(markup, create_parent="div").text_content())
        if markup.strip()
        else ""
    )


def _plain_text(text: str) -> str:
    return " ".join(text.split())
