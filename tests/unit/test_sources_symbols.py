"""Suppressed is not missing is not zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.sources.symbols import MARKS, Cell, Symbol, add_cells, number_text, parse_cell

cells = st.one_of(
    st.integers(0, 10**6).map(lambda n: Cell(Decimal(n), None)),
    st.sampled_from(list(Symbol)).map(lambda s: Cell(None, s)),
)


@pytest.mark.parametrize(
    ("published", "meaning"),
    [
        ("c", Symbol.SUPPRESSED),
        ("x", Symbol.NOT_AVAILABLE),
        (":", Symbol.NOT_AVAILABLE),
        ("z", Symbol.NOT_APPLICABLE),
        ("u", Symbol.UNRELIABLE),
        ("k", Symbol.ROUNDS_TO_ZERO),
        ("low", Symbol.ROUNDS_TO_ZERO),
        ("[c]", Symbol.SUPPRESSED),
        (" z ", Symbol.NOT_APPLICABLE),
    ],
)
def test_a_mark_has_one_meaning_and_no_number(published: str, meaning: Symbol) -> None:
    assert parse_cell(published) == Cell(None, meaning)


@pytest.mark.parametrize(
    ("published", "value"), [("0", "0"), ("2415", "2415"), ("71.2", "71.2"), (" 5 ", "5")]
)
def test_a_number_is_read_exactly(published: str, value: str) -> None:
    assert parse_cell(published) == Cell(Decimal(value), None)


@pytest.mark.parametrize("wrong", ["", " ", "n/a", "C", "1,234", "12%", "-", "..", "NaN", "1e3"])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="empty cell" if not wrong.strip() else "'"):
        parse_cell(wrong)


def test_every_symbol_has_words_for_pages() -> None:
    said = [symbol.words for symbol in Symbol]
    assert len(set(said)) == len(said)
    assert set(MARKS.values()) == set(Symbol)


@given(st.lists(cells, min_size=1))
def test_a_sum_is_a_number_only_when_every_part_is(parts: list[Cell]) -> None:
    total = add_cells(parts)
    symbols = {part.symbol for part in parts} - {None}
    if symbols:
        assert total.value is None
        assert total.symbol in symbols
    else:
        assert total == Cell(sum((p.value or Decimal(0) for p in parts), Decimal(0)), None)


def test_the_most_protective_symbol_speaks_for_a_sum() -> None:
    parts = [parse_cell(text) for text in ("120", "x", "c", "k")]
    assert add_cells(parts).symbol is Symbol.SUPPRESSED
    assert add_cells(reversed(parts)).symbol is Symbol.SUPPRESSED


def test_a_part_that_rounds_to_zero_is_not_added_as_zero() -> None:
    assert add_cells([parse_cell("10"), parse_cell("k")]) == Cell(None, Symbol.ROUNDS_TO_ZERO)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_written_in_one_way_and_reads_back(value: Decimal) -> None:
    written = number_text(value)
    assert Decimal(written) == value
    assert written == number_text(Decimal(written))
    assert "E" not in written
    assert not (("." in written) and written.endswith("0"))
    assert written != "-0"
