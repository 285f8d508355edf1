"""The licence of every locked package, in docs/licences.md: `python3 run.py licences`.

Each package states its licence in its own metadata. Those for other systems and other Pythons are
not installed here, so pip is asked what it would install, which gives the metadata of all. A
licence that nobody has looked at stops the command, so that the list never holds an unknown one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound, ScrutinyError
from tools.locked import ROOT, RUN_LOCK, TEST_LOCK, Pin, one_version_each, pins

PAGE = ROOT / "docs" / "licences.md"
BOOKS, TESTS = "books", "tests alone"

NOTHING = "nothing"
NOTICE = "keep the notice of copyright"
FILE_BY_FILE = "changes to its own files stay under it; the project changes none"
ASKS = {
    **dict.fromkeys(["0BSD", "CC0-1.0", "MIT-0", "Public Domain"], NOTHING),
    **dict.fromkeys(
        [
            *("2-clause BSD", "BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause"),
            *("Apache 2.0", "Apache License", "Apache-2.0", "Apache Software License"),
            *("ISC License", "ISC license", "ISC License (ISCL)"),
            *("MIT", "MIT License", "MIT-CMU", "Zlib"),
            *("PSF-2.0", "PSFL", "Python Software Foundation License"),
        ],
        NOTICE,
    ),
    **dict.fromkeys(["MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"], FILE_BY_FILE),
}
"""What each licence asks of who hands the package on. One that is not here stops the command."""

READ_IN_ITS_FILES = {
    # Its metadata state none.
    "axe-playwright-python": "MIT License",
    # Its metadata add the GPL, of one file for the Emacs editor that is not in what pip installs.
    "docutils": "Public Domain; Python Software Foundation License; BSD License",
}
"""Where metadata do not do: what the licence file in the package says."""


def stated(metadata: Mapping[str, object], name: str) -> str:
    """The licence that a package's metadata state, in its own words; empty where it states none.

    The metadata are as pip's report and `importlib.metadata` give them. The standard's field goes
    first, then the older field where that is a name and not a whole text, then the classifiers.
    """
    if name in READ_IN_ITS_FILES:
        return READ_IN_ITS_FILES[name]
    expression = str(metadata.get("license_expression") or "")
    free_text = str(metadata.get("license") or "").strip()
    named = free_text if all(part in ASKS for part in parts(free_text)) else ""
    classifiers = [str(each).split(" :: ") for each in _listed(metadata.get("classifier"))]
    classified = "; ".join(each[-1] for each in classifiers if each[0] == "License")
    return expression or named or classified or free_text


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def parts(licence: str) -> list[str]:
    """The single licences of a statement such as ``MIT AND (BSD-2-Clause OR Apache-2.0)``."""
    single = re.split(r" AND | OR |; ", licence) if licence else []
    return [part if part in ASKS else part.strip("()") for part in single]


def table(licences: Mapping[Pin, str]) -> str:
    """The page: each package with its licence, and what the licences ask.

    Raises FaultsFound where a package states no licence or one that nobody has looked at.
    """
    run = {(pin.name, pin.version) for pin in pins(RUN_LOCK)}
    faults = [
        Fault(
            f"{pin}: licence",
            licence.splitlines()[0][:80] if licence else "its metadata state none",
            mend="read the licence, then name it in tools/licences.py: ASKS or READ_IN_ITS_FILES",
        )
        for pin, licence in licences.items()
        if not licence or any(part not in ASKS for part in parts(licence))
    ]
    if faults:
        raise FaultsFound(faults)
    rows = [
        f"| {pin.name} | {pin.version} | {licence} |"
        f" {BOOKS if (pin.name, pin.version) in run else TESTS} |"
        for pin, licence in sorted(licences.items())
    ]
    used = sorted({part for licence in licences.values() for part in parts(licence)})
    asks = [f"| {part} | {ASKS[part]} |" for part in used]
    lines = [
        "# Licences of the packages that the project stands on",
        "",
        "Written by `python3 run.py licences` from the lock files and from what each package says",
        "of itself; a test holds it and the lock files equal. The project's own code is under the",
        "MIT licence. Packages are installed as their authors made them and none is changed.",
        "",
        "| package | version | licence | needed for |",
        "|---|---|---|---|",
        *rows,
        "",
        "| licence | what it asks |",
        "|---|---|",
        *asks,
    ]
    return "\n".join(lines) + "\n"


def ask_pip(wanted: Iterable[Pin]) -> dict[Pin, str]:
    """What each package states of its licence.

    Nothing is installed. Python 3.12 is named because packages of that version alone are locked.
    """
    found: dict[tuple[str, str], str] = {}
    wanted = list(wanted)
    for each in one_version_each(wanted):
        with tempfile.TemporaryDirectory() as folder:
            asked = Path(folder) / "asked.txt"
            asked.write_text("\n".join(map(str, each)), encoding="utf-8")
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run"]
            command += ["--ignore-installed", "--no-deps", "--only-binary", ":all:"]
            command += ["--python-version", "3.12", "--target", folder]
            command += ["--report", "-", "--requirement", str(asked)]
            answer = subprocess.run(command, stdout=subprocess.PIPE, check=False)
        if answer.returncode:
            raise ScrutinyError("pip could not say what the packages are; its lines say why.")
        for package in json.loads(answer.stdout)["install"]:
            metadata = package["metadata"]
            name = re.sub(r"[-_.]+", "-", metadata["name"]).lower()
            found[name, metadata["version"]] = stated(metadata, name)
    return {pin: found.get((pin.name, pin.version), "") for pin in wanted}


def main() -> int:
    """Write the page; complain of every licence that nobody has looked at."""
    try:
        PAGE.write_text(table(ask_pip(pins(TEST_LOCK))), encoding="utf-8", newline="\n")
    except ScrutinyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
