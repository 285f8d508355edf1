"""The command that writes the demonstration authority's extracts. It prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.periods import Month

if TYPE_CHECKING:
    from scrutinybook.demo.write import MonthWritten

SEED = 45
MONTHS = 36
UNTIL = "2023-03"
_EARLIEST = 1996
"""Years before are not known to the calendar with room for those who were in care then."""


def add_commands(app: typer.Typer, is_quiet: Callable[[], bool]) -> None:
    """Add the command to the app; `is_quiet` says whether progress is wanted."""

    @app.command(rich_help_panel="A council's own extracts")
    def demo(
        folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
        seed: Annotated[int, typer.Option(help="Another seed gives other chance.", min=0)] = SEED,
        months: Annotated[int, typer.Option(help="Months of extracts.", min=1, max=120)] = MONTHS,
        until: Annotated[str, typer.Option(help="The last month.", metavar="MONTH")] = UNTIL,
        with_faults: Annotated[
            bool, typer.Option("--with-faults", help="Put a few faults into the last month.")
        ] = False,
    ) -> None:
        """Write extracts of a fictional authority in the official formats, to try things on.

        SYNTHETIC DEMONSTRATION DATA: no child, worker or event in them is real.
        """
        from scrutinybook.demo.truth import simulate  # noqa: PLC0415
        from scrutinybook.demo.write import write_all  # noqa: PLC0415
        from scrutinybook.sources.extracts.extract import Format  # noqa: PLC0415

        last = _month(until)
        _check_years(last, months)

        def say(written: MonthWritten) -> None:
            if not is_quiet():
                held = ", ".join(each.value for each in written.paths)
                print(f"{written.month}: {held}", flush=True)

        truth = simulate(seed, months, last)
        made = write_all(truth, folder, with_faults=with_faults, on_month=say)
        spoiled = sum(len(each.faults) for each in made)
        print(f"Wrote {_months(len(made))} of SYNTHETIC DEMONSTRATION DATA to {folder}")
        print(f"What was put in for an analysis to find: {folder / 'planted.json'}")
        if spoiled:
            print(f"Faults put into {made[-1].month}: {spoiled}, listed in README.txt")
        newest = made[-1]
        lists = newest.paths[Format.ANNEX_A]
        as_of = newest.month.last_day
        print(f'Next: scrutiny ingest "{lists}" --authority Demo --as-of {as_of}')


def _months(many: int) -> str:
    return "1 month" if many == 1 else f"{many} months"


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise FaultsFound([Fault("--until", str(error), "a month such as 2023-03")]) from error


def _check_years(last: Month, months: int) -> None:
    first = last - (months - 1)
    if first.year < _EARLIEST or last.year > 2100:
        allowed = f"months from {_EARLIEST} to 2100"
        raise FaultsFound([Fault("--until", f"extracts from {first} to {last}", allowed)])
