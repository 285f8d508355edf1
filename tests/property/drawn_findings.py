"""Random findings, as odd as findings can be, for the properties that every sentence must have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from scrutinybook.analysis.many import LEVEL
from scrutinybook.analysis.yearly import smallest_difference
from scrutinybook.catalogue import Measure, read_catalogue
from scrutinybook.findings.level_change import DatedChange, DaysTaken, LevelChange, OtherWay
from scrutinybook.findings.monthly import (
    ChartName,
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    MonthCount,
    MonthLimits,
    NoLimits,
    NoLimitsWhy,
    OtherBaseline,
    PlainLimit,
    SinceThen,
    SmallestChange,
    TooShortToSearch,
)
from scrutinybook.findings.without_count import ManyWithheld, NoCount
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    BesideOthers,
    ChangeOnYear,
    Detectable,
    EarlierSteps,
    FewYears,
    FigureOnYear,
    FunnelPlace,
    LevelTested,
    ManyTested,
    NeighboursSteps,
    NotPublished,
    OverYears,
)
from scrutinybook.measures.series import Observation
from scrutinybook.periods import FinancialYear, Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Interval, newcombe
from scrutinybook.statistics.first_sight import State
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace.find(Path(__file__).resolve()))
MEASURES = sorted(CATALOGUE.measures.items())
PROPORTIONS = [(k, m) for k, m in MEASURES if m.kind == "proportion"]
OTHERS = [(k, m) for k, m in MEASURES if m.kind != "proportion"]
POLARITIES = st.sampled_from(["high", "low", "neutral"])

months = st.builds(Month, st.integers(2012, 2029), st.integers(1, 12))
counts = st.one_of(st.integers(0, 3), st.integers(0, 3_000)).map(float)
levels = st.floats(0.1, 3_000)
shares = st.floats(0, 1)


@st.composite
def latest_months(draw: st.DrawFn) -> LatestMonth:
    year = FinancialYear(draw(st.integers(2013, 2030)))
    known = draw(st.lists(st.sampled_from(range(12)), min_size=1, unique=True))
    each = [
        MonthCount(year.months[k], draw(counts), draw(st.integers(18, 23))) for k in sorted(known)
    ]
    return LatestMonth("referrals", tuple(each))


def _month_counts() -> st.SearchStrategy[MonthCount]:
    return st.builds(MonthCount, months, counts, st.integers(18, 23))


@st.composite
def _month_limits(draw: st.DrawFn, count: float) -> MonthLimits | None:
    if draw(st.booleans()):
        return None
    low, high = sorted((draw(levels), draw(levels)))
    return MonthLimits(low, high, not low <= count <= high)


@st.composite
def verdicts(draw: st.DrawFn) -> ControlVerdict:
    latest = draw(_month_counts())
    centre = draw(st.floats(0, 150))
    lower, upper = max(0.0, centre - draw(st.floats(0, 60))), centre + draw(st.floats(0, 60))
    n = draw(st.integers(12, 60))
    beyond = not lower <= latest.per_day <= upper
    plain = None
    if draw(st.booleans()):
        low, high = sorted((draw(levels), draw(levels)))
        plain = PlainLimit(
            latest.month - 11,
            latest.month - 1,
            high,
            low,
            not low <= latest.count <= high,
            draw(_month_limits(latest.count)),
            draw(_month_limits(latest.count)),
        )
    other = None
    if draw(st.booleans()):
        low, high = sorted((draw(st.floats(0, 150)), draw(st.floats(0, 150))))
        other = OtherBaseline(
            latest.month - 12, draw(st.integers(6, 40)), low, high, draw(st.booleans())
        )
    return ControlVerdict(
        measure_id="referrals",
        latest=latest,
        chart=draw(st.sampled_from(ChartName)),
        asked=draw(st.booleans()),
        first=latest.month - n,
        last=latest.month - 1,
        n_baseline=n,
        centre=centre,
        lower=lower,
        upper=upper,
        beyond=beyond,
        spread_ratio=draw(st.floats(0, 30)),
        plain=plain,
        chance_latest=draw(st.floats(0, 0.09)),
        phase_reason=None,
        other_baseline=other,
    )


@st.composite
def runs_without_limits(draw: st.DrawFn) -> NoLimits:
    latest = draw(_month_counts())
    n = draw(st.integers(0, 40))
    return NoLimits(
        measure_id="referrals",
        latest=latest,
        why=draw(st.sampled_from(NoLimitsWhy)),
        first=latest.month - n,
        n_months=n,
        needed=12,
        median=draw(st.floats(0, 150)),
        phase_reason=None,
    )


@st.composite
def changes(draw: st.DrawFn) -> LevelChange:
    first = draw(months)
    width = draw(st.integers(0, 20))
    before, after = draw(levels), draw(levels)
    wide = [draw(st.floats(0, 200)) for _ in range(2)]
    estimate = after - before
    lower, upper = estimate - wide[0], estimate + wide[1]
    if draw(st.booleans()):  # an end that is exactly no change
        lower, upper = (0.0, max(upper, 0.0)) if estimate >= 0 else (min(lower, 0.0), 0.0)
    return LevelChange(
        month=first + width // 2,
        first=first,
        last=first + width,
        before=before,
        after=after,
        difference=Interval(estimate, lower, upper, 0.9, "drawn"),
        p_value=draw(shares),
        state=draw(st.sampled_from(State)),
        first_seen=first + draw(st.integers(0, 30)),
        seen_longer=draw(st.booleans()),
        n_later=draw(st.integers(0, 24)),
    )


maybe_level = st.one_of(st.none(), levels)


def _shifted(change: LevelChange, months: int) -> DatedChange:
    return DatedChange(change.month + months, change.first, change.last + months, change.direction)


@st.composite
def level_changes(draw: st.DrawFn) -> LevelChanges:
    each = tuple(sorted(draw(st.lists(changes(), max_size=4)), key=lambda c: c.month))
    first = draw(months)
    # The same changes a little apart, some left out and others put in: every sort of agreement.
    kept = [_shifted(c, draw(st.integers(0, 4))) for c in each if draw(st.integers(0, 3))]
    other = st.builds(
        lambda more: tuple(sorted([*kept, *more], key=lambda c: c.month)),
        st.lists(changes().map(lambda c: _shifted(c, 0)), max_size=1),
    )
    return LevelChanges(
        measure_id="referrals",
        first=first,
        last=first + 47,
        n_months=draw(st.integers(24, 48)),
        changes=each,
        levels=tuple(draw(levels) for _ in range(len(each) + 1)),
        any_p_value=draw(shares),
        next_p_value=draw(shares),
        autocorrelation=draw(shares),
        smallest=draw(
            st.one_of(
                st.none(),
                st.builds(
                    SmallestChange, st.integers(1, 24), st.just(0.8), maybe_level, maybe_level
                ),
            )
        ),
        other_ways=tuple(OtherWay(days, draw(other)) for days in DaysTaken),
        months_to_confirm=3,
    )


no_counts = st.builds(
    NoCount, st.just("referrals"), months, st.sampled_from(Symbol), st.one_of(st.none(), months)
)
many_withheld = st.builds(
    ManyWithheld, st.just("referrals"), months, counts, st.integers(1, 47), st.just(48)
)

too_short = st.builds(TooShortToSearch, st.just("referrals"), st.integers(0, 23), st.just(24))


@st.composite
def since_thens(draw: st.DrawFn) -> SinceThen:
    return SinceThen(
        measure_id="referrals",
        earlier=draw(months),
        then=draw(level_changes()),
        now=draw(level_changes()),
        mean_before=draw(maybe_level),
        mean_after=draw(maybe_level),
        n_before=draw(st.integers(1, 12)),
        n_after=draw(st.integers(1, 24)),
        right_after=tuple(draw(st.lists(_month_counts(), max_size=3))),
    )


def period(kind: PeriodKind, ending: int) -> FigurePeriod:
    day = (9, 30) if kind is PeriodKind.WORKFORCE_YEAR else (3, 31)
    return FigurePeriod(kind, date(ending, *day))


year_kinds = st.sampled_from([PeriodKind.YEAR, PeriodKind.SNAPSHOT, PeriodKind.WORKFORCE_YEAR])


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    bottom = draw(st.one_of(st.integers(1, 5), st.integers(1, 120), st.integers(1, 9_000)))
    return draw(st.integers(0, bottom)), bottom


def observed(each: tuple[int, int], at: FigurePeriod) -> Observation:
    return Observation(at, float(each[0]), float(each[1]), None, "r")


@st.composite
def with_polarity(
    draw: st.DrawFn, measures: list[tuple[str, Measure]] | None = None
) -> tuple[str, Measure]:
    measure_id, measure = draw(st.sampled_from(measures or MEASURES))
    return measure_id, measure.model_copy(update={"polarity": draw(POLARITIES)})


@st.composite
def changes_on_year(draw: st.DrawFn, measure_id: str | None = None) -> ChangeOnYear:
    if measure_id is None:
        measure_id, measure = draw(with_polarity(PROPORTIONS))
    else:
        measure = dict(PROPORTIONS)[measure_id]
    kind, ending = draw(year_kinds), draw(st.integers(2014, 2029))
    now, then = draw(parts()), draw(parts())
    if draw(st.booleans()):
        then = now
    return ChangeOnYear(
        measure_id=measure_id,
        measure=measure,
        now=observed(now, period(kind, ending)),
        then=observed(then, period(kind, ending - 1)),
        difference=newcombe(then, now),
        p_value=draw(shares),
        earlier=draw(st.one_of(st.none(), earlier_steps(kind, ending))),
        neighbours=draw(st.one_of(st.none(), neighbours_steps())),
    )


@st.composite
def earlier_steps(draw: st.DrawFn, kind: PeriodKind, ending: int) -> EarlierSteps:
    n = draw(st.integers(5, 14))
    return EarlierSteps(period(kind, ending - 1 - n), n, draw(st.integers(0, n)))


@st.composite
def neighbours_steps(draw: st.DrawFn) -> NeighboursSteps:
    n = draw(st.integers(10, 140))
    return NeighboursSteps(n, draw(st.integers(0, n)))


def detectable(change: ChangeOnYear, n_tested: int) -> Detectable:
    then, now = change.then.parts, change.now.parts
    assert then is not None and now is not None
    return smallest_difference(then, now[1], LEVEL / n_tested)


counts_ids = st.sampled_from(["referrals", "contacts", "early_help"])


@st.composite
def many_tested(draw: st.DrawFn, change: ChangeOnYear | None = None) -> ManyTested:
    ids = [k for k, _ in PROPORTIONS if change is None or k != change.measure_id]
    chosen = draw(st.lists(st.sampled_from(ids), unique=True, min_size=0 if change else 1))
    tested = [draw(changes_on_year(each)) for each in chosen]
    tested += [change] if change else []
    stand = [c for c in tested if draw(st.booleans())]
    levels = draw(st.lists(st.builds(LevelTested, counts_ids, shares, *[st.booleans()] * 2)))
    levels = [
        replace(each, stands_strictly=each.stands and each.stands_strictly) for each in levels
    ]
    levels = list({each.measure_id: each for each in levels}.values())
    n = len(tested) + len(levels)
    return ManyTested(
        measure_id="all",
        tested=tuple(tested),
        alone=tuple(c for c in tested if c in stand or draw(st.booleans())),
        stand=tuple(stand),
        stand_strictly=tuple(c for c in stand if draw(st.booleans())),
        false_share=LEVEL,
        detectable=tuple(detectable(c, n) for c in tested),
        n_printed=draw(st.integers(0, 20)),
        n_first=draw(st.integers(0, 3)),
        levels=tuple(levels),
    )


@st.composite
def tested_changes(draw: st.DrawFn) -> tuple[ChangeOnYear, ManyTested | None]:
    change = draw(changes_on_year())
    return change, draw(st.one_of(st.none(), many_tested(change)))


@st.composite
def single(draw: st.DrawFn, measure: Measure, at: FigurePeriod) -> Observation:
    """An observation of any measure, a symbol among them."""
    symbol = draw(st.one_of(st.none(), st.sampled_from(Symbol)))
    if symbol is not None:
        return Observation(at, None, None, symbol, "r")
    if measure.kind == "proportion":
        return observed(draw(parts()), at)
    if measure.kind == "value":
        return Observation(at, draw(st.floats(0, 200)), None, None, "r")
    return Observation(at, draw(counts), None, None, "r")


@st.composite
def figures_on_year(draw: st.DrawFn) -> FigureOnYear:
    measure_id, measure = draw(with_polarity())
    kind, ending = draw(year_kinds), draw(st.integers(2014, 2029))
    now = draw(single(measure, period(kind, ending)).filter(lambda o: o.value is not None))
    then = draw(st.one_of(st.none(), single(measure, period(kind, ending - 1))))
    return FigureOnYear(measure_id, measure, now, then)


@st.composite
def not_published(draw: st.DrawFn) -> NotPublished:
    measure_id, measure = draw(with_polarity())
    at = period(draw(year_kinds), draw(st.integers(2014, 2029)))
    symbol = draw(st.sampled_from(Symbol))
    return NotPublished(measure_id, measure, Observation(at, None, None, symbol, "r"))


@st.composite
def among(draw: st.DrawFn, place: FunnelPlace | None = None) -> AmongAuthorities:
    measure_id, measure = draw(with_polarity(PROPORTIONS))
    now = observed(draw(parts()), period(draw(year_kinds), draw(st.integers(2014, 2029))))
    centre = draw(shares)
    above = (now.value or 0) > centre
    sides = (
        (FunnelPlace.ABOVE_INNER, FunnelPlace.ABOVE_OUTER)
        if above
        else (FunnelPlace.BELOW_INNER, FunnelPlace.BELOW_OUTER)
    )
    place = place or draw(st.sampled_from((FunnelPlace.INSIDE, *sides)))
    n = draw(st.integers(2, 153))
    # An authority that lies outside is one of those that do.
    outside_outer = draw(st.integers(int(place in sides[1:]), n))
    outside_inner = draw(st.integers(max(outside_outer, int(place in sides)), n))
    return AmongAuthorities(
        measure_id=measure_id,
        measure=measure,
        now=now,
        place=place,
        n_authorities=n,
        n_left_out=draw(st.integers(0, 100)),
        centre=centre,
        n_outside_inner=outside_inner,
        n_outside_outer=outside_outer,
        lower=draw(st.one_of(st.just(0.0), st.floats(0, centre))),
        upper=draw(st.one_of(st.just(1.0), st.floats(centre, 1))),
    )


@st.composite
def beside(draw: st.DrawFn) -> BesideOthers:
    measure_id, measure = draw(with_polarity())
    at = period(draw(year_kinds), draw(st.integers(2014, 2029)))
    worth = shares if measure.kind == "proportion" else st.floats(0, 200)
    maybe = st.one_of(st.none(), worth)
    return BesideOthers(
        measure_id=measure_id,
        measure=measure,
        now=draw(single(measure, at)),
        neighbours=draw(maybe),
        n_neighbours=draw(st.integers(1, 10)),
        england=draw(maybe),
        region=draw(maybe),
        region_name=draw(st.sampled_from(["South West", "London", ""])),
    )


@st.composite
def over_years(draw: st.DrawFn) -> OverYears:
    measure_id, measure = draw(with_polarity())
    kind, n = draw(year_kinds), draw(st.integers(4, 9))
    if measure.kind == "proportion":
        values = [draw(parts()) for _ in range(n)]
        known = [observed(v, period(kind, 2014 + k)) for k, v in enumerate(values)]
    else:
        pick = st.sampled_from([0.0, 1.0, 5.5, 400.0, draw(st.floats(0, 200))])
        known = [Observation(period(kind, 2014 + k), draw(pick), None, None, "r") for k in range(n)]
    worth = [o.value or 0.0 for o in known]
    return OverYears(
        measure_id=measure_id,
        measure=measure,
        first=known[0],
        latest=known[-1],
        lowest=tuple(o for o, v in zip(known, worth, strict=True) if v == min(worth)),
        highest=tuple(o for o, v in zip(known, worth, strict=True) if v == max(worth)),
        n_years=n,
        n_lower=sum(v < worth[-1] for v in worth),
        n_higher=sum(v > worth[-1] for v in worth),
    )


@st.composite
def few_years(draw: st.DrawFn) -> FewYears:
    return FewYears(*draw(with_polarity()), draw(st.integers(1, 3)))
