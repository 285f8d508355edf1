"""What the first page says of promises and statements: overdue actions, verdicts, with links."""

from __future__ import annotations

from scrutinybook.analysis.claims import claims_all, claims_of
from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.analysis.plan import plan_all
from scrutinybook.chapters import actions
from scrutinybook.chapters.plan import improvement_plan
from scrutinybook.chapters.registry import CHAPTERS, ChapterEntry
from scrutinybook.commentary import actions as action_words
from scrutinybook.commentary import claims as claim_words
from scrutinybook.commentary import plan as plan_words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.committee.actions import Standing
from scrutinybook.council_context import CouncilContext
from scrutinybook.pages import fragments


def committee_in_brief(context: AnyContext) -> str:
    """Overdue actions one by one, and a line on statements; nothing without such files."""
    month = context.edition.month
    pieces = []
    if context.committee.has("actions", month):
        found = actions.stands(context)
        said = action_words.all_actions(actions.counted(found, context))
        pieces.append(_line("actions", said))
        if any(each.standing is Standing.OVERDUE for each in found):
            pieces.append(actions.overdue(context))
    if context.committee.has("claims", month):
        told = claim_words.all_claims(claims_all(claims_of(context)))
        pieces.append(_line("claims", told[0]))
    if isinstance(context, CouncilContext) and context.committee.has("plan", month):
        page = improvement_plan(context)
        rated = plan_words.whole_plan(plan_all(context, page.plan, page.found))
        pieces.append(_line("plan", *rated[1:] or rated))
    if not pieces:
        return ""
    return fragments.heading("What the committee was promised and told, and the plan") + "".join(
        pieces
    )


def _line(file: str, *said: Sentence) -> str:
    entry = _entry(file)
    link = f'<a href="{entry.page}">{entry.title}</a>'
    return f"<p>{fragments.sentences(said)} {link}.</p>"


def _entry(file: str) -> ChapterEntry:
    return next(each for each in CHAPTERS if each.file == file)
