"""A browser that reaches nothing but this machine, and books to open in it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sample_results import PAGE, write_sample
from visit import Visit

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
