"""Write the parameter file of a new edition, from nothing or from an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from scrutinybook.at_hand import authorities, authority_faults, months_of
from scrutinybook.catalogue import MONTHLY_MEASURE, read_catalogue
from scrutinybook.council_edition import is_own, own_authority_faults
from scrutinybook.edition import DEMONSTRATION, Edition, edition_file, parse_edition, read_edition
from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.naming import matching
from scrutinybook.periods import Month
from scrutinybook.sources.figure_files import missing_files
from scrutinybook.workspace import Workspace

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
    next_steps: tuple[str, ...]
    """What to do to have its book, a line each."""


def new_edition(
    workspace: Workspace,
    *,
    month: str,
    authority: str | None,
    copied: str | None,
    kind: str | None = None,
) -> NewEdition:
    """Write params/<authority>/<month>.yml.

    `kind` says where the figures come from (`edition.Kind`); None for official statistics, or for
    the copied edition's own. A demonstration needs no authority.

    `authority` may be a name in any spelling or a code, and is written as the Department spells
    it. `copied` is the id of an earlier edition whose phases and notes are carried over; the new
    edition names it as the one before. Raises `FaultsFound`, every fault at once, where neither or
    both of authority and edition are given, either is not known, the month is no month or is not
    after the copied one, or the file is there already.
    """
    if kind == "demonstration" and authority is None and copied is None:
        authority = DEMONSTRATION
    if kind is not None and copied is not None:
        found = "--kind beside --from, which copies the kind of its edition"
        raise FaultsFound([Fault("scrutiny new", found, "one of the two", "leave --kind out")])
    if (authority is None) == (copied is None):
        found = "both --authority and --from" if authority else "neither --authority nor --from"
        mend = "--from copies an earlier edition of the same authority with its notes"
        raise FaultsFound([Fault("scrutiny new", found, "one of the two", mend)])
    faults = Faults()
    values: dict[str, Any] | None = None
    if authority is not None:
        name = authority
        if kind != "demonstration":
            name = faults.gather(_known_name, workspace, authority) or authority
        values = {"authority": name, "month": month, **({"kind": kind} if kind else {})}
    elif copied is not None:
        values = faults.gather(_carried_over, workspace, copied, month)
    # Where the rest cannot be told yet, the month is looked at by itself.
    checked = values or {"authority": "any", "month": month}
    edition = faults.gather(parse_edition, checked, "scrutiny new")
    if edition is not None and is_own(edition):
        faults.add(own_authority_faults(workspace, edition))
    if faults.found or edition is None or values is None:
        raise FaultsFound(dict.fromkeys(faults.found))
    label = edition_file(edition.id)
    body = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=88)
    _write_new(workspace, label, _HEAD.format(title=edition.title, id=edition.id) + body)
    return NewEdition(edition, label, _next_steps(workspace, edition))


def _known_name(workspace: Workspace, asked: str) -> str:
    """The name as the Department spells it. Raises `FaultsFound` for no authority, or several."""
    known = authorities(workspace)
    meant = matching(asked, known)
    if len(meant) == 1:
        return meant[0].name
    if faults := authority_faults(asked, known, "scrutiny new: --authority"):
        raise FaultsFound(faults)
    return asked.strip()


def _carried_over(workspace: Workspace, copied: str, month: str) -> dict[str, Any]:
    """The values of the edition after `copied`. Raises `FaultsFound`."""
    earlier = read_edition(workspace, copied)
    try:
        is_later = Month.parse(month) > earlier.month
    except ValueError:
        is_later = True  # no month at all, which is said once the values are read
    if not is_later:
        allowed = f"a month after {earlier.month}, the month of {copied}"
        raise FaultsFound([Fault("scrutiny new: --month", f"{month} is not later", allowed)])
    values = earlier.model_dump(mode="json", exclude_defaults=True)
    carried: dict[str, Any] = {k: values.pop(k) for k in ("phases", "notes") if k in values}
    return {**values, "month": month, "previous": copied, **carried}


def _write_new(workspace: Workspace, label: str, text: str) -> None:
    path = workspace.root / label
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Refused by the system where the file exists, so that two runs cannot both write it.
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        mend = "edit that file, or delete it first"
        raise FaultsFound([Fault(label, "this edition is there already", mend=mend)]) from None


def _next_steps(workspace: Workspace, edition: Edition) -> tuple[str, ...]:
    book = f"Look at the file, then: scrutiny book {edition.id}"
    if edition.last_met is not None:
        met = f"If the committee has met since {edition.last_met}, name the edition under last_met."
        return (met, *_next_steps(workspace, edition.model_copy(update={"last_met": None})))
    if is_own(edition):
        return (*_extracts_to_read(edition), book)
    read = f"scrutiny official FOLDER --authority {_quoted(edition.authority)}"
    folder = workspace.official / edition.slug
    if missing_files(folder):
        return (
            f"There are no figures on {edition.authority} yet. Download the Department's files"
            " (data/README.md says which) into a folder, then:",
            f"  {read}",
            book,
        )
    on_file = months_of(folder, read_catalogue(workspace).measure(MONTHLY_MEASURE).numerator)
    if on_file is not None and not on_file[0] <= edition.month <= on_file[1]:
        return (
            f"The figures on file run from {on_file[0]} to {on_file[1]}. Download a release that"
            f" reaches {edition.month} (data/README.md says how), then:",
            f"  {read}",
            book,
        )
    return (book,)


def _extracts_to_read(edition: Edition) -> tuple[str, ...]:
    if edition.kind == "demonstration":
        return ()  # they are made with the book
    whose = f"--authority {_quoted(edition.authority)} --as-of {edition.month.last_day}"
    return (
        f"Read the extracts of {edition.month.words} into the history, if they are not there yet:",
        f"  scrutiny ingest FILES {whose}",
    )


def _quoted(name: str) -> str:
    # Double quotes are understood by every shell, that of Windows included.
    return f'"{name}"' if not name.replace("-", "").isalnum() else name
