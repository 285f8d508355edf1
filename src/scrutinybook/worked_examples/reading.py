"""Reads all files of worked examples, in the order in which pages show them."""

from __future__ import annotations

from pathlib import Path

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.worked_examples.methods import METHODS
from scrutinybook.worked_examples.models import Method
from scrutinybook.yaml_files import read_model


def read_methods(folder: Path) -> tuple[Method, ...]:
    """Read every ``*.yml`` of `folder`; one file a method, ordered by the method it calls first.

    Empty where there is no such folder: a book can be made without the examples. Raises
    `FaultsFound` with the faults of all files at once, and where two files name one method.
    """
    faults, read = Faults(), list[Method]()
    for path in sorted(folder.glob("*.yml")):
        method = faults.gather(read_model, path, path.name, Method)
        if method is None:
            continue
        if method.method in [each.method for each in read]:
            fault = Fault(f"{path.name}: method", f"{method.method} has a file already")
            faults.add([fault])
        read.append(method)
    if faults.found:
        raise FaultsFound(faults.found)
    places = {name: place for place, name in enumerate(METHODS)}
    return tuple(sorted(read, key=lambda each: places[each.examples[0].call]))
