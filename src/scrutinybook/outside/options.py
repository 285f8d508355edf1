"""Points that a user names by number, and files to write: what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from scrutinybook.errors import Fault, nearest


def point_faults(
    option: str, named: Sequence[int], n_points: int, *, last: int | None = None
) -> Iterator[Fault]:
    """Say which numbers name no point of a series of `n_points`, counted from 1 to `last`."""
    highest = n_points if last is None else last
    for number in dict.fromkeys(named):
        if not 1 <= number <= highest:
            found = f"point {number}; the series has {n_points}"
            mend = "count points from 1, the first row below the headings"
            if number == n_points > highest:
                found += ", so that no point would come after it"
            yield Fault(f"{option} {number}", found, f"1 to {highest}", mend)


def output_faults(inputs: Path, outputs: Sequence[tuple[str, Path]]) -> Iterator[Fault]:
    """Say which files cannot be written: no folder, a folder, the input, or one file twice."""
    seen: dict[Path, str] = {}
    for option, path in outputs:
        where = f"{option} {path}"
        folder = path.parent
        if path.is_dir():
            yield Fault(where, "a folder", "a file to write")
        elif not folder.is_dir():
            beside = [p.name for p in folder.parent.iterdir()] if folder.parent.is_dir() else []
            mend = nearest(folder.name, beside) or "make the folder first"
            yield Fault(where, f"there is no folder {folder}", "a file in a folder there is", mend)
        elif _same(path, inputs):
            yield Fault(where, "the file that is read", "another file", "choose another name")
        elif path.resolve() in seen:
            found = f"the same file as {seen[path.resolve()]}"
            yield Fault(where, found, "a file of its own", "choose another name")
        seen[path.resolve()] = option


def _same(one: Path, other: Path) -> bool:
    if one.resolve() == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)
