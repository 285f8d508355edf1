"""What changed and what became of signals, over random chains of editions: words and safety."""

from __future__ import annotations

import drawn_council as drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules

from scrutinybook.analysis.changes import changes
from scrutinybook.analysis.ledger import ledger
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import changes as said
from scrutinybook.commentary import ledger as ledger_words
from scrutinybook.findings.base import Direction
from scrutinybook.findings.changes import EditionChanges
from scrutinybook.findings.claims import AnyMeasure, Verdict
from scrutinybook.findings.council import Judged, on_page
from scrutinybook.findings.found import (
    ClaimFound,
    EditionFound,
    LevelFound,
    MeasureFound,
    MonthFound,
)
from scrutinybook.findings.glance import OnTarget, SinceLast
from scrutinybook.findings.ledger import Hold, Ledger
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Rule

FIRST = Month(2022, 10)
ways = st.sampled_from([Direction.HIGHER, Direction.LOWER])
examples = settings(max_examples=80, deadline=None)


@st.composite
def levels(draw: st.DrawFn, last: Month) -> LevelFound:
    first = last - draw(st.integers(6, 60))
    before, after = draw(st.floats(5, 500)), draw(st.floats(5, 500))
    way = Direction.of(after - before or 1.0)
    return LevelFound(
        first, first + draw(st.integers(0, 4)), way, before, after, draw(st.booleans())
    )


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[EditionFound], dict[str, AnyMeasure]]:
    """Editions of months on end, of a few measures each of which may be missing from some."""
    drawn_measures = draw(st.lists(drawn.figures_judged(), min_size=1, max_size=4))
    measures: dict[str, AnyMeasure] = {f.measure_id: f.measure for f, _ in drawn_measures}
    editions = []
    for k in range(draw(st.integers(1, 4))):
        month = FIRST + k
        found = []
        for figure, judged in drawn_measures:
            if draw(st.integers(0, 9)) == 0:
                continue
            months = []
            for back in range(3, -1, -1):
                period = FigurePeriod.parse(str(month - back))
                value = draw(drawn.observations(figure.measure, period))
                rule = draw(st.one_of(st.none(), st.sampled_from(Rule)))
                shown = value.symbol is None and rule is not None
                way = draw(ways) if shown else Direction.SAME
                months.append(MonthFound(month - back, value, rule if shown else None, way))
            is_judged = isinstance(judged, Judged) and months[-1].figure.symbol is None
            found.append(
                MeasureFound(
                    measure_id=figure.measure_id,
                    latest=months[-1].figure,
                    direction=months[-1].direction if is_judged else Direction.SAME,
                    judged=is_judged,
                    why="" if is_judged else "too few cases to tell",
                    months=tuple(months),
                    levels=tuple(draw(st.lists(levels(month), max_size=2))),
                    searched_from=month - 47,
                    on_target=draw(st.one_of(st.none(), st.sampled_from(OnTarget))),
                )
            )
        verdict = draw(st.sampled_from(Verdict))
        claims = (ClaimFound("it-rose", verdict),)
        editions.append(EditionFound(f"demo-{month}", month, tuple(found), claims))
    return editions, measures


def as_shown(editions: list[EditionFound], measures: dict[str, AnyMeasure]) -> list[float]:
    """Every figure of a chain as pages show it: rates come as their parts."""
    found = []
    for edition in editions:
        for each in edition.measures:
            measure = measures[each.measure_id]
            assert isinstance(measure, ExtractMeasure)
            found += [on_page(measure, month.figure) for month in each.months]
    return [value for value in found if value is not None]


@examples
@given(chains())
def test_no_signal_is_dropped_and_its_words_keep_to_the_rules(
    drawn_chain: tuple[list[EditionFound], dict[str, AnyMeasure]],
) -> None:
    editions, measures = drawn_chain
    found = ledger(editions)
    earlier = ledger(editions[:-1]) if len(editions) > 1 else None
    if earlier is not None:
        kept = {(s.measure_id, s.sort, s.first_published, s.first) for s in found.signals}
        assert kept >= {(s.measure_id, s.sort, s.first_published, s.first) for s in earlier.signals}
    assert len(found.new) + len(found.held) + len(found.not_held) == len(found.signals)
    counts = [len(found.signals), len(found.new), len(found.held), len(found.editions)]
    keep_to_the_rules([ledger_words.headline(found)], found, counts, len(found.signals) - counts[1])
    for signal in found.signals:
        measure = measures.get(signal.measure_id)
        said_of = [ledger_words.what(signal, measure), *ledger_words.since(signal, measure)]
        keep_to_the_rules(said_of, signal, measure, [2, 3], as_shown(editions, measures))
        if signal.later and signal.now is not Hold.HELD:
            lost = signal.lost_in
            assert lost is not None
            assert lost.edition.words in said_of[-1].text


@examples
@given(chains())
def test_what_changed_is_said_by_the_rules_and_names_no_withheld_figure(
    drawn_chain: tuple[list[EditionFound], dict[str, AnyMeasure]],
) -> None:
    editions, measures = drawn_chain
    found = changes(editions[0], editions[-1], measures, {"it-rose": "It rose."})
    counts = [
        *(len(found.of(since)) for since in SinceLast),
        len(found.of(SinceLast.NEW, SinceLast.OTHER_WAY)),
        *(sum(c.target_now is way for c in found.measures) for way in OnTarget),
    ]
    left = [n - said.NAMED for n in counts]
    nouns = [each.measure for each in found.measures]
    keep_to_the_rules([said.headline(found), *said.in_brief(found)], found, counts, left, *nouns)
    keep_to_the_rules(said.verdicts_in_brief(found), found, len(found.verdicts))
    assert bool(said.verdicts_in_brief(found)) == bool(found.verdicts)
    for change in found.measures:
        keep_to_the_rules(
            [said.figures(change), said.standing(change)], change, as_shown(editions, measures)
        )
        for side in (change.then, change.now):
            if side is not None and side.latest.symbol is Symbol.SUPPRESSED:
                assert "withheld" in said.figures(change).text
    for verdict in found.verdicts:
        keep_to_the_rules([said.verdict(verdict)], verdict)


def test_a_measure_that_is_withheld_on_one_side_gives_no_difference() -> None:
    def edition(month: Month, value: float | None) -> EditionFound:
        symbol = Symbol.SUPPRESSED if value is None else None
        figure = Observation(FigurePeriod.parse(str(month)), value, None, symbol, "")
        one = MeasureFound("referrals_received", figure, Direction.SAME, False, "few")
        return EditionFound(f"demo-{month}", month, (one,), ())

    from projects import ROOT

    from scrutinybook.catalogue import read_catalogue
    from scrutinybook.workspace import Workspace

    measures: dict[str, AnyMeasure] = dict(read_catalogue(Workspace(ROOT)).extract_measures)
    found: EditionChanges = changes(edition(FIRST, 12.0), edition(FIRST + 1, None), measures, {})
    (change,) = found.measures
    assert said.figures(change).text == ("Now withheld in November 2022; then 12 in October 2022.")
    assert isinstance(ledger([edition(FIRST, None)]), Ledger)
