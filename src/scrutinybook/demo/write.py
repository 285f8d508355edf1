"""Writing the demonstration's extracts, one folder a month, in the official formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scrutinybook.demo import faults
from scrutinybook.demo.extracts import formats_of
from scrutinybook.demo.faults import PutIn
from scrutinybook.demo.planted import as_json, planted
from scrutinybook.demo.sheets import MARK, csv_text, workbook
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.writers_annex_a import annex_a_sheets
from scrutinybook.demo.writers_census import cin_census_xml, workforce_census_xml
from scrutinybook.demo.writers_local import local_columns
from scrutinybook.demo.writers_ssda903 import ssda903_files
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.whole_file import write_whole

AUTHORITY = "Demo"
"""As an authority's name in parameters; on pages "Demonstration authority (fictional)"."""
_NAMES = {
    Format.ANNEX_A: "Annex A",
    Format.SSDA903: "SSDA903",
    Format.LOCAL_FIGURES: "local figures",
    Format.CIN_CENSUS: "children in need census",
    Format.WORKFORCE_CENSUS: "workforce census",
}
_SUFFIX = {
    Format.ANNEX_A: ".xlsx",
    Format.SSDA903: "",
    Format.LOCAL_FIGURES: ".csv",
    Format.CIN_CENSUS: ".xml",
    Format.WORKFORCE_CENSUS: ".xml",
}


@dataclass(frozen=True)
class MonthWritten:
    """One month's folder."""

    month: Month
    folder: Path
    paths: Mapping[Format, Path]
    """A file, or the folder of the children looked after return."""
    faults: tuple[PutIn, ...]


def write_all(
    truth: Truth,
    folder: Path,
    *,
    with_faults: bool = False,
    on_month: Callable[[MonthWritten], None] = lambda _: None,
) -> tuple[MonthWritten, ...]:
    """Write every month's extracts, what was planted and a README into a new or empty folder.

    `with_faults` spoils the newest month. The same truth gives the same bytes. Raises
    `FaultsFound` for a folder that holds something, `OSError` where the system refuses.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        mend = "name another folder, or empty it yourself"
        raise FaultsFound([Fault(str(folder), "it holds something", "a new or empty folder", mend)])
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for month in truth.months:
        spoiled = with_faults and month == truth.months[-1]
        made = write_month(truth, month, folder / f"{month} {MARK}", with_faults=spoiled)
        written.append(made)
        on_month(made)
    write_whole(folder / "planted.json", as_json(planted(truth.months)).encode())
    write_whole(folder / "README.txt", readme(truth, written).encode())
    return tuple(written)


def write_month(
    truth: Truth, month: Month, folder: Path, *, with_faults: bool = False
) -> MonthWritten:
    """Write one month's extracts into a folder of its own."""
    folder.mkdir()
    as_of = month.last_day
    paths = {
        fmt: folder / f"{MARK} {_NAMES[fmt]} {month}{_SUFFIX[fmt]}" for fmt in formats_of(month)
    }
    sheets, files = annex_a_sheets(truth, as_of), ssda903_files(truth, as_of)
    put_in: list[PutIn] = []
    if with_faults:
        put_in = [*faults.spoil_lists(sheets), *faults.spoil_return(files)]
    notes = (f"Annex A of a fictional authority as at {as_of:%d/%m/%Y}. Nobody in it exists.",)
    write_whole(paths[Format.ANNEX_A], workbook(sheets, notes))
    paths[Format.SSDA903].mkdir()
    for name, columns in files.items():
        text = csv_text(columns).encode()
        write_whole(paths[Format.SSDA903] / f"{MARK} {name} {month}.csv", text)
    local = csv_text(local_columns(truth, as_of)).encode()
    write_whole(paths[Format.LOCAL_FIGURES], local)
    if Format.CIN_CENSUS in paths:
        write_whole(paths[Format.CIN_CENSUS], cin_census_xml(truth, as_of).encode())
    if Format.WORKFORCE_CENSUS in paths:
        write_whole(paths[Format.WORKFORCE_CENSUS], workforce_census_xml(truth, as_of).encode())
    return MonthWritten(month, folder, paths, tuple(put_in))


def readme(truth: Truth, written: list[MonthWritten]) -> str:
    """What lies in the folder, for somebody who finds it."""
    first, last = truth.months[0], truth.months[-1]
    put_in = [each for month in written for each in month.faults]
    lines = [
        MARK,
        "",
        "Extracts of a demonstration authority that does not exist, in the formats that councils",
        "send and hold: no child, worker or event in them is real, and none was made from a real",
        "one. They were drawn by chance around the rates of published totals.",
        "",
        f"Months: {first.words} to {last.words}, one folder each. Seed: {truth.seed}.",
        f"Authority: {AUTHORITY}; on pages: Demonstration authority (fictional).",
        "",
        "Each month: an Annex A workbook of six months, a children looked after return (SSDA903)",
        "of the year to date, a table of local figures. In March a children in need census, in",
        "September a workforce census. Events are recorded late, corrected, taken out: a later",
        "month's files restate earlier months.",
        "",
        "planted.json says which changes were put in, from when and how large. Nothing else",
        "changes but by chance and season.",
    ]
    if put_in:
        lines += ["", f"Faults put into {last.words}:"]
        lines += [f"  {each.place}: {each.what}" for each in put_in]
    return "\n".join([*lines, "", MARK, ""])
