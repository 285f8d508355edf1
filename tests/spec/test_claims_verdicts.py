"""What an edition says of a claim, drawn: the figures, the statement, the verdict.

contacts a month   400 in turn with 440, then 700        up in the last month: supported
                                                          down: not supported
the same           400 in turn with 440, then 450        up: too early to tell
a forecast         judged from a month after the edition  too early to tell
a withheld month   more than a third withheld             cannot be tested
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scrutinybook.analysis.claims import claims_all, claims_of, verdict_of, verdicts_then
from scrutinybook.catalogue import read_catalogue
from scrutinybook.committee.claims import Claim, Claims
from scrutinybook.committee.files import Committee
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.council.recording import Recording
from scrutinybook.council_context import CouncilContext
from scrutinybook.disclosure import Origin, PublishedSeries
from scrutinybook.edition import Edition
from scrutinybook.findings.claims import (
    ClaimFinding,
    ClaimsTogether,
    ClaimTested,
    ClaimUntested,
    Points,
    Verdict,
    WhyUntested,
)
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace.find(Path(__file__).resolve()))
LAST = Month(2023, 3)
WITHHELD = None
STEP = {"kind": "step", "periods": "2023-03", "against": "2022-03 to 2023-02", "direction": "up"}
IN_TURN = [400, 440] * 6

Figures = Sequence[float | tuple[int, int] | None]


def series(measure_id: str, figures: Figures, last: Month, day: bool) -> PublishedSeries:
    """A month an entry, the last of them `last`; None is withheld."""
    kind = PeriodKind.SNAPSHOT if day else PeriodKind.MONTH
    made = []
    for back, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        period = FigurePeriod(kind, (last - back).last_day)
        if figure is None:
            made.append(Observation(period, None, None, Symbol.SUPPRESSED, ""))
        else:
            top, bottom = figure if isinstance(figure, tuple) else (figure, None)
            made.append(Observation(period, top, bottom, None, ""))
    return PublishedSeries(measure_id, "here", tuple(made), Origin.DEMONSTRATION)


def found(
    claims: Sequence[dict[str, Any]],
    held: dict[str, Figures],
    parts: dict[str, dict[str, Figures]] | None = None,
    month: Month = LAST,
    last: Month = LAST,
) -> tuple[ClaimFinding, ...]:
    """Test claims in an edition of `month` whose figures reach `last`."""
    told = [{"id": f"c{n}", "by": "x", "said": "2023", "sentence": "y", **c} for n, c in
            enumerate(claims)]  # fmt: skip
    days = {name: CATALOGUE.extract_measure(name).formula_facts.timing != "flow" for name in held}
    context = CouncilContext(
        edition=Edition.from_parameters(
            {"authority": "Demo", "month": str(month), "kind": "demonstration"}
        ),
        catalogue=CATALOGUE,
        figures={
            name: MeasureFigures(
                series(name, figures, last, days[name]),
                None,
                {
                    part: series(name, each, last, days[name])
                    for part, each in (parts or {}).get(name, {}).items()
                },
            )
            for name, figures in held.items()
        },
        recording=Recording(tables=()),
        committee=Committee(claims=Claims(claims=tuple(map(Claim.model_validate, told)))),
    )
    return claims_of(context)


def verdict(claim: dict[str, Any], figures: Figures, **more: Any) -> Verdict:
    return found([claim], {claim["measure"]: figures}, **more)[0].verdict


@pytest.mark.parametrize(
    ("march", "direction", "wanted"),
    [
        (700, "up", Verdict.SUPPORTED),
        (700, "down", Verdict.NOT_SUPPORTED),
        (450, "up", Verdict.TOO_EARLY),
        (450, "down", Verdict.TOO_EARLY),
        (200, "down", Verdict.SUPPORTED),
    ],
)
def test_a_step(march: int, direction: str, wanted: Verdict) -> None:
    claim = {**STEP, "measure": "contacts", "direction": direction}
    assert verdict(claim, [*IN_TURN, march]) is wanted


@pytest.mark.parametrize(
    ("month", "wanted"), [((60, 100), Verdict.SUPPORTED), ((85, 100), Verdict.TOO_EARLY)]
)
def test_a_step_of_a_share(month: tuple[int, int], wanted: Verdict) -> None:
    claim = {**STEP, "measure": "supervision_on_time", "direction": "down"}
    assert verdict(claim, [(90, 100)] * 12 + [month]) is wanted


def test_more_than_a_third_of_the_months_withheld_is_no_sample_of_all() -> None:
    claim = {**STEP, "measure": "contacts"}
    few, many = [*IN_TURN[:8], *[WITHHELD] * 4, 700], [*IN_TURN[:7], *[WITHHELD] * 5, 700]
    assert verdict(claim, few) is Verdict.SUPPORTED
    assert verdict(claim, many) is Verdict.CANNOT


def test_a_forecast_is_judged_by_later_months_alone() -> None:
    claim = {
        "kind": "forecast", "measure": "contacts", "periods": "2022-03 to 2023-02",
        "judged_from": "2023-03", "direction": "up",
    }  # fmt: skip
    figures = [*IN_TURN, 700, 700, 700]
    end = Month(2023, 5)
    (early,) = found([claim], {"contacts": figures}, month=Month(2023, 4), last=end)
    assert isinstance(early, ClaimUntested)
    assert (early.verdict, early.why) == (Verdict.TOO_EARLY, WhyUntested.NOT_YET)
    (later,) = found([claim], {"contacts": figures}, month=end, last=end)
    assert isinstance(later, ClaimTested)
    assert later.verdict is Verdict.SUPPORTED
    assert later.periods.words == "March to May 2023"


@pytest.mark.parametrize(
    ("later", "wanted"),
    [
        ((790, 1000), Verdict.SUPPORTED),
        ((950, 1000), Verdict.NOT_SUPPORTED),
        ((830, 1000), Verdict.TOO_EARLY),
    ],
)
def test_a_share_that_should_level_off(later: tuple[int, int], wanted: Verdict) -> None:
    claim = {
        "kind": "forecast", "measure": "supervision_on_time", "periods": "2022-04 to 2022-12",
        "judged_from": "2023-01", "direction": "steady", "within": 3,
    }  # fmt: skip
    assert verdict(claim, [(800, 1000)] * 9 + [later] * 3) is wanted


@pytest.mark.parametrize(
    ("level", "relation", "wanted"),
    [
        (50, "at most", Verdict.SUPPORTED),
        (50, "at least", Verdict.NOT_SUPPORTED),
        (30, "at most", Verdict.TOO_EARLY),
        (25, "exactly", Verdict.SUPPORTED),
        (26, "exactly", Verdict.NOT_SUPPORTED),
    ],
)
def test_a_level(level: int, relation: str, wanted: Verdict) -> None:
    claim = {
        "kind": "level", "measure": "supervision_on_time", "periods": "2023-03", "level": level,
        "relation": relation,
    }  # fmt: skip
    assert verdict(claim, [(10, 40)]) is wanted


@pytest.mark.parametrize(
    ("direction", "wanted"), [("up", Verdict.SUPPORTED), ("down", Verdict.NOT_SUPPORTED)]
)
def test_one_part_against_another(direction: str, wanted: Verdict) -> None:
    claim = {
        "kind": "comparison", "measure": "audits_good", "periods": "2023-03",
        "part": "Permanence", "other_part": "Initial Response", "direction": direction,
    }  # fmt: skip
    parts: dict[str, dict[str, Figures]] = {
        "audits_good": {"Permanence": [(80, 100)], "Initial Response": [(40, 100)]}
    }
    assert verdict(claim, [(120, 200)], parts=parts) is wanted
    del parts["audits_good"]["Initial Response"]
    assert verdict(claim, [(120, 200)], parts=parts) is Verdict.CANNOT


def test_what_two_counts_are_made_up_of_bears_no_withheld_month() -> None:
    claim = {
        "kind": "composition", "measure": "moves_between_services",
        "beside": "social_workers_left", "periods": "2023-02 to 2023-03",
    }  # fmt: skip
    held: dict[str, Figures] = {"moves_between_services": [30, 30], "social_workers_left": [6, 8]}
    assert found([claim], held)[0].verdict is Verdict.SUPPORTED
    held["social_workers_left"] = [6, WITHHELD]
    assert found([claim], held)[0].verdict is Verdict.CANNOT


def test_two_claims_go_together_where_each_is_supported() -> None:
    one = {**STEP, "measure": "contacts"}
    other = {**STEP, "measure": "section_47_enquiries"}
    pair = {"kind": "association", "together": ("c0", "c1")}
    held: dict[str, Figures] = {
        "contacts": [*IN_TURN, 700],
        "section_47_enquiries": [*IN_TURN, 800],
    }
    both = found([one, other, pair], held)[2]
    assert isinstance(both, ClaimsTogether)
    assert both.verdict is Verdict.SUPPORTED
    assert both.n_tested == 3
    singles = [each.effect.p_value for each in (both.one, both.other)
               if isinstance(each, ClaimTested) and each.effect]  # fmt: skip
    assert both.p_value == max(singles)
    held["section_47_enquiries"] = [*IN_TURN, 430]
    assert found([one, other, pair], held)[2].verdict is Verdict.TOO_EARLY
    held["section_47_enquiries"] = [*IN_TURN, 100]
    assert found([one, other, pair], held)[2].verdict is Verdict.NOT_SUPPORTED


def test_a_claim_alone_may_be_supported_and_among_many_not() -> None:
    def march(p_small: bool) -> dict[str, Any]:
        return {**STEP, "measure": "contacts" if p_small else "section_47_enquiries"}

    held: dict[str, Figures] = {
        "contacts": [*IN_TURN, 560],
        "section_47_enquiries": [*IN_TURN, 420],
    }
    alone = found([march(True)], held)[0]
    assert isinstance(alone, ClaimTested)
    assert alone.effect is not None
    assert 0.005 < alone.effect.p_value < 0.05
    assert alone.verdict is Verdict.SUPPORTED
    among = found([march(True), *[march(False)] * 30], held)[0]
    assert among.verdict is Verdict.TOO_EARLY


def test_an_edition_holds_no_claim_about_later_months_and_says_what_the_one_before_said() -> None:
    later = {**STEP, "measure": "contacts"}
    earlier = {"kind": "trend", "measure": "contacts", "periods": "2022-01 to 2022-12",
               "direction": "up"}  # fmt: skip
    held: dict[str, Figures] = {"contacts": [*IN_TURN, *IN_TURN, 700]}
    then = found([later, earlier], held, month=Month(2023, 2))
    assert [each.claim.id for each in then] == ["c1"]
    now = found([later, earlier], held)
    history = verdicts_then(now, then, Month(2023, 2))
    assert history["c0"].then is None
    assert history["c1"].then is then[0].verdict
    every = claims_all(now)
    counts = (every.supported, every.not_supported, every.too_early, every.cannot)
    assert sum(counts) == every.n == 2


@pytest.mark.parametrize("points", Points)
@pytest.mark.parametrize("stands", [True, False])
def test_not_supported_means_that_the_data_point_the_other_way(
    points: Points, stands: bool
) -> None:
    said = verdict_of(points, stands=stands)
    assert (said is Verdict.NOT_SUPPORTED) == (stands and points is Points.AWAY)
    assert (said is Verdict.SUPPORTED) == (stands and points is Points.TOWARD)
