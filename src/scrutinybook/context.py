"""What a chapter works with: the edition, the catalogue, and gated series of official figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scrutinybook.catalogue import MONTHLY_MEASURE, Catalogue, read_catalogue
from scrutinybook.committee.files import Committee, read_committee
from scrutinybook.disclosure import Origin, PublishedSeries, gate
from scrutinybook.edition import Edition
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.kept_findings import KeptFindings, files_behind
from scrutinybook.measures.official import official_series, yearly_kind
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.figures import FiguresTable, read_figures
from scrutinybook.sources.official import Kind
from scrutinybook.sources.releases import OutDate, Release, Releases
from scrutinybook.workspace import Workspace


@dataclass(frozen=True)
class SourceRelease:
    """A release that figures come from, and when the latest of them first came out."""

    release: Release
    latest_first_out: OutDate | None
    """None where the release of that year is not on record."""


@dataclass(frozen=True, eq=False)
class Context:
    """One edition with its figures. Every series it gives ends by the edition's month."""

    edition: Edition
    catalogue: Catalogue
    figures: FiguresTable
    releases: Releases
    earlier: Edition | None = None
    """The edition before, for what became clear since."""
    committee: Committee = field(default_factory=Committee)
    """What the authority's committee was told, was promised and follows."""
    kept: KeptFindings = field(default_factory=KeptFindings)
    """Where findings are kept that take long to work out."""
    behind: Mapping[str, str] = field(default_factory=dict)
    """The files that its findings hang on, with the state in which they were read."""
    _read: dict[tuple[str, str, PeriodKind], PublishedSeries] = field(
        default_factory=dict, init=False, repr=False
    )
    """Series read so far: pages ask for the same ones again, of all authorities for a funnel."""

    @property
    def authority(self) -> str:
        """Name of the authority."""
        return self.edition.authority

    def monthly(self, measure_id: str, area_code: str | None = None) -> PublishedSeries:
        """A measure by month, of the authority or of another area."""
        return self._series(measure_id, area_code, PeriodKind.MONTH)

    def yearly(self, measure_id: str, area_code: str | None = None) -> PublishedSeries:
        """A measure by year, or on its day in each year."""
        measure = self.catalogue.measure(measure_id)
        return self._series(measure_id, area_code, yearly_kind(measure))

    def neighbours(self, measure_id: str) -> tuple[PublishedSeries, ...]:
        """A measure by year of each statistical neighbour, the closest first."""
        return tuple(self.yearly(measure_id, code) for code in self.figures.codes(Kind.NEIGHBOUR))

    def everyone(self, measure_id: str) -> tuple[PublishedSeries, ...]:
        """A measure by year of every authority of England, the edition's own first.

        Joint returns of two authorities are left out: their members are counted by themselves.
        """
        codes = self.figures.single_codes(Kind.AUTHORITY, Kind.NEIGHBOUR, Kind.OTHER)
        own = self.figures.authority
        ordered = [own, *(code for code in codes if code != own)]
        return tuple(self.yearly(measure_id, code) for code in ordered)

    def region(self, measure_id: str) -> PublishedSeries:
        """A measure by year of the authority's region."""
        return self.yearly(measure_id, self.figures.codes(Kind.REGION)[0])

    def england(self, measure_id: str) -> PublishedSeries:
        """A measure by year of England."""
        return self.yearly(measure_id, self.figures.codes(Kind.COUNTRY)[0])

    def as_earlier(self) -> Context | None:
        """The same figures as the edition before could use them: nothing after its month."""
        return None if self.earlier is None else replace(self, edition=self.earlier, earlier=None)

    def sources(self, series: PublishedSeries) -> tuple[SourceRelease, ...]:
        """The releases that a series' figures come from, the newest last."""
        period = series.latest.period
        used = {self.releases.by_id[o.release] for o in series if o.release}
        return tuple(
            SourceRelease(each, self.releases.first_published(each.publication, period))
            for each in sorted(used, key=lambda release: release.order)
        )

    def _series(self, measure_id: str, area_code: str | None, kind: PeriodKind) -> PublishedSeries:
        measure = self.catalogue.measure(measure_id)
        code = area_code or self.figures.authority
        key = (measure_id, code, kind)
        if key not in self._read:
            until = self.edition.month
            series = official_series(self.figures, measure_id, measure, code, kind, until)
            self._read[key] = gate(series, Origin.OFFICIAL)
        return self._read[key]


def open_context(
    workspace: Workspace, parameters: Mapping[str, Any], previous: Mapping[str, Any] | None = None
) -> Context:
    """Open an edition, and the one before it, from what papermill passed. Raises `FaultsFound`.

    The parameters are the whole edition as it was checked, so that a file changed while a run is
    under way cannot make two chapters speak of different editions.
    """
    edition = Edition.from_parameters(parameters)
    folder = workspace.official / edition.slug
    behind = files_behind(workspace, edition, folder)
    catalogue = read_catalogue(workspace)
    context = Context(
        edition=edition,
        catalogue=catalogue,
        figures=read_figures(folder),
        releases=Releases.load(workspace.official / "releases.yml"),
        earlier=None if previous is None else Edition.from_parameters(previous),
        committee=read_committee(workspace, edition, catalogue),
        kept=KeptFindings.of_project(workspace),
        behind=behind,
    )
    _check_reach(context)
    return context


def _check_reach(context: Context) -> None:
    """Refuse figures of another authority, and a month that they do not reach."""
    own, asked = context.figures.name(context.figures.authority), context.edition
    faults = []
    if own != asked.authority:
        faults.append(
            Fault(
                where=f"data/official/{asked.slug}/areas.csv",
                found=f"the figures are those of {own}",
                allowed=asked.authority,
                mend=f"scrutiny official FOLDER --authority {asked.authority!r}",
            )
        )
    ends = sorted(
        context.figures.lookup(
            context.figures.authority,
            context.catalogue.measure(MONTHLY_MEASURE).numerator,
            PeriodKind.MONTH,
        )["end"]
    )
    if not ends or not ends[0] <= asked.month.last_day <= ends[-1]:
        months = [Month(end.year, end.month) for end in ends]
        on_file = f"from {months[0]} to {months[-1]}" if months else "none"
        faults.append(
            Fault(
                where=f"edition {asked.id}: month",
                found=f"the figures on file do not reach {asked.month}",
                allowed=f"a month of official referrals on file: {on_file}",
                mend="choose one of these months, or read a newer release with `scrutiny official`",
            )
        )
    if faults:
        raise FaultsFound(faults)
