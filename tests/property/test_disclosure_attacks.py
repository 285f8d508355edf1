"""A reader attacks thousands of random tables that went through the gate, and gets nothing.

Each of the eight runs is two editions of 36 months of nine measures that hang together in six
tables, so that there are 3,400 of them; the attack is `drawn_tables_of_counts`. That it would get
something, if there were something to get, is tested with gates that leave a part of their work out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_tables_of_counts import (
    FIRST,
    LEAVERS,
    SOURCES,
    Cell,
    Reader,
    as_published,
    drawn,
    gated,
    measured,
    narrowed,
    reader,
    restated,
    rows_of,
    settled,
    truth_of,
)

from scrutinybook.council.figures import CouncilFigures, MeasureFigures, Place
from scrutinybook.disclosure import Origin, withhold
from scrutinybook.disclosure import gate as one_gate
from scrutinybook.measures.events.asked import Measured

SEEDS = range(8)


def got(seen: Reader, truth: dict[Cell, float]) -> list[Cell]:
    """Withheld small counts that are recovered, or narrowed down to fewer than 1 to 5."""
    small = [cell for cell in seen.hidden if 0 < truth.get(cell, 0) <= 5]
    found = settled(seen.known, seen.sums)
    ends = narrowed(seen.known, seen.sums)
    return [
        cell
        for cell in small
        if cell not in seen.known
        and (
            (cell in found and abs(found[cell] - truth[cell]) < 1e-6)
            or ends.get(cell, (0.0, 9.0))[0] > 1
            or ends.get(cell, (0.0, 9.0))[1] < 5
        )
    ]


def test_the_attack_gets_through_a_gate_that_withholds_small_counts_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the attack could not fail."""
    recovered = [
        len(got(reader(rows_of(small_alone(raw), tmp_path)), truth_of(raw, tmp_path)))
        for raw in map(drawn, range(3))
    ]
    assert min(recovered) > 20


def small_alone(raw: dict[str, object]) -> CouncilFigures:
    """Each series by itself, as a first thought of a gate would have it."""

    def shown(each: Measured) -> MeasureFigures:
        to_date = each.whole.to_date
        return MeasureFigures(
            one_gate(each.whole.series, Origin.COUNCIL),
            None if to_date is None else one_gate(to_date, Origin.COUNCIL),
            {part: one_gate(f.series, Origin.COUNCIL) for part, f in each.parts.items()},
        )

    return {name: shown(each) for name, each in measured(raw).items()}  # type: ignore[arg-type]


def editions(
    seed: int, folder: Path, patch: pytest.MonkeyPatch, *, remembers: bool = True
) -> tuple[list[Reader], list[dict[Cell, float]]]:
    """Two editions, the second a month later with some months restated."""
    raw = drawn(seed)
    first = {name: counts[..., :-1] for name, counts in raw.items()}
    later = restated(raw, seed + 1000)
    one = gated(first, patch)
    told = as_published(one, "demo-1", folder) if remembers else []
    two = gated(later, patch, told)
    seen = [reader(rows_of(each, folder)) for each in (one, two)]
    return seen, [truth_of(each, folder) for each in (first, later)]


def differenced(seen: Sequence[Reader], truths: Sequence[dict[Cell, float]]) -> list[Cell]:
    """Each edition with what the other shows in place of what it withholds itself.

    Within a month: totals of the year differ as months are restated. What the other edition shows
    of the very figure is public, and no recovery; what it has become since would be one.
    """
    found = []
    for own, other, truth in ((*seen, truths[0]), (*reversed(seen), truths[1])):
        more = {cell: other.known[cell] for cell in own.hidden if cell in other.known}
        sums = [
            each
            for each in own.sums
            if all(cell[2] == "whole" for cell in each) and any(c in own.known for c in each)
        ]
        put = replace(own, known={**own.known, **more}, sums=sums)
        found += [cell for cell in got(put, truth) if cell not in other.known]
        for cell in more:
            if other.known[cell] == truth[cell] or not 0 < truth[cell] <= 5:
                continue
            # Taken not to have changed: all but the figure itself, with its other sides.
            others = {c: value for c, value in more.items() if c[:4] != cell[:4]}
            near = [
                each for each in sums if any(c[1:4] == cell[1:4] or c[3] == cell[3] for c in each)
            ]
            put = Reader({**own.known, **others}, {cell}, near)
            found += got(put, truth)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_subtraction_and_differencing_of_editions_get_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, truths = editions(seed, tmp_path, monkeypatch)
    for own, truth in zip(seen, truths, strict=True):
        assert all(truth[cell] == value for cell, value in own.known.items())
        assert not [cell for cell, value in own.known.items() if 0 < value <= 5]
        assert len(own.hidden) > 300
        assert len(own.known) > 600
        assert got(own, truth) == []
    assert not seen[0].hidden & set(seen[1].known)
    assert differenced(seen, truths) == []


