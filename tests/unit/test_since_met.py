"""Since the committee last met, which was on the first of three editions of Plymouth.

2022-03 (the committee met)  ◄─ 2023-03  ◄─ 2024-03, last_met: plymouth-2022-03
"""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from projects import copy_project

from scrutinybook.chapters import claims, contents
from scrutinybook.chapters.what_changed import WhatChanged, since_met, what_changed
from scrutinybook.context import Context, open_context
from scrutinybook.edition import read_edition
from scrutinybook.workspace import Workspace

MET, LAST, NOW = "plymouth-2022-03", "plymouth-2023-03", "plymouth-2024-03"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = copy_project(tmp_path_factory.mktemp("met") / "project")
    params = root / "params/plymouth"
    (params / "2022-03.yml").write_text("authority: Plymouth\nmonth: 2022-03\n", encoding="utf-8")
    for month, previous in (("2023-03", MET), ("2024-03", LAST)):
        with (params / f"{month}.yml").open("r+", encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith("previous:")]
            file.seek(0)
            file.writelines([*lines, f"previous: {previous}\n"])
            file.truncate()
    return Workspace(root)


def opened(workspace: Workspace, last_met: str | None) -> Context:
    now, before = (read_edition(workspace, each) for each in (NOW, LAST))
    now = now.model_copy(update={"last_met": last_met})
    return open_context(workspace, now.as_parameters(), before.as_parameters())


@pytest.fixture(scope="module")
def changed(workspace: Workspace) -> WhatChanged:
    return what_changed(workspace, opened(workspace, MET))


def words_of(piece: str) -> str:
    return " ".join(lxml.html.fromstring(f"<div>{piece}</div>").text_content().split())


def test_each_comparison_says_which_edition_then_is(changed: WhatChanged) -> None:
    last, met = words_of(changed.message()), words_of(changed.since_met())
    assert last.startswith("Since the edition for March 2023, ")
    assert met.startswith("The committee last met on the edition for March 2022.")
    assert "Since the edition for March 2022, " in met
    assert "March 2022" not in last
    assert "Since the edition for March 2023" not in met


def test_figures_are_those_of_the_edition_that_the_committee_met_on(changed: WhatChanged) -> None:
    assert changed.met is not None
    assert changed.changes is not None
    assert (changed.met.then.words, changed.met.now.words) == ("March 2022", "March 2024")
    assert changed.changes.then.words == "March 2023"
    periods = {each.then.latest.period.words for each in changed.met.measures if each.then}
    assert not any("2024" in each for each in periods)


def test_the_first_page_says_it_in_short_with_a_link(workspace: Workspace) -> None:
    piece = contents.since_met(workspace, opened(workspace, MET))
    said = words_of(piece)
    assert said.startswith(f"{contents.SINCE_MET}, on the edition for March 2022")
    assert "Since the edition for March 2022, " in said
    assert 'href="what-changed.html#since-the-committee-last-met"' in piece


def test_where_the_committee_met_on_the_last_edition_nothing_is_said_twice(
    workspace: Workspace,
) -> None:
    said = words_of(what_changed(workspace, opened(workspace, LAST)).since_met())
    assert said == (
        "The committee last met on the edition for March 2023, the one before this."
        " All that stands above is since then."
    )


def test_without_a_meeting_nothing_is_claimed(workspace: Workspace) -> None:
    plain = opened(workspace, None)
    assert since_met(workspace, plain) is None
    assert contents.since_met(workspace, plain) == ""
    said = words_of(what_changed(workspace, plain).since_met())
    assert said == "This edition does not say on which one the committee last met."


def test_each_statement_has_its_verdict_in_each_edition(workspace: Workspace) -> None:
    page = lxml.html.fromstring(
        f"<div>{claims.told(opened(workspace, MET), workspace).every_claim()}</div>"
    )
    tables = page.xpath(".//details[summary='The verdict in each edition']//table")
    assert tables
    for each in tables:
        months = [" ".join(cell.text_content().split()) for cell in each.xpath(".//tbody//th")]
        assert months == ["March 2024", "March 2023", "March 2022, on which the committee last met"]
        assert all(cell.text_content().strip() for cell in each.xpath(".//tbody//td"))


def test_a_folder_of_one_edition_has_no_history(workspace: Workspace) -> None:
    alone = read_edition(workspace, MET).as_parameters()
    said = claims.told(open_context(workspace, alone), workspace).every_claim()
    assert "The verdict in each edition" not in said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("last_met: plymouth-2022-03", "no edition is named as previous"),
        ("previous: plymouth-2023-03\nlast_met: plymouth-2023-3", "not an edition's id"),
        ("previous: plymouth-2023-03\nlast_met: plymouth-2022-01", "did you mean"),
        ("previous: plymouth-2023-03\nlast_met: demo-2023-01", "none of the editions before this"),
        ("previous: plymouth-2023-03\nlast_met: plymouth-2024-03", "plymouth-2022-03: the edition"),
    ],
)
def test_what_is_no_earlier_edition_is_refused(
    workspace: Workspace, tmp_path: Path, lines: str, said: str
) -> None:
    from scrutinybook.checked import check
    from scrutinybook.errors import FaultsFound

    project = copy_project(tmp_path / "project")
    for name in ("2022-03", "2023-03"):
        source = workspace.params / f"plymouth/{name}.yml"
        (project / f"params/plymouth/{name}.yml").write_bytes(source.read_bytes())
    text = f"authority: Plymouth\nmonth: 2023-09\n{lines}\n"
    (project / "params/plymouth/2023-09.yml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound) as refused:
        check(Workspace(project), "plymouth-2023-09")
    (fault,) = refused.value.faults
    assert "params/plymouth/2023-09.yml: last_met" in str(fault)
    assert said in str(fault)
