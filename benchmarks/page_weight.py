"""How heavy the books' pages are, and how soon the first words of one stand on a slow line.

    python3 run.py book --all && .venv/bin/python benchmarks/page_weight.py
    .venv/bin/python benchmarks/page_weight.py --pages 5     the five heaviest of each book timed
    .venv/bin/python benchmarks/page_weight.py --no-paint    bytes alone; needs no browser

Bytes: each page's HTML as it lies in site/, and all that a first visit fetches, as gzip sends it.
Time: first contentful paint in Chromium with nothing kept from before, from a server on this
machine that compresses, on a line that DevTools slows to 1.6 Mbit/s with 150 ms to and fro.
Aims: HTML at most 150 kB where charts allow and 300 kB at most; a first visit at most 500 kB
compressed; first contentful paint within 2.5 s. The page that lists all books is among them.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

SITE = Path(__file__).resolve().parents[1] / "site"
HTML_WISHED, HTML_MOST, VISIT_MOST, PAINT_MOST = 150_000, 300_000, 500_000, 2.5
LINE = {"bytes_a_second": 1_600_000 / 8, "to_and_fro_ms": 150}
_LOADED = "//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src"
_FIRST_PAINT = """() => new Promise((done) => {
  const found = (list) => list.getEntriesByName("first-contentful-paint")[0];
  const seen = new PerformanceObserver((list) => { if (found(list)) done(found(list).startTime); });
  seen.observe({ type: "paint", buffered: true });
})"""


@dataclass(frozen=True)
class Weight:
    """One page: bytes of its HTML, and of a first visit, compressed."""

    page: Path
    html: int
    visit: int


def main() -> int:
    """Measure, print, and return 1 where an aim is missed."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--pages", type=int, default=3, help="heaviest pages of each book to time")
    asked.add_argument("--times", type=int, default=3, help="visits to each; the median counts")
    asked.add_argument("--no-paint", action="store_true")
    asked.add_argument("--site", type=Path, default=SITE)
    options = asked.parse_args()
    weights = [weigh(page) for page in sorted(options.site.rglob("*.html"))]
    if not weights:
        print("no pages; make them first: python3 run.py book")
        return 1
    missed = told_bytes(options.site, weights)
    if not options.no_paint:
        missed |= told_paint(options.site, weights, options.pages, options.times)
    print("AN AIM IS MISSED." if missed else "Every aim is met.", flush=True)
    return int(missed)


def weigh(page: Path) -> Weight:
    """Weigh a page and what a first visit to it fetches."""
    text = page.read_bytes()
    loaded = {
        (page.parent / unquote(urlsplit(str(address)).path)).resolve()
        for address in lxml.html.document_fromstring(text).xpath(_LOADED)
    }
    files = [text, *(path.read_bytes() for path in sorted(loaded) if path.is_file())]
    return Weight(page, len(text), sum(len(gzip.compress(each)) for each in files))


def told_bytes(site: Path, weights: list[Weight]) -> bool:
    """Print the heaviest pages; whether one is too heavy."""
    print(f"{len(weights)} pages. HTML kB, and a first visit's kB compressed; the heaviest:")
    for each in sorted(weights, key=lambda w: -w.html)[:12]:
        name = each.page.relative_to(site).as_posix()
        print(f"  {each.html / 1000:6.1f} {each.visit / 1000:6.1f}  {name}")
    wished = sum(each.html <= HTML_WISHED for each in weights)
    most = max(each.visit for each in weights)
    print(f"  {wished} of {len(weights)} pages have at most {HTML_WISHED // 1000} kB of HTML")
    print(f"  heaviest first visit {most / 1000:.1f} kB compressed (aim {VISIT_MOST // 1000})")
    return most > VISIT_MOST or any(each.html > HTML_MOST for each in weights)


def told_paint(site: Path, weights: list[Weight], pages: int, times: int) -> bool:
    """Time the heaviest pages of each book and print them; whether one is too slow."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for developers alone

    program = shutil.which("chromium") or shutil.which("google-chrome")
    books: dict[str, list[Weight]] = {}
    for each in sorted(weights, key=lambda w: -w.visit):
        books.setdefault(each.page.relative_to(site).parts[0], []).append(each)
    slowest = 0.0
    print("First contentful paint, s (median of", times, "visits, on the slow line):")
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for book in sorted(books):
            for each in books[book][:pages]:
                name = each.page.relative_to(site).as_posix()
                seen = [paint(browser, f"{address}/{name}") for _ in range(times)]
                slowest = max(slowest, statistics.median(seen))
                print(f"  {statistics.median(seen):5.2f}  {name}")
        browser.close()
    print(f"  slowest {slowest:.2f} s (aim {PAINT_MOST})")
    return slowest > PAINT_MOST


def paint(browser, address: str) -> float:  # type: ignore[no-untyped-def]
    """Seconds from the first request to the first words, in a browser that remembers nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    speed = LINE["bytes_a_second"]
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LINE["to_and_fro_ms"],
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        },
    )
    page.goto(address)
    seconds = float(page.evaluate(_FIRST_PAINT)) / 1000
    context.close()
    return seconds


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files compressed, as any web server of a council does, and says nothing."""

    def send_head(self):  # type: ignore[no-untyped-def]
        """Send the head of an answer; the body is what it returns."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # the browser has seen enough
            self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a site on this machine; yields its address."""

    def handler(*args: object) -> _Compressing:
        return _Compressing(*args, directory=str(site))  # type: ignore[arg-type]

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
