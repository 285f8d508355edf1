"""Which locked packages have known vulnerabilities: `python3 run.py advisories`.

pip-audit asks the OSV service, which gathers the advisories of PyPI and GitHub; it is told names
and versions alone. What was asked and what came of it is written to docs/advisories.md, also
where the service could not be reached: silence is not a clean bill.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tools.locked import ROOT, TEST_LOCK, Pin, one_version_each, pins

PAGE = ROOT / "docs" / "advisories.md"
FOUND, NOT_ASKED = 1, 3


@dataclass(frozen=True)
class Advisory:
    """A known vulnerability of one locked package."""

    pin: Pin
    name: str
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.mended_in)}" if self.mended_in else "not mended yet"
        return f"{self.pin}: {self.name}, {mended}"


class NotAsked(Exception):
    """The service did not answer for every package; the text says what pip-audit said of it."""


def ask(wanted: Sequence[Pin], options: Sequence[str] = ()) -> list[Advisory]:
    """Every known vulnerability of the packages, by pip-audit, with `options` for it.

    Raises NotAsked where the service did not answer for every one of them.
    """
    found = []
    for each in one_version_each(wanted):
        with tempfile.TemporaryDirectory() as folder:
            asked = Path(folder) / "asked.txt"
            asked.write_text("\n".join(map(str, each)), encoding="utf-8")
            command = [sys.executable, "-m", "pip_audit", "--strict", "--no-deps", "--disable-pip"]
            command += ["--vulnerability-service", "osv", "--progress-spinner", "off"]
            command += ["--format", "json", "--requirement", str(asked), *options]
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
        found += _read(answer, each)
    return found


def _read(answer: subprocess.CompletedProcess[str], asked: Sequence[Pin]) -> list[Advisory]:
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = answer.stderr.strip().splitlines() or ["pip-audit said nothing"]
        raise NotAsked(said[-1]) from None
    answered = {each["name"]: each["vulns"] for each in packages if "vulns" in each}
    silent = [str(pin) for pin in asked if pin.name not in answered]
    if silent:
        raise NotAsked(f"no answer for {', '.join(silent)}")
    return [
        Advisory(pin, each["id"], tuple(each["fix_versions"]))
        for pin in asked
        for each in answered[pin.name]
    ]


def is_about(written: Path, lock: bytes) -> bool:
    """Whether the page was written about this very lock file."""
    return written.exists() and _fingerprint(lock) in written.read_text(encoding="utf-8")


def _fingerprint(lock: bytes) -> str:
    return hashlib.sha256(lock.replace(b"\r\n", b"\n")).hexdigest()


def page(day: str, lock: bytes, count: int, outcome: Sequence[Advisory] | NotAsked) -> str:
    """What is written down of one time of asking about a lock file's `count` packages."""
    if isinstance(outcome, NotAsked):
        words = ["**The service did not answer, so that nothing is known** of any package."]
    elif outcome:
        words = ["Known vulnerabilities:", "", *(f"- {each}" for each in outcome)]
    else:
        words = ["None has a known vulnerability."]
    lines = [
        "# Known vulnerabilities of the locked packages",
        "",
        "Written by `python3 run.py advisories`, which asks the OSV service through pip-audit;",
        "`python3 run.py lock` ends with it, too.",
        "",
        f"- asked on: {day}",
        f"- about: the {count} packages of {TEST_LOCK.name}, which hold those of requirements.lock",
        f"- sha256 of that file: {_fingerprint(lock)}",
        "",
        *words,
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Ask about every locked package, write down what came of it, and say it."""
    wanted = pins(TEST_LOCK)
    outcome: list[Advisory] | NotAsked
    try:
        outcome = ask(wanted)
    except NotAsked as error:
        outcome = error
    day = datetime.now(UTC).date().isoformat()
    lock = TEST_LOCK.read_bytes()
    if isinstance(outcome, NotAsked) and is_about(PAGE, lock):
        print(f"{PAGE.relative_to(ROOT)} stays as it is.", file=sys.stderr)
    else:
        text = page(day, lock, len(wanted), outcome)
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    if isinstance(outcome, NotAsked):
        print(f"The advisory service did not answer, so that nothing is known:\n    {outcome}")
        print("Run this again where it can be reached.")
        return NOT_ASKED
    for advisory in outcome:
        print(advisory)
    print(f"{len(outcome)} known vulnerabilities in {len(wanted)} packages.")
    return FOUND if outcome else 0


if __name__ == "__main__":
    sys.exit(main())
