"""Where signed books are put before readers: a folder, a git branch, or any fsspec address.

Publishing works on a folder of books. A place elsewhere is stood for by a folder that is filled
from it and, once the folder is right, put in its place.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.publications import IN_BOOK
from scrutinybook.publish.destination import Destination
from scrutinybook.publish.git_branch import GitBranch

_GIT = "git+"
_OF_OTHER_BOOKS = ("edition.json", "_static/")
"""What the list of books is made from."""


@dataclass(frozen=True)
class Place:
    """A folder of books, and how it comes before readers."""

    folder: Path
    label: str
    """As the command line named it."""
    deliver: Callable[[str, str], None]
    """Called with an edition and what was done to it, once the folder holds all of it."""

    def page(self, path: Path) -> str:
        """A page of the folder as readers find it."""
        if _is_folder(self.label):
            return str(path)
        return f"{path.relative_to(self.folder).as_posix()} at {self.label}"


@contextmanager
def place_at(
    to: str, edition_id: str, scratch: Path, clock: Callable[[], datetime]
) -> Iterator[Place]:
    """The place that ``--to`` names: a folder, ``git+REPOSITORY#BRANCH``, or an fsspec address.

    Raises `FaultsFound` for a place that cannot be used or reached.
    """
    if not to.strip():
        raise FaultsFound([Fault("--to", "nothing", "a folder, git+REPOSITORY#BRANCH, an address")])
    if _is_folder(to):
        yield Place(Path(to).resolve(), to, lambda edition, what: None)
        return
    room = scratch / f"publish-{hashlib.sha256(to.encode()).hexdigest()[:12]}"
    shutil.rmtree(room, ignore_errors=True)
    folder = room / "books"
    folder.mkdir(parents=True)
    try:
        yield Place(folder, to, _elsewhere(to, edition_id, room, folder, clock))
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _is_folder(to: str) -> bool:
    return not to.startswith(_GIT) and "://" not in to


def _elsewhere(
    to: str, edition_id: str, room: Path, folder: Path, clock: Callable[[], datetime]
) -> Callable[[str, str], None]:
    """Fill the folder with what stands there now; returns how to put it there."""
    if to.startswith(_GIT):
        address, _, branch = to.removeprefix(_GIT).rpartition("#")
        place = GitBranch(address or branch, branch if address else "", room)
        place.fetch(folder)
        return lambda edition, what: place.put(folder, f"{edition}: {what}", clock())
    destination = Destination(to)
    try:
        # Of a delivery that was stopped half-way there is no note yet.
        destination.fetch(edition_id, folder / edition_id)
        for book in destination.delivered():
            if book != edition_id:
                destination.fetch(book, folder / book, parts=_OF_OTHER_BOOKS)
    except OSError as error:
        raise FaultsFound([Fault("--to", f"{to}: {error}")]) from None
    return lambda edition, what: _deliver(destination, folder, edition)


def _deliver(destination: Destination, folder: Path, edition_id: str) -> None:
    """The book first, what it tells of itself last of all, then the list that leads to it."""
    pages = folder / edition_id
    key = hashlib.sha256((pages / IN_BOOK).read_bytes()).hexdigest()
    destination.deliver(edition_id, pages, key, last=IN_BOOK)
    for path in sorted(folder.iterdir()):
        if path.is_file():
            destination.put_page(path.name, path.read_bytes())
