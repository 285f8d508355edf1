"""Keep pages that are not for readers out of the search.

Sphinx leaves out the text of a page marked ``nosearch`` but still finds it by its title, so that
a search for "front door" would offer the code behind it beside the chapter.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

_START, _END = "Search.setIndex(", ")"


def hide_pages(path: Path, hidden: Collection[str]) -> None:
    """Remove every way to find the pages named in `hidden` from Sphinx's ``searchindex.js``."""
    text = path.read_text(encoding="utf-8")
    index: dict[str, Any] = json.loads(text.removeprefix(_START).removesuffix(_END))
    gone = {number for number, name in enumerate(index["docnames"]) if name in hidden}
    for words in ("terms", "titleterms"):
        kept = {word: _without(found, gone) for word, found in index[words].items()}
        index[words] = {word: found for word, found in kept.items() if found != []}
    titles = {
        title: [place for place in places if place[0] not in gone]
        for title, places in index["alltitles"].items()
    }
    index["alltitles"] = {title: places for title, places in titles.items() if places}
    compact = json.dumps(index, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(f"{_START}{compact}{_END}", encoding="utf-8")


def _without(found: int | list[int], gone: set[int]) -> int | list[int]:
    # Sphinx writes a single page as a number and several as a list.
    pages = [page for page in ([found] if isinstance(found, int) else found) if page not in gone]
    return pages[0] if len(pages) == 1 else pages
