"""A project with one small book, its results and its record, ready to be signed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from projects import copy_project

from scrutinybook.checked import check, input_hashes
from scrutinybook.council.audited import Audit
from scrutinybook.made_record import published_tables
from scrutinybook.record.keyed import key_for
from scrutinybook.record.manifest import Code, Manifest, Run, TableRecord
from scrutinybook.record.writing import put_record
from scrutinybook.workspace import Workspace

REAL, INVENTED = "plymouth-2023-03", "demo-2023-01"
DAY = datetime(2023, 4, 3, 9, 30)
PAGES = ("index.html", "methods.html", "code-methods.html")


def make(root: Path, edition_id: str = REAL) -> Workspace:
    """Copy the project and give it a book of three pages as a run would."""
    workspace = Workspace(copy_project(root))
    write_book(workspace, edition_id)
    write_results(workspace, edition_id)
    return workspace


def write_book(workspace: Workspace, edition_id: str) -> None:
    """Pages that say whose figures they are."""
    folder = workspace.site / edition_id
    (folder / "_static").mkdir(parents=True)
    for look in ("scrutiny.css", "icon.svg"):
        source = workspace.book / "_static" / look
        (folder / "_static" / look).write_bytes(source.read_bytes())
    invented = ' class="sb-is-demo"' if edition_id == INVENTED else ""
    for name in PAGES:
        (folder / name).write_text(
            f'<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{name}'
            '</title><meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark">'
            f'<link rel="stylesheet" href="_static/scrutiny.css"></head>\n<body{invented}>\n'
            '<div class="sb-layout"><div class="sb-page">'
            '<main id="main" role="main" tabindex="-1">\n'
            f"<h1>{name.partition('.')[0]}</h1><p>There were 255 referrals.</p></main></div></div>"
            "</body></html>\n",
            encoding="utf-8",
        )
    card = {
        "edition": edition_id,
        "title": "Children’s services scrutiny book",
        "authority": edition_id.partition("-")[0].title(),
        "month": edition_id[-7:],
        "kind": "Demonstration" if invented else "Published statistics",
        "built_from": "figures",
    }
    (folder / "edition.json").write_text(json.dumps(card), encoding="utf-8")


def write_results(workspace: Workspace, edition_id: str, figure: int = 255) -> Manifest:
    """One table of results, and the record of it."""
    checked = check(workspace, edition_id)
    results = workspace.results / edition_id
    (results / "downloads").mkdir(parents=True, exist_ok=True)
    (results / "downloads" / "referrals.csv").write_text(
        f"Period,Referrals\n2023-03,{figure}\n", encoding="utf-8"
    )
    inputs = input_hashes(workspace, checked.edition)
    record = {**checked.as_parameters(), "inputs": inputs}
    (results / "run.json").write_text(json.dumps(record), encoding="utf-8")
    key = key_for(checked.edition.kind, checked.edition.slug)
    tables = published_tables(results, checked.edition)
    made = {
        name: TableRecord(hash=key.of(content), rows=1, made_by=("downloads",))
        for name, content in tables.items()
    }
    manifest = Manifest(
        edition=edition_id,
        kind=checked.edition.kind,
        title=checked.edition.title,
        parameters=checked.as_parameters(),
        key=key.name,
        inputs={},
        tables=made,
        notebooks={},
        makers={},
        modules={},
        lock=None,
        packages={},
        run=Run(
            code=Code(commit=None, differs=None, words="not known"),
            python="3.13",
            platform="drawn",
            notebooks={},
        ),
    )
    put_record(workspace, manifest, tables)
    return manifest


def audit(**found: Any) -> Audit:
    """An audit that found nothing, but for what is said."""
    nothing = dict.fromkeys(("measures", "shown", "withheld", "numbers", "editions", "official"), 0)
    lists = dict.fromkeys(("exposed", "reopened", "restated", "group_shares"), ())
    return Audit(**{"edition": INVENTED, **nothing, **lists, **found})


def clock() -> datetime:
    """Always the same moment."""
    return DAY
