"""Records of editions that never were, drawn for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from scrutinybook.edition import Edition
from scrutinybook.periods import Month
from scrutinybook.record.keyed import key_for, plain
from scrutinybook.record.manifest import (
    Code,
    Manifest,
    NotebookRecord,
    NotebookState,
    Run,
    RunNotebook,
    TableRecord,
)
from scrutinybook.record.tables import table_from

EDITION = "plymouth-2023-03"
_NAMES = st.text("abcdefgh_-/é", min_size=1, max_size=12)
_CONTENTS = st.binary(max_size=8)


def manifest_of(
    held: Mapping[str, bytes],
    *,
    authority: str = "Plymouth",
    month: str = "2023-03",
    **changed: Any,
) -> Manifest:
    """The manifest of some tables, by the names of their files."""
    edition = Edition(authority=authority, month=Month.parse(month))
    key = key_for("published", edition.slug)
    tables = {
        name: TableRecord(
            hash=key.of(content),
            rows=len(table_from(name, content, name).rows) if content else 0,
            made_by=("downloads",),
        )
        for name, content in held.items()
    }
    facts: dict[str, Any] = {
        "edition": edition.id,
        "kind": edition.kind,
        "title": edition.title,
        "parameters": {"edition": edition.as_parameters(), "previous": None},
        "key": key.name,
        "inputs": {"params/measures.yml": plain(b"measures")},
        "tables": tables,
        "notebooks": {},
        "makers": {"downloads": ("downloads/edition.py",)},
        "modules": {"downloads/edition.py": plain(b"")},
        "lock": None,
        "packages": {},
        "run": _run({}),
    }
    return Manifest(**{**facts, **changed})


def _run(notebooks: Mapping[str, RunNotebook]) -> Run:
    code = Code(commit=None, differs=None, words="no git")
    return Run(code=code, python="3.11.0", platform="Linux x86_64", notebooks=notebooks)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    """A manifest with some of everything."""
    hashes = _CONTENTS.map(plain)
    names = draw(st.lists(_NAMES, unique=True, max_size=3))
    runs = st.builds(
        RunNotebook, state=st.sampled_from(NotebookState), seconds=st.floats(0, 1e4, width=32)
    )
    made = manifest_of(dict.fromkeys(draw(st.lists(_NAMES, unique=True, max_size=3)), b""))
    return made.model_copy(
        update={
            "inputs": draw(st.dictionaries(_NAMES, hashes, max_size=3)),
            "notebooks": {
                name: NotebookRecord(
                    source=draw(hashes), inputs=tuple(draw(st.lists(_NAMES, max_size=2))), seed=name
                )
                for name in names
            },
            "modules": draw(st.dictionaries(_NAMES, hashes, max_size=3)),
            "lock": draw(st.none() | hashes),
            "packages": draw(st.dictionaries(_NAMES, _NAMES, max_size=2)),
            "run": _run({name: draw(runs) for name in names}),
        }
    )
