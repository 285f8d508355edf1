"""Known vulnerabilities are named; where nobody answered, nothing is said to be free of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from projects import ROOT

from tools.advisories import Advisory, NotAsked, ask, is_about, page
from tools.locked import TEST_LOCK, Pin, pins

BAD, GOOD = Pin("badpackage", "1.0"), Pin("goodpackage", "1.0")
OTHER_VERSION = Pin("badpackage", "2.0")

KNOWN = {
    "id": "PYSEC-2026-1",
    "modified": "2026-01-01T00:00:00Z",
    "details": "Drawn for a test.",
    "affected": [
        {
            "package": {"name": "badpackage", "ecosystem": "PyPI"},
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]},
            ],
        }
    ],
}


class Service(BaseHTTPRequestHandler):
    """Answers as the advisory service does, for one package that has a vulnerability."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_bad = (asked["package"]["name"], asked["version"]) == (BAD.name, BAD.version)
        body = json.dumps({"vulns": [KNOWN]} if is_bad else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Keep quiet."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in for the service is on this machine, not behind its proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_known_vulnerability_is_named_with_the_version_that_mends_it(service: str) -> None:
    found = ask([BAD, GOOD, OTHER_VERSION], ["--osv-url", service])
    assert found == [Advisory(BAD, "PYSEC-2026-1", ("1.1",))]
    assert str(found[0]) == "badpackage==1.0: PYSEC-2026-1, mended in 1.1"


def test_a_service_that_is_not_there_is_no_clean_bill() -> None:
    with pytest.raises(NotAsked, match=r"127\.0\.0\.1"):
        ask([GOOD], ["--osv-url", "http://127.0.0.1:9/v1/query", "--timeout", "2"])


def test_what_came_of_asking_is_written_down() -> None:
    none = page("2026-01-02", b"lock", 3, [])
    some = page("2026-01-02", b"lock", 3, [Advisory(BAD, "PYSEC-2026-1", ())])
    unknown = page("2026-01-02", b"lock", 3, NotAsked("no such host"))
    assert "asked on: 2026-01-02" in none
    assert "None has a known vulnerability." in none
    assert "- badpackage==1.0: PYSEC-2026-1, not mended yet" in some
    assert "nothing is known" in unknown
    assert "None has" not in some + unknown


def test_the_page_is_about_the_lock_file_as_it_is() -> None:
    written = ROOT / "docs" / "advisories.md"
    assert is_about(written, TEST_LOCK.read_bytes())
    assert not is_about(written, TEST_LOCK.read_bytes() + b"\n")
    assert f"the {len(pins(TEST_LOCK))} packages" in written.read_text(encoding="utf-8")
