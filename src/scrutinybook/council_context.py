"""What a chapter works with in an edition made from a council's own records: gated figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scrutinybook.catalogue import Catalogue, read_catalogue
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.committee.files import Committee, read_committee
from scrutinybook.council.figures import CouncilFigures, MeasureFigures, read_figures
from scrutinybook.council.prepare import FIGURES, RECORDING, prepared_folder
from scrutinybook.council.recording import Recording, read_recording
from scrutinybook.disclosure import Origin, PublishedSeries
from scrutinybook.edition import Edition
from scrutinybook.kept_findings import KeptFindings, files_behind
from scrutinybook.workspace import Workspace

ORIGINS = {"council": Origin.COUNCIL, "demonstration": Origin.DEMONSTRATION}


@dataclass(frozen=True, eq=False)
class CouncilContext:
    """One edition with its gated figures. Every series ends by the edition's month."""

    edition: Edition
    catalogue: Catalogue
    figures: CouncilFigures
    recording: Recording
    earlier: Edition | None = None
    """The edition before."""
    earlier_figures: CouncilFigures | None = None
    """Its gated figures, from the records as they stood then; None where it has none."""
    committee: Committee = field(default_factory=Committee)
    """What the authority's committee was told, was promised and follows."""
    kept: KeptFindings = field(default_factory=KeptFindings)
    """Where findings are kept that take long to work out."""
    behind: Mapping[str, str] = field(default_factory=dict)
    """The files that its findings hang on, with the state in which they were read."""
    earlier_behind: Mapping[str, str] = field(default_factory=dict)
    """Those of the edition before."""

    @property
    def authority(self) -> str:
        """The authority as pages name it."""
        return self.edition.area

    def measure(self, measure_id: str) -> ExtractMeasure:
        """A measure of the catalogue. Raises `FaultsFound` for an unknown one."""
        return self.catalogue.extract_measure(measure_id)

    def of(self, measure_id: str) -> MeasureFigures | None:
        """A measure's figures; None where the records hold none."""
        return self.figures.get(measure_id)

    def of_chapter(self, chapter: str) -> Mapping[str, ExtractMeasure]:
        """The measures of a chapter that have figures, in catalogue order."""
        held = self.catalogue.extracts_of_chapter(chapter)
        return {name: measure for name, measure in held.items() if name in self.figures}

    def as_earlier(self) -> CouncilContext | None:
        """The edition before with its own figures, for what changed since; None without them."""
        if self.earlier is None or self.earlier_figures is None:
            return None
        return replace(
            self,
            edition=self.earlier,
            figures=self.earlier_figures,
            behind=self.earlier_behind,
            earlier=None,
            earlier_figures=None,
            earlier_behind={},
        )

    def until(self, series: PublishedSeries) -> PublishedSeries:
        """A series without what comes after the edition's month."""
        last = self.edition.month.last_day
        kept = tuple(o for o in series if o.period.end <= last)
        return replace(series, observations=kept)


def open_council_context(
    workspace: Workspace, parameters: Mapping[str, Any], previous: Mapping[str, Any] | None = None
) -> CouncilContext:
    """Open an edition with the figures that `prepare` made. Raises `FaultsFound`."""
    edition = Edition.from_parameters(parameters)
    folder = prepared_folder(workspace, edition)
    behind = files_behind(workspace, edition, folder)
    catalogue = read_catalogue(workspace)
    earlier = None if previous is None else Edition.from_parameters(previous)
    before, earlier_behind = None, {}
    if earlier is not None and earlier.kind == edition.kind:
        older = prepared_folder(workspace, earlier)
        earlier_behind = files_behind(workspace, earlier, older)
        before = read_figures(older / FIGURES, earlier.area, ORIGINS[earlier.kind])
    return CouncilContext(
        edition=edition,
        catalogue=catalogue,
        figures=read_figures(folder / FIGURES, edition.area, ORIGINS[edition.kind]),
        recording=read_recording(folder / RECORDING),
        earlier=earlier,
        earlier_figures=before,
        committee=read_committee(workspace, edition, catalogue),
        kept=KeptFindings.of_project(workspace),
        behind=behind,
        earlier_behind=earlier_behind,
    )
