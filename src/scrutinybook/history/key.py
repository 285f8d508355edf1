"""The key of the pseudonyms: made once, kept apart, never silently another."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.place import KEY_VARIABLE
from scrutinybook.history.private_files import private_folder, write_once
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

KEY_BYTES = 32


def open_key(path: Path, used: Collection[str]) -> Pseudonyms:
    """Read the key, or make one where there is neither a key nor a history.

    `used`: fingerprints of the keys that the history's extracts were read with. Raises
    `FaultsFound` for a lost key, another key or a file that is no key; `OSError` where the system
    refuses.
    """
    if not path.exists():
        if used:
            raise FaultsFound([_lost(path)])
        private_folder(path.parent)
        write_once(path, secrets.token_hex(KEY_BYTES).encode() + b"\n")
    for left in path.parent.glob(f".{path.name}.*.part"):
        left.unlink()  # a killed command's; no copy of a key should lie about
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        pseudonyms = Pseudonyms(key)
    except (ValueError, UnicodeDecodeError):
        allowed = f"{KEY_BYTES * 2} hexadecimal digits on one line, as this program writes them"
        mend = "put the file back from your backup; never write a key by hand"
        raise FaultsFound([Fault(str(path), "this is no key", allowed, mend)]) from None
    if set(used) - {pseudonyms.fingerprint}:
        raise FaultsFound([_another(path)])
    return pseudonyms


def _lost(path: Path) -> Fault:
    return Fault(
        str(path),
        "the key is not there, and there is a history that was read with one; under a new key no"
        " child of the history would be found again",
        mend=f"put the key back from your backup, or name it with --key or {KEY_VARIABLE}. If it is"
        " lost for good, begin a new history in another folder and read every extract anew",
    )


def _another(path: Path) -> Fault:
    return Fault(
        str(path),
        "another key than the history was read with; no child of the history would be found again",
        mend=f"name the history's own key with --key or {KEY_VARIABLE}",
    )
