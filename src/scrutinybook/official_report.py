"""Make an authority's figures table from downloaded files, and tell what was made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.naming import slug
from scrutinybook.sources.figure_files import write
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.official import BuildReport, Figure, OfficialFigures, build_figures
from scrutinybook.sources.releases import Releases
from scrutinybook.workspace import Workspace


def read_official(workspace: Workspace, folder: Path, authority: str) -> Iterator[str]:
    """Write the table and return, line by line, what a person should know of it.

    Raises `FaultsFound` with every fault of every file.
    """
    if not folder.is_dir():
        found = "a file, not a folder" if folder.exists() else "there is no such folder"
        fault = Fault(str(folder), found, "a folder of downloaded files")
        raise FaultsFound([fault])
    releases = Releases.load(workspace.official / "releases.yml")
    made = build_figures(folder, authority, releases)
    paths = write(made, workspace.official)
    yield from _lines(made.report)
    yield f"Wrote {paths[0].parent.relative_to(workspace.root)}/: " + ", ".join(
        path.name for path in paths
    )
    months = [f.period.month for f in made.figures if _is_own_month(made, f)]
    if months:
        yield (
            f'Next: scrutiny new --authority "{made.authority.name}" --month {max(months)} (or an'
            f" earlier month, from {min(months)}), then scrutiny book"
            f" {slug(made.authority.name)}-{max(months)}"
        )


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _is_own_month(made: OfficialFigures, figure: Figure) -> bool:
    own = figure.area_code == made.authority.code
    return own and figure.item == MONTHLY_MEASURE and figure.period.kind is PeriodKind.MONTH


def _lines(report: BuildReport) -> Iterator[str]:
    yield f"{report.authority}: {report.figures:,} figures from {_files(len(report.files))}."
    for source in report.files:
        yield f"  {source.file}: {source.table}, {source.release.title}"
    for name in report.not_recognised:
        yield f"Not recognised and not used: {name}"
    for missing in report.missing:
        chapters = ", ".join(missing.chapters)
        yield f"Missing: {missing.title} ({missing.table}); without it: {chapters}"
    if report.restatements_in_folder:
        yield (
            f"{report.restatements_in_folder:,} figures differ between releases in the folder; the"
            f" newest was taken. {report.restatements_shown:,} of them are in the table and are"
            " listed in restatements.csv."
        )
    for former in report.former:
        yield f"Left out, as it is no authority of today: {former.name}, up to {former.last_year}"
    yield from report.notes
