"""Put a signed edition's pages before readers, whole or not at all; withdraw and correct it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from scrutinybook import pipeline, publications
from scrutinybook.book import write_index
from scrutinybook.checked import check
from scrutinybook.edition import edition_file
from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.made_record import published_tables
from scrutinybook.publications import Publication
from scrutinybook.publish import recover, run_lock, stage_site, swap_in, sweep
from scrutinybook.record.keyed import key_for
from scrutinybook.record.manifest import Manifest, read_manifest
from scrutinybook.signoff import notices as notices_
from scrutinybook.signoff.looked_over import audit_faults, check_faults
from scrutinybook.signoff.sign_off import SignOff, pages_digest, read_sign_off
from scrutinybook.workspace import Workspace

_DEMO_PAGE = '<body class="sb-is-demo">'
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Ready:
    """A signed edition that may be published."""

    manifest: Manifest
    signed: SignOff
    notices: tuple[notices_.Notice, ...]


def publish(workspace: Workspace, edition_id: str, to: Path, clock: Clock) -> Path:
    """Copy a signed edition's pages into a folder of books, and list it there.

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
    return _put(workspace, ready, to, clock, "published", "", ready.notices)


def correct(workspace: Workspace, edition_id: str, to: Path, reason: str, clock: Clock) -> Path:
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
    return _put(workspace, ready, to, clock, "corrected", new.reason, notices)


def withdraw(workspace: Workspace, edition_id: str, to: Path, reason: str, clock: Clock) -> Path:
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
    publications.note(workspace, edition_id, [*before, entry])
    return to / edition_id / "index.html"


def ready_to_publish(workspace: Workspace, edition_id: str) -> Ready:
    """Look whether an edition may be published. Raises `FaultsFound` with every fault at once."""
    faults = Faults()
    manifest = read_manifest(workspace, edition_id)
    signed = faults.gather(read_sign_off, workspace, edition_id)
    known = faults.gather(notices_.read_notices, workspace, edition_id) or ()
    checked = faults.gather(check, workspace, edition_id)
    mend = f"look at it, then: scrutiny sign {edition_id} --role …"
    where = f"edition {edition_id}"
    if signed is None and not any("sign-off" in each.where for each in faults.found):
        faults.add([Fault(where, "nobody has signed it", mend=mend)])
    pages = workspace.site / edition_id
    if signed is not None:
        if signed.edition != edition_id:
            faults.add([Fault(where, f"the sign-off is of {signed.edition}", mend=mend)])
        elif signed.digest != manifest.digest:
            faults.add([Fault(where, "its figures have changed since it was signed", mend=mend)])
        elif not pages.is_dir() or signed.pages != pages_digest(pages):
            faults.add([Fault(where, "its pages have changed since it was signed", mend=mend)])
    faults.add(_table_faults(workspace, manifest))
    faults.add(_kind_faults(workspace, manifest))
    if checked is not None:
        faults.add(check_faults(workspace, checked))
        faults.add(audit_faults(workspace, checked.edition))
    if checked is not None:
        if checked.edition.kind != manifest.kind:
            found = f"kind is {checked.edition.kind}, and its book is of kind {manifest.kind}"
            again = f"scrutiny book {edition_id}"
            faults.add([Fault(edition_file(edition_id), found, mend=again)])
        elif fault := pipeline.results_fault(workspace, checked):
            faults.add([fault])
    if faults.found or signed is None:
        raise FaultsFound(dict.fromkeys(faults.found))
    return Ready(manifest, signed, known)


def _table_faults(workspace: Workspace, manifest: Manifest) -> list[Fault]:
    """Tables of the results that are not those of the record."""
    edition = manifest.edition_as_recorded()
    where, mend = f"results/{edition.id}", f"scrutiny book {edition.id}"
    key = key_for(edition.kind, edition.slug)
    if key.name != manifest.key:
        found = "the record was keyed with another key than is here"
        return [Fault(f"record/{edition.id}", found, mend="use the key that made it")]
    try:
        tables = published_tables(workspace.results / edition.id, edition)
    except (OSError, ValueError):
        return [Fault(where, "its results cannot be read", mend=mend)]
    names = sorted(tables.keys() | manifest.tables.keys())
    return [
        Fault(f"{where}: {name}", "not as the record has it", mend=mend)
        for name in names
        if name not in tables
        or name not in manifest.tables
        or key.of(tables[name]) != manifest.tables[name].hash
    ]


def _kind_faults(workspace: Workspace, manifest: Manifest) -> list[Fault]:
    """Pages of invented figures that do not say so, or of real ones that say they are invented."""
    invented = manifest.kind == "demonstration"
    pages = sorted((workspace.site / manifest.edition).rglob("*.html"))
    wrong = [each for each in pages if (_DEMO_PAGE in each.read_text("utf-8")) != invented]
    if not wrong:
        return []
    found = "a demonstration marked as real" if invented else "real figures marked as invented"
    names = ", ".join(path.name for path in wrong[:3])
    more = f" and {len(wrong) - 3} more pages" if len(wrong) > 3 else ""
    mend = f"scrutiny book {manifest.edition}"
    return [Fault(f"site/{manifest.edition}: {names}{more}", found, mend=mend)]


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
