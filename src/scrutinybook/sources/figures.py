"""Read one authority's table of official figures, checked in full, for the chapters to use."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.sources.figure_files import (
    AREAS,
    FIGURES,
    HEADINGS,
    RELEASES,
    RESTATEMENTS,
    missing_files,
)
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.items import ITEMS
from scrutinybook.sources.official import Kind
from scrutinybook.sources.symbols import Symbol

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 20
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SYMBOLS = frozenset(symbol.value for symbol in Symbol)
_KINDS = frozenset(v for k, v in vars(Kind).items() if k.isupper())

Row = dict[str, str]


class Figure(NamedTuple):
    """One figure, or the symbol that stands in its place."""

    period: str
    end: date
    """The last day of the period."""
    value: float
    """NaN where a symbol stands."""
    symbol: str | None
    """A `Symbol` value."""
    release: str


@dataclass(frozen=True)
class FiguresTable:
    """One authority's official figures.

    `figures` has the columns area_code, item, period (text), kind, end (date), value (float, NaN
    where a symbol stands), symbol (a `Symbol` value or None) and release. `areas`, `releases` and
    `restatements` hold the files of those names, as text.
    """

    folder: Path
    figures: pd.DataFrame
    areas: pd.DataFrame
    releases: pd.DataFrame
    restatements: pd.DataFrame

    @cached_property
    def _parts(self) -> dict[tuple[str, str, str], list[Figure]]:
        """Figures by area, item and kind of period, oldest first. Of one pass: a page asks for
        thousands."""
        parts: dict[tuple[str, str, str], list[Figure]] = {}
        keys = zip(*(self.figures[name] for name in ("area_code", "item", "kind")), strict=True)
        rows = zip(*(self.figures[name] for name in Figure._fields), strict=True)
        for (area, item, kind), row in zip(keys, rows, strict=True):
            parts.setdefault((str(area), str(item), str(kind)), []).append(Figure(*row))
        for part in parts.values():
            part.sort(key=lambda figure: figure.end)
        return parts

    @cached_property
    def authority(self) -> str:
        """The code of the authority that the table is about."""
        return self.codes(Kind.AUTHORITY)[0]

    def codes(self, *kinds: str) -> list[str]:
        """Codes of the areas of some kinds (`Kind`), neighbours closest first."""
        chosen = self.areas[self.areas["kind"].isin(kinds)]
        rank = chosen["neighbour_rank"].map(lambda text: int(text) if text else 0)
        return [str(code) for code in chosen.assign(rank=rank).sort_values("rank")["area_code"]]

    def single_codes(self, *kinds: str) -> list[str]:
        """The same without joint returns, which stand beside their members."""
        members = dict(zip(self.areas["area_code"], self.areas["members"], strict=True))
        return [code for code in self.codes(*kinds) if not members[code]]

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(zip(self.areas["area_code"], map(str, self.areas["name"]), strict=True))

    def name(self, area_code: str) -> str:
        """The area's name. Raises `KeyError` for a code that the table does not have."""
        return self._names[area_code]

    def lookup(self, area_code: str, item: str, period_type: PeriodKind | str) -> pd.DataFrame:
        """One item of one area: columns period, end, value, symbol and release, oldest first.

        Empty where the table holds nothing for that area. Raises `KeyError` for an item or kind of
        period that does not exist, so that a misspelt name is never an empty chart.
        """
        import pandas as pd  # noqa: PLC0415 - loaded with the table

        rows = self.listed(area_code, item, period_type)
        return pd.DataFrame(rows, columns=list(Figure._fields)).astype({"symbol": object})

    def listed(
        self, area_code: str, item: str, period_type: PeriodKind | str
    ) -> tuple[Figure, ...]:
        """The same as `lookup`, one by one: a page asks for those of every authority."""
        kind = PeriodKind(period_type)
        if item not in ITEMS:
            raise KeyError(f"no item called {item!r}; {nearest(item, ITEMS)}")
        if kind not in ITEMS[item].kinds:
            raise KeyError(f"{item!r} has no figures for a {kind.value}")
        return tuple(self._parts.get((area_code, item, kind.value), ()))

    def joint_return_of(self, area_code: str) -> str | None:
        """The code of the joint return that an authority is part of, where the table has one."""
        for code, members in zip(self.areas["area_code"], self.areas["members"], strict=True):
            if area_code in str(members).split("; "):
                return str(code)
        return None


