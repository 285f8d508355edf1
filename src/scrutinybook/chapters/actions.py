"""Actions: what was promised to the committee, which are overdue, what shows that one is done."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.chapters.measure_links import measure_link
from scrutinybook.commentary import actions as said
from scrutinybook.commentary import words
from scrutinybook.commentary.recording import day
from scrutinybook.committee.actions import Standing
from scrutinybook.findings.actions import ActionsAll, ActionStands
from scrutinybook.pages import fragments
from scrutinybook.pages.cards import Card, cards


def stands(context: AnyContext) -> tuple[ActionStands, ...]:
    """Each action promised by the end of the edition's month, overdue ones first."""
    held, month = context.committee.actions, context.edition.month
    if held is None:
        return ()
    return tuple(ActionStands(a.id, a, month, a.standing(month)) for a in held.as_at(month))


def counted(found: tuple[ActionStands, ...], context: AnyContext) -> ActionsAll:
    """How many stand how."""
    each = [one.standing for one in found]
    return ActionsAll(
        measure_id="actions",
        month=context.edition.month,
        n=len(found),
        overdue=each.count(Standing.OVERDUE),
        open=each.count(Standing.OPEN),
        done=each.count(Standing.DONE),
    )


def message(context: AnyContext) -> str:
    """How many actions are overdue, open and done."""
    return fragments.headline(said.all_actions(counted(stands(context), context)))


def overdue(context: AnyContext) -> str:
    """The overdue ones with the day they were due; a sentence where there is none."""
    found = [each for each in stands(context) if each.standing is Standing.OVERDUE]
    if not found:
        return fragments.text("No action is overdue.")
    entries = "".join(
        f'<li class="sb-is-signal"><strong>{escape(each.action.promised)}</strong>'
        f" {escape(words.upper_first(each.action.owner))}."
        f" {fragments.sentences([said.overdue(each)])}</li>"
        for each in found
    )
    return f'<ul class="sb-findings">{entries}</ul>'


def every_action(context: AnyContext) -> str:
    """All of them: what, who, for which meeting, by when, how it stands, what shows it."""
    return cards("All actions, overdue ones first", [_card(context, a) for a in stands(context)])


def _card(context: AnyContext, found: ActionStands) -> Card:
    action = found.action
    shows = [] if action.evidence is None else [escape(action.evidence)]
    if action.measure is not None:
        shows.append(measure_link(context, action.measure))
    return Card(
        title=action.promised,
        mark=said.state_text(found),
        stands_out=found.standing is Standing.OVERDUE,
        rows=(
            ("Who answers for it", escape(words.upper_first(action.owner))),
            ("Promised on", day(action.meeting)),
            ("Due by", day(action.due)),
            (
                "What shows it" if found.standing is Standing.DONE else "Where it would show",
                "; ".join(shows) or "Nothing on record yet",
            ),
        ),
    )
