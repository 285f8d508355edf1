"""A fleet from files to pages: read, order, hand out, gather, and the page of all books."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.fleet.cluster import Make, cluster, work_off
from scrutinybook.fleet.kit import kit_of
from scrutinybook.fleet.maker import Outcome, Result, make, put_away
from scrutinybook.fleet.national import write_national
from scrutinybook.fleet.orders import (
    BookOrder,
    chosen_authorities,
    months_between,
    orders_for,
    program_key,
)
from scrutinybook.periods import Month
from scrutinybook.publish.destination import Destination
from scrutinybook.sources.authorities import authorities_in
from scrutinybook.sources.folder import OfficialFolder, read_folder
from scrutinybook.sources.releases import Releases
from scrutinybook.workspace import Workspace


@dataclass(frozen=True)
class Fleet:
    """What is to be made, of which files, and where it goes."""

    workspace: Workspace
    files: OfficialFolder
    authorities: tuple[str, ...]
    months: tuple[Month, ...]
    destination: Destination

    @property
    def size(self) -> int:
        """How many books."""
        return len(self.authorities) * len(self.months)

    def orders(self) -> Iterator[BookOrder]:
        """The orders, one by one."""
        kit, program = kit_of(self.workspace), program_key(self.workspace.lock)
        return orders_for(self.files, self.authorities, self.months, kit=kit, program=program)


def plan(workspace: Workspace, folder: Path, authorities: str, editions: str, to: str) -> Fleet:
    """Read the files and what was asked for. Raises `FaultsFound` with every fault at once."""
    faults = Faults()
    if not folder.is_dir():
        faults.add([Fault(str(folder), "no such folder", "a folder of downloaded files")])
        files = None
    else:
        releases = faults.gather(Releases.load, workspace.official / "releases.yml")
        files = None if releases is None else faults.gather(read_folder, folder, releases)
    months = faults.gather(months_between, editions)
    destination = faults.gather(Destination, to)
    named = None
    if files is not None:
        named = faults.gather(chosen_authorities, authorities, authorities_in(files))
    if faults.found or not (files and months and destination and named):
        raise FaultsFound(faults.found)
    return Fleet(workspace, files, named, months, destination)


def run(
    fleet: Fleet,
    *,
    scheduler: str | None,
    workers: int | None,
    on_start: Callable[[Any], None],
    on_outcome: Callable[[Outcome], None],
    making: Make = make,
) -> tuple[Outcome, ...]:
    """Make every book that is not there yet, and the page of all; return what became of each.

    `on_start` is told of the cluster's client, `on_outcome` of each book as it is done. Failures
    are outcomes: the rest is delivered. Call it again and it goes on where it was.
    """
    outcomes = []
    with cluster(scheduler, workers) as client:
        on_start(client)
        for outcome in work_off(client, fleet.orders(), fleet.destination.address, making):
            outcomes.append(outcome)
            on_outcome(outcome)
        client.run(put_away)
    write_national(fleet.workspace, fleet.files, fleet.destination)
    return tuple(sorted(outcomes, key=lambda outcome: outcome.id))


def told(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What a person should know at the end: counts, then each book that was not made, and why."""
    for result in Result:
        count = sum(outcome.result is result for outcome in outcomes)
        if count:
            yield f"{count:,} {'book' if count == 1 else 'books'} {result.value}"
    for result in (Result.LEFT_OUT, Result.FAILED):
        for outcome in outcomes:
            if outcome.result is result:
                yield f"{outcome.id}: {result.value}: {outcome.words}"
