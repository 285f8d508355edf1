"""What the extracts do not say of an authority: services and localities of teams, children living
there. It stands in params/<authority>/council.yml; without the file nothing is divided by them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scrutinybook.catalogue_types import Text
from scrutinybook.edition import Edition
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model


class Team(Strict):
    """Where a team belongs, by its name in the extracts."""

    service: Text
    locality: Text | None = None


class Teams(Strict):
    """Teams and population of one authority."""

    teams: dict[str, Team] = Field(default_factory=dict)
    children: dict[int, Annotated[int, Field(gt=0)]] = Field(default_factory=dict)
    """Children aged 0 to 17 by the year of the estimate."""

    @property
    def services(self) -> dict[str, str]:
        """Service of each team."""
        return {name: team.service for name, team in self.teams.items()}

    @property
    def localities(self) -> dict[str, str]:
        """Locality of each team that has one."""
        return {name: team.locality for name, team in self.teams.items() if team.locality}


def read_teams(workspace: Workspace, edition: Edition) -> Teams:
    """Read an authority's file; nothing is known without one. Raises `FaultsFound`."""
    label = f"params/{edition.slug}/council.yml"
    path = workspace.root / label
    return read_model(path, label, Teams) if path.is_file() else Teams()
