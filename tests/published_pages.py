"""A small published book, drawn by hand: three pages that link to one another."""

from __future__ import annotations

import json
from pathlib import Path

EDITION = "sampleton-2023-03"

_NAV = """<nav class="sb-nav" id="sb-nav"><ul><li><a href="index.html">In brief</a>
<ul><li><a href="#top">Top</a></li></ul></li></ul>
<p class="sb-nav-part">The month</p><ul><li><a href="glance.html">At a glance</a></li></ul>
<p class="sb-nav-part">Measures</p><ul><li><a href="care.html">Children in care</a></li></ul>
</nav>"""

_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>A page</title>
<link rel="stylesheet" href="_static/scrutiny.css?v=1"><script src="x.js"></script></head>
<body class="sb-is-demo"><header><a class="sb-brand" href="#">
<span class="sb-brand-title">The book</span>
<span class="sb-brand-sub">Sampleton, March 2023</span></a><button>Search</button>
<p class="sb-banner"><span>Demonstration: all is invented.</span></p></header>
{nav}<main id="main" tabindex="-1">{body}</main>
<footer><p class="sb-footer-banner">Demonstration: all is invented.</p>
<p>The book. Edition <code>x</code>.</p><p><a href="../index.html">All books</a></p>
<p>No figure is later.</p></footer></body></html>"""

_BODIES = {
    "index": """<section id="in-brief"><h1>In brief</h1>
<p><a href="glance.html#every">Every measure</a></p>
<p>More on <a href="care.html">that</a>. See <a href="care.html">Children in care</a>.</p>
<p><a href="downloads/all.xlsx" download>Download all tables</a></p>
<section id="top"><h2>Top</h2><h3>Lower</h3>
<svg role="img" aria-labelledby="t" viewBox="0 0 9 9"><title id="t">A chart</title>
<clipPath id="c"><path d="M0 0"/></clipPath><use href="#c" clip-path="url(#c)"/></svg></section>
<section id="end"><h2>End</h2>
<p class="sb-code-link"><a href="code-index.html">Code</a></p></section>
</section>""",
    "glance": """<section id="glance"><h1>At a glance</h1><section id="every"><h2>Every measure</h2>
<table><tr><th><a href="care.html#top">Care</a></th></tr></table>
<details class="sb-more"><summary>How it is counted</summary><p>By hand.</p></details>
<div class="sb-wide"><svg role="img" aria-labelledby="t"><title id="t">Wide</title></svg></div>
<div class="sb-narrow"><svg role="img" aria-labelledby="n"><title id="n">Narrow</title></svg></div>
<p><a href="#every">Again</a>, <a href="https://www.gov.uk/">outside</a></p></section></section>""",
    "care": """<section id="care"><h1>Children in care</h1><section id="top"><h2>Top</h2>
<p><a href="index.html">Back</a></p>
<table><thead><tr><th>Measure</th><th>More</th><th>Go to</th></tr></thead><tbody>
<tr><th>Care</th><td><a href="glance.html">glance</a></td>
<td><a href="code-care.html">code</a>, <a href="downloads/care.csv">table (CSV)</a></td></tr>
</tbody></table></section></section>""",
}


def write_published(site: Path) -> Path:
    """Write the book into `site` and return its folder."""
    folder = site / EDITION
    (folder / "_static").mkdir(parents=True)
    (folder / "_static" / "scrutiny.css").write_text("p { color: black }", encoding="utf-8")
    for name, body in _BODIES.items():
        page = _PAGE.format(nav=_NAV, body=body)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    card = {"edition": EDITION, "authority": "Sampleton"}
    (folder / "edition.json").write_text(json.dumps(card), encoding="utf-8")
    return folder
