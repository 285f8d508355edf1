"""Every yearly measure of a published edition on one page: the month, the table, what to ask."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.many import edition_tests
from scrutinybook.analysis.official_glance import official_glances, official_questions
from scrutinybook.chapters.front_door import FrontDoor, front_door
from scrutinybook.chapters.measure_links import measure_address
from scrutinybook.charts.sparkline import sparkline
from scrutinybook.commentary import levels as level_words
from scrutinybook.commentary import monthly as month_words
from scrutinybook.commentary import official_glance as said
from scrutinybook.commentary import summary, yearly
from scrutinybook.commentary import words as plain
from scrutinybook.commentary.figures import value_text
from scrutinybook.commentary.polarity import in_brief
from scrutinybook.context import Context
from scrutinybook.findings.base import Direction
from scrutinybook.findings.changes import EditionChanges
from scrutinybook.findings.official_glance import OfficialGlance
from scrutinybook.measures.series import Observation
from scrutinybook.pages import fragments
from scrutinybook.pages.glance_table import GlanceRow, glance_table

_HOW = (
    "What needs asking comes first: what changed for the worse or lies beyond nearly all"
    " authorities on the worse side, then all else that changed or lies far out, then the rest."
    " Each small line has a scale of its own, and a gap where there is no figure. The icons of"
    " control charts need figures by month; these come once a year, too few for an icon, so words"
    " stand in its place. Referrals by month have their chart on the page of the front door."
)


def month_in_five(context: Context) -> str:
    """Referrals of the month and their level, then what the yearly figures say."""
    door, tests = front_door(context), edition_tests(context)
    lines = []
    if isinstance(door, FrontDoor):
        lines.append(month_words.headline(door.latest, door.judged.finding, "referrals"))
        lines.append(level_words.headline(door.levels, "referrals"))
    if tests is not None:
        lines += summary.changes_in_short(tests)
    return fragments.bullets([[each] for each in lines])


def every_measure(context: Context, since: EditionChanges | None) -> str:
    """The table. `since`: what changed since the edition before, where there is one."""
    rows = official_glances(context, since)
    if not rows:
        return fragments.text("No yearly measure has a figure.")
    how = _HOW
    if since is not None:
        how += f" “Then” is the edition of {since.then.words}."
    caption = f"{context.authority}: every yearly measure as at {context.edition.month.words}"
    return fragments.text(how) + glance_table(caption, [_row(context, row) for row in rows])


def questions(context: Context) -> list[str]:
    """Items of a list: each question with its evidence and a link to it."""
    tests = edition_tests(context)
    return [
        f"<li><p><strong>{fragments.sentences([said.question(row)])}</strong></p>"
        f"<p>{fragments.sentences([yearly.headline(row.latest, row.among, tests)])}"
        f' <a href="{measure_address(context, row.measure_id)}">The evidence'
        f'<span class="sb-hidden"> on {escape(row.measure.noun)}</span></a></p></li>'
        for row in official_questions(official_glances(context))
    ]


def _row(context: Context, row: OfficialGlance) -> GlanceRow:
    then = getattr(row.latest, "then", None)
    stands_out = row.direction is not Direction.SAME
    trend = sparkline(row.values, said.trend_description(row), signal=stands_out)
    return GlanceRow(
        title=row.measure.title,
        address=measure_address(context, row.measure_id),
        way=plain.upper_first(in_brief(row.measure.polarity)),
        cells={
            "Latest": _figure(row, row.latest.now),
            "Year before": "none" if then is None else _figure(row, then, period=False),
            "Recent past": trend or "too few figures to draw",
            "Against its past": fragments.sentences([*said.change(row), *said.since_last(row)]),
            "Neighbours, England, target": fragments.sentences(said.beside(row)),
        },
    )


def _figure(row: OfficialGlance, observation: Observation, *, period: bool = True) -> str:
    small = []
    if observation.parts is not None:
        top, bottom = (plain.whole(part) for part in observation.parts)
        small.append(f"{top} of {bottom}")
    if period:
        small.append(observation.period.words)
    told = "".join(f' <span class="sb-small">{escape(each)}</span>' for each in small)
    return f"<strong>{escape(value_text(row.measure, observation))}</strong>{told}"
