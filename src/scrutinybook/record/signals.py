"""The signals of a record: what its edition said stands out, and whether another still holds it.

Read from the published table of statistics, so that an edition of years ago can be asked as well as
this month's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scrutinybook.months_written import guess_month
from scrutinybook.periods import Month
from scrutinybook.record.tables import RecordTable

_CHART = re.compile(r"chart, (?P<month>\w+ \d{4}): beyond limits")
_CHANGE = re.compile(r"(?P<change>changes \d+): month")
_STANDING = re.compile(r"stand \d+")
_TESTED = re.compile(r"(?P<tested>(?:tested|levels) \d+): measure id")
_JUDGED = ("judged", "control-verdict")
"""Findings on a chart's latest month."""
_BEYOND = "beyond a limit"
_FLOW = "net flow"
"""The chart that shows changes from month to month."""
_LEVELS, _YEAR = "level-changes", "change-on-year"


class SignalKind(StrEnum):
    """What stands out."""

    MONTH = "a month beyond its limits"
    PATTERN = "a pattern up to the latest month"
    LEVEL = "a lasting change of level"
    YEAR = "a change on the year before"


@dataclass(frozen=True)
class Signal:
    """One thing that an edition said stands out."""

    measure: str
    """The measure's id."""
    kind: SignalKind
    when: str
    """The month or year, or a change's range of months, as pages have it."""
    higher: bool
    """Whether it points up."""
    rule: str = ""
    """Of a pattern: which one; of a month: whether changes are charted; of a level: how sure."""
    first: Month | None = None
    """Of a change of level: the first and last month of its range."""
    last: Month | None = None
    stands: bool = True
    """Of a change of level: whether it stands among all that the edition tests."""

    @property
    def words(self) -> str:
        """In plain words, after the measure's name."""
        way = "higher" if self.higher else "lower"
        if self.kind is SignalKind.MONTH:
            what = f"the change in {self.when}" if self.rule == _FLOW else self.when
            return f"{what} lies beyond the limits ({way})"
        if self.kind is SignalKind.PATTERN:
            return f"{self.when} is {self.rule} ({way})"
        if self.kind is SignalKind.LEVEL:
            among = "" if self.stands else "; not beyond chance among all that was tested"
            return f"the level is {way} from {self.when} ({self.rule}{among})"
        return f"{self.when} is {way} than the year before, beyond chance"


@dataclass(frozen=True)
class Statistics:
    """A record's table of statistics, to be asked for facts and signals."""

    facts: Mapping[tuple[str, str], str]
    """By the finding's id and the item."""

    @classmethod
    def of(cls, table: RecordTable) -> Statistics:
        """Take in the table ``statistics.csv``."""
        finding, item, value = (table.columns.index(c) for c in ("Finding", "Item", "Value"))
        return cls({(row[finding], row[item]): row[value] for row in table.rows})

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """All signals, in the order of the table."""
        found: list[Signal] = []
        for (finding, item), value in self.facts.items():
            measure, _, sort = finding.partition("/")
            if sort in _JUDGED:
                found += self._of_chart(measure, finding, item, value)
            elif sort == _LEVELS and (match := _CHANGE.fullmatch(item)):
                found += self._of_level(measure, finding, match["change"])
            elif sort == "many-tested" and _STANDING.fullmatch(item) and value.endswith(_YEAR):
                found.append(self._of_year(value))
        return tuple(dict.fromkeys(found))

    def holds(self, signal: Signal) -> bool | None:
        """Whether this edition still holds a signal of another; None where it does not look there.

        A change of level is the same where the ranges of months overlap.
        """
        mine = [s for s in self.signals if (s.measure, s.kind) == (signal.measure, signal.kind)]
        if signal.kind is SignalKind.MONTH:
            judged = [self.facts.get((f, i)) for f, i in self._points(signal)]
            known = [each for each in judged if each is not None]
            return any(s.when == signal.when and s.higher == signal.higher for s in mine) or (
                False if known else None
            )
        if signal.kind is SignalKind.PATTERN:
            same = any((s.rule, s.higher) == (signal.rule, signal.higher) for s in mine)
            return same or (False if self._judges(signal.measure) else None)
        if signal.kind is SignalKind.LEVEL:
            return self._holds_level(signal, mine)
        if any(s.when == signal.when and s.higher == signal.higher for s in mine):
            return True
        now = self.facts.get((f"{signal.measure}/{_YEAR}", "now: period"))
        return False if now == signal.when else None

    def _of_chart(self, measure: str, finding: str, item: str, value: str) -> Iterator[Signal]:
        match = _CHART.fullmatch(item)
        if match and value == "yes":
            start = f"chart, {match['month']}: "
            point, centre = (
                _number(self.facts.get((finding, f"{start}{line}")))
                for line in ("value", "centre line")
            )
            if point is not None and centre is not None:
                chart = self.facts.get((finding, "chart"), "")
                flow = _FLOW if chart == _FLOW else ""
                yield Signal(measure, SignalKind.MONTH, match["month"], point > centre, flow)
        if item == "rule" and value not in ("none", _BEYOND):
            when = self.facts.get((finding, "latest: period"), "the latest month")
            higher = self.facts.get((finding, "direction")) == "higher"
            yield Signal(measure, SignalKind.PATTERN, when, higher, value)

    def _of_level(self, measure: str, finding: str, change: str) -> Iterator[Signal]:
        first, last, state = (
            self.facts.get((finding, f"{change}: {item}"), "")
            for item in ("first", "last", "state")
        )
        before, after = (
            _number(self.facts.get((finding, f"{change}: {item}"))) for item in ("before", "after")
        )
        if before is None or after is None:
            return
        when = first if first == last else f"{first} to {last}"
        months = guess_month(first), guess_month(last)
        stands = self._stands(measure)
        yield Signal(measure, SignalKind.LEVEL, when, after > before, state, *months, stands)

    def _of_year(self, finding: str) -> Signal:
        measure = finding.partition("/")[0]
        when = self.facts.get((finding, "now: period"), "the latest year")
        estimate = _number(self.facts.get((finding, "difference: estimate")))
        return Signal(measure, SignalKind.YEAR, when, (estimate or 0.0) > 0)

    def _stands(self, measure: str) -> bool:
        """Whether a search stands once it is allowed for that several were made."""
        for (finding, item), value in self.facts.items():
            match = _TESTED.fullmatch(item) if value == measure else None
            if match:
                return self.facts.get((finding, f"{match['tested']}: stands")) == "yes"
        return True  # it was the only one

    def _holds_level(self, signal: Signal, mine: list[Signal]) -> bool | None:
        if signal.first is None or signal.last is None:
            return None
        for each in mine:
            if each.first is None or each.last is None or each.higher != signal.higher:
                continue
            if each.first <= signal.last and signal.first <= each.last:
                return True
        begins = guess_month(self.facts.get((f"{signal.measure}/{_LEVELS}", "first"), ""))
        # A change before the months that are searched now is not looked for.
        return False if begins is not None and begins < signal.first else None

    def _points(self, signal: Signal) -> Iterator[tuple[str, str]]:
        for sort in _JUDGED:
            yield f"{signal.measure}/{sort}", f"chart, {signal.when}: beyond limits"

    def _judges(self, measure: str) -> bool:
        return (f"{measure}/judged", "rule") in self.facts


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
