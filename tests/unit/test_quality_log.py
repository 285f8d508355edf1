"""The quality log: read with all faults at once, shipped for each authority, shown in order."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from drawn_council_context import context
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.chapters import quality_log
from scrutinybook.committee.files import Committee, read_committee
from scrutinybook.committee.quality import Assumption, Check, Quality
from scrutinybook.edition import read_edition
from scrutinybook.errors import FaultsFound
from scrutinybook.workspace import Workspace


@pytest.mark.parametrize("edition_id", ["demo-2023-03", "plymouth-2023-03"])
def test_each_authority_ships_one_with_assumptions_and_checks(edition_id: str) -> None:
    workspace = Workspace(ROOT)
    catalogue = read_catalogue(workspace)
    log = read_committee(workspace, read_edition(workspace, edition_id), catalogue).quality
    assert log is not None
    assert len(log.assumptions) >= 5
    assert any(each.each_edition for each in log.checks)
    assert any(each.sure == "weak" for each in log.assumptions)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    workspace = Workspace(tmp_path)
    (tmp_path / "params/demo/quality.yml").write_text(
        """
assumptions:
  - {id: one, text: a, sure: certain, weight: high, why: b}
checks:
  - {id: two, what: a, by: analyst, done: 2023-13-01, result: b}
""",
        encoding="utf-8",
    )
    edition, catalogue = read_edition(workspace, "demo-2023-03"), read_catalogue(workspace)
    with pytest.raises(FaultsFound) as error:
        read_committee(workspace, edition, catalogue)
    told = "\n".join(str(each) for each in error.value.faults)
    assert "certain" in told and "2023-13-01" in told
    (tmp_path / "params/demo/quality.yml").write_text(
        """
assumptions:
  - {id: one, text: a, sure: good, weight: high, why: b, measures: [referals_received]}
  - {id: one, text: a, sure: good, weight: high, why: b}
checks:
  - {id: two, what: a, by: analyst, done: 2023-03-01, each_edition: true, result: b}
""",
        encoding="utf-8",
    )
    with pytest.raises(FaultsFound) as error:
        read_committee(workspace, edition, catalogue)
    told = "\n".join(str(each) for each in error.value.faults)
    assert len(error.value.faults) == 3
    for each in ("did you mean 'referrals_received'", "one stands twice", "one of the two"):
        assert each in told


def assumption(name: str, **rating: str) -> Assumption:
    return Assumption.model_validate({"id": name, "text": f"{name}.", "why": "x", **rating})


def test_the_least_sure_and_most_weighty_come_first_and_open_checks_last() -> None:
    log = Quality(
        assumptions=(
            assumption("sound", sure="good", weight="low"),
            assumption("shaky", sure="weak", weight="high"),
            assumption("middling", sure="fair", weight="medium"),
        ),
        checks=(
            Check(id="open", what="Open.", by="analyst", result="x"),
            Check(id="always", what="Always.", by="the program", each_edition=True, result="x"),
        ),
    )
    book = replace(context({}), committee=Committee(quality=log))
    shown = lxml.html.fromstring(f"<main>{quality_log.assumptions(book)}</main>")
    entries = shown.xpath("//li")
    assert [each.xpath("./p/strong")[0].text for each in entries] == [
        "shaky.", "middling.", "sound.",
    ]  # fmt: skip
    assert "How sure: weak. Weight: high." in entries[0].text_content()
    assert entries[0].get("class") == "sb-is-signal"
    checks = lxml.html.fromstring(f"<main>{quality_log.checks(book)}</main>").xpath("//li")
    assert [each.xpath("./p")[1].text for each in checks] == ["For each edition", "Not done yet"]


def test_without_a_log_the_page_says_so() -> None:
    book = context({})
    assert quality_log.NO_LOG in quality_log.assumptions(book)
    assert quality_log.NO_LOG in quality_log.checks(book)
