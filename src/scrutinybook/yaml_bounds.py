"""What a YAML file may hold at the most, so that none can stop the program or trick a reader.

Without bounds a file of 100 kB ends the program without a word (nesting), fills the memory (names
that repeat names) or shows a page in another order than it is stored (signs of direction).
"""

from __future__ import annotations

import math

import yaml

from scrutinybook.errors import Fault
from scrutinybook.visible import UNSEEN

MOST_CHARACTERS = 1_000_000
"""Of a whole file: twenty times the catalogue of measures."""
MOST_LEVELS = 20
"""Of lists and keys within one another."""
LONGEST_TEXT = 5_000
"""Characters of one entry: several screens of words."""
LONGEST_NUMBER = 30
"""Characters that a number is written in."""


def bounds_fault(text: str, label: str, loader: type) -> Fault | None:
    """What makes a file unfit to be read, or None.

    Steps through the file without building anything. Where the file is no YAML it says nothing:
    whoever reads it will.
    """
    if len(text) > MOST_CHARACTERS:
        found = f"a file of {len(text):,} characters"
        return Fault(label, found, f"up to {MOST_CHARACTERS:,}", "look for what is no entry in it")
    levels = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            where = label
            if event.start_mark is not None:
                where = f"{label}, line {event.start_mark.line + 1}"
            if isinstance(event, yaml.AliasEvent):
                found = "a star before a name (*name), which repeats what stands elsewhere"
                mend = "write it out, or put a text that begins with a star between quotation marks"
                return Fault(where, found, "plain keys and values", mend)
            if isinstance(event, yaml.CollectionStartEvent):
                levels += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                levels -= 1
            if levels > MOST_LEVELS:
                found = f"more than {MOST_LEVELS} lists or keys within one another"
                return Fault(where, found, "plain keys and values", "look for brackets too many")
    except yaml.YAMLError:
        return None
    return None


def checked_text(text: str) -> str:
    """A text that can be seen and printed. Raises `ValueError` with what is wrong."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(text):,} characters; up to {LONGEST_TEXT:,} are allowed")
    if unseen := UNSEEN.search(text):
        raise ValueError(f"an invisible character (number {ord(unseen[0])})")
    return text


def checked_number(written: str, number: int | float) -> int | float:
    """A number that can be counted with. Raises `ValueError` with what is wrong."""
    if len(written) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(written):,} characters")
    if not math.isfinite(number):
        raise ValueError(f"{written} is no number that can be counted with")
    return number
