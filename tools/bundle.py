"""One file that installs and runs where there is Python and no network: `python3 run.py bundle`.

It holds the project as committed and a wheel of every package that the books need, each one of
those whose digests the lock file names. Unpacked, its `run.py` installs from the folder `wheels`
and from nowhere else. Wheels are made for a version of Python and a kind of machine, so that a
bundle is made on a machine of the kind where it is to run.
"""

from __future__ import annotations

import hashlib
import io
import platform
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from packaging.markers import Marker

from scrutinybook.errors import Fault, FaultsFound, ScrutinyError
from tools.locked import ROOT, RUN_LOCK, Pin, one_version_each, pins

TOP = "scrutinybook"
"""The folder that all lies in. It is short: Windows has no room for long paths."""

WHEELS = "wheels"
MADE_FOR = "made-for.txt"


def needed_here(several: Iterable[Pin], minor: int = sys.version_info.minor) -> list[Pin]:
    """The pins for this kind of machine and any Python 3.`minor`, be it 3.11.2 or 3.11.9."""
    versions = [f"3.{minor}.{patch}" for patch in (0, 99)]
    if minor == sys.version_info.minor:
        versions.append(platform.python_version())
    places = [{"python_full_version": each, "python_version": f"3.{minor}"} for each in versions]
    return [
        pin
        for pin in several
        if not pin.marker or any(Marker(pin.marker).evaluate(dict(each)) for each in places)
    ]


def fetch(wanted: Iterable[Pin], folder: Path) -> None:
    """Let pip lay a wheel of each package into `folder`, refusing files of other digests.

    Raises ScrutinyError where pip does not come by all of them.
    """
    for each in one_version_each(wanted):
        asked = "\n".join(
            " ".join([str(pin), *(f"--hash=sha256:{digest}" for digest in pin.digests)])
            for pin in each
        )
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "asked.txt"
            file.write_text(asked, encoding="utf-8")
            command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download"]
            command += ["--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
            command += ["--dest", str(folder), "--requirement", str(file)]
            if subprocess.run(command, check=False).returncode:
                raise ScrutinyError("The packages could not be fetched; pip's lines say why.")


def write_bundle(root: Path, wheels: Path, made_for: str, into: Path) -> Path:
    """Write the bundle of the project in `root` and the wheels into the folder `into`.

    `made_for` is what the wheels depend on, as `run.py` says it of a machine, such as ``Python
    3.12, linux, x86_64``. The same commit and wheels give the same bytes. Raises FaultsFound where
    `root` is no checkout or has changes that are not committed: what is handed on must be had
    again.
    """
    files = _committed(root)
    when = datetime.fromtimestamp(int(_git(root, "log", "-1", "--format=%ct")), UTC)
    kind = re.sub(r"[^a-z0-9.]+", "-", made_for.lower())
    name = f"scrutinybook-{_git(root, 'rev-parse', '--short=12', 'HEAD').decode().strip()}-{kind}"
    files[f"{WHEELS}/{MADE_FOR}"] = (made_for + "\n").encode()
    into.mkdir(parents=True, exist_ok=True)
    part = into / f".{name}.part"
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(_entry(f"{TOP}/{path}", when), content, zipfile.ZIP_DEFLATED)
        for wheel in sorted(wheels.glob("*.whl")):
            # A wheel is compressed already.
            entry = _entry(f"{TOP}/{WHEELS}/{wheel.name}", when)
            archive.writestr(entry, wheel.read_bytes(), zipfile.ZIP_STORED)
    whole = into / f"{name}.zip"
    return part.replace(whole)


def _committed(root: Path) -> dict[str, bytes]:
    """Every committed file's content by its path below `root`."""
    try:
        changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", ".")
        packed = _git(root, "archive", "--format=tar", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        found = "is no git checkout with a commit, or git is not on this machine"
        raise FaultsFound([Fault(str(root), found, mend="make the bundle in a clone")]) from None
    if changed:
        raise FaultsFound(
            Fault(line[3:], "differs from what is committed", mend="commit the change, or undo it")
            for line in changed.decode("utf-8", "replace").splitlines()
        )
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        opened = {each.name: archive.extractfile(each) for each in archive if each.isfile()}
        return {name: file.read() for name, file in opened.items() if file}


def _git(root: Path, *words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=True)
    return done.stdout


def _entry(path: str, when: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, when.timetuple()[:6])
    entry.create_system = 3  # so that every system writes, and honours, the same permissions
    entry.external_attr = 0o644 << 16
    return entry


def main(arguments: list[str]) -> int:
    """Make the bundle for a kind of machine, in ``dist`` or a folder that is named."""
    made_for, *folders = arguments
    into = Path(folders[0]) if folders else ROOT / "dist"
    try:
        with tempfile.TemporaryDirectory() as folder:
            _committed(ROOT)  # what would be refused is refused before anything is fetched
            print("Fetching the locked packages (a minute or two) ...", flush=True)
            fetch(needed_here(pins(RUN_LOCK)), Path(folder))
            made = write_bundle(ROOT, Path(folder), made_for, into)
    except ScrutinyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    print(f"written: {made}, {made.stat().st_size / 1e6:.0f} MB, for {made_for}")
    print(f"sha256:  {digest}")
    print("There, compare the digest, unpack it into an empty folder and, in its folder")
    print(f"{TOP}, run: python3 run.py book")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
