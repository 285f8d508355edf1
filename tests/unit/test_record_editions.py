"""Two editions of one authority, from what both published: figures and signals, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_records import manifest_of
from projects import Scrutiny

from scrutinybook.chapters.all_statistics import COLUMNS as STATISTICS_COLUMNS
from scrutinybook.downloads.csv_file import FIRST
from scrutinybook.downloads.tables import COLUMNS
from scrutinybook.errors import ExitCode, FaultsFound
from scrutinybook.page_names import STATISTICS
from scrutinybook.record.editions import EditionsCompared, compare_editions
from scrutinybook.record.signals import SignalKind
from scrutinybook.record.tables import RecordTable, as_bytes
from scrutinybook.record.writing import put_record
from scrutinybook.workspace import Workspace

FEBRUARY, MARCH = "plymouth-2023-02", "plymouth-2023-03"


def contacts(*months: tuple[str, str], part: str = "all") -> list[tuple[str, ...]]:
    """Rows of a measure's table: a count, or a mark, by month."""
    rows = []
    for month, figure in months:
        mark = "[c] withheld" if figure == "[c]" else "none"
        cells = (figure, "[z]", figure, "contacts", mark, "none", "the council’s own records")
        rows.append(("Title", "Contacts", "Plymouth", month, "the month", part, *cells))
    return rows


def statistics(*facts: tuple[str, str, str]) -> RecordTable:
    rows = tuple(("Title", f.partition("/")[0], f, item, value) for f, item, value in facts)
    return RecordTable(STATISTICS, STATISTICS_COLUMNS, rows)


Facts = list[tuple[str, str, str]]


def beyond(month: str, value: str) -> Facts:
    """A chart's month beyond its limits, as the table of statistics has it."""
    return charted(month, value, "yes", "beyond a limit")


def within(month: str, value: str, rule: str = "none") -> Facts:
    """A month within its limits."""
    return charted(month, value, "no", rule)


def charted(month: str, value: str, signals: str, rule: str) -> Facts:
    chart = f"chart, {month}: "
    return [
        ("contacts/judged", "latest: period", month),
        ("contacts/judged", "rule", rule),
        ("contacts/judged", "direction", "higher"),
        ("contacts/judged", f"{chart}value", value),
        ("contacts/judged", f"{chart}centre line", "100"),
        ("contacts/judged", f"{chart}beyond limits", signals),
    ]


def level(first: str, last: str, begins: str = "April 2019") -> Facts:
    found = "contacts/level-changes"
    return [
        (found, "first", begins),
        (found, "changes 1: month", first),
        (found, "changes 1: first", first),
        (found, "changes 1: last", last),
        (found, "changes 1: before", "100"),
        (found, "changes 1: after", "140"),
        (found, "changes 1: state", "confirmed by later months"),
    ]


def record(
    workspace: Workspace,
    edition: str,
    rows: list[tuple[str, ...]],
    facts: Facts | None = None,
    **more: str,
) -> None:
    table = RecordTable("contacts.csv", (*FIRST, *COLUMNS), tuple(rows))
    held = {table.name: as_bytes(table), STATISTICS: as_bytes(statistics(*(facts or [])))}
    made = manifest_of(held, authority=more.get("authority", "Plymouth"), month=edition[-7:])
    put_record(workspace, made.model_copy(update={"kind": more.get("kind", made.kind)}), held)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_new_changed_and_gone_figures(workspace: Workspace) -> None:
    record(workspace, FEBRUARY, contacts(("January 2023", "238"), ("February 2023", "[c]")))
    record(workspace, MARCH, contacts(("February 2023", "174"), ("March 2023", "255")))
    found = compare_editions(workspace, MARCH, FEBRUARY)
    assert [(f.place, f.words) for f in found.new] == [("March 2023", "255")]
    assert [(f.place, f.words) for f in found.gone] == [("January 2023", "238")]
    assert [(c.then.words, c.now.words) for c in found.changed] == [("[c] withheld", "174")]
    assert found.title("contacts") == "Contacts"


def test_nothing_is_said_that_neither_edition_says(workspace: Workspace) -> None:
    """A whole and all parts but one would give the withheld part: no difference is worked out."""
    record(workspace, FEBRUARY, contacts(("January 2023", "238")))
    rows = contacts(("January 2023", "240")) + contacts(("January 2023", "[c]"), part="police")
    record(workspace, MARCH, rows)
    found = compare_editions(workspace, FEBRUARY, MARCH)
    published = {"238", "240", "[c] withheld"}
    said = {f.words for f in (*found.new, *found.gone)}
    said |= {words for c in found.changed for words in (c.then.words, c.now.words)}
    assert said == published
    assert found.new[0].place == "police, January 2023"


