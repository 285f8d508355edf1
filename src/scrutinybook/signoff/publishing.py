"""Put a signed edition's pages before readers, whole or not at all; withdraw and correct it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from scrutinybook import publications
from scrutinybook.book import write_index
from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.publications import Publication
from scrutinybook.publish import recover, run_lock, stage_site, swap_in, sweep
from scrutinybook.signoff import notices as notices_
from scrutinybook.signoff.ready import Ready, ready_to_publish
from scrutinybook.workspace import Workspace

Clock = Callable[[], datetime]
Deliver = Callable[[str, str], None]
"""Takes an edition and what was done to it, once the folder holds all of it."""


def _nothing_more(edition_id: str, what: str) -> None:
    """The folder is where readers look."""


def publish(
    workspace: Workspace, edition_id: str, to: Path, clock: Clock, deliver: Deliver = _nothing_more
) -> Path:
    """Copy a signed edition's pages into a folder of books, and list it there.

    `deliver` brings the folder before readers where it only stands for a place elsewhere.

    Raises `FaultsFound`, every fault at once, where it is unsigned, changed since it was signed,
    marked as what it is not, fails a check, was withdrawn, or stands there already with other
    figures; `OSError` where the system refuses. Whatever happens, the folder is as it was or whole.
    """
    faults = Faults()
    ready = faults.gather(ready_to_publish, workspace, edition_id)
    faults.add(_folder_faults(to))
    if ready is not None:
        if notices_.is_withdrawn(ready.notices):
            mend = f"mend it, sign it, then: scrutiny correct {edition_id} --reason …"
            faults.add([Fault(f"edition {edition_id}", "it was withdrawn", mend=mend)])
        before = faults.gather(_there, to, edition_id) or ()
        if before and before[-1].digest != ready.manifest.digest:
            mend = f"scrutiny correct {edition_id} --reason …"
            found = "it stands there with other figures, and readers would not be told"
            faults.add([Fault(f"{to.name}/{edition_id}", found, mend=mend)])
    if faults.found or ready is None:
        raise FaultsFound(faults.found)
    return _put(workspace, ready, to, clock, "published", "", ready.notices, deliver)


def correct(
    workspace: Workspace,
    edition_id: str,
    to: Path,
    reason: str,
    clock: Clock,
    deliver: Deliver = _nothing_more,
) -> Path:
    """Publish an edition anew, with other figures than stand there, and say so on its pages.

    Raises as `publish` does, and where nothing was published or nothing has changed.
    """
    faults = Faults()
    faults.add(notices_.reason_faults(reason, "correct"))
    ready = faults.gather(ready_to_publish, workspace, edition_id)
    faults.add(_folder_faults(to))
    before = faults.gather(_there, to, edition_id) or ()
    if not before:
        faults.add([_never_published(to, edition_id)])
    elif ready is not None and before[-1].digest == ready.manifest.digest:
        found = "its figures are those that stand there: nothing was corrected"
        mend = "make the edition anew and sign it first; or withdraw it"
        publications.note(workspace, edition_id, before)  # a killed run may not have come to it
        faults.add([Fault(f"edition {edition_id}", found, mend=mend)])
    if faults.found or ready is None:
        raise FaultsFound(faults.found)
    new = notices_.new_notice("corrected", clock().date(), reason, ready.manifest.digest)
    notices = notices_.with_new(ready.notices, new)
    return _put(workspace, ready, to, clock, "corrected", new.reason, notices, deliver)


def withdraw(
    workspace: Workspace,
    edition_id: str,
    to: Path,
    reason: str,
    clock: Clock,
    deliver: Deliver = _nothing_more,
) -> Path:
    """Put a notice of withdrawal on every page of a published edition; the pages stay.

    Raises `FaultsFound` where it is not published there, or withdrawn already.
    """
    faults = Faults()
    faults.add(notices_.reason_faults(reason, "withdraw"))
    faults.add(_folder_faults(to))
    before = faults.gather(_there, to, edition_id) or ()
    known = faults.gather(notices_.read_notices, workspace, edition_id) or ()
    if not before:
        faults.add([_never_published(to, edition_id)])
    elif before[-1].what == "withdrawn":
        if not faults.found:  # a killed run may not have come to it
            publications.note(workspace, edition_id, before)
        faults.add([Fault(f"{to.name}/{edition_id}", "it is withdrawn already")])
    if faults.found:
        raise FaultsFound(faults.found)
    last = before[-1]
    new = notices_.new_notice("withdrawn", clock().date(), reason, last.digest)
    entry = _entry(edition_id, "withdrawn", clock().date(), last.digest, last.role, new.reason)
    with _at_work(to, f"withdrawing {edition_id}", clock) as scratch:
        book = scratch / "book"
        _copy(to / edition_id, book)
        notices_.put_on_pages(book, (new,))
        _list_as(book, new)
        publications.write_in_book(book, [*before, entry])
        # Written first: a notice that is on record is put on every later copy.
        notices_.write_notices(workspace, edition_id, notices_.with_new(known, new))
        _swap(to, scratch, edition_id, book)
    deliver(edition_id, "withdrawn")
    publications.note(workspace, edition_id, [*before, entry])
    return to / edition_id / "index.html"


def _folder_faults(to: Path) -> list[Fault]:
    """A folder that holds something else than books would be overwritten."""
    if not to.exists():
        return []
    if not to.is_dir():
        return [Fault(f"--to {to.name}", "not a folder", "a folder of books, or a new one")]
    if any(to.iterdir()) and not any(to.glob("*/edition.json")):
        mend = "name an empty or new folder, or one that holds books"
        return [Fault(f"--to {to.name}", "it holds something that is no book", mend=mend)]
    return []


def _there(to: Path, edition_id: str) -> tuple[Publication, ...]:
    return publications.in_book(to / edition_id)


def _never_published(to: Path, edition_id: str) -> Fault:
    mend = f"scrutiny publish {edition_id} --to FOLDER"
    return Fault(f"{to.name}/{edition_id}", "it was not published there", mend=mend)


def _entry(
    edition_id: str,
    what: Literal["published", "corrected", "withdrawn"],
    day: date,
    digest: str,
    role: str,
    reason: str,
) -> Publication:
    return Publication(
        edition=edition_id, what=what, day=day, digest=digest, role=role, reason=reason
    )


def _put(
    workspace: Workspace,
    ready: Ready,
    to: Path,
    clock: Clock,
    what: Literal["published", "corrected"],
    reason: str,
    notices: tuple[notices_.Notice, ...],
    deliver: Deliver,
) -> Path:
    edition_id, digest = ready.manifest.edition, ready.manifest.digest
    before = publications.in_book(to / edition_id)
    entry = _entry(edition_id, what, clock().date(), digest, ready.signed.role, reason)
    # Published again as it stands is no news.
    again = bool(before) and what == "published" and before[-1].digest == digest
    entries = before if again else (*before, entry)
    with _at_work(to, f"publishing {edition_id}", clock) as scratch:
        book = scratch / "book"
        _copy(workspace.site / edition_id, book)
        notices_.put_on_pages(book, notices)
        if notices:
            _list_as(book, notices[-1])
        publications.write_in_book(book, entries)
        if notices != ready.notices:
            notices_.write_notices(workspace, edition_id, notices)
        _swap(to, scratch, edition_id, book)
    deliver(edition_id, what)
    publications.note(workspace, edition_id, entries)
    return to / edition_id / "index.html"


def _list_as(book: Path, notice: notices_.Notice) -> None:
    """Say in the list of books what became of one."""
    path = book / "edition.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    kind = str(card["kind"]).partition(". ")[0]
    card["kind"] = f"{kind}. {notices_.said(notice)[0].partition('.')[0]}"
    path.unlink()
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _swap(to: Path, scratch: Path, edition_id: str, book: Path) -> None:
    stage = stage_site(to, scratch, {edition_id: book})
    write_index(stage)
    swap_in(stage, to)
    shutil.rmtree(book, ignore_errors=True)


@contextmanager
def _at_work(to: Path, doing: str, clock: Clock) -> Iterator[Path]:
    """Room beside the folder, on its disk, with what a killed run left put right first."""
    to.parent.mkdir(parents=True, exist_ok=True)
    scratch = to.with_name(f".{to.name}.publishing")
    with run_lock(scratch, doing, clock=clock, among="on this folder"):
        sweep(scratch)
        recover(to)
        yield scratch
