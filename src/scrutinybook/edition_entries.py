"""Faults of an edition's entries that no entry shows by itself.

They are looked for in plain values, so that one fault elsewhere in the file hides none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scrutinybook.catalogue import Catalogue
from scrutinybook.errors import Fault, nearest
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.items import ITEMS

_MONTH_KEYS = {"phases": "begins", "notes": "month", "restatements": "period"}
"""Lists of entries, and the key of each entry's month."""


def entry_faults(values: Mapping[Any, Any], label: str, catalogue: Catalogue | None) -> list[Fault]:
    """Faults of phases and notes: unknown measures, months after the edition's, two of a kind."""
    faults: list[Fault] = []
    last = _month(values.get("month"))
    for key, where, entry in _entries(values, label):
        begins = _month(entry.get(_MONTH_KEYS[key]))
        if last is not None and begins is not None and begins > last:
            found, allowed = f"{begins} is after the edition's month", f"a month up to {last}"
            faults.append(Fault(f"{where}, {_MONTH_KEYS[key]}", found, allowed))
        measure = entry.get("measure")
        if catalogue is not None and isinstance(measure, str) and measure.strip():
            known = _own_measure_faults if _is_own(values) else _measure_faults
            faults += known(key, f"{where}, measure", measure.strip(), catalogue)
    return faults + _begun_twice(values, label)


def _entries(values: Mapping[Any, Any], label: str) -> Iterator[tuple[str, str, Mapping[Any, Any]]]:
    for key in _MONTH_KEYS:
        entries = values.get(key)
        for number, entry in enumerate(entries if isinstance(entries, list | tuple) else (), 1):
            if isinstance(entry, dict):
                yield key, f"{label}: {key}, entry {number}", entry


def _is_own(values: Mapping[Any, Any]) -> bool:
    """Whether the figures are the council's own (or the demonstration's), not official ones."""
    return bool(values.get("kind", "published") != "published")


def _own_measure_faults(key: str, where: str, measure: str, catalogue: Catalogue) -> list[Fault]:
    known = catalogue.extract_measures
    if measure not in known:
        found = f"no measure {measure!r} among extract_measures in params/measures.yml"
        return [Fault(where, found, ", ".join(known), nearest(measure, known))]
    if key == "phases" and known[measure].frequency == "year":
        charted = ", ".join(name for name, each in known.items() if each.frequency == "month")
        found = f"{measure!r} has yearly figures alone, so it has no control chart to begin anew"
        return [Fault(where, found, charted, "make it a note instead")]
    return []


def _measure_faults(key: str, where: str, measure: str, catalogue: Catalogue) -> list[Fault]:
    if measure not in catalogue.measures:
        found = f"no measure {measure!r} in params/measures.yml"
        known = ", ".join(catalogue.measures)
        return [Fault(where, found, known, nearest(measure, catalogue.measures))]
    monthly = [
        name
        for name, each in catalogue.measures.items()
        if each.kind == "count" and each.numerator in ITEMS
        if PeriodKind.MONTH in ITEMS[each.numerator].kinds
    ]
    if key == "phases" and measure not in monthly:
        found = f"{measure!r} has yearly figures alone, so it has no control chart to begin anew"
        return [Fault(where, found, ", ".join(monthly), "make it a note instead")]
    return []


def _begun_twice(values: Mapping[Any, Any], label: str) -> list[Fault]:
    seen: dict[tuple[str, str], str] = {}
    faults = []
    for key, where, entry in _entries(values, label):
        if key != "phases":
            continue
        name = (str(entry.get("measure")), str(entry.get("begins")))
        before = seen.setdefault(name, where)
        if before != where:
            found = f"a second phase of {name[0]} that begins in {name[1]}"
            faults.append(Fault(where, found, "one phase from one month", "keep one of the two"))
    return faults


def _month(value: Any) -> Month | None:
    try:
        return Month.parse(str(value))
    except ValueError:
        return None
