"""The audit of an edition: everything it publishes, with all that a reader has from elsewhere.

The reader holds this edition's gated figures, every earlier edition that is on record here, and
the official releases on file. The audit says which withheld figures they could narrow down, and
names what a person has to look at: shares of nobody and of everybody, and counts that an earlier
edition showed. It names figures and never says one that is withheld.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scrutinybook.catalogue import Catalogue
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.attack import view
from scrutinybook.council.cells import BOTTOM, REST, TOP, Cell, runs
from scrutinybook.council.figures import TO_DATE, CouncilFigures, Place
from scrutinybook.council.published import Published
from scrutinybook.disclosure.audit import View, audit, exposed
from scrutinybook.errors import ExitCode, Fault, ScrutinyError
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol

Share = tuple[str, str, str]
"""Measure, part and period, as files have it, of a share of nobody or of everybody."""


class Exposed(ScrutinyError):
    """A withheld figure could be narrowed down from what would be published."""

    exit_code = ExitCode.EXPOSED


@dataclass(frozen=True)
class GroupShare:
    """A share of nobody or of everybody, which says something of each person in the group."""

    place: str
    measure: str
    part: str
    period: str
    """As files have it."""
    of_all: bool
    """Everybody; otherwise nobody."""
    out_of: float

    @property
    def words(self) -> str:
        """Where, and of how many."""
        return f"{self.place}: {'all' if self.of_all else 'none'} of {self.out_of:g}"


@dataclass(frozen=True)
class Audit:
    """What the audit of one edition found."""

    edition: str
    measures: int
    shown: int
    """Figures shown."""
    withheld: int
    """Figures withheld as numbers are small, or would tell of one that is."""
    numbers: int
    """Withheld numbers that were attacked: counts, what they are out of, what is left over."""
    editions: int
    """Earlier editions that the reader holds."""
    official: int
    """Numbers of official releases that the reader holds."""
    exposed: tuple[str, ...]
    """Withheld numbers of which some small count can be ruled out."""
    reopened: tuple[str, ...]
    """Figures shown that an earlier edition withheld."""
    restated: tuple[str, ...]
    """Figures withheld that an earlier edition showed: what it showed cannot be called back."""
    group_shares: tuple[GroupShare, ...]
    """For a person to look at, since nobody has."""
    reviewed: int = 0
    """Such shares that somebody looked at and let through."""
    was_published: bool = False
    """The reader holds an earlier version of this edition, too."""
    by_hand: int = 0
    """Figures that a person withheld."""

    @property
    def is_sound(self) -> bool:
        """Nothing that is withheld can be narrowed down too far."""
        return not (self.exposed or self.reopened)


def audit_figures(
    edition: str,
    figures: CouncilFigures,
    catalogue: Catalogue,
    *,
    threshold: int,
    earlier: Sequence[Published] = (),
    official: Mapping[Cell, float] | None = None,
    by_hand: Collection[Place] = (),
    looked_at: Collection[Share] = (),
) -> Audit:
    """Attack the figures of an edition as they are to be published.

    `by_hand`: what a person withheld; `looked_at`: shares of nobody or of everybody that a
    person let through.
    """
    measures = catalogue.extract_measures
    seen = view(figures, measures, official=official, by_hand=by_hand)
    found = {each.cell for each in exposed(audit(seen, threshold=threshold))}
    then = {_place_of(each): each for each in earlier if not each.is_withheld}
    closed = {_place_of(each) for each in earlier if each.is_withheld}
    with_earlier = _with_earlier(seen, figures, then)
    found |= {each.cell for each in exposed(audit(with_earlier, threshold=threshold))}
    observations = list(_observations(figures, measures))
    shares = list(_group_shares(observations, measures))
    unseen = [each for each in shares if (each.measure, each.part, each.period) not in looked_at]
    return Audit(
        edition=edition,
        measures=len(figures),
        shown=sum(o.symbol is None for _, o in observations),
        withheld=sum(o.symbol is Symbol.SUPPRESSED for _, o in observations),
        numbers=len(seen.guarded),
        editions=len({each.edition for each in earlier} - {edition}),
        was_published=any(each.edition == edition for each in earlier),
        official=len(official or {}),
        exposed=tuple(sorted({_words(cell, measures) for cell in found})),
        reopened=tuple(
            _place_words(place, measures)
            for place, o in observations
            if o.symbol is None and place in closed and measures[place[0]].counts_people
        ),
        restated=tuple(
            _place_words(place, measures)
            for place, o in observations
            if o.symbol is Symbol.SUPPRESSED and place in then
        ),
        group_shares=tuple(unseen),
        reviewed=len(shares) - len(unseen),
        by_hand=sum((*place[:3], str(o.period)) in by_hand for place, o in observations),
    )


def refuse_exposed(found: Audit) -> None:
    """Raise `Exposed` where the audit is not sound, naming every figure and no number."""
    if found.is_sound:
        return
    faults = exposure_faults(found)
    many = "1 figure" if len(faults) == 1 else f"{len(faults)} figures"
    message = f"{many} that should stay withheld could be worked out; nothing was published."
    raise Exposed(message, faults)


def exposure_faults(found: Audit) -> list[Fault]:
    """Every figure that could be worked out, and no number."""
    mend = (
        "this is a defect of the gate: nothing was published; report it with these lines, and"
        " raise small_counts in the edition's file meanwhile"
    )
    faults = [
        Fault(f"edition {found.edition}: {each}", "a small count could be ruled out", mend=mend)
        for each in found.exposed
    ]
    faults += [
        Fault(f"edition {found.edition}: {each}", "an earlier edition withheld it", mend=mend)
        for each in found.reopened
    ]
    return faults


InWords = tuple[str, str, str, str]
"""Measure, part, span, period in the words of pages."""


def _place_of(each: Published) -> InWords:
    return each.measure, each.part, each.span, each.period


def _observations(
    figures: CouncilFigures, measures: Mapping[str, ExtractMeasure]
) -> Iterator[tuple[InWords, Observation]]:
    for name, part, span, series in runs(figures):
        for o in series:
            yield (name, part, span, o.period.words), o


def _with_earlier(
    seen: View[Cell], figures: CouncilFigures, then: Mapping[InWords, Published]
) -> View[Cell]:
    """The same, where a reader takes what earlier editions showed for what is withheld now.

    Within one period alone: totals of a year differ from edition to edition as months do. What was
    shown before is no secret any more, so that it is not guarded.
    """
    extra: dict[Cell, float] = {}
    public: set[Cell] = set()
    for name, part, span, series in runs(figures):
        for o in series:
            known = then.get((name, part, span, o.period.words))
            if known is None or o.symbol is not Symbol.SUPPRESSED:
                continue
            top, bottom = known.number, known.out_of
            rest = None if top is None or bottom is None else bottom - top
            for side, value in ((TOP, top), (BOTTOM, bottom), (REST, rest)):
                cell = Cell(name, part, span, str(o.period), side)
                public.add(cell)
                if value is not None:
                    extra[cell] = value
    sums = tuple(
        each
        for each in seen.sums
        if all(cell.span != TO_DATE for cell, _ in each.terms)
        and any(cell in seen.known for cell, _ in each.terms)
    )
    guarded = [cell for cell in seen.guarded if cell not in public] if extra else []
    return replace(seen, known={**extra, **seen.known}, sums=sums, guarded=guarded)


def _group_shares(
    observations: Iterable[tuple[InWords, Observation]], measures: Mapping[str, ExtractMeasure]
) -> Iterator[GroupShare]:
    for place, o in observations:
        measure = measures[place[0]]
        if measure.kind != "proportion" or not measure.counts_people or not o.denominator:
            continue
        if o.numerator in (0.0, o.denominator):
            of_all = o.numerator == o.denominator
            words = _place_words(place, measures)
            yield GroupShare(words, *place[:2], str(o.period), of_all, o.denominator)


def _place_words(place: InWords, measures: Mapping[str, ExtractMeasure]) -> str:
    name, part, span, period = place
    so_far = ", the year so far" if span == TO_DATE else ""
    title = measures[name].title if name in measures else name
    return f"{title}{f' ({part})' if part else ''}, {period}{so_far}"


def _words(cell: Cell, measures: Mapping[str, ExtractMeasure]) -> str:
    period = FigurePeriod.parse(cell.period).words
    said = _place_words((cell.measure, cell.part, cell.span, period), measures)
    return f"{said}: {cell.side}"
