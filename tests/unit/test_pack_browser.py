"""Browsers for the pack: found where systems keep them, and what to do where there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scrutinybook.errors import FaultsFound
from scrutinybook.pack.browser import find_browser, places


def test_windows_and_mac_keep_theirs_off_the_path() -> None:
    windows = list(places("win32", {"PROGRAMFILES": "P", "LOCALAPPDATA": "L"}, Path("home")))
    assert str(Path("P/Google/Chrome/Application/chrome.exe")) in windows
    assert str(Path("L/Google/Chrome/Application/chrome.exe")) in windows
    assert str(Path("P/Microsoft/Edge/Application/msedge.exe")) in windows
    mac = list(places("darwin", {}, Path("home")))
    assert str(Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")) in mac
    assert str(Path("home/Applications/Chromium.app/Contents/MacOS/Chromium")) in mac
    assert next(places("linux", {}, Path("home"))) == "chromium"


@pytest.mark.skipif(os.name == "nt", reason="programs here are scripts")
def test_the_first_there_is_is_taken_and_a_named_one_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("google-chrome", "own"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() == tmp_path / "google-chrome"
    assert find_browser(tmp_path / "own") == tmp_path / "own"


def test_without_one_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(FaultsFound) as found:
        find_browser()
    for words in ("Chromium, Google Chrome or Microsoft Edge", "the package chromium", "--browser"):
        assert words in str(found.value)
    with pytest.raises(FaultsFound, match="no program that can be run"):
        find_browser(tmp_path / "no-such-browser")
