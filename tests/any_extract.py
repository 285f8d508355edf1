"""What must hold of every extract, whatever file it was read from."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pandas as pd
from drawn_extracts import AS_OF, KEY

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.recognise import read_extract


def read_any(path: Path) -> Extract | None:
    """Read with a day where needed; faults must be the kind that people can mend."""
    for as_of in (AS_OF, None):
        try:
            extract = read_extract(path, as_of=as_of, pseudonyms=KEY)
        except FaultsFound as error:
            are_for_people(error)
            continue
        check(extract)
        return extract
    return None


def are_for_people(error: FaultsFound, label: str = "") -> None:
    """Each says where and what, in a few lines, with nothing in them that a screen acts on."""
    assert error.faults
    for fault in error.faults:
        assert fault.where.startswith(label)
        assert fault.where.strip()
        assert fault.found.strip()
        assert len(fault.where) + len(fault.found) < 2_000
        assert all(map(is_seen, str(fault).split("\n")))


def is_seen(text: str) -> bool:
    """Whether nothing in a text is hidden from who reads it on a screen or a page."""
    hidden = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return not any(
        unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(each) in hidden
        for each in text
    )


def check(extract: Extract) -> None:
    """No row is lost without a word, no day lies after the extract's, every table fits."""
    until = pd.Timestamp(extract.as_of)
    for name, table in extract.tables.items():
        kind = EVENT_TABLES[name]
        kind.schema.validate(table)
        assert extract.rows_read[name] == len(table) + extract.excluded(name)
        assert extract.covers_from[name] <= extract.as_of
        for column in table.select_dtypes("datetime"):
            assert not (table[column] > until).any()
        if kind.begins and kind.ends:
            assert not (table[kind.ends] < table[kind.begins]).any()
    assert not [each for each in extract.notices if each.weight is Weight.REFUSE]
    for notice in extract.notices:
        assert list(notice.rows) == sorted(set(notice.rows))
        assert all(map(is_seen, str(notice.fault).split("\n")))
