"""The commands for figures that a user brings: chart, icons and changes. They print."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from scrutinybook.outside.kinds import Direction, Kind, Measure

OWN_FIGURES = (
    "These are your own figures: they did not pass the book's disclosure gate, and small numbers"
    " are not suppressed. Look at them before you publish."
)

FileArgument = Annotated[Path, typer.Argument(help="A CSV file with a row of headings.")]
PhaseOption = Annotated[
    list[int] | None,
    typer.Option("--phase", help="Point N, from 1, ends a phase. Repeatable.", metavar="N"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


class Points(Enum):
    """Points that make a shift or a trend."""

    SIX = "6"
    SEVEN = "7"


def add_commands(app: typer.Typer, is_quiet: Callable[[], bool]) -> None:
    """Add the three commands to the app; `is_quiet` says whether notes are wanted."""

    def tell(notes: Iterable[str]) -> None:
        if not is_quiet():
            for line in (OWN_FIGURES, *notes):
                print(line, file=sys.stderr)

    @app.command(rich_help_panel="Your own figures")
    def chart(
        file: FileArgument,
        out: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
        kind: Annotated[
            Kind,
            typer.Option(
                help="auto chooses; run: median; i, mr: single values; p, pp, bb: y of n;"
                " c, u, up: counts; g, t: between events."
            ),
        ] = Kind.AUTO,
        measure: Annotated[
            Measure | None,
            typer.Option(help="What the figures are, for --kind auto.", show_default="guessed"),
        ] = None,
        freeze: Annotated[
            int | None,
            typer.Option("--freeze", help="Limits from points 1 to N.", metavar="N"),
        ] = None,
        phase: PhaseOption = None,
        exclude: Annotated[
            list[int] | None,
            typer.Option("--exclude", help="Point N makes no limits. Repeatable.", metavar="N"),
        ] = None,
        floor: Annotated[
            bool, typer.Option(help="Keep Laney's sigma-z (pp, up) from falling below 1.")
        ] = True,
        svg: Annotated[
            Path | None, typer.Option("--svg", help="Also draw the chart into this file.")
        ] = None,
    ) -> None:
        """Chart your own figures: limits and signals for each point, as CSV.

        Columns x, y and, where the chart needs it, n: y is the numerator, count or value, n the
        denominator or exposure. A blank y is a gap. Points are counted from 1. Your figures do not
        pass the book's disclosure gate.
        """
        from scrutinybook.outside.chart import ChartOptions, outside_chart  # noqa: PLC0415
        from scrutinybook.whole_file import write_whole  # noqa: PLC0415

        outputs = [("--out", out)] + ([] if svg is None else [("--svg", svg)])
        options = ChartOptions(
            kind, measure, freeze, tuple(phase or ()), tuple(exclude or ()), floor
        )
        made = outside_chart(file, options, outputs)
        write_whole(out, made.as_csv().encode())
        if svg is not None:
            from scrutinybook.outside.chart_svg import as_svg  # noqa: PLC0415

            write_whole(svg, as_svg(made).encode())
        tell(made.notes)

    @app.command(rich_help_panel="Your own figures")
    def icons(
        file: FileArgument,
        direction: Annotated[Direction, typer.Option(help="Which way is better.")],
        target: Annotated[
            float | None, typer.Option(help="The target, in the unit of y.", show_default="none")
        ] = None,
        phase: PhaseOption = None,
        points: Annotated[
            Points, typer.Option(help="Points that make a shift or a trend.")
        ] = Points.SEVEN,
        as_json: JsonOption = False,
    ) -> None:
        """Variation and assurance icons of your own figures, and the rule behind each.

        Columns x and y, single values; limits by the NHS guidance "Making data count". Says too
        whether the book would show each icon. Your figures do not pass the book's disclosure gate.
        """
        from scrutinybook.outside.icons import IconOptions, outside_icons  # noqa: PLC0415

        options = IconOptions(direction, target, tuple(phase or ()), int(points.value))
        found = outside_icons(file, options)
        _print(found.answer, found.lines(), as_json)
        tell(found.notes)

    @app.command(rich_help_panel="Your own figures")
    def changes(
        file: FileArgument,
        season: Annotated[
            int, typer.Option(help="12 for months of the year, 1 for no season.")
        ] = 12,
        seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 1,
        level: Annotated[float, typer.Option(help="Accept a p-value up to this.")] = 0.05,
        as_json: JsonOption = False,
    ) -> None:
        """Lasting changes of level in your own counts: when, and by how much.

        Columns x, y (counts; blank for a missing month) and, if wanted, n (an exposure, such as
        working days). x as months (2023-04) gives the calendar; any other x is taken as consecutive
        points from period 1. Your figures do not pass the book's disclosure gate.
        """
        from scrutinybook.outside.changes import ChangeOptions, outside_changes  # noqa: PLC0415

        found = outside_changes(file, ChangeOptions(season, seed, level))
        _print(found.answer, found.lines(), as_json)
        tell(found.notes)


def _print(answer: dict[str, Any], lines: Iterable[str], as_json: bool) -> None:
    if as_json:
        print(json.dumps(_for_json(answer), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print("\n".join(lines))


def _for_json(data: Any) -> Any:
    """Put null where a number is none, or endless: JSON has neither."""
    if isinstance(data, dict):
        return {key: _for_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_for_json(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data
