"""Write the parameter file of a new edition, from nothing or from an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from scrutinybook.edition import Edition, edition_file, read_edition
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.sources.figure_files import missing_files
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import validate

_HEAD = """\
# {title}
# month: no figure later than this month is used. Check the file with: scrutiny check {id}
"""


@dataclass(frozen=True)
class NewEdition:
    """What was written."""

    edition: Edition
    file: str
    """Relative to the project."""
    advice: tuple[str, ...]
    """What to do before the book can be made."""


def new_edition(
    workspace: Workspace, *, month: str, authority: str | None, copied: str | None
) -> NewEdition:
    """Write params/<authority>/<month>.yml.

    `copied` is the id of an earlier edition whose phases and notes are carried over; the new
    edition names it as the one before. Raises `FaultsFound` where neither or both of authority and
    edition are given, the month is no month, or the file is there already.
    """
    if (authority is None) == (copied is None):
        found = "both --authority and --from" if authority else "neither --authority nor --from"
        fault = Fault(
            "scrutiny new", found, "one of the two", "an earlier edition brings its notes"
        )
        raise FaultsFound([fault])
    values: dict[str, Any] = {"authority": authority, "month": month}
    if copied is not None:
        earlier = read_edition(workspace, copied)
        values = {
            **earlier.model_dump(mode="json", exclude_defaults=True),
            "month": month,
            "previous": copied,
        }
    edition = validate(values, "scrutiny new", Edition)
    if copied is not None and edition.month <= earlier.month:
        where, found = "scrutiny new: --month", f"{month} is not after {earlier.month}"
        raise FaultsFound([Fault(where, found, f"a month after that of {copied}")])
    label = edition_file(edition.id)
    path = workspace.root / label
    if path.exists():
        mend = "edit that file, or delete it first"
        raise FaultsFound([Fault(label, "this edition is there already", mend=mend)])
    path.parent.mkdir(parents=True, exist_ok=True)
    body = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=88)
    head = _HEAD.format(title=edition.title, id=edition.id)
    path.write_text(head + body, encoding="utf-8", newline="\n")
    return NewEdition(edition, label, _advice(workspace, edition))


def _advice(workspace: Workspace, edition: Edition) -> tuple[str, ...]:
    if not missing_files(workspace.official / edition.slug):
        return ()
    return (
        f"There are no figures of {edition.authority} yet. Download the Department's files"
        f' (data/README.md says which), then: scrutiny official FOLDER --authority "'
        f'{edition.authority}"',
    )
