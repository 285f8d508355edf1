"""A small edition's results, made up here, so that the book's machinery can be tested without data.

Three chapters with everything a page can hold: headlines, findings, a figure in two widths, a
wide table, notes, formulas, parameters, code and what differs between two runs of the same thing.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from scrutinybook.book import BookPage
from scrutinybook.periods import Month

PAGE = BookPage(
    edition="sample-2023-03",
    title="Children’s services scrutiny book",
    subtitle="Sampleton, March 2023",
    authority="Sampleton",
    month=Month(2023, 3),
    banner="Demonstration data: Sampleton is not a real place",
    footer=("Figures are made up to show how the book works.", "Questions: the scrutiny office."),
    built_from="made-up figures, first version",
    is_demo=True,
)

_MONTHS = ("Oct 2022", "Nov 2022", "Dec 2022", "Jan 2023", "Feb 2023", "Mar 2023")
_VALUES = (201, 188, 170, 238, 174, 255)


def _svg(kind: str, width: int, height: int) -> str:
    left, top, right, bottom = 48, 24, width - 16, height - 40
    step = (right - left) / (len(_VALUES) - 1)
    points = [
        (left + k * step, bottom - (v - 100) / 200 * (bottom - top)) for k, v in enumerate(_VALUES)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" style="fill:var(--sb-accent)"/>'
        for x, y in points
    )
    shown = range(len(_MONTHS)) if kind == "wide" else (0, len(_MONTHS) - 1)
    words = "".join(
        f'<text x="{points[k][0]:.1f}" y="{bottom + 24}" text-anchor="middle" font-size="15" '
        f'style="fill:var(--sb-muted)">{_MONTHS[k]}</text>'
        for k in shown
    )
    return (
        f'<svg class="sb-{kind}" role="img" aria-labelledby="fig-{kind}-title" '
        f'aria-describedby="fig-{kind}-desc" viewBox="0 0 {width} {height}">'
        f'<title id="fig-{kind}-title">Referrals by month, October 2022 to March 2023</title>'
        f'<desc id="fig-{kind}-desc">Referrals were between 170 and 255 a month.</desc>'
        f'<rect x="{left}" y="{top + 20}" width="{right - left}" height="{bottom - top - 50}" '
        'style="fill:var(--sb-band)"/>'
        f'<line x1="{left}" x2="{right}" y1="{bottom}" y2="{bottom}" '
        'style="stroke:var(--sb-edge)"/>'
        f'<polyline points="{line}" fill="none" style="stroke:var(--sb-accent);stroke-width:2.5"/>'
        f"{marks}{words}</svg>"
    )


_FIGURE = (
    '<figure class="sb-figure">'
    + _svg("wide", 720, 320)
    + _svg("narrow", 340, 300)
    + '<figcaption class="sb-caption">The shaded band is the range expected from month to month.'
    " Higher is neither better nor worse.</figcaption></figure>"
)

_TABLE = (
    '<div class="sb-table"><table><caption>Referrals and what followed, by month</caption>'
    '<thead><tr><th scope="col">Measure</th>'
    + "".join(f'<th scope="col" class="sb-number">{month}</th>' for month in _MONTHS)
    + '</tr></thead><tbody><tr><th scope="row">Referrals</th>'
    + "".join(f'<td class="sb-number">{value}</td>' for value in _VALUES)
    + '</tr><tr><th scope="row">Ended with no further action</th>'
    + "".join(f'<td class="sb-number">{value // 4}</td>' for value in _VALUES)
    + "</tr></tbody></table></div>"
)


_FOLDED = _TABLE.replace("Referrals and what followed, by month", "The same, folded away")


def _html(source: str, markup: str, count: int) -> NotebookNode:
    data = {"text/html": markup, "text/plain": "<scrutinybook.charts.Figure object at 0x7f3a11>"}
    output = new_output("execute_result", data=data, execution_count=count)
    metadata = {"papermill": {"start_time": "2023-04-02T10:00:00", "duration": 0.4}}
    cell = new_code_cell(source, outputs=[output], execution_count=count, metadata=metadata)
    return cell


def _parameters(root: Path) -> list[NotebookNode]:
    return [
        new_code_cell('results = ""', metadata={"tags": ["parameters"]}),
        new_code_cell(
            f'# Parameters\nresults = "{root.as_posix()}/results/sample-2023-03"',
            metadata={"tags": ["injected-parameters"]},
        ),
    ]


def _contents() -> list[NotebookNode]:
    return [
        new_markdown_cell("# Sampleton, March 2023: the month in ten minutes"),
        _html(
            "show.headline()",
            '<p class="sb-headline">Two of nine measures are outside what is expected from month'
            ' to month. <a href="front-door.html">Referrals</a> are worth a question.</p>'
            '<ul class="sb-findings"><li class="sb-is-signal">Referrals were above their expected'
            " range in March 2023.</li><li>Assessments within 45 working days: no evidence of a"
            " change in the last twelve months.</li></ul>",
            1,
        ),
        new_markdown_cell(
            "## What to ask\n\n- What was different about March?\n"
            "- Who decides what is a referral?\n\n"
            "## What is in this book\n\nStart with [how to read this book](how-to-read.md)."
        ),
    ]


def _front_door() -> list[NotebookNode]:
    return [
        new_markdown_cell("# Front door: contacts and referrals that reach children’s services"),
        _html(
            "show.headline('referrals')",
            '<p class="sb-headline">There were 255 referrals in March 2023, the highest count of'
            " the last twelve months.</p>",
            1,
        ),
        new_markdown_cell("## Referrals by month\n\nA contact is not a referral."),
        _html("import re\n\nshow.chart('referrals')  # 12 months", _FIGURE, 2),
        new_markdown_cell("## The figures"),
        _html("show.table('referrals')", _TABLE, 3),
        _html(
            "show.notes()",
            '<div class="sb-definition"><p><strong>Referral.</strong> A request for services for a'
            " child who is not yet receiving them.</p></div>"
            '<div class="sb-provisional"><p>March 2023 may be restated.</p></div>'
            '<div class="sb-context"><p>National comparison: 52 in 100.</p></div>'
            '<div class="sb-note"><p>Numbers of five or fewer are withheld.</p></div>'
            '<details class="sb-more"><summary>How sure is this?</summary>'
            f"<p>The range is where nine in ten figures fall.</p>{_FOLDED}</details>",
            4,
        ),
        new_markdown_cell("| Source | Contacts |\n|---|---:|\n| Police | 90 |\n| School | 70 |"),
    ]


def _methods() -> list[NotebookNode]:
    return [
        new_markdown_cell(
            "# Methods\n\n## Control limits\n\nA share $p$ has limits at\n\n"
            "$$\n\\bar{p} \\pm 3\\sqrt{\\frac{\\bar{p}(1-\\bar{p})}{n}}\n$$\n\n"
            "where $n$ is the denominator. In full, and too long for a phone:\n\n"
            "$$\n\\hat{\\phi} = \\frac{1}{n-1} \\sum_{i=1}^{n} \\frac{(y_i - r d_i)^2}{r d_i}"
            " + a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11}\n$$\n\n"
            "## Code as text\n\n```python\nprint('hello')\n```"
        )
    ]


def write_sample(root: Path) -> Path:
    """Write the results of the sample edition below `root` and return their folder."""
    results = root / "results" / PAGE.edition
    folder = results / "notebooks"
    folder.mkdir(parents=True)
    (results / "data").mkdir()
    (results / "data" / "measures.csv").write_text("measure,value\nreferrals,255\n")
    chapters = {
        "00-contents": _contents(),
        "20-front-door": _front_door(),
        "70-methods": _methods(),
    }
    for name, cells in chapters.items():
        notebook = new_notebook(cells=[*_parameters(root), *cells])
        notebook.metadata["papermill"] = {"start_time": "2023-04-02T10:00:00"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return results
