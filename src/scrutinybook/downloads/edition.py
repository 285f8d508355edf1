"""The downloads of one edition: which tables there are, and what stands on the workbook's cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.commentary import words
from scrutinybook.commentary.sources import LICENCE, out
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext
from scrutinybook.downloads.csv_file import write_about, write_csv
from scrutinybook.downloads.tables import DownloadTable, Stretch, download_table
from scrutinybook.downloads.workbook import write_workbook
from scrutinybook.edition import Edition
from scrutinybook.page_names import ABOUT_MEASURES, csv_name, workbook_name
from scrutinybook.sources.extracts.extract import Format


def write_downloads(context: Context | CouncilContext, folder: Path) -> None:
    """Write a file for each measure with figures and one workbook into a new `folder`,
    with a list of what each measure counts.

    The same figures give the same bytes.
    """
    if isinstance(context, CouncilContext):
        tables = tuple(_own_tables(context))
    else:
        tables = tuple(_official_tables(context))
    folder.mkdir(parents=True)
    title = context.edition.title
    for table in tables:
        write_csv(table, title, folder / csv_name(table.measure_id))
    write_about(tables, title, folder / ABOUT_MEASURES)
    path = folder / workbook_name(context.edition.id)
    write_workbook(tables, title, cover(context.edition), path)


def cover(edition: Edition) -> tuple[str, ...]:
    """What a reader of the workbook needs to know first."""
    small = words.small(edition.small_counts)
    lines = [
        f"Figures as at {edition.month.words}: none is for a later time.",
        "Tables for each measure of the book; the sheet Contents lists them.",
        "Where a cell holds no number it holds a mark; the sheet Marks says what each means.",
    ]
    if edition.kind == "published":
        return (*lines, "Source: official statistics; each row names its release.", LICENCE)
    lines.append(
        f"Counts of one to {small} are withheld, and what would give them away. They are marked"
        " [c], which is neither zero nor missing."
    )
    lines.append("Figures for the newest months are provisional: records arrive late.")
    if edition.kind == "demonstration":
        lines.append("Demonstration: everything here is invented, every number in it too.")
    return tuple(lines)


def _own_tables(context: CouncilContext) -> Iterator[DownloadTable]:
    whose = (
        "invented records of a demonstration"
        if context.edition.kind == "demonstration"
        else "the council’s own records"
    )
    sources = {each.value: f"{whose} ({each.value})" for each in Format}
    for measure_id, measure in context.catalogue.extract_measures.items():
        held = context.of(measure_id)
        if held is None:
            continue
        stretches = [Stretch(held.whole)]
        if held.to_date is not None:
            stretches.append(Stretch(held.to_date, to_date=True))
        stretches += [Stretch(series, part) for part, series in held.parts.items()]
        notes = _notes(context.edition, measure_id)
        yield download_table(measure_id, measure, stretches, sources=sources, notes=notes)


def _official_tables(context: Context) -> Iterator[DownloadTable]:
    sources = {
        release.id: f"{release.publisher}, ‘{release.title}’, {out(release.published)}"
        for release in context.releases.by_id.values()
    }
    for measure_id, measure in context.catalogue.measures.items():
        series = [] if measure_id == MONTHLY_MEASURE else [context.yearly(measure_id)]
        if measure_id == MONTHLY_MEASURE:
            series = [context.monthly(measure_id)]
        elif measure.kind in ("proportion", "value"):
            series += [context.region(measure_id), context.england(measure_id)]
        if not len(series[0]):
            continue
        stretches = [Stretch(each) for each in series]
        notes = _notes(context.edition, measure_id)
        yield download_table(measure_id, measure, stretches, sources=sources, notes=notes)


def _notes(edition: Edition, measure_id: str) -> Mapping[str, str]:
    """What happened in a month, by the month: context, never a cause."""
    return _joined((str(each.month), each.text) for each in edition.notes_on(measure_id))


def _joined(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for month, text in pairs:
        found[month] = f"{found[month]} {text}" if month in found else text
    return found
