"""Print a page to PDF with a browser that shows no window, within a time."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from scrutinybook.errors import BookFailed, Fault
from scrutinybook.execute.environment import MARK
from scrutinybook.execute.processes import end_tree

_LAST_LINES = 6


def print_page(browser: Path, page: Path, folder: Path, *, limit_seconds: float) -> bytes:
    """Print the file `page` and return the PDF: tagged, with bookmarks, margins as its style says.

    The browser keeps what it must in `folder`, which is the caller's to remove, and neither sees
    nor touches its user's own profile; it reaches nothing but this machine. Raises `BookFailed`
    where it fails or takes longer than `limit_seconds` of wall-clock time.
    """
    pdf, told = folder / "printed.pdf", folder / "browser.txt"
    pdf.unlink(missing_ok=True)
    command = [
        *(str(browser), "--headless", "--disable-gpu", "--no-first-run"),
        *("--no-default-browser-check", "--disable-extensions", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}"),
        *("--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={pdf}"),
        *(["--no-sandbox"] if _is_root() else []),  # Chromium will not start for root with one
        page.resolve().as_uri(),
    ]
    # Output goes to a file: a browser's helpers may outlive it and would hold a pipe open.
    with (
        told.open("wb") as lines,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=subprocess.STDOUT,
            env={**os.environ, MARK: str(folder.resolve())},
        ) as process,
    ):
        try:
            code = process.wait(timeout=limit_seconds)
        except subprocess.TimeoutExpired:
            found = f"it had not printed after {limit_seconds:g} seconds and was stopped"
            mend = "run the command again; if it hangs again, name another browser: --browser FILE"
            raise BookFailed(
                "The pack could not be printed.", [Fault(str(browser), found, mend=mend)]
            ) from None
        finally:
            end_tree(process.pid)
    if code == 0 and pdf.is_file():
        return pdf.read_bytes()
    said = told.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    found = "; ".join(said[-_LAST_LINES:]) or f"it ended with code {code} and printed nothing"
    mend = "see that the browser starts, or name another: --browser FILE"
    raise BookFailed("The pack could not be printed.", [Fault(str(browser), found, mend=mend)])


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
