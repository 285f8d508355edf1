"""The shelf: results on the disk, whole or not at all, no more than fit.

One file a result. Its name begins with the key of what is known beforehand (`Recipe`) and ends
with a hash of what the making turned out to need, so that results for several states of the data
stand side by side: going back to last month's figures finds last month's results.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from scrutinybook.store.needs import Needs, Places

FORMAT = 1
"""Counts up when what is kept changes its form; older results are then not found."""
LIMIT_BYTES = 1_000_000_000
_SIDE_BY_SIDE = 12
"""Results kept for one recipe: a year of monthly figures."""
_UNFINISHED = ".part"
_DEAD_AFTER = 3600.0
"""Seconds after which an unfinished file is nobody's."""


@dataclass(frozen=True)
class Recipe:
    """What is known of a result before it is made."""

    name: str
    """For people: which notebook of which edition."""
    facts: Mapping[str, object]
    """Plain JSON: code, parameters, lock, Python."""

    @property
    def key(self) -> str:
        """The same for the same name and facts, whatever the order of the facts."""
        text = json.dumps([FORMAT, self.name, self.facts], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Kept:
    """A result from the shelf."""

    content: str
    needs: Needs


@dataclass(frozen=True)
class Shelf:
    """A folder of kept results, which several processes may use at once."""

    folder: Path
    places: Places
    limit_bytes: int = LIMIT_BYTES

    def find(self, recipe: Recipe) -> Kept | None:
        """The result of a recipe, if there is one all of whose needs are as they were."""
        for path in self._files(recipe.key):
            kept = _read(path)
            if kept is None:
                path.unlink(missing_ok=True)
            elif self.places.still_so(kept.needs):
                with suppress(OSError):
                    os.utime(path)  # used last, dropped last
                return kept
        return None

    def keep(self, recipe: Recipe, needs: Needs, content: str) -> None:
        """Keep a result with the state of all that its making needed."""
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        whole = json.dumps({"needs": needs, "digest": digest, "content": content}, sort_keys=True)
        ending = hashlib.sha256(json.dumps(needs, sort_keys=True).encode()).hexdigest()
        target = self._folder_of(recipe.key) / f"{recipe.key}-{ending[:16]}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{uuid4().hex}{_UNFINISHED}")
        try:
            part.write_text(whole, encoding="utf-8")
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        for old in self._files(recipe.key)[_SIDE_BY_SIDE:]:
            old.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Drop what was not used for longest until the rest fits, and what was left unfinished."""
        found = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                status = path.stat()
                if path.suffix != _UNFINISHED:
                    found.append((status.st_mtime, status.st_size, path))
                elif time.time() - status.st_mtime > _DEAD_AFTER:
                    path.unlink()
        room = sum(size for _, size, _ in found) - self.limit_bytes
        for _, size, path in sorted(found):
            if room <= 0:
                break
            with suppress(OSError):
                path.unlink()
                room -= size

    def _folder_of(self, key: str) -> Path:
        return self.folder / key[:2]

    def _files(self, key: str) -> list[Path]:
        """The results for a key, the last used first."""
        found = []
        for path in self._folder_of(key).glob(f"{key}-*.json"):
            with suppress(OSError):
                found.append((path.stat().st_mtime_ns, path))
        return [path for _, path in sorted(found, reverse=True)]


def _read(path: Path) -> Kept | None:
    """Read a kept result; None where the file is not as it was written."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        content, needs = raw["content"], raw["needs"]
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Kept(content, needs) if digest == raw.get("digest") else None
