"""What changed since the edition before, and the ledger of every signal so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from scrutinybook.analysis.changes import changes
from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.analysis.ledger import ledger
from scrutinybook.chapters.found import editions_up_to, found_of
from scrutinybook.chapters.measure_links import measure_link
from scrutinybook.chapters.registry import entry_of
from scrutinybook.commentary import changes as said
from scrutinybook.commentary import ledger as ledger_words
from scrutinybook.commentary import words
from scrutinybook.commentary.any_figure import figure_text
from scrutinybook.commentary.recording import day
from scrutinybook.committee.actions import Action, Standing
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.changes import EditionChanges, MeasureChange
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.findings.found import EditionFound, MeasureFound
from scrutinybook.findings.glance import SinceLast
from scrutinybook.findings.ledger import Hold, Ledger, Signal, Sort
from scrutinybook.pages import fragments
from scrutinybook.pages.cards import Card, cards
from scrutinybook.pages.tables import Column, table
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace

FIRST = "This edition names none before it, so that there is nothing to compare it with."
NOTHING = "There is no edition before it."


@dataclass(frozen=True)
class WhatChanged:
    """An edition beside those before it."""

    context: AnyContext
    ledger: Ledger
    changes: EditionChanges | None
    """None without an edition before."""
    met: EditionChanges | None = None
    """Since the edition that the committee last met on; None where none is named."""

    def message(self) -> str:
        """How many measures newly stand out or no longer do, and what else changed."""
        if self.changes is None:
            return fragments.text(FIRST)
        how = (
            "Both sides are the figures that each edition shows, as each had them. What either"
            " withholds stays withheld."
        )
        return (
            fragments.headline(said.headline(self.changes))
            + fragments.bullets([[each] for each in said.in_brief(self.changes)])
            + fragments.text(how)
        )

    def standing_out(self) -> str:
        """Measures that newly stand out, then those that no longer do, then those that still do."""
        if self.changes is None:
            return fragments.text(NOTHING)
        kinds = (
            ("Newly stands out, or the other way", (SinceLast.NEW, SinceLast.OTHER_WAY)),
            ("No longer stands out", (SinceLast.ENDED,)),
            ("Newly judged", (SinceLast.FIRST_JUDGED,)),
            ("No longer judged", (SinceLast.NOT_NOW,)),
            ("Still stands out", (SinceLast.STILL,)),
        )
        pieces = [
            fragments.heading(name) + self._list(self.changes.of(*since))
            for name, since in kinds
            if self.changes.of(*since)
        ]
        return "".join(pieces) or fragments.text("No measure stands out now or did then.")

    def committee(self) -> str:
        """Verdicts that are others now, and promises made, done or overdue since."""
        if self.changes is None:
            return fragments.text(NOTHING)
        entries = "".join(
            f'<li><strong><a href="{entry_of("60-claims").page}#claim-{escape(each.measure_id)}">'
            f"{escape(each.sentence)}</a></strong> {fragments.sentences([said.verdict(each)])}</li>"
            for each in self.changes.verdicts
        )
        pieces = [f'<ul class="sb-findings">{entries}</ul>' if entries else ""]
        if not entries and self.context.committee.claims is not None:
            pieces = [fragments.text("No verdict on a statement is another than it was.")]
        return "".join([*pieces, self._actions(self.changes.then)]) or fragments.text(
            "No statement and no promise to the committee is on record."
        )

    def since_met(self) -> str:
        """The same again, set beside the edition that the committee last met on."""
        if self.met is None:
            return fragments.text("This edition does not say on which one the committee last met.")
        if self.changes is not None and self.met.then == self.changes.then:
            return fragments.text(
                f"The committee last met on the edition for {self.met.then.words}, the one before"
                " this. All that stands above is since then."
            )
        since = replace(self, changes=self.met)
        return "".join(
            [
                fragments.text(
                    f"The committee last met on the edition for {self.met.then.words}. “Then” is"
                    " that edition here, and “now” this one."
                ),
                *(since.message(), since.standing_out(), since.committee()),
            ]
        )

    def every_measure(self) -> str:
        """The figure of each measure in both editions, folded."""
        if self.changes is None:
            return ""
        rows = [
            [each.measure.title, _cell(each, each.now), _cell(each, each.then)]
            for each in self.changes.measures
        ]
        now, then = self.changes.now.words, self.changes.then.words
        columns = [
            Column("Measure", numeric=False),
            Column(f"Edition for {now}", numeric=False),
            Column(f"Edition for {then}", numeric=False),
        ]
        caption = f"Latest figure of each measure in the editions for {then} and {now}"
        return fragments.more("Every measure, now and then", table(caption, columns, rows))

    def every_signal(self) -> str:
        """The ledger: what is no longer held first, then what is new, then what is still held."""
        found = self.ledger
        how = (
            "A signal is a reason to ask. Each stays in this list for good: one that is no longer"
            " held says since when, and what the later figures say."
        )
        pieces = [fragments.headline(ledger_words.headline(found)), fragments.text(how)]
        for name, signals in (
            ("No longer held, or no longer looked at", found.not_held),
            ("New in this edition", found.new),
            ("Published before and still held", found.held),
        ):
            if signals:
                listed = cards(name, [self._card(each) for each in signals])
                pieces.append(fragments.heading(name) + listed)
        return "".join(pieces)

    def _list(self, found: Sequence[MeasureChange]) -> str:
        entries = "".join(
            f"<li><strong>{measure_link(self.context, each.measure_id)}</strong>."
            f" {fragments.sentences([said.figures(each), said.standing(each)])}</li>"
            for each in found
        )
        return f'<ul class="sb-findings">{entries}</ul>'

    def _card(self, signal: Signal) -> Card:
        measure = _measures(self.context).get(signal.measure_id)
        title, link = signal.measure_id, "–"
        if signal.sort is Sort.VERDICT:
            title = _claims(self.context).get(signal.measure_id, signal.measure_id)
            address = f"{entry_of('60-claims').page}#claim-{escape(signal.measure_id)}"
            link = f'<a href="{address}">The statement</a>'
        elif measure is not None:
            title, link = measure.title, measure_link(self.context, signal.measure_id)
        told = fragments.sentences(ledger_words.since(signal, measure))
        return Card(
            title=title,
            mark=ledger_words.MARKS[signal.now] if signal.later else "New",
            rows=(
                ("What was said", fragments.sentences([ledger_words.what(signal, measure)])),
                ("Since then", told),
                ("Where", link),
            ),
            stands_out=signal.now is not Hold.HELD,
        )

    def _actions(self, then: Month) -> str:
        held, now = self.context.committee.actions, self.context.edition.month
        if held is None:
            return ""
        groups: list[tuple[str, list[Action]]] = [
            ("Promised since then", [a for a in held.actions if _between(then, a.meeting, now)]),
            ("Done since then", [a for a in held.actions if _between(then, a.done, now)]),
            ("Overdue now and not then", [a for a in held.actions if _newly_late(a, then, now)]),
        ]
        pieces = [
            fragments.heading(name) + fragments.listed([_said(each) for each in found])
            for name, found in groups
            if found
        ]
        return "".join(pieces) or fragments.text(
            "No promise was made, met or became overdue since then."
        )


def what_changed(workspace: Workspace, context: AnyContext) -> WhatChanged:
    """Set an edition beside those before it. Raises `FaultsFound` where one cannot be read."""
    chain = [found_of(each) for each in editions_up_to(workspace, context)]
    before = chain[1] if len(chain) > 1 else None
    return WhatChanged(
        context,
        ledger(chain[::-1]),
        None if before is None else between(context, before, chain[0]),
        _since_met(context, chain),
    )


def since_last(workspace: Workspace, context: AnyContext) -> EditionChanges | None:
    """What changed since the edition before; None without one. Raises as `since_met` does."""
    before = context.as_earlier()
    if before is None:
        return None
    return between(context, *(found_of(each) for each in (before, context)))


def since_met(workspace: Workspace, context: AnyContext) -> EditionChanges | None:
    """What changed since the committee last met; None where the edition does not say when.

    Raises `FaultsFound` where an edition in between cannot be read.
    """
    if context.edition.last_met is None:
        return None
    return _since_met(context, [found_of(e) for e in editions_up_to(workspace, context)])


def _since_met(context: AnyContext, chain: Sequence[EditionFound]) -> EditionChanges | None:
    named = context.edition.last_met
    met = next((each for each in chain[1:] if each.edition_id == named), None)
    return None if met is None else between(context, met, chain[0])


def between(context: AnyContext, then: EditionFound, now: EditionFound) -> EditionChanges:
    """What changed between two editions of the context's authority."""
    return changes(then, now, _measures(context), _claims(context))


def _measures(context: AnyContext) -> Mapping[str, AnyMeasure]:
    if isinstance(context, CouncilContext):
        return context.catalogue.extract_measures
    return context.catalogue.measures


def _claims(context: AnyContext) -> Mapping[str, str]:
    held = context.committee.claims
    return {} if held is None else {each.id: each.sentence for each in held.claims}


def _cell(change: MeasureChange, side: MeasureFound | None) -> str:
    if side is None:
        return "no figures"
    return f"{figure_text(change.measure, side.latest)}, {side.latest.period.words}"


def _between(then: Month, what: object, now: Month) -> bool:
    return what is not None and then.last_day < what <= now.last_day  # type: ignore[operator]


def _newly_late(action: Action, then: Month, now: Month) -> bool:
    late_then = action.meeting <= then.last_day and action.standing(then) is Standing.OVERDUE
    return (
        action.meeting <= now.last_day
        and action.standing(now) is Standing.OVERDUE
        and not late_then
    )


def _said(action: Action) -> str:
    done = "" if action.done is None else f" Done on {day(action.done)}."
    return f"{action.promised} {words.upper_first(action.owner)}, due by {day(action.due)}.{done}"
