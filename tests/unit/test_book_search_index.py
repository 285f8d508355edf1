"""Pages that are not for readers are found neither by their title nor by a word."""

from __future__ import annotations

import json
from pathlib import Path

from scrutinybook.book.search_index import hide_pages

INDEX = {
    "docnames": ["code-door", "door", "glossary"],
    "titles": ["", "Door", "Glossary"],
    "terms": {"code": 0, "door": [0, 1], "referr": [0, 1, 2], "word": 2},
    "titleterms": {"behind": 0, "door": [0, 1]},
    "alltitles": {
        "Code behind “Door”": [[0, None]],
        "Door": [[1, None]],
        "Notes": [[0, "n"], [2, "n"]],
    },
}


def test_hidden_pages_leave_every_list_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "searchindex.js"
    path.write_text(f"Search.setIndex({json.dumps(INDEX)})", encoding="utf-8")

    hide_pages(path, {"code-door"})

    text = path.read_text(encoding="utf-8")
    assert text.startswith("Search.setIndex({")
    assert text.endswith("})")
    left = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    assert left["terms"] == {"door": 1, "referr": [1, 2], "word": 2}
    assert left["titleterms"] == {"door": 1}
    assert left["alltitles"] == {"Door": [[1, None]], "Notes": [[2, "n"]]}
    assert left["docnames"] == INDEX["docnames"]  # pages are known by their place in this list
