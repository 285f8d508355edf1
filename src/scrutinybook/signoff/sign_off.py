"""The sign-off of an edition: which record, by which role, on which day.

record/<edition>/sign-off.yml    the sign-off; a later one takes its place
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import yaml

from scrutinybook.catalogue_types import Text
from scrutinybook.edition import DateField, IdField
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.publications import Digest
from scrutinybook.record.manifest import Manifest, read_manifest, record_folder
from scrutinybook.record.writing import SIGN_OFF
from scrutinybook.roles import role_faults
from scrutinybook.whole_file import write_whole
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model


class SignOff(Strict):
    """Who answers for what."""

    edition: IdField
    digest: Digest
    """Of the record (`Manifest.digest`): what is signed."""
    pages: Digest
    """Of the pages as they stood, so that what is published is what was looked at."""
    role: Text
    signed: DateField


def sign(workspace: Workspace, edition_id: str, role: str, day: date) -> SignOff:
    """Sign an edition's record and pages off.

    Raises `FaultsFound`, all at once, for a role that looks like a person, without a record or
    without pages. Raises `OSError` where the system refuses.
    """
    faults = role_faults(role)
    manifest: Manifest | None = None
    try:
        manifest = read_manifest(workspace, edition_id)
    except FaultsFound as error:
        faults += error.faults
    pages = workspace.site / edition_id
    if manifest is not None and not (pages / "index.html").is_file():
        mend = f"scrutiny book {edition_id}"
        faults.append(Fault(f"site/{edition_id}", "there are no pages to sign", mend=mend))
    if faults or manifest is None:
        raise FaultsFound(faults)
    signed = SignOff(
        edition=edition_id,
        digest=manifest.digest,
        pages=pages_digest(pages),
        role=" ".join(role.split()),
        signed=day,
    )
    text = yaml.safe_dump(signed.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    write_whole(record_folder(workspace, edition_id) / SIGN_OFF, text.encode())
    return signed


def read_sign_off(workspace: Workspace, edition_id: str) -> SignOff | None:
    """The sign-off on file, or None. Raises `FaultsFound` for a file that is none."""
    path = record_folder(workspace, edition_id) / SIGN_OFF
    if not path.is_file():
        return None
    return read_model(path, f"record/{edition_id}/{SIGN_OFF}", SignOff)


def pages_digest(folder: Path) -> str:
    """SHA-256 of every file of a book, by its name and bytes."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()