@pytest.mark.parametrize(
    ("then", "now", "new", "gone", "unasked"),
    [
        # The same month, still beyond its limits.
        (beyond("March 2023", "180"), beyond("March 2023", "180"), 0, 0, 0),
        # The limits moved, and the month lies within them now.
        (beyond("March 2023", "130"), within("March 2023", "130"), 0, 1, 0),
        # A month that is charted no longer.
        (beyond("March 2018", "180"), within("March 2023", "110"), 0, 0, 1),
        # A new month stands out.
        (within("March 2023", "110"), beyond("April 2023", "180"), 1, 0, 0),
        # Beyond the limits on the other side is no longer the same signal.
        (beyond("March 2023", "180"), beyond("March 2023", "20"), 1, 1, 0),
        # A shift that goes on is one signal.
        (
            within("March 2023", "110", "part of a trend"),
            within("April 2023", "112", "part of a trend"),
            *(0, 0, 0),
        ),
        # A change of level is the same while the ranges overlap.
        (level("March 2022", "June 2022"), level("May 2022", "July 2022"), 0, 0, 0),
        (level("March 2022", "April 2022"), level("May 2022", "July 2022"), 1, 1, 0),
        (level("March 2022", "April 2022"), level("May 2023", "May 2023", "May 2022"), 1, 0, 1),
        ([], level("March 2022", "April 2022"), 1, 0, 0),
        (level("March 2022", "April 2022"), [], 0, 0, 1),
    ],
)  # fmt: skip
def test_signals_that_came_went_or_were_not_looked_for(
    workspace: Workspace,
    then: Facts,
    now: Facts,
    new: int,
    gone: int,
    unasked: int,
) -> None:
    record(workspace, FEBRUARY, contacts(("January 2023", "238")), then)
    record(workspace, MARCH, contacts(("January 2023", "238")), now)
    found = compare_editions(workspace, FEBRUARY, MARCH)
    assert _counts(found) == (new, gone, unasked)
    # None of the earlier edition's signals is dropped in silence.
    kept = [s for s in found.earlier.statistics.signals if found.later.statistics.holds(s)]
    others = (*found.signals_gone, *found.signals_unasked)
    assert sorted(s.words for s in (*kept, *others)) == sorted(
        s.words for s in found.earlier.statistics.signals
    )


def test_a_change_on_the_year_before_stands_for_its_year(workspace: Workspace) -> None:
    def year(period: str, stands: str) -> Facts:
        return [
            ("contacts/change-on-year", "now: period", period),
            ("contacts/change-on-year", "difference: estimate", "-0.05"),
            *([("all/many-tested", "stand 1", "contacts/change-on-year")] if stands else []),
        ]

    record(workspace, FEBRUARY, [], year("2022/23", "yes"))
    for now, expected in ((("2022/23", "yes"), (0, 0, 0)), (("2022/23", ""), (0, 1, 0)),
                          (("2023/24", "yes"), (1, 0, 1))):  # fmt: skip
        record(workspace, MARCH, [], year(*now))
        assert _counts(compare_editions(workspace, FEBRUARY, MARCH)) == expected
    signal = compare_editions(workspace, FEBRUARY, MARCH).signals_new[0]
    assert (signal.kind, signal.higher) == (SignalKind.YEAR, False)


def test_editions_that_cannot_be_set_side_by_side(workspace: Workspace) -> None:
    record(workspace, MARCH, contacts(("March 2023", "255")))
    record(workspace, "torbay-2023-02", contacts(("February 2023", "9")), authority="Torbay")
    with pytest.raises(FaultsFound, match="editions of two authorities"):
        compare_editions(workspace, MARCH, "torbay-2023-02")
    with pytest.raises(FaultsFound, match="one edition twice"):
        compare_editions(workspace, MARCH, MARCH)
    with pytest.raises(FaultsFound, match="2 faults") as error:
        compare_editions(workspace, "plymouth-2023-01", "plymouth-march")
    assert "there is no record" in str(error.value)
    assert "not an edition's id" in str(error.value)
    record(workspace, FEBRUARY, contacts(("February 2023", "9")), kind="council")
    with pytest.raises(FaultsFound, match="figures of two kinds, council and published"):
        compare_editions(workspace, FEBRUARY, MARCH)


def test_the_command_says_it_in_plain_words(scrutiny: Scrutiny, project: Path) -> None:
    workspace = Workspace(project)
    record(workspace, FEBRUARY, contacts(("January 2023", "238")), level("May 2022", "May 2022"))
    rows = contacts(("January 2023", "240"), ("February 2023", "255"))
    record(workspace, MARCH, rows, beyond("March 2023", "180"))
    code, out, err = scrutiny("diff", FEBRUARY, MARCH)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "plymouth-2023-03, set against plymouth-2023-02:",
        "",
        "Signals that are new:",
        "  Contacts: March 2023 lies beyond the limits (higher)",
        "",
        "Signals no longer held: none",
        "",
        "Earlier signals that were not looked for again:",
        "  Contacts: the level is higher from May 2022 (confirmed by later months)",
        "",
        "Figures that changed:",
        "  Contacts, January 2023: 238 → 240",
        "",
        "New figures:",
        "  Contacts, February 2023: 255",
        "",
        "Figures no longer shown: none",
    ]
    code, out, err = scrutiny("diff", FEBRUARY, "plymouth-2024-03")
    assert (code, out) == (ExitCode.FAULTS, "")
    assert "record/plymouth-2024-03/manifest.json: there is no record" in err


def _counts(found: EditionsCompared) -> tuple[int, int, int]:
    return len(found.signals_new), len(found.signals_gone), len(found.signals_unasked)
