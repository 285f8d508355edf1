"""The packages that a lock file names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"

PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+))?")
HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")


@dataclass(frozen=True, order=True)
class Pin:
    """One package at one version, where `marker` holds, in files of these digests alone."""

    name: str
    version: str
    marker: str = ""
    digests: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


def pins(lock: Path) -> list[Pin]:
    """Every package of a lock file, in its order.

    Raises ValueError on a line that is not a pin with its hashes: an option, an address, a
    version that is not exact.
    """
    found = []
    joined = lock.read_text(encoding="utf-8").replace("\\\n", "")
    for line in joined.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement, *hashes = re.split(r"\s+(?=--hash)", line.strip())
        pin = PIN.fullmatch(requirement)
        digests = [HASH.fullmatch(each.strip()) for each in hashes]
        if not pin or not digests or not all(digests):
            raise ValueError(
                f"{lock.name}: “{requirement}” is not a package at one version with sha256 hashes."
                " Renew the file: python3 run.py lock"
            )
        found.append(
            Pin(
                pin["name"],
                pin["version"],
                pin["marker"] or "",
                tuple(each["digest"] for each in digests if each),
            )
        )
    return found


def one_version_each(several: Iterable[Pin]) -> list[list[Pin]]:
    """The pins in as few lists as no list holds two versions of one package, as pip wants it."""
    lists: list[list[Pin]] = []
    for pin in several:
        for each in lists:
            if all(other.name != pin.name for other in each):
                each.append(pin)
                break
        else:
            lists.append([pin])
    return lists
