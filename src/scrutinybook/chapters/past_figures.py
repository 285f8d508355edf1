"""Changes to past figures: which, from what to what, by which edition or release, and why."""

from __future__ import annotations

from itertools import pairwise

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.analysis.restatements import STILL_RECORDED, restatements
from scrutinybook.chapters.found import editions_up_to
from scrutinybook.commentary import restatements as said
from scrutinybook.commentary import words
from scrutinybook.commentary.any_figure import figure_text
from scrutinybook.commentary.sources import out
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.restatements import Restatement, Restatements, Revision
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.items import ITEMS
from scrutinybook.sources.symbols import Symbol
from scrutinybook.workspace import Workspace

HOW = (
    "Both figures are those that the two editions show. What either withholds is not worked out,"
    " and a figure that both withhold is not listed, whatever became of it. Totals of the year"
    " follow from their months and are not listed again."
)
RULE = (
    f"Where an analyst wrote nothing, a change to one of the {words.small(STILL_RECORDED)} months"
    " up to the edition before counts as a scheduled revision, since records of these months are"
    " read again each time. A change to an older figure counts as a correction."
)
ONE_SOURCE = (
    "All editions of this authority are made from the releases on file now, so that no figure"
    " differs between them. Below are figures that one release gives otherwise than another."
)


def message(workspace: Workspace, context: AnyContext) -> str:
    """What changed by this edition, with every figure; then by those before it."""
    if not isinstance(context, CouncilContext):
        return _releases(context)
    chain = [
        each for each in editions_up_to(workspace, context) if isinstance(each, CouncilContext)
    ]
    if len(chain) == 1:
        return fragments.text("This edition names none before it, so no past figure is compared.")
    newest, *older = [_between(then, now) for now, then in pairwise(chain)]
    pieces = [
        fragments.headline(said.headline(newest)),
        fragments.paragraph(said.kinds(newest)),
        fragments.text(HOW),
        fragments.text(RULE),
        *_unused(chain[0], newest),
        _tables(newest),
    ]
    for each in older:
        pieces += [
            fragments.heading(f"By the edition for {each.now.words}"),
            fragments.paragraph([said.headline(each), *said.kinds(each)]),
            fragments.more("These figures, old and new", _tables(each)),
        ]
    return "".join(pieces)


def _between(then: CouncilContext, now: CouncilContext) -> Restatements:
    return restatements(
        then.figures,
        now.figures,
        now.catalogue.extract_measures,
        month_then=then.edition.month,
        month_now=now.edition.month,
        reasons=now.edition.restatements,
    )


def _unused(context: CouncilContext, found: Restatements) -> list[str]:
    """Reasons in the edition's file that no change answers to: none is dropped in silence."""
    used = {(each.measure_id, each.reason) for each in found.changed}
    return [
        fragments.text(
            "The edition’s file gives a reason for changes to"
            f" ‘{context.catalogue.extract_measure(each.measure).title}’, of which no shown figure"
            f" changed: {each.reason}"
        )
        for each in context.edition.restatements
        if (each.measure, each.reason) not in used
    ]


def _tables(found: Restatements) -> str:
    """Corrections as they stand; scheduled revisions, of which there are many, by measure."""
    pieces = []
    for revision in (Revision.CORRECTION, Revision.SCHEDULED):
        mine = found.of(revision)
        if not mine:
            continue
        name = f"{words.upper_first(revision.value)}s by the edition for {found.now.words}"
        columns = [
            Column("Figure", numeric=False),
            Column("Period", numeric=False),
            Column("Was"),
            Column("Is now"),
            Column("Reason", numeric=False),
        ]
        listed = table(name, columns, [_row(each) for each in mine])
        title = f"{words.upper_first(revision.value)}s ({len(mine)})"
        pieces.append(fragments.more(title, listed))
    return "".join(pieces)


def _row(found: Restatement) -> list[str]:
    title = found.measure.title + (f": {found.part}" if found.part else "")
    then, now = (figure_text(found.measure, each) for each in (found.then, found.now))
    return [title, found.then.period.words, then, now, found.reason or said.NO_REASON]


def _printed(value: object, symbol: object) -> str:
    """A figure as the release has it; a symbol in words."""
    if not value:
        return Symbol(str(symbol)).words
    number = float(str(value))
    return words.whole(number) if number.is_integer() else words.decimal(number)


def _releases(context: Context) -> str:
    frame, rows = context.figures.restatements, []
    for row in frame.to_dict("records"):
        period = FigurePeriod.parse(str(row["period"]))
        if row["area_code"] != context.figures.authority:
            continue
        if period.end > context.edition.month.last_day:
            continue
        releases = [context.releases.by_id[str(row[key])] for key in ("was_release", "now_release")]
        rows.append(
            [
                ITEMS[str(row["item"])].words,
                period.words,
                *(_printed(row[f"{side}_value"], row[f"{side}_symbol"]) for side in ("was", "now")),
                f"Scheduled revision: {releases[1].title}, which came out"
                f" {out(releases[1].published)}; before: {releases[0].title}",
            ]
        )
    columns = [
        Column("Figure", numeric=False),
        Column("Period", numeric=False),
        Column("Was"),
        Column("Is now"),
        Column("By which release", numeric=False),
    ]
    if not rows:
        none = f"No figure of {context.authority} differs between the releases on file."
        return fragments.text(none)
    caption = f"Figures of {context.authority} that differ between releases"
    n = words.small_count_of(len(rows), "figures")
    text = f"{words.upper_first(n)} of {context.authority} differ" + ("s" if len(rows) == 1 else "")
    return (
        fragments.text(f"{text} between the releases on file, up to {context.edition.month.words}.")
        + fragments.text(ONE_SOURCE)
        + table(caption, columns, rows)
    )