def read_figures(folder: Path) -> FiguresTable:
    """Read a table made by `figure_files.write`, checking every row.

    Raises `FaultsFound` with all faults at once: files or headings missing, unknown areas, items,
    periods, symbols or releases, a value that is no number, both or neither of value and symbol,
    and a figure that stands there twice.
    """
    import pandas as pd  # noqa: PLC0415 - looking for the files must not wait for it

    if faults := missing_files(folder):
        raise FaultsFound(faults)
    check = _Check(folder)
    tables = {name: check.rows(name) for name in HEADINGS}
    check.areas(tables[AREAS])
    check.figures(tables[FIGURES], tables[AREAS], tables[RELEASES])
    if check.faults:
        raise FaultsFound(check.faults)
    frames = {
        name: pd.DataFrame(rows, columns=list(HEADINGS[name]), dtype=object)
        for name, rows in tables.items()
    }
    figures = frames[FIGURES]
    periods = [check.periods[text] for text in figures["period"]]
    figures = pd.DataFrame(
        {
            "area_code": figures["area_code"],
            "item": figures["item"],
            "period": figures["period"],
            "kind": [period.kind.value for period in periods],
            "end": [period.end for period in periods],
            "value": [float(text) if text else float("nan") for text in figures["value"]],
            "symbol": pd.Series([text or None for text in figures["symbol"]], dtype=object),
            "release": figures["release"],
        }
    )
    return FiguresTable(folder, figures, frames[AREAS], frames[RELEASES], frames[RESTATEMENTS])


class _Check:
    """One pass over the files that gathers faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.periods: dict[str, FigurePeriod] = {}
        self.listed: dict[str, int] = {}

    def rows(self, name: str) -> list[Row]:
        path = self.folder / name
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.faults.append(Fault(str(path), "not UTF-8 text", mend="make the table again"))
            return []
        lines = list(csv.reader(io.StringIO(text, newline="")))
        headings = tuple(lines[0]) if lines else ()
        if headings != HEADINGS[name]:
            found, allowed = ", ".join(headings) or "nothing", ", ".join(HEADINGS[name])
            self.faults.append(Fault(f"{path}: headings", found, allowed, "make the table again"))
            return []
        kept = []
        for number, line in enumerate(lines[1:], start=2):
            if len(line) == len(headings):
                kept.append(dict(zip(headings, line, strict=True)))
            else:
                self.fault(name, number, "", f"{len(line)} cells", f"{len(headings)} cells")
        return kept

    def areas(self, rows: list[Row]) -> None:
        for number, row in enumerate(rows, start=2):
            if row["kind"] not in _KINDS:
                kinds = ", ".join(sorted(_KINDS))
                self.fault(AREAS, number, "kind", repr(row["kind"]), kinds)
        subjects = [row["name"] for row in rows if row["kind"] == Kind.AUTHORITY]
        if rows and len(subjects) != 1:
            found = f"{len(subjects)} areas of kind {Kind.AUTHORITY!r}"
            self.faults.append(Fault(str(self.folder / AREAS), found, "one"))

    def figures(self, rows: list[Row], areas: list[Row], releases: list[Row]) -> None:
        codes = {row["area_code"] for row in areas}
        known = {row["release"] for row in releases}
        seen: dict[tuple[str, str, str], int] = {}
        for number, row in enumerate(rows, start=2):
            key = (row["area_code"], row["item"], row["period"])
            before = seen.setdefault(key, number)
            if before != number:
                self.fault(FIGURES, number, "", f"the same figure as row {before}", "one of each")
            if key[0] not in codes:
                self.fault(FIGURES, number, "area_code", repr(key[0]), f"an area of {AREAS}")
            if row["release"] not in known:
                allowed = f"a release of {RELEASES}"
                self.fault(FIGURES, number, "release", repr(row["release"]), allowed)
            self.item(number, row)
            self.value(number, row)

    def item(self, number: int, row: Row) -> None:
        item, text = row["item"], row["period"]
        if text not in self.periods:
            try:
                self.periods[text] = FigurePeriod.parse(text)
            except ValueError as error:
                self.fault(FIGURES, number, "period", str(error), "")
        period = self.periods.get(text)
        if item not in ITEMS:
            self.fault(FIGURES, number, "item", repr(item), "a known item", nearest(item, ITEMS))
        elif period is not None and period.kind not in ITEMS[item].kinds:
            kinds = " or ".join(sorted(kind.value for kind in ITEMS[item].kinds))
            self.fault(FIGURES, number, "period", f"{text} for {item}", f"a {kinds}")

    def value(self, number: int, row: Row) -> None:
        value, symbol = row["value"], row["symbol"]
        if bool(value) == bool(symbol):
            found = "both a value and a symbol" if value else "neither a value nor a symbol"
            self.fault(FIGURES, number, "value", found, "one of the two")
        if value and not _NUMBER.fullmatch(value):
            self.fault(FIGURES, number, "value", repr(value), "a plain number")
        if symbol and symbol not in _SYMBOLS:
            allowed = ", ".join(sorted(_SYMBOLS))
            self.fault(FIGURES, number, "symbol", repr(symbol), allowed)

    def fault(
        self, name: str, number: int, column: str, found: str, allowed: str, mend: str = ""
    ) -> None:
        kind = f"{name} {column} {allowed}"
        self.listed[kind] = self.listed.get(kind, 0) + 1
        where = f"{self.folder / name}: row {number}" + (f", {column}" if column else "")
        if self.listed[kind] <= _SHOWN:
            self.faults.append(Fault(where, found, allowed, mend))
        elif self.listed[kind] == _SHOWN + 1:
            self.faults.append(Fault(where, f"{found}, and perhaps more of this kind", allowed))
