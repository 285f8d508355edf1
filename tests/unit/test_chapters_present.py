"""Which chapters an edition has, and what is told of figures that cannot serve it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scrutinybook.chapters import contents
from scrutinybook.chapters.context_notes import context_notes
from scrutinybook.chapters.registry import CHAPTERS, OWN, has_figures
from scrutinybook.chapters.summary import chapter_summary
from scrutinybook.chapters.yearly_section import yearly_section
from scrutinybook.context import Context, open_context
from scrutinybook.errors import FaultsFound
from scrutinybook.workspace import Workspace


def opened(project: Path, month: str, **more: object) -> Context:
    values = {"authority": "Plymouth", "month": month, **more}
    return open_context(Workspace(project), values)


@pytest.mark.parametrize(
    ("month", "left_out"),
    [
        (
            "2012-04",
            {
                *("20-timeliness", "30-children-in-care", "40-care-leavers", "50-workforce"),
                "60-claims",
            },
        ),
        ("2013-06", {"30-children-in-care", "40-care-leavers", "50-workforce", "60-claims"}),
        ("2023-03", set()),
    ],
)
def test_a_chapter_is_there_with_its_first_figure(
    project: Path, month: str, left_out: set[str]
) -> None:
    context = opened(project, month)
    absent = {entry.notebook for entry in CHAPTERS if not has_figures(context, entry.notebook)}
    own = {entry.notebook for entry in CHAPTERS if entry.figures == OWN}
    # Nothing that was promised is on file for the authority.
    assert absent == left_out | own | {"62-actions"}
    assert ("there are no figures on" in contents.left_out(context)) == bool(left_out)


def test_a_chapter_with_monthly_figures_alone_has_no_empty_list(project: Path) -> None:
    assert chapter_summary(opened(project, "2012-04"), "front-door") == ""


def test_a_note_stands_beside_its_measure_with_its_words_made_safe(project: Path) -> None:
    note = {"measure": "caseload", "month": "2022-09", "text": "A <b>new</b> team.", "source": "s"}
    context = opened(project, "2023-03", notes=[note])
    assert "September 2022: A &lt;b&gt;new&lt;/b&gt; team. (Source: s.)" in yearly_section(
        context, "caseload"
    )
    assert context_notes(context.edition, "absence") == ""


def replace_cell(path: Path, row: dict[str, str], **cells: str) -> None:
    """Change the one row of a table that has these cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    (found,) = [each for each in rows if row.items() <= each.items()]
    found.update(cells)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_figures_of_another_authority_and_a_month_out_of_reach_are_told_together(
    project: Path,
) -> None:
    areas = project / "data/official/plymouth/areas.csv"
    replace_cell(areas, {"kind": "authority"}, name="Torbay")
    with pytest.raises(FaultsFound) as error:
        opened(project, "2024-04")
    assert [fault.where for fault in error.value.faults] == [
        "data/official/plymouth/areas.csv",
        "edition plymouth-2024-04: month",
    ]


@pytest.mark.parametrize("symbol", ["suppressed", "unreliable", "not_available"])
def test_a_month_without_a_count_opens_and_is_told(project: Path, symbol: str) -> None:
    from scrutinybook.chapters.front_door import front_door

    figures = project / "data/official/plymouth/figures.csv"
    row = {"area_code": "E06000026", "item": "referrals", "period": "2023-03"}
    replace_cell(figures, row, value="", symbol=symbol)
    page = front_door(opened(project, "2023-03"))
    pieces = [page.message(), page.latest_month(), page.lasting_changes(), page.numbers()]
    assert "no published number of referrals for March 2023" in pieces[0]
    assert not any("nan" in piece or "None" in piece for piece in pieces)


def test_the_edition_before_reads_nothing_after_its_own_month(project: Path) -> None:
    before = {"authority": "Plymouth", "month": "2023-03"}
    context = open_context(
        Workspace(project), before | {"month": "2024-03", "previous": "plymouth-2023-03"}, before
    )
    # The later edition has read the series first; what it read is not the earlier one's.
    assert str(context.monthly("referrals").latest.period) == "2024-03"
    earlier = context.as_earlier()
    assert earlier is not None
    assert str(earlier.monthly("referrals").latest.period) == "2023-03"
    assert str(earlier.yearly("no_further_action").latest.period) == "2022/23"
    assert earlier.as_earlier() is None
