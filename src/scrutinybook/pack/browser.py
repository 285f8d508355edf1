"""Find a browser that prints: Chromium, Chrome or Edge, on Linux, Windows and macOS."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound

OLDEST = 131
"""The first version that prints page numbers into the margins (November 2024)."""

_ON_PATH = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432", "LOCALAPPDATA")


def find_browser(named: Path | None = None) -> Path:
    """The browser to print with: the one that was `named`, or the first that there is.

    Raises `FaultsFound`, saying how to mend it, where there is none.
    """
    if named is not None:
        found = shutil.which(named)
        if found is None:
            allowed = "the program file of Chromium, Chrome or Edge"
            raise FaultsFound([Fault(f"--browser {named}", "no program that can be run", allowed)])
        return Path(found)
    for place in places(sys.platform, os.environ, Path.home()):
        if (program := shutil.which(place)) is not None:
            return Path(program)
    raise FaultsFound(
        [
            Fault(
                where="scrutiny pack",
                found="no browser to print with",
                allowed=f"Chromium, Google Chrome or Microsoft Edge, version {OLDEST} or newer",
                mend=f"install one ({_how_to_install(sys.platform)}), or name its program file:"
                " --browser FILE",
            )
        ]
    )


def places(system: str, environment: Mapping[str, str], home: Path) -> Iterator[str]:
    """Names and files to try, in order, on a `system` as ``sys.platform`` calls it."""
    yield from _ON_PATH
    if system == "darwin":
        for folder in (Path("/Applications"), home / "Applications"):
            yield from (str(folder / each) for each in _MAC)
    if system == "win32":
        folders = [environment[name] for name in _WINDOWS_FOLDERS if environment.get(name)]
        yield from (str(Path(folder) / each) for each in _WINDOWS for folder in folders)


def _how_to_install(system: str) -> str:
    if system == "win32":
        return "Edge comes with Windows; an administrator may have removed it"
    if system == "darwin":
        return "google.com/chrome"
    return "on Debian or Ubuntu the package chromium"
