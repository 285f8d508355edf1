"""Signals followed from edition to edition, on drawn editions with the answer written beside."""

from __future__ import annotations

import pytest

from scrutinybook.analysis.ledger import ledger
from scrutinybook.findings.base import Direction
from scrutinybook.findings.claims import Verdict
from scrutinybook.findings.found import (
    ClaimFound,
    EditionFound,
    LevelFound,
    MeasureFound,
    MonthFound,
)
from scrutinybook.findings.ledger import Hold, Ledger, Sort
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Rule

UP = Direction.HIGHER
_RULES = {"^": Rule.BEYOND, "r": Rule.SHIFT}


def edition(
    month: str, drawn: str, *, levels: tuple[LevelFound, ...] = (), claim: Verdict | None = None
) -> EditionFound:
    """Months up to the edition's own, a sign each: . within, ^ beyond, r a run, c withheld."""
    last = Month.parse(month)
    months = []
    for back, sign in enumerate(reversed(drawn)):
        here = last - back
        figure = Observation(
            FigurePeriod.parse(str(here)),
            None if sign == "c" else 100.0 + back,
            None,
            Symbol.SUPPRESSED if sign == "c" else None,
            "",
        )
        rule = _RULES.get(sign)
        months.append(MonthFound(here, figure, rule, UP if rule else Direction.SAME))
    judged = drawn[-1] != "c"
    found = MeasureFound(
        "contacts",
        months[0].figure,
        months[0].direction,
        judged,
        "" if judged else "the latest period has no figure",
        tuple(reversed(months)),
        levels,
        last - 47,
    )
    claims = () if claim is None else (ClaimFound("rose", claim),)
    return EditionFound(f"demo-{month}", last, (found,), claims)


def holds(found: Ledger) -> list[str]:
    return [
        f"{s.sort.name} {s.first}"
        + (f"..{s.last}" if s.last != s.first else "")
        + f" from {s.first_published}: "
        + " ".join(each.hold.name for each in s.later)
        for s in found.signals
    ]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (("..", "..."), []),
        ((".^", ".^."), ["MONTH 2023-01 from 2023-01: HELD"]),
        ((".^", "..."), ["MONTH 2023-01 from 2023-01: NOT_HELD"]),
        ((".^", "...", ".^.."), ["MONTH 2023-01 from 2023-01: NOT_HELD HELD"]),
        ((".^", ".c."), ["MONTH 2023-01 from 2023-01: WITHHELD"]),
        ((".^", ".^c"), ["MONTH 2023-01 from 2023-01: NOT_JUDGED"]),
        ((".^", "."), ["MONTH 2023-01 from 2023-01: OUT_OF_REACH"]),
        ((".^", ".^^"), [
            "MONTH 2023-02 from 2023-02: ", "MONTH 2023-01 from 2023-01: HELD",
        ]),
        # A run that goes on is one signal; after a month without it another begins.
        ((".r", ".rr", ".rrr"), ["RUN 2023-01..2023-03 from 2023-01: HELD HELD"]),
        ((".r", "...", "...r"), [
            "RUN 2023-03 from 2023-03: ", "RUN 2023-01 from 2023-01: NOT_HELD NOT_HELD",
        ]),
    ],
)  # fmt: skip
def test_months_and_runs(drawn: tuple[str, ...], expected: list[str]) -> None:
    found = ledger([edition(str(Month(2023, 1) + k), each) for k, each in enumerate(drawn)])
    assert holds(found) == expected


def level(first: str, last: str, *, confirmed: bool = False) -> LevelFound:
    return LevelFound(Month.parse(first), Month.parse(last), UP, 90.0, 120.0, confirmed)


def test_a_provisional_change_is_confirmed_then_lost_and_stays_in_the_list() -> None:
    found = ledger(
        [
            edition("2023-01", "..", levels=(level("2022-10", "2022-12"),)),
            edition("2023-02", "..", levels=(level("2022-09", "2022-11", confirmed=True),)),
            edition("2023-03", ".."),
        ]
    )
    (signal,) = found.signals
    assert signal.confirmed_in == Month(2023, 2)
    assert [each.hold for each in signal.later] == [Hold.HELD, Hold.NOT_HELD]
    assert signal.lost_in is not None and signal.lost_in.edition == Month(2023, 3)
    assert found.not_held == (signal,)


def test_another_change_far_away_is_another_signal() -> None:
    found = ledger(
        [
            edition("2023-01", "..", levels=(level("2021-01", "2021-03"),)),
            edition("2023-02", "..", levels=(level("2022-09", "2022-11"),)),
        ]
    )
    assert holds(found) == [
        "LEVEL 2022-09..2022-11 from 2023-02: ",
        "LEVEL 2021-01..2021-03 from 2023-01: NOT_HELD",
    ]


def test_a_verdict_that_turns_is_two_signals() -> None:
    found = ledger(
        [
            edition("2023-01", "..", claim=Verdict.TOO_EARLY),
            edition("2023-02", "..", claim=Verdict.SUPPORTED),
            edition("2023-03", "..", claim=Verdict.NOT_SUPPORTED),
        ]
    )
    told = [(s.verdict, s.first_published.month, s.now) for s in found.signals]
    assert {s.sort for s in found.signals} == {Sort.VERDICT}
    assert told == [
        (Verdict.NOT_SUPPORTED, 3, Hold.HELD),
        (Verdict.SUPPORTED, 2, Hold.NOT_HELD),
    ]


def test_no_signal_of_an_earlier_edition_is_ever_missing() -> None:
    editions = [edition(str(Month(2023, 1) + k), "." * (k + 1) + "^") for k in range(6)]
    for n in range(1, 7):
        found = ledger(editions[:n])
        assert {s.first_published for s in found.signals} == {e.month for e in editions[:n]}
        assert len(found.new) + len(found.held) + len(found.not_held) == len(found.signals) == n


def test_without_an_edition_there_is_nothing_to_follow() -> None:
    with pytest.raises(ValueError, match="no edition"):
        ledger([])
