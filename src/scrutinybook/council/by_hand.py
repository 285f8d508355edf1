"""What a person withholds by hand, for the gate: as if an earlier edition had withheld it."""

from __future__ import annotations

from collections.abc import Mapping

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.committee.decided import Decided, decided_file, period_meant
from scrutinybook.council.figures import WHOLE, CouncilFigures, Place
from scrutinybook.council.published import Published
from scrutinybook.edition import Edition
from scrutinybook.errors import Fault, nearest
from scrutinybook.sources.figure_periods import FigurePeriod


def as_withheld(
    decided: Decided, edition: Edition, measures: Mapping[str, ExtractMeasure]
) -> tuple[Published, ...]:
    """What is withheld by hand as if an earlier edition had: it is withheld and stays so."""
    return tuple(
        Published(
            edition="",
            measure=each.measure,
            part=each.part or "",
            span=WHOLE,
            period=period_meant(each.period, measures[each.measure]).words,
            number=None,
            out_of=None,
            is_withheld=True,
        )
        for each in decided.by_hand(edition)
    )


def places_by_hand(
    decided: Decided, edition: Edition, measures: Mapping[str, ExtractMeasure]
) -> frozenset[Place]:
    """The same as places in the figures."""
    return frozenset(
        (
            each.measure,
            each.part or "",
            WHOLE,
            str(period_meant(each.period, measures[each.measure])),
        )
        for each in decided.by_hand(edition)
    )


def not_there(
    decided: Decided,
    edition: Edition,
    figures: CouncilFigures,
    measures: Mapping[str, ExtractMeasure],
) -> list[Fault]:
    """Say so where what is to be withheld is no figure of the edition, as a part misspelt is.

    Measures without figures and periods before the edition's first are let be: an edition that
    has them, or had, withholds them.
    """
    faults = []
    for number, each in enumerate(decided.withhold, 1):
        held = figures.get(each.measure)
        if each.since > edition.month or held is None:
            continue
        where = f"{decided_file(edition)}: withhold, entry {number} ({each.measure})"
        if each.part is not None and each.part not in held.parts:
            allowed = ", ".join(held.parts) or "no part: the measure has none"
            mend = nearest(each.part, held.parts)
            faults.append(Fault(f"{where}, part", f"no part {each.part!r}", allowed, mend))
            continue
        series = held.whole if each.part is None else held.parts[each.part]
        there = [str(o.period) for o in series]
        asked = period_meant(each.period, measures[each.measure])
        if there and str(asked) not in there and asked.end >= FigurePeriod.parse(there[0]).end:
            allowed = f"from {there[0]} to {there[-1]}"
            faults.append(Fault(f"{where}, period", f"no figure of {each.period}", allowed))
    return faults
