"""A browser looking at a site, and what it fetched, was refused and complained of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route


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

    def newest_pages(self) -> list[str]:
        """Every page but those of the demonstration's earlier books.

        They are made by the same chapters from the same authority's figures of a month before.
        """
        demos = sorted({name.split("/")[0] for name in self.pages() if name.startswith("demo-")})
        return [name for name in self.pages() if name.split("/")[0] not in demos[:-1]]

    def unlike_pages(self, *, every_edition: bool = True) -> list[str]:
        """Of pages with the same content in several books (methods, code), one each."""
        seen: dict[str, str] = {}
        for name in self.pages() if every_edition else self.newest_pages():
            text = (self.site / name).read_text(encoding="utf-8")
            seen.setdefault(text.partition("<main")[2].partition("</main>")[0] or name, name)
        return sorted(seen.values())

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
