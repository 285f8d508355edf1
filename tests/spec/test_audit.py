"""The audit of what can be worked out: tables a reader can check on their fingers."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from drawn_tables_of_counts import CATALOGUE, as_published, drawn, gated

from scrutinybook.council.audited import Audit, Exposed, audit_figures, refuse_exposed
from scrutinybook.council.figures import CouncilFigures
from scrutinybook.council.published import ALL, WITHHELD, YEAR_SO_FAR
from scrutinybook.disclosure.audit import View, audit, exposed
from scrutinybook.disclosure.linear import Interval
from scrutinybook.disclosure.sums import Sum
from scrutinybook.downloads import cells, tables
from scrutinybook.errors import ExitCode
from scrutinybook.sources.symbols import Symbol

PARTS = Sum((("all", 1.0), ("a", -1.0), ("b", -1.0), ("c", -1.0)))


def told(
    known: dict[str, float], *sums: Sum[str], least: float = 0.0, exact: bool = True
) -> dict[str, tuple[float, float, bool]]:
    """Of each figure that is not known: the least, the most, whether it is exposed."""
    cells_of = {cell for each in sums for cell, _ in each.terms} - set(known)
    view = View(known, dict.fromkeys(cells_of, least), sums, sorted(cells_of))
    return {
        found.cell: (found.interval.lower, found.interval.upper, found.is_exposed)
        for found in audit(view, exact=exact)
    }


def test_one_withheld_part_follows_from_the_rest() -> None:
    """66 less 40 less 12 is 14, but of one part alone: 14 is not small, so nobody is exposed."""
    assert told({"all": 66, "a": 40, "b": 12}, PARTS) == {"c": (14, 14, False)}
    assert told({"all": 55, "a": 40, "b": 12}, PARTS) == {"c": (3, 3, True)}


def test_two_withheld_parts_cover_each_other() -> None:
    """
    all 55, a 40: 15 for b and c | all 44, a 40: 4 for both, so that 5 is ruled out
    """
    assert told({"all": 55, "a": 40}, PARTS) == {"b": (0, 15, False), "c": (0, 15, False)}
    assert told({"all": 44, "a": 40}, PARTS) == {"b": (0, 4, True), "c": (0, 4, True)}


def test_a_zero_would_have_been_shown() -> None:
    """6 for two that are not zero leaves 1 to 5; 5 for two leaves 1 to 4, one small count less."""
    assert told({"all": 46, "a": 40}, PARTS, least=1) == {"b": (1, 5, False), "c": (1, 5, False)}
    assert told({"all": 45, "a": 40}, PARTS, least=1) == {"b": (1, 4, True), "c": (1, 4, True)}


def test_sums_are_taken_together() -> None:
    """
    a + b = 12, b + c = 10, a + c = 8: each alone leaves much, all together a 5, b 7, c 3
    """
    found = told(
        {"x": 12, "y": 10, "z": 8},
        Sum((("x", 1.0), ("a", -1.0), ("b", -1.0))),
        Sum((("y", 1.0), ("b", -1.0), ("c", -1.0))),
        Sum((("z", 1.0), ("a", -1.0), ("c", -1.0))),
    )
    assert found == {"a": (5, 5, True), "b": (7, 7, False), "c": (3, 3, True)}


def test_a_figure_in_no_sum_can_be_anything() -> None:
    view: View[str] = View({}, {"a": 1.0}, (), ["a"])
    assert [each.interval for each in audit(view)] == [Interval(1.0, math.inf)]


def test_a_quick_look_and_a_whole_one_find_the_same_exposed() -> None:
    total = Sum((("sum", 1.0), ("a", -1.0), ("b", -1.0)))
    for whole in range(40, 60):
        known = {"all": float(whole), "sum": float(whole - 40)}
        sums = (PARTS, total)
        quick, slow = (told(known, *sums, exact=exact) for exact in (False, True))
        assert {k: v[2] for k, v in quick.items()} == {k: v[2] for k, v in slow.items()}


def test_sums_that_contradict_each_other_tell_nothing() -> None:
    """Somebody's own table, whose parts come to more than its whole."""
    assert told({"all": 30, "a": 40}, PARTS) == {
        "b": (0, math.inf, False),
        "c": (0, math.inf, False),
    }


