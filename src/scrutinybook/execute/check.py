"""Refuse, before anything runs, what could not run: notebooks, parameters and their values."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.execute.source import Source
from scrutinybook.execute.tasks import NotebookTask


def check_tasks(tasks: Sequence[NotebookTask]) -> Mapping[str, Source]:
    """Read every task's notebook and hold its parameters against the cell tagged ``parameters``.

    Papermill only warns of a parameter that the notebook does not have, turns tuples into strings
    and fails halfway on a date; here each is a fault. Returns the notebooks by task name.

    Raises `FaultsFound` with the faults of all tasks at once, and `ValueError` where tasks share
    a name or a target, or a name cannot be a file name.
    """
    _check_names(tasks)
    faults: list[Fault] = []
    sources: dict[str, Source] = {}
    for task in tasks:
        try:
            sources[task.name] = source = Source.read(task.source)
            faults += _parameter_faults(task, source.parameters())
        except FaultsFound as found:
            faults += found.faults
        if not task.working_directory.is_dir():
            mend = "make the folder, or run from the checkout"
            faults.append(
                Fault(str(task.working_directory), "there is no such working folder", mend=mend)
            )
    if faults:
        raise FaultsFound(dict.fromkeys(faults))
    return sources


def _check_names(tasks: Sequence[NotebookTask]) -> None:
    for what, values in (
        ("name", [task.name for task in tasks]),
        ("target", [str(task.target) for task in tasks]),
    ):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            raise ValueError(f"notebook tasks share a {what}: {', '.join(twice)}")
    odd = [task.name for task in tasks if not re.fullmatch(r"\w[\w.-]*", task.name)]
    if odd:
        raise ValueError(f"notebook task names that cannot be file names: {odd}")


def _parameter_faults(task: NotebookTask, known: frozenset[str] | None) -> list[Fault]:
    faults = []
    for name, value in task.parameters.items():
        where = f"{task.source}: parameter {name}"
        if known is None:
            found = "the notebook has no cell tagged 'parameters', so nothing can be set in it"
            faults.append(Fault(where, found, mend="tag the cell with the default values"))
        elif name not in known:
            allowed = ", ".join(sorted(known)) or "none: its parameters cell assigns no name"
            faults.append(Fault(where, "not known", allowed, nearest(name, known)))
        if found := _not_json(value):
            allowed = "text, numbers, true or false, null, and lists and mappings of these"
            mend = "write dates as text (2023-03-31) and tuples as lists"
            faults.append(Fault(where, found, allowed, mend))
    return faults


def _not_json(value: object) -> str:
    """Say what in `value` would not survive the way to the notebook unchanged, or nothing."""
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is not a number"
    if value is None or type(value) in {str, int, float, bool}:
        return ""
    if type(value) is list:
        return next(filter(None, map(_not_json, value)), "")
    if type(value) is dict:
        if any(type(key) is not str for key in value):
            return "a mapping with a key that is not text"
        return next(filter(None, map(_not_json, value.values())), "")
    return f"a value of type {type(value).__name__}"
