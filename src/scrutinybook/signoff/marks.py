"""What a printed copy must bear: that nobody has signed it, or that it was withdrawn."""

from __future__ import annotations

from scrutinybook.commentary.recording import day
from scrutinybook.record.manifest import read_manifest
from scrutinybook.signoff.notices import read_notices
from scrutinybook.signoff.sign_off import pages_digest, read_sign_off
from scrutinybook.workspace import Workspace

UNSIGNED = "Not signed off."


def marks_of(workspace: Workspace, edition_id: str) -> tuple[str, ...]:
    """Words for every printed page of the book in site/; none for one that is signed as it stands.

    Raises `FaultsFound` where the edition's record or sign-off cannot be read.
    """
    marks = []
    signed = read_sign_off(workspace, edition_id)
    is_signed = (
        signed is not None
        and signed.digest == read_manifest(workspace, edition_id).digest
        and signed.pages == pages_digest(workspace.site / edition_id)
    )
    if not is_signed:
        marks.append(UNSIGNED)
    notices = read_notices(workspace, edition_id)
    if notices:
        last = notices[-1]
        marks.append(f"{last.what.capitalize()} on {day(last.day)}.")
    return tuple(marks)
