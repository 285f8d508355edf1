"""The pages on what was promised: overdue ones first, measures linked, nothing without a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scrutinybook.chapters import actions
from scrutinybook.chapters.committee_brief import committee_in_brief
from scrutinybook.committee.actions import Action, Actions
from scrutinybook.committee.files import Committee
from scrutinybook.context import Context, open_context
from scrutinybook.workspace import Workspace

ROOT = Workspace.find(Path(__file__).resolve())


def context(*found: Action) -> Context:
    plain = open_context(ROOT, {"authority": "Plymouth", "month": "2023-03"})
    return replace(plain, committee=Committee(actions=Actions(actions=found) if found else None))


def action(name: str, due: str, **more: object) -> Action:
    values = {
        "id": name, "promised": f"Do {name}.", "meeting": "2023-01-25", "due": due,
        "owner": "head of service", "state": "open", **more,
    }  # fmt: skip
    return Action.model_validate(values)


def test_overdue_ones_stand_first_and_alone_under_their_heading() -> None:
    book = context(
        action("later", "2023-06-01"),
        action("late", "2023-03-01", measure="caseload"),
        action("finished", "2023-02-01", state="done", done="2023-02-20", evidence="A <b> paper."),
    )
    every, over = actions.every_action(book), actions.overdue(book)
    assert every.index("Do late.") < every.index("Do later.") < every.index("Do finished.")
    assert "Do late." in over
    assert "Do later." not in over
    assert "30 days before 31 March 2023" in over.replace("\u00a0", " ")
    assert '<a href="workforce.html#average-caseload">Average caseload</a>' in every
    assert "A &lt;b&gt; paper." in every
    assert "Done on 20 February 2023, after the day it was due" in every
    assert "three actions" in actions.message(book).replace("\u00a0", " ")
    assert "Do late." in committee_in_brief(book)
    assert 'href="actions.html"' in committee_in_brief(book)


def test_with_nothing_overdue_the_first_page_lists_nothing() -> None:
    book = context(action("later", "2023-06-01"))
    assert actions.overdue(book) == "<p>No action is overdue.</p>"
    assert "Do later." not in committee_in_brief(book)


def test_without_files_the_first_page_says_nothing_of_them() -> None:
    assert committee_in_brief(context()) == ""
