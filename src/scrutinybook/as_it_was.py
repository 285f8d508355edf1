"""What an edition's results were made from, as it was then, in a copy that is removed afterwards.

Parameters are those of the record, and so is every file that git still has as the record's hash
says it was. Of other records the tables that the gate read then, and no later ones.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from scrutinybook.edition import Edition, edition_file
from scrutinybook.record.code_state import content_at
from scrutinybook.record.keyed import plain
from scrutinybook.record.manifest import Manifest
from scrutinybook.workspace import Workspace

_COPIED = (
    *("params", "notebooks", "book", "data/official", "requirements.lock"),
    *("tests/spec/worked", "benchmarks/operating_characteristics"),
)
"""What results are made from; copied where it is there."""


@contextmanager
def copy_of(workspace: Workspace, then: Manifest) -> Iterator[Workspace]:
    """A copy of all that results are made from; removed afterwards."""
    root = workspace.scratch / f"verify-{then.edition}"
    shutil.rmtree(root, ignore_errors=True)
    try:
        for name in _COPIED:
            source, target = workspace.root / name, root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            elif source.is_file():
                shutil.copyfile(source, target)
        copy = Workspace(root)
        _copy_records(workspace, copy, then)
        yield copy
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _copy_records(workspace: Workspace, copy: Workspace, then: Manifest) -> None:
    """Other editions' records, and of all tables those that were there when this one was made."""
    slug = then.edition[:-8]
    for path in workspace.record.glob(f"{slug}-*/*"):
        name = path.relative_to(workspace.root).as_posix()
        target = copy.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and name in then.inputs:
            shutil.copytree(path, target)
        elif path.is_file() and path.parent.name != then.edition:
            shutil.copyfile(path, target)
    ledger = workspace.record / slug
    if ledger.is_dir():
        shutil.copytree(ledger, copy.record / slug)


def restore(workspace: Workspace, copy: Workspace, then: Manifest) -> tuple[str, ...]:
    """Put back, in the copy, each input that changed and that git has as it was."""
    restored = []
    for name, recorded in then.inputs.items():
        path = copy.root / name
        if not recorded.startswith("sha256:") or not then.run.code.commit:
            continue
        if path.is_file() and plain(path.read_bytes()) == recorded:
            continue
        content = content_at(workspace, then.run.code.commit, name)
        if content is not None and plain(content) == recorded:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            restored.append(name)
    return tuple(restored)


def as_they_are(workspace: Workspace, copy: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Take files as they are now after all; returns what is still restored, which is nothing."""
    for name in names:
        (copy.root / name).unlink()
        if (workspace.root / name).is_file():
            shutil.copyfile(workspace.root / name, copy.root / name)
    return ()


def write_parameters(copy: Workspace, then: Manifest) -> None:
    """Write the recorded parameters, and those of the edition before, as parameter files."""
    for values in (then.parameters["edition"], then.parameters["previous"]):
        if values is not None:
            path = copy.root / edition_file(Edition.from_parameters(values).id)
            path.parent.mkdir(parents=True, exist_ok=True)
            # JSON is YAML too.
            path.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
