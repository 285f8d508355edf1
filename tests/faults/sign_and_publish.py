"""Signs, publishes, corrects and withdraws one edition, step by step.

A step that was done already, by a run that was killed before it could say so, is no fault.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from signed_project import DAY, REAL, clock, write_results

from scrutinybook.errors import FaultsFound
from scrutinybook.signoff.publishing import correct, publish, withdraw
from scrutinybook.signoff.sign_off import sign
from scrutinybook.workspace import Workspace

WHY = "Referrals of one team were counted twice"
DONE_ALREADY = ("nothing was corrected", "withdrawn already")


def steps(workspace: Workspace, to: Path) -> list[tuple[str, Callable[[], object]]]:
    """The steps by name."""

    def signed() -> object:
        return sign(workspace, REAL, "head of performance", DAY.date())

    return [
        ("figures 255", lambda: write_results(workspace, REAL, 255)),
        ("sign", signed),
        ("publish", lambda: publish(workspace, REAL, to, clock)),
        ("figures 254", lambda: write_results(workspace, REAL, 254)),
        ("sign again", signed),
        ("correct", lambda: correct(workspace, REAL, to, WHY, clock)),
        ("withdraw", lambda: withdraw(workspace, REAL, to, f"{WHY} still", clock)),
        ("figures 253", lambda: write_results(workspace, REAL, 253)),
        ("sign for good", signed),
        ("correct for good", lambda: correct(workspace, REAL, to, f"{WHY} before", clock)),
    ]


def do(step: Callable[[], object]) -> None:
    """Do a step, or find it done."""
    try:
        step()
    except FaultsFound as error:
        if not all(fault.found.endswith(DONE_ALREADY) for fault in error.faults):
            raise


def go_on(
    workspace: Workspace, to: Path, first: int, tell: Callable[[str], None] = lambda name: None
) -> None:
    """Do the sequence from a step to its end, and tell each that is done."""
    for name, step in steps(workspace, to)[first:]:
        do(step)
        tell(name)
