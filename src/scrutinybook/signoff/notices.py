"""Notices of withdrawal and correction: kept with the record, and shown on every page.

record/<edition>/notices.yml    all notices of an edition, oldest first; none is ever taken out
"""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import Literal

import yaml

from scrutinybook.catalogue_types import Text
from scrutinybook.commentary import words
from scrutinybook.commentary.recording import day as day_words
from scrutinybook.edition import DateField, IdField
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.publications import Digest
from scrutinybook.record.manifest import record_folder
from scrutinybook.whole_file import write_whole
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model

FILE = "notices.yml"
LONGEST = 400
_MAIN = '<main id="main"'


class Notice(Strict):
    """One notice."""

    what: Literal["withdrawn", "corrected"]
    day: DateField
    reason: Text
    """In plain words, as the page prints it."""
    digest: Digest
    """Of the record that it is about: the one withdrawn, or the new one."""


class Notices(Strict):
    """All notices of an edition, oldest first."""

    edition: IdField
    notices: tuple[Notice, ...] = ()


def reason_faults(reason: str, command: str) -> list[Fault]:
    """What is wrong with a reason: nothing, too long, or a person's address in it."""
    where, text = f"scrutiny {command}: --reason", " ".join(reason.split())
    allowed = f"one or two plain sentences, {LONGEST} characters at the most"
    if not text:
        return [Fault(where, "nothing", allowed, "say what was wrong; the page prints it")]
    if len(text) > LONGEST:
        return [Fault(where, f"{len(text)} characters", allowed)]
    if "@" in text:
        return [Fault(where, "looks like a person's address", allowed, "name people by role only")]
    return []


def read_notices(workspace: Workspace, edition_id: str) -> tuple[Notice, ...]:
    """The notices of an edition, oldest first. Raises `FaultsFound` for a file that is none."""
    path = record_folder(workspace, edition_id) / FILE
    if not path.is_file():
        return ()
    found = read_model(path, f"record/{edition_id}/{FILE}", Notices)
    if found.edition != edition_id:
        fault = Fault(f"record/{edition_id}/{FILE}", f"notices of {found.edition}", edition_id)
        raise FaultsFound([fault])
    return found.notices


def write_notices(workspace: Workspace, edition_id: str, notices: tuple[Notice, ...]) -> None:
    """Write all notices of an edition. Raises `OSError` where the system refuses."""
    kept = Notices(edition=edition_id, notices=notices).model_dump(mode="json")
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)
    write_whole(record_folder(workspace, edition_id) / FILE, text.encode())


def is_withdrawn(notices: tuple[Notice, ...]) -> bool:
    """Whether the newest notice withdraws the edition."""
    return bool(notices) and notices[-1].what == "withdrawn"


def put_on_pages(folder: Path, notices: tuple[Notice, ...]) -> None:
    """Put the notices at the top of every page in a folder that nobody reads yet.

    Raises `ValueError` for a page without a main part.
    """
    if not notices:
        return
    box = notice_box(notices)
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        before, main, rest = text.partition(_MAIN)
        if not main:
            raise ValueError(f"{path.name} has no main part")
        tag, close, body = rest.partition(">")
        path.unlink()  # the file may be a link to one that is published
        path.write_text(f"{before}{main}{tag}{close}\n{box}{body}", encoding="utf-8", newline="\n")


def notice_box(notices: tuple[Notice, ...]) -> str:
    """All notices as HTML, the newest first."""
    entries = "".join(f"<p>{escape(each)}</p>" for n in reversed(notices) for each in said(n))
    title = "Withdrawn" if is_withdrawn(notices) else "Corrected"
    return (
        '<aside class="sb-note sb-notice" aria-label="Notice on this edition">'
        f'<p class="sb-note-title">{title}</p>{entries}</aside>\n'
    )


def said(notice: Notice) -> tuple[str, str]:
    """A notice in plain words: what and when, then the reason."""
    if notice.what == "withdrawn":
        text = f"This edition was withdrawn on {day_words(notice.day)}. Do not use its figures."
    else:
        text = f"This edition was corrected on {day_words(notice.day)}."
    reason = words.upper_first(" ".join(notice.reason.split()))
    return text, f"Reason: {reason}{'' if reason.endswith(('.', '!', '?')) else '.'}"


def new_notice(what: Literal["withdrawn", "corrected"], day: date, why: str, digest: str) -> Notice:
    """A notice of today."""
    return Notice(what=what, day=day, reason=" ".join(why.split()), digest=digest)


def with_new(known: tuple[Notice, ...], new: Notice) -> tuple[Notice, ...]:
    """The notices with a new one, unless a run that was killed wrote the same one already."""
    if known and known[-1].model_copy(update={"day": new.day}) == new:
        return known
    return (*known, new)
