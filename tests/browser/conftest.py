"""A browser that reaches nothing but this machine, and books to open in it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from sample_results import PAGE, write_sample

from scrutinybook.book import make_book, write_index

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one book, built from results that are made up for the purpose."""
    folder = tmp_path_factory.mktemp("sample")
    html = make_book(ROOT / "book", write_sample(folder), folder / "build", PAGE)
    site = folder / "site"
    shutil.copytree(html, site / PAGE.edition)
    write_index(site)
    return site


@pytest.fixture(scope="session")
def sample_book(sample_site: Path) -> Path:
    """The pages of that book."""
    return sample_site / PAGE.edition


@pytest.fixture(scope="session", params=["sample_site", "site"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """Each site that there is: the sample, and the project's own once it is built."""
    try:
        folder = request.getfixturevalue(request.param)
    except pytest.FixtureLookupError:
        pytest.skip(f"there is no fixture {request.param}")
    assert isinstance(folder, Path)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Where it is missing the test skips, unless all must run."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        if os.environ.get("SCRUTINY_REFERENCE"):
            pytest.fail("no Chromium: pages cannot be looked at")
        pytest.skip("no Chromium on this machine; install the package chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=program,
            args=["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
        )
        yield opened
        opened.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Visit:
    """A site being served, and what a browser did while it looked."""

    site: Path
    address: str
    context: BrowserContext
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def pages(self) -> list[str]:
        """Every page of the site, by its address within it."""
        return sorted(path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html"))

    def open(self, name: str, *, width: int = 1280, dark: bool = False) -> Page:
        """Open a page in a fresh tab."""
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.on("console", lambda said: self._hear(name, said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
        page.goto(f"{self.address}/{name}")
        return page

    def _hear(self, name: str, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{name}: {text}")

    def guard(self, route: Route) -> None:
        """Let requests to this machine pass; refuse and note all others."""
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.refused.append(route.request.url)
            route.abort()


@pytest.fixture(scope="session")
def served(any_site: Path) -> Iterator[str]:
    """The address at which a site is served on this machine."""
    handler = functools.partial(_Quiet, directory=str(any_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visit(any_site: Path, served: str, browser: Browser) -> Iterator[Visit]:
    """A visit to one site in a browser that remembers nothing."""
    context = browser.new_context(locale="en-GB")
    visit = Visit(any_site, served, context)
    context.route("**/*", visit.guard)
    yield visit
    context.close()


@pytest.fixture
def book(visit: Visit) -> str:
    """The newest book of the site, by its folder."""
    folders = sorted(path.parent.name for path in visit.site.glob("*/edition.json"))
    return max(folders, key=lambda name: name[-7:])
