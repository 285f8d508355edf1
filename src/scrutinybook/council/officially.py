"""What the Department publishes of the same things: a reader has it, whatever an edition withholds.

Most yearly totals come out as official statistics in the autumn. So a month that is withheld must
not follow from the other months and that total, even where the edition itself withholds the total.
"""

from __future__ import annotations

from collections.abc import Mapping

from scrutinybook.catalogue import Catalogue
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.cells import BOTTOM, TOP, Cell
from scrutinybook.council.figures import TO_DATE, WHOLE
from scrutinybook.edition import LAST_MONTH, Edition
from scrutinybook.measures.events.asked import Measured
from scrutinybook.measures.official import official_series, yearly_kind
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.figures import read_figures
from scrutinybook.workspace import Workspace

COUNTERPARTS: Mapping[str, str] = {
    "referrals": "referrals",
    "no_further_action": "no_further_action",
    "re_referrals": "re_referrals",
    "assessments_in_time": "assessments_within_45_days",
    "conferences_in_time": "initial_conferences_within_15_days",
    "repeat_plans": "repeat_plans",
    "plans_reviewed_in_time": "plans_reviewed_on_time",
    "children_in_care": "looked_after",
    "care_starts": "started_being_looked_after",
    "three_placements": "three_or_more_placements",
    "care_leavers_17_to_18_active": "care_leavers_17_to_18_active",
    "care_leavers_19_to_21_active": "care_leavers_19_to_21_active",
    "care_leavers_19_to_21_not_known": "care_leavers_19_to_21_not_known",
}
"""The official measure of the same thing, by formula."""


def totals_to_come(
    computed: Mapping[str, Measured], measures: Mapping[str, ExtractMeasure]
) -> dict[Cell, float]:
    """Totals of whole years that are published officially, as the records have them.

    Never shown: the gate alone may know them, so that no month follows from them.
    """
    found: dict[Cell, float] = {}
    for name, each in computed.items():
        if measures[name].formula in COUNTERPARTS and each.whole.to_date is not None:
            for o in each.whole.to_date:
                if o.period.month.month == 3:
                    found |= _cells(name, TO_DATE, o)
    return found


def official_cells(
    workspace: Workspace,
    edition: Edition,
    catalogue: Catalogue,
) -> dict[Cell, float]:
    """What is published of the authority, in all releases on file; nothing for a demonstration."""
    folder = workspace.official / edition.slug
    if edition.kind != "council" or not folder.is_dir():
        return {}
    table = read_figures(folder)
    found: dict[Cell, float] = {}
    for name, measure in catalogue.extract_measures.items():
        counterpart = COUNTERPARTS.get(measure.formula)
        if counterpart is None:
            continue
        official = catalogue.measure(counterpart)
        kind = yearly_kind(official)
        for o in official_series(table, name, official, table.authority, kind, LAST_MONTH):
            by_month = measure.frequency == "month" and kind is PeriodKind.YEAR
            found |= _cells(name, TO_DATE if by_month else WHOLE, o, by_month=by_month)
    return found


def _cells(name: str, span: str, o: Observation, *, by_month: bool = True) -> dict[Cell, float]:
    period = str(o.period.month) if by_month else str(o.period)
    sides = ((TOP, o.numerator), (BOTTOM, o.denominator))
    return {Cell(name, "", span, period, side): n for side, n in sides if n is not None}
