"""What a book says of itself on every page, and the parts its chapters fall into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.periods import Month


@dataclass(frozen=True)
class BookPage:
    """The words that stand on every page of one edition's book, on screen and on paper."""

    edition: str
    """The edition's id, e.g. ``plymouth-2023-03``."""
    title: str
    """The book's name, e.g. ``Children's services scrutiny book``."""
    subtitle: str
    """Whose book and which month, e.g. ``Plymouth, March 2023``."""
    authority: str
    """The authority's name."""
    month: Month
    """The month the book reports."""
    banner: str
    """What kind of figures these are, e.g. ``Published statistics``."""
    footer: tuple[str, ...] = ()
    """Plain lines under every page. Never a person's name."""
    built_from: str = ""
    """What the book was made from, for the list of books, e.g. a release and its date."""
    is_demo: bool = False
    """Whether the figures are made up; the banner then cannot be overlooked."""
    figures: str = "Published statistics"
    """Whose figures a book that is no demonstration shows, for the list of books."""

    @property
    def kind(self) -> str:
        """For the list of books."""
        return "Demonstration" if self.is_demo else self.figures

    def write_card(self, folder: Path) -> Path:
        """Write ``edition.json``, from which the list of all books is made, into `folder`."""
        card = {
            "edition": self.edition,
            "title": self.title,
            "authority": self.authority,
            "month": str(self.month),
            "kind": self.kind,
            "built_from": self.built_from,
        }
        path = folder / "edition.json"
        path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return path


@dataclass(frozen=True)
class Part:
    """A part of the contents: chapters numbered `first` to `last`, then written `pages`."""

    caption: str
    first: int
    last: int
    pages: tuple[str, ...] = ()


def read_parts(source: Path) -> tuple[Part, ...]:
    """Read ``parts.yml`` from the book's `source` folder.

    Raises `FaultsFound` for a part that lacks a caption or numbers, or names a page that
    is not there.
    """
    path = source / "parts.yml"
    raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    parts, faults = [], []
    for position, each in enumerate(raw["parts"], start=1):
        where = f"{path.name}: part {position}"
        unknown = sorted(set(each) - {"caption", "chapters", "pages"})
        numbers = each.get("chapters", [])
        if unknown or not each.get("caption") or len(numbers) != 2:
            faults.append(
                Fault(
                    where=where,
                    found=str(each),
                    allowed="caption, chapters: [first number, last number], pages: [names]",
                )
            )
            continue
        pages = tuple(each.get("pages", ()))
        faults += [
            Fault(where=where, found=f"no page {name}.md", mend=f"write {source.name}/{name}.md")
            for name in pages
            if not (source / f"{name}.md").is_file()
        ]
        parts.append(Part(str(each["caption"]), int(numbers[0]), int(numbers[1]), pages))
    if faults:
        raise FaultsFound(faults)
    return tuple(parts)
