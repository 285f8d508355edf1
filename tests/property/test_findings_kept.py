"""Whatever was found is the same once it has been kept and read back, to the last bit."""

from __future__ import annotations

import drawn_findings as drawn
from hypothesis import given
from hypothesis import strategies as st
from test_editions_compared import chains, examples

from scrutinybook.analysis import levels
from scrutinybook.chapters import found
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.findings.found import EditionFound
from scrutinybook.findings.monthly import LevelChanges, TooShortToSearch


@examples
@given(st.one_of(drawn.level_changes(), drawn.too_short))
def test_changes_of_level(searched: LevelChanges | TooShortToSearch) -> None:
    assert levels.FORM.validate_json(levels.FORM.dump_json(searched)) == searched


@examples
@given(chains())
def test_what_an_edition_found(
    drawn_chain: tuple[list[EditionFound], dict[str, AnyMeasure]],
) -> None:
    for each in drawn_chain[0]:
        assert found.FORM.validate_json(found.FORM.dump_json(each)) == each
