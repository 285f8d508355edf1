"""What has to be looked over before a book comes out: refused with the whole list until it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from signed_project import DAY, INVENTED, REAL, audit, clock, make

from scrutinybook.council.audited import Audit, Exposed, GroupShare
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.signoff import looked_over
from scrutinybook.signoff.publishing import publish
from scrutinybook.signoff.sign_off import sign
from scrutinybook.workspace import Workspace

SHARES = (
    GroupShare("Repeat plans, May 2022", "plans_repeat", "", "2022-05", False, 30.0),
    GroupShare("Supervision (North), June 2022", "supervision", "North", "2022-06", True, 12.0),
)


def signed(tmp_path: Path, edition_id: str) -> Workspace:
    workspace = make(tmp_path / "project", edition_id)
    sign(workspace, edition_id, "head of performance", DAY.date())
    return workspace


def refused(workspace: Workspace, edition_id: str, to: Path) -> list[Fault]:
    with pytest.raises(FaultsFound) as error:
        publish(workspace, edition_id, to, clock)
    assert not to.exists()
    return list(error.value.faults)


def told(monkeypatch: pytest.MonkeyPatch, found: Audit | Exception) -> None:
    def audited(*_: object) -> Audit:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(looked_over, "audit_own", audited)


def open_checks(workspace: Workspace, authority: str) -> None:
    """Take the reason away for which the book would not wait."""
    path = workspace.params / authority / "quality.yml"
    text = path.read_text("utf-8")
    kept = [line for line in text.splitlines() if "publish_without" not in line]
    assert len(kept) == len(text.splitlines()) - 1
    path.write_text("\n".join([*kept, ""]), encoding="utf-8")


def test_a_book_that_was_looked_over_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, audit(reviewed=2, by_hand=1))
    workspace, to = signed(tmp_path, INVENTED), tmp_path / "books"
    assert publish(workspace, INVENTED, to, clock).is_file()


def test_everything_that_was_not_looked_over_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exposed = ("Contacts (police), May 2022: numerator",)
    told(monkeypatch, audit(exposed=exposed, group_shares=SHARES))
    workspace = make(tmp_path / "project", INVENTED)
    open_checks(workspace, "demo")
    faults = refused(workspace, INVENTED, tmp_path / "books")
    said = [f"{fault.where}: {fault.found}" for fault in faults]
    for part in (
        "nobody has signed it",
        "params/demo/quality.yml: checks, sample-of-records: not done: Thirty assessments",
        f"edition {INVENTED}: Contacts (police), May 2022: numerator: a small count",
        f"edition {INVENTED}: Repeat plans, May 2022: none of 30: nobody has looked at it",
        f"edition {INVENTED}: Supervision (North), June 2022: all of 12: nobody has looked at it",
    ):
        assert any(part in each for each in said), said
    mends = " ".join(fault.mend for fault in faults)
    assert "params/demo/disclosure.yml" in mends
    assert "{measure: supervision, part: North, periods: [2022-06]," in mends


def test_figures_that_would_not_pass_by_now_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, Exposed("x", [Fault("Contacts, May 2022", "could be worked out")]))
    faults = refused(signed(tmp_path, INVENTED), INVENTED, tmp_path / "books")
    assert [each.where for each in faults] == ["Contacts, May 2022"]


def test_official_figures_are_not_audited_and_their_checks_are_awaited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, AssertionError("official figures are published already"))
    workspace, to = signed(tmp_path, REAL), tmp_path / "books"
    open_checks(workspace, "plymouth")
    faults = refused(workspace, REAL, to)
    assert any("council-read" in each.where for each in faults)
