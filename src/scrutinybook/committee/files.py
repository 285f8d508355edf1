"""Reads what an authority wrote down: claims, actions, plan and more. Any file may be absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scrutinybook.catalogue import Catalogue
from scrutinybook.committee.actions import Actions, action_faults
from scrutinybook.committee.claims import Claims, claim_faults
from scrutinybook.committee.decided import Decided, decided_faults
from scrutinybook.committee.plan import Plan, plan_faults
from scrutinybook.committee.quality import Quality, quality_faults
from scrutinybook.edition import Edition
from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model

FILES = ("claims.yml", "actions.yml", "plan.yml", "quality.yml", "disclosure.yml")

_File = TypeVar("_File", bound=Strict)


@dataclass(frozen=True)
class Committee:
    """The files of one authority; None for one that it does not have."""

    claims: Claims | None = None
    actions: Actions | None = None
    plan: Plan | None = None
    quality: Quality | None = None
    decided: Decided | None = None

    def has(self, name: str, month: Month) -> bool:
        """Whether a file (``claims``, say) is there and holds something for an edition's month."""
        if name == "claims":
            claims = () if self.claims is None else self.claims.claims
            return any(c.is_about(month) and c.was_said(month) for c in claims)
        if name == "actions":
            return self.actions is not None and bool(self.actions.as_at(month))
        if name == "quality":
            return self.quality is not None
        return self.plan is not None


def committee_files(workspace: Workspace, edition: Edition) -> list[Path]:
    """The files that there are."""
    folder = workspace.params / edition.slug
    return [folder / name for name in FILES if (folder / name).is_file()]


def read_committee(workspace: Workspace, edition: Edition, catalogue: Catalogue) -> Committee:
    """Read all files of the edition's authority. Raises `FaultsFound` with every fault at once."""
    faults = Faults()
    own = edition.kind != "published"

    def read(
        name: str, model: type[_File], check: Callable[[_File, str], list[Fault]]
    ) -> _File | None:
        label = f"params/{edition.slug}/{name}"
        path = workspace.root / label
        if not path.is_file():
            return None
        found = faults.gather(read_model, path, label, model)
        faults.add([] if found is None else check(found, label))
        return found

    claims, actions, plan, quality, decided = FILES
    found = Committee(
        claims=read(claims, Claims, lambda m, at: claim_faults(m, at, catalogue, own=own)),
        actions=read(actions, Actions, lambda m, at: action_faults(m, at, catalogue, own=own)),
        plan=read(plan, Plan, lambda m, at: plan_faults(m, at, catalogue, own=own)),
        quality=read(quality, Quality, lambda m, at: quality_faults(m, at, catalogue, own=own)),
        decided=read(decided, Decided, lambda m, at: [*decided_faults(m, at, catalogue)]),
    )
    if faults.found:
        raise FaultsFound(faults.found)
    return found
