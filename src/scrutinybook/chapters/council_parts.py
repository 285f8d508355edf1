"""The parts of a council's own measure: bars, against a target where it has one, and words."""

from __future__ import annotations

from scrutinybook.charts.bars_chart import Bar, Divide, bars_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.commentary.council_charts import axis_unit
from scrutinybook.commentary.council_figures import SHORTLY_WITHHELD, cell_text, symbol_text
from scrutinybook.commentary.council_parts import all_withheld, bars_description, by_part
from scrutinybook.commentary.words import upper_first
from scrutinybook.council.related import sides_of
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.council_parts import PartsFound
from scrutinybook.measures.events.asked import Asked
from scrutinybook.pages import fragments
from scrutinybook.pages.figures import small_figure

DRAWN = frozenset(
    {"service", "locality", "cases held", "stage of career", "years with the council"}
)
"""What parts must be of for bars; those of other measures stand in a table."""
FEWEST = 2
"""Fewest bars worth drawing."""


def parts_headline(parts: PartsFound | None) -> list[str]:
    """The parts as a section's message; nothing where they are not drawn."""
    if parts is None or not _is_drawn(parts):
        return []
    first, *rest = by_part(parts)
    return [fragments.headline(first), fragments.paragraph(rest)]


def parts_in_bars(
    context: CouncilContext, parts: PartsFound | None, *, spoken: bool = False
) -> str:
    """Chart and words; only that all parts are withheld, where they are. `spoken`: words stand."""
    if parts is None:
        return ""
    if not _is_drawn(parts):
        return fragments.paragraph(all_withheld(parts))
    said = "" if spoken else fragments.paragraph(by_part(parts))
    measure = parts.measure
    caption = f"{measure.title}, {context.authority}, {parts.whole.period.words}, in parts."
    if _target(parts) is not None:
        caption += f" The line across each bar: the target of {measure.target:g}."
    if measure.kind == "proportion":
        caption += f" Filled: {measure.predicate}; the rest of each bar: all others."
    return small_figure(_drawing(context, parts), caption) + said


def _is_drawn(parts: PartsFound) -> bool:
    values = [value for _, _, value in parts.shown]
    drawn = parts.measure.formula_facts.parts in DRAWN
    # Posts that are missing may be fewer than none, which no bar from zero shows.
    return drawn and len(values) >= FEWEST and min(values) >= 0


def _target(parts: PartsFound) -> float | None:
    return parts.measure.target if parts.measure.kind == "value" else None


def _drawing(context: CouncilContext, parts: PartsFound) -> Drawing:
    measure = parts.measure
    values = {name: value for name, _, value in parts.shown}
    bars = []
    for name, observation in parts.parts:
        text = cell_text(measure, observation)
        if name in parts.withheld:
            text = SHORTLY_WITHHELD
        elif name not in values:
            text = symbol_text(observation)
        elif measure.kind == "proportion" and observation.parts is not None:
            top, bottom = observation.parts
            text = f"{text}\n{top} of {bottom}"
        bars.append(Bar(upper_first(name), values.get(name), text))
    return bars_chart(
        f"{context.edition.id}-{parts.measure_id}-parts",
        f"{measure.title}, {context.authority}, in parts",
        bars_description(parts, context.authority),
        bars=bars,
        unit=axis_unit(measure),
        target=_target(parts),
        full=1.0 if measure.kind == "proportion" else None,
        divide=_divide(parts),
    )


def _divide(parts: PartsFound) -> Divide | None:
    """Where bands of caseloads pass the planned one."""
    sides = sides_of(parts.measure.formula, Asked.target_caseload)
    if sides is None:
        return None
    few = [name for name, _ in parts.parts if name in sides.side]
    return Divide(len(few), f"more than {Asked.target_caseload:g}")