def test_differencing_gets_through_a_gate_that_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert differenced(*editions(2, tmp_path, monkeypatch, remembers=False))


@pytest.mark.parametrize("seed", SEEDS)
def test_made_again_beside_its_own_published_version_an_edition_is_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So nothing is withheld in vain; and what is corrected tells no more than two editions do."""
    raw = drawn(seed)
    first = gated(raw, monkeypatch)
    told = as_published(first, "demo-2", tmp_path)
    assert rows_of(gated(raw, monkeypatch, told), tmp_path) == rows_of(first, tmp_path)
    mended = restated(raw, seed + 2000)
    corrected = gated(mended, monkeypatch, told)
    seen = [reader(rows_of(each, tmp_path)) for each in (first, corrected)]
    assert differenced(seen, [truth_of(each, tmp_path) for each in (raw, mended)]) == []


def by_hand_of(raw: dict[str, np.ndarray]) -> frozenset[Place]:
    """Shares of nobody and of everybody put into a table, and a part that is nothing: one a month.

    Of groups of twenty at the least, so that the gate alone would show them.
    """
    raw["referrals"][:, 7] += 20
    raw["no further action"][7] = 0
    raw["bands"][:3, 9] += 20
    raw["bands"][3:, 9] = 0
    raw["leavers"][:, 11] += 20
    raw["leavers"][2, 11] = 0
    raw["contacts"][:, 13] += 20
    raw["contacts"][4, 13] = 0
    months = [str(FIRST + k) for k in (7, 9, 13)]
    return frozenset({
        ("referrals_no_further_action", "", "whole", months[0]),
        ("assessments_on_time", "", "whole", months[1]),
        (LEAVERS[2], "", "whole", (FIRST + 11).last_day.isoformat()),
        ("contacts", SOURCES[4], "whole", months[2]),
    })  # fmt: skip


def told_of(figures: CouncilFigures, by_hand: Collection[Place], folder: Path) -> list[Cell]:
    """What can be told of those nearer than the threshold is."""
    seen = reader(rows_of(figures, folder))
    settled_, ends = settled(seen.known, seen.sums), narrowed(seen.known, seen.sums)
    cells = [cell for cell in seen.hidden if cell[:4] in by_hand and cell[4] != "d"]
    assert {cell[:4] for cell in cells} == set(by_hand)
    return [
        cell
        for cell in cells
        if cell in settled_ or ends.get(cell, (0.0, 9.0))[1] - ends.get(cell, (0.0, 9.0))[0] < 5
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_withheld_by_hand_cannot_be_told_not_even_a_zero(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = drawn(seed)
    by_hand = by_hand_of(raw)
    shown = {cell[:4] for cell in reader(rows_of(gated(raw, monkeypatch), tmp_path)).known}
    assert shown >= by_hand
    figures = gated(raw, monkeypatch, by_hand=by_hand)
    assert told_of(figures, by_hand, tmp_path) == []
    assert got(reader(rows_of(figures, tmp_path)), truth_of(raw, tmp_path)) == []
    # It stays so where a later edition's file does not name it.
    later = gated(raw, monkeypatch, as_published(figures, "demo-1", tmp_path))
    assert told_of(later, by_hand, tmp_path) == []


def test_a_zero_withheld_alone_is_told_by_what_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the attack above could not fail."""
    raw = drawn(1)
    by_hand = by_hand_of(raw)
    figures = dict(gated(raw, monkeypatch))
    for name, part, _, period in by_hand:
        each = figures[name]
        series = each.parts[part] if part else each.whole
        hidden = withhold(series, {o.period for o in series if str(o.period) == period})
        figures[name] = (
            replace(each, parts={**each.parts, part: hidden})
            if part
            else replace(each, whole=hidden)
        )
    assert {cell[0] for cell in told_of(figures, by_hand, tmp_path)} == {p[0] for p in by_hand}
