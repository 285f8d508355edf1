"""What a YAML file may hold at the most, so that none can stop the program or trick a reader.

Without bounds a file of 100 kB ends the program without a word (nesting), fills the memory (names
that repeat names) or shows a page in another order than it is stored (signs of direction).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from scrutinybook.errors import Fault
from scrutinybook.visible import UNSEEN

MOST_CHARACTERS = 1_000_000
"""Of a whole file: twenty times the catalogue of measures."""
MOST_LEVELS = 20
"""Of lists and keys within one another."""
MOST_ENTRIES = 100_000
"""Of keys and values, those that a name (*name) repeats counted each time."""
LONGEST_TEXT = 5_000
"""Characters of one entry: several screens of words."""
LONGEST_NUMBER = 30
"""Characters that a number is written in."""
_WRITE_OUT = "write out what the name (*name) stands for"


def bounds_fault(text: str, label: str, loader: type) -> Fault | None:
    """What makes a file unfit to be read, or None.

    Steps through the file without building anything. Where the file is no YAML it says nothing:
    whoever reads it will.
    """
    if len(text) > MOST_CHARACTERS:
        found = f"a file of {len(text):,} characters"
        return Fault(label, found, f"up to {MOST_CHARACTERS:,}", "look for what is no entry in it")
    try:
        for line, found, mend in _too_much(yaml.parse(text, Loader=loader)):
            return Fault(f"{label}, line {line + 1}", found, "plain keys and values", mend)
    except yaml.YAMLError:
        return None
    return None


def _too_much(events: Iterable[Any]) -> Iterator[tuple[int, str, str]]:
    """Lines, counted from 0, where lists lie too deep or names repeat too much; what to do."""
    sizes = [0]
    """Entries so far of each list and key that is not closed yet, repeated ones included."""
    open_names: list[str | None] = []
    known: dict[str, int] = {}
    """Entries behind each name (&name)."""
    for event in events:
        line = 0 if event.start_mark is None else event.start_mark.line
        if isinstance(event, yaml.CollectionStartEvent):
            sizes.append(1)
            open_names.append(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            size, name = sizes.pop(), open_names.pop()
            sizes[-1] += size
            if name is not None:
                known[name] = size
        elif isinstance(event, yaml.AliasEvent):
            name = event.anchor
            if name in open_names:
                yield line, f"*{name} stands within what it repeats", _WRITE_OUT
            sizes[-1] += known.get(str(name), 1)
        else:
            sizes[-1] += 1
        if len(open_names) > MOST_LEVELS:
            found = f"more than {MOST_LEVELS} lists or keys within one another"
            yield line, found, "look for brackets too many"
        if sum(sizes) > MOST_ENTRIES:
            yield line, f"more than {MOST_ENTRIES:,} entries, repeated ones included", _WRITE_OUT


def checked_text(text: str) -> str:
    """A text that can be seen and printed. Raises `ValueError` with what is wrong."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(text):,} characters; up to {LONGEST_TEXT:,} are allowed")
    if unseen := UNSEEN.search(text):
        raise ValueError(f"an invisible character (number {ord(unseen[0])})")
    return text


def checked_number(written: str) -> str:
    """How a number is written, where it is not too long. Raises `ValueError` with what is wrong."""
    if len(written) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(written):,} characters")
    return written
