"""How records were kept, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.council.recording import Recording, TableRecording
from scrutinybook.findings.council import LatestFigure
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Format

ID = "all/recording"

_NAMES = {
    "contacts": "Contacts",
    "early_help": "Early help assessments",
    "referrals": "Referrals",
    "assessments": "Assessments",
    "section_47": "Section 47 enquiries",
    "cases": "Open cases",
    "protection_plans": "Child protection plans",
    "plan_reviews": "Reviews of protection plans",
    "care_periods": "Periods of care",
    "care_episodes": "Placements and legal statuses",
    "care_reviews": "Reviews of children in care",
    "previous_permanence": "Permanence before care",
    "care_leavers": "Care leavers",
    "social_workers": "Social workers",
    "vacancies": "Vacancies",
    "local_figures": "Local figures",
}
_FORMATS = {
    Format.ANNEX_A: "Annex A lists",
    Format.SSDA903: "children looked after return",
    Format.CIN_CENSUS: "children in need census",
    Format.WORKFORCE_CENSUS: "workforce census",
    Format.LOCAL_FIGURES: "local table",
}
LARGE_GROWTH = 0.05
"""Growth from which a reader should know of it before reading a latest month."""

SOME_GROWTH = 0.01
"""Growth from which a measure's own section says so."""


def name_of(table: str) -> str:
    """An event table as pages name it."""
    return _NAMES[table]


def format_of(fmt: Format) -> str:
    """A format as pages name it."""
    return _FORMATS[fmt]


def column_of(column: str) -> str:
    """A column as pages name it."""
    return column.replace("_", " ")


def day(when: date) -> str:
    """``31 March 2023``."""
    return f"{when.day} {Month(when.year, when.month).words}"


def headline(tables: Sequence[TableRecording]) -> Sentence:
    """Which records grow most after a month is first counted."""
    grown = [(each.growth[0].share, each) for each in tables if each.growth]
    if not grown:
        return Sentence("Too few extracts are held to say how months grow.", ID)
    share, most = max(grown, key=lambda pair: abs(pair[0]))
    way = "grows" if share >= 0 else "shrinks"
    text = (
        f"A month {way} after it is first counted, most for {_lower(most.table)}: by"
        f" {words.percent(abs(share), 1)} within a month."
    )
    return Sentence(text, ID)


def in_brief(tables: Sequence[TableRecording]) -> list[Sentence]:
    """What that means for the latest month, and what is missing."""
    said = []
    large = [_lower(t.table) for t in tables if t.growth and t.growth[0].share >= LARGE_GROWTH]
    if large:
        said.append(
            "Read the latest month of these records with care, as it is likely to grow by about"
            f" {words.percent(LARGE_GROWTH)} or more: {'; '.join(large)}."
        )
    excluded = [_lower(t.table) for t in tables if t.excluded != 0]
    if excluded:
        said.append(f"Rows were set aside among these records: {'; '.join(excluded)}.")
    else:
        said.append("No row of the newest extracts was set aside.")
    skipped = {_lower(t.table): t.skipped for t in tables if t.skipped}
    for name, months in skipped.items():
        listed = words.listing([Month.parse(month).words for month in months])
        said.append(f"There is no extract of {name} for {listed}.")
    return [Sentence(text, ID) for text in said]


def untold(tables: Sequence[TableRecording]) -> list[Sentence]:
    """Of which records it is not told how many entries were left empty."""
    names = [_lower(each.table) for each in tables if each.empty is None]
    if not names:
        return []
    text = f"Not told, as figures made from them are withheld in part: {'; '.join(names)}."
    return [Sentence(text, ID)]


def provisional(figure: LatestFigure, recording: Recording) -> list[Sentence]:
    """By how much records behind a latest month usually grow, and where the count may end up.

    Nothing for what is counted on a day, for what is not known to grow or shrink by a hundredth,
    and for a month without a figure.
    """
    facts = figure.measure.formula_facts
    if facts.timing != "flow" or figure.measure.frequency != "month" or figure.latest.value is None:
        return []
    table = next((t for t in recording.tables if t.table == facts.tables[0]), None)
    if table is None or not table.growth or abs(table.growth[0].share) < SOME_GROWTH:
        return []
    growth, month = table.growth[0], figure.latest.period.month
    way = "grown" if growth.share > 0 else "shrunk"
    said = [
        f"{month.words} is provisional: a month of these records has usually {way} by about"
        f" {words.percent(abs(growth.share), 1)} within a month of being counted first."
    ]
    done = next((m for m in table.completed if m.month == str(month)), None)
    is_all = figure.measure.kind == "count" and done is not None
    counted = figure.latest.numerator
    # A count that is likely to stay as it is needs no second number beside it.
    grows = done is not None and words.whole(done.completed) != words.whole(done.counted)
    if done is not None and is_all and grows and done.counted == counted:
        said.append(
            f"The count is likely to come to about {words.whole(done.completed)}"
            f" ({words.whole(done.lower)} to {words.whole(done.upper)},"
            f" {words.times_in_ten(table.confidence)})."
        )
    return [Sentence(text, f"{figure.measure_id}/provisional") for text in said]


def _lower(table: str) -> str:
    name = _NAMES[table]
    return name[0].lower() + name[1:]
