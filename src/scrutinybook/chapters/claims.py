"""What the committee was told: each statement with its verdict, figures, test and history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scrutinybook.analysis.claims import claims_all, claims_of, verdicts_then
from scrutinybook.analysis.claims_figures import AnyContext, held
from scrutinybook.chapters.claims_drawing import claim_drawing, untested_drawing
from scrutinybook.chapters.found import editions_up_to, found_of
from scrutinybook.commentary import claims as said
from scrutinybook.commentary import words
from scrutinybook.commentary.claims_context import context_text
from scrutinybook.commentary.dates import said_when
from scrutinybook.committee.claims import Claim
from scrutinybook.findings.claims import (
    ClaimFinding,
    ClaimsTogether,
    ClaimTested,
    ClaimUntested,
    Verdict,
    VerdictThen,
    WhyUntested,
)
from scrutinybook.findings.found import EditionFound
from scrutinybook.pages import fragments
from scrutinybook.pages.figures import small_figure
from scrutinybook.pages.tables import Column, table
from scrutinybook.workspace import Workspace

_ORDER = (Verdict.NOT_SUPPORTED, Verdict.TOO_EARLY, Verdict.SUPPORTED, Verdict.CANNOT)
"""What needs asking comes first."""

_FEWEST_VERDICTS = 2
"""Of one claim, before they are a history."""

NO_HISTORY = (
    "No earlier edition of this book is held whose figures the statements could be set against, so"
    " there is no history of verdicts yet."
)


@dataclass(frozen=True)
class ClaimsPage:
    """All claims of an edition, tested."""

    context: AnyContext
    found: tuple[ClaimFinding, ...]
    then: Mapping[str, VerdictThen]
    """What an earlier edition's figures say, by claim; empty where there is none."""
    editions: Sequence[EditionFound] = ()
    """This edition and those before it with the verdicts they give, the newest first."""

    def message(self) -> str:
        """How many of each verdict."""
        first, *rest = said.all_claims(claims_all(self.found))
        history = "" if self.then else fragments.text(NO_HISTORY)
        return fragments.headline(first) + fragments.paragraph(rest) + history

    def overview(self) -> str:
        """Each statement under its verdict, with a link."""
        pieces = []
        for verdict in _ORDER:
            here = [each for each in self.found if each.verdict is verdict]
            if here:
                links = "".join(
                    f'<li><a href="#claim-{each.claim.id}">{escape(each.claim.sentence)}</a></li>'
                    for each in here
                )
                name = fragments.heading(said.VERDICTS[verdict])
                pieces.append(f'{name}<ul class="sb-findings">{links}</ul>')
        return "".join(pieces)

    def every_claim(self) -> str:
        """All of them in the file's order."""
        return "".join(self.claim(each) for each in self.found)

    def claim(self, found: ClaimFinding) -> str:
        """One statement: who said it and when, verdict, chart, figures, test, history."""
        claim = found.claim
        pieces = [
            f'<h3 id="claim-{claim.id}">{escape(claim.sentence)}</h3>',
            fragments.text(_source(claim), "definition"),
            fragments.headline(said.headline(found)),
        ]
        if isinstance(found, ClaimTested):
            pieces += [self._chart(found), fragments.paragraph(said.bearing(found))]
            if test := fragments.paragraph(said.tested(found)):
                pieces.append(fragments.more("How it was tested", test))
        elif isinstance(found, ClaimsTogether):
            pieces += [self._both(found), fragments.paragraph(said.together(found))]
        else:
            pieces += [self._reason(found)]
        then = self.then.get(claim.id)
        if then is not None and not then.never_tested:
            pieces += [fragments.paragraph([said.verdict_then(then)]), self._history(claim)]
        return "".join(pieces)

    def _history(self, claim: Claim) -> str:
        """The verdict of each edition, folded; nothing before there are two."""
        held = [(each, each.claim(claim.id)) for each in self.editions]
        if sum(found is not None for _, found in held) < _FEWEST_VERDICTS:
            return ""
        rows = [
            [
                self._edition(each),
                "Not looked at" if found is None else said.VERDICTS[found.verdict],
            ]
            for each, found in held
        ]
        columns = [Column("Edition"), Column("Verdict", numeric=False)]
        return fragments.more("The verdict in each edition", table(claim.sentence, columns, rows))

    def _edition(self, each: EditionFound) -> str:
        last_met = each.edition_id == self.context.edition.last_met
        return f"{each.month.words}{', on which the committee last met' if last_met else ''}"

    def _chart(self, found: ClaimTested) -> str:
        drawing = claim_drawing(self.context, found)
        if drawing is None:
            return ""
        caption = f"{found.measure.title}, {self.context.authority}. Squares on the band: the"
        caption += " periods that the statement is about."
        if found.then is not None and found.claim.kind != "comparison":
            line = "line fitted" if found.claim.kind == "trend" else "means compared"
            caption += f" Thick: the {line}."
        if found.claim.level is not None:
            caption += " Dashed: the level stated."
        return small_figure(drawing, caption)

    def _both(self, found: ClaimsTogether) -> str:
        links = "".join(
            f'<li><a href="#claim-{each.claim.id}">{escape(each.claim.sentence)}</a>'
            f" {fragments.sentences([said.headline(each)])}</li>"
            for each in (found.one, found.other)
        )
        return f'<ul class="sb-findings">{links}</ul>'

    def _reason(self, found: ClaimUntested) -> str:
        claim = found.claim
        pieces = [] if claim.untestable is None else [fragments.text(claim.untestable)]
        if claim.context is not None:
            beside = held(self.context, claim.context, None, claim.periods)
            if beside is not None:
                pieces.append(fragments.text(context_text(beside.measure, beside.series, claim)))
        return "".join(pieces) + self._beside(found)

    def _beside(self, found: ClaimUntested) -> str:
        """The chart of what stands beside a claim that is not tested, labelled as no test."""
        drawn = untested_drawing(self.context, found)
        if drawn is None:
            return ""
        drawing, measure = drawn
        coming = found.why in (WhyUntested.NOT_YET, WhyUntested.TOO_FEW)
        start = "So far, and not tested yet" if coming else "For context, not a test"
        squares = "the periods that the statement is about"
        if found.claim.context is not None:
            squares = "the figures told above"
        named = f"{start}: {words.lower_first(measure.title)}, {self.context.authority}."
        return small_figure(drawing, f"{named} Squares on the band: {squares}.")


def told(context: AnyContext, workspace: Workspace | None = None) -> ClaimsPage:
    """Test all claims of the edition, and of the one before where its figures are held.

    With a `workspace` the verdicts of every edition so far are looked up. Raises `FaultsFound`
    where one of them cannot be read.
    """
    found = claims_of(context)
    earlier = context.as_earlier()
    then: Mapping[str, VerdictThen] = {}
    if earlier is not None:
        then = verdicts_then(found, claims_of(earlier, said_later=True), earlier.edition.month)
    editions: list[EditionFound] = []
    if workspace is not None and earlier is not None:
        editions = [found_of(each) for each in editions_up_to(workspace, context)]
    return ClaimsPage(context, found, then, editions)


def _source(claim: Claim) -> str:
    text = f"{words.upper_first(claim.by)}, {said_when(claim.said)}, in this book’s own words."
    return text if claim.reading is None else f"{text} {claim.reading}"