@pytest.fixture(scope="module")
def figures() -> CouncilFigures:
    with pytest.MonkeyPatch.context() as patch:
        return gated(drawn(1), patch)


def audited(figures: CouncilFigures, **more: object) -> Audit:
    return audit_figures("demo-2023-03", figures, CATALOGUE, threshold=5, **more)  # type: ignore[arg-type]


def opened(figures: CouncilFigures) -> tuple[CouncilFigures, str]:
    """The same with a part shown that was withheld to cover another, as a defect would have it."""
    contacts = figures["contacts"]
    for k, month in enumerate(contacts.whole):
        hidden = [name for name, s in contacts.parts.items() if s.observations[k].symbol]
        if len(hidden) == 2 and month.symbol is None:
            shown = sum(s.observations[k].numerator or 0 for s in contacts.parts.values())
            name: str = hidden[0]
            series = contacts.parts[name]
            # The other is then a 3.
            leaked = (month.numerator or 0) - shown - 3
            o = replace(series.observations[k], numerator=leaked, symbol=None)
            kept = (*series.observations[:k], o, *series.observations[k + 1 :])
            parts = {**contacts.parts, name: replace(series, observations=kept)}
            return {**figures, "contacts": replace(contacts, parts=parts)}, month.period.words
    raise AssertionError("no such month was drawn")


def test_an_edition_that_gives_a_count_away_makes_no_book(figures: CouncilFigures) -> None:
    """What is said names the figure and not its number."""
    refuse_exposed(audited(figures))
    leaking, month = opened(figures)
    with pytest.raises(Exposed, match=rf"Contacts \([a-z]+\), {month}: numerator") as caught:
        refuse_exposed(audited(leaking))
    assert caught.value.exit_code == ExitCode.EXPOSED
    assert ": 3" not in str(caught.value)


def test_what_an_earlier_edition_withheld_is_not_shown_later(
    figures: CouncilFigures, tmp_path: Path
) -> None:
    earlier = as_published(figures, "demo-2023-02", tmp_path)
    assert audited(figures, earlier=earlier).is_sound
    leaking, month = opened(figures)
    assert any(month in each for each in audited(leaking, earlier=earlier).reopened)


def test_what_an_earlier_edition_showed_is_named(figures: CouncilFigures, tmp_path: Path) -> None:
    leaking, month = opened(figures)
    found = audited(figures, earlier=as_published(leaking, "demo-2023-02", tmp_path))
    assert [each for each in found.restated if month in each]


def test_shares_of_all_and_of_nobody_are_for_a_person_to_look_at(figures: CouncilFigures) -> None:
    plans = figures["plans_repeat"]
    all_of = replace(plans.whole.latest, numerator=40.0, denominator=40.0, symbol=None)
    none_of = replace(plans.whole.observations[-2], numerator=0.0, denominator=30.0, symbol=None)
    series = replace(plans.whole, observations=(*plans.whole.observations[:-2], none_of, all_of))
    found = audited({**figures, "plans_repeat": replace(plans, whole=series, to_date=None)})
    told_of = [(each.of_all, each.out_of) for each in found.group_shares if "Plans" in each.place]
    assert told_of[-2:] == [(False, 30.0), (True, 40.0)]


def test_records_are_read_in_the_words_that_they_are_written_in() -> None:
    assert (ALL, YEAR_SO_FAR) == (tables.ALL, tables.YEAR_SO_FAR)
    assert cells.MARKS[Symbol.SUPPRESSED] == WITHHELD
    assert exposed([]) == []


def test_two_truths_behind_one_publication_give_the_same_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A withheld 2 and the 20 that covers it, or a 4 and an 18: the published file is the same to the
    byte, and all that comes after is made from it. So is whatever could be read off a chart, a
    sentence, a search index or a notebook.
    """
    raw = drawn(3)
    raw["contacts"][:, 10] = [20, 30, 2, 40, 50]
    other = {**raw, "contacts": raw["contacts"].copy()}
    other["contacts"][[0, 2], 10] = [18, 4]
    written = []
    for name, each in (("one", raw), ("other", other)):
        (tmp_path / name).mkdir()
        as_published(gated(each, monkeypatch), "demo-2023-03", tmp_path / name)
        written.append((tmp_path / name / "figures.csv").read_bytes())
    assert written[0] == written[1]
