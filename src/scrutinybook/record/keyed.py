"""Hashes that only the holder of a key can make, since a small table could be guessed from others.

Official and invented figures need no secret: their key is ``open``, so that anybody can check the
hashes. A council's own figures are keyed with a key of its own, which lies with the other settings
of whoever makes the book, never in the checkout.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from scrutinybook.edition import Kind
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.git_tracking import git_would_track
from scrutinybook.history.private_files import private_folder, write_once

KEY_VARIABLE = "SCRUTINY_RECORD_KEY_FILE"
OPEN = "open"
_KEY_BYTES = 32
_OPEN_KEY = b"scrutinybook: figures that are published or invented need no secret"


@dataclass(frozen=True)
class Key:
    """A key for the hashes of a record."""

    secret: bytes
    name: str
    """What a manifest calls it: ``open``, or a fingerprint that does not give it away."""

    def of(self, content: bytes) -> str:
        """The keyed hash of some bytes, as a manifest holds it."""
        return f"hmac-sha256:{hmac.new(self.secret, content, hashlib.sha256).hexdigest()}"


def plain(content: bytes) -> str:
    """The hash of bytes that anybody may know, as a manifest holds it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def key_for(kind: Kind, slug: str) -> Key:
    """The key for an edition of a kind and an authority; a council's is made where there is none.

    Raises `FaultsFound` where the key's file cannot be used, `OSError` where the system refuses.
    """
    if kind != "council":
        return Key(_OPEN_KEY, OPEN)
    named = os.environ.get(KEY_VARIABLE)
    settings = platformdirs.user_config_path("scrutinybook", appauthor=False)
    path = Path(named) if named else settings / f"{slug}.record.key"
    if not path.exists():
        if git_would_track(path):
            found, allowed = "git would track this key", "a file outside git"
            raise FaultsFound([Fault(str(path), found, allowed, f"name one with {KEY_VARIABLE}")])
        private_folder(path.parent)
        write_once(path, secrets.token_hex(_KEY_BYTES).encode() + b"\n")
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(secret) != _KEY_BYTES:
            raise ValueError
    except (ValueError, UnicodeDecodeError):
        allowed = f"{_KEY_BYTES * 2} hexadecimal digits on one line, as this program writes them"
        mend = "put the file back from your backup, or move it away: a new key is then made"
        raise FaultsFound([Fault(str(path), "this is no key", allowed, mend)]) from None
    return Key(secret, hashlib.sha256(b"fingerprint of a record's key" + secret).hexdigest()[:16])
