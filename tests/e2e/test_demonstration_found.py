"""The demonstration's book finds what was planted in its records, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

import pytest
from projects import ROOT

from scrutinybook.analysis.claims import claims_of
from scrutinybook.catalogue import read_catalogue
from scrutinybook.chapters.council_section import council_measure, levels_of
from scrutinybook.chapters.plan import improvement_plan
from scrutinybook.council.prepare import prepare
from scrutinybook.council_context import CouncilContext, open_council_context
from scrutinybook.demo.planted import Kind, Planted, planted
from scrutinybook.edition import Edition
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import Judged
from scrutinybook.findings.monthly import LevelChanges
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace

MONTHS = ("2023-01", "2023-02", "2023-03")
"""Three editions, as a reader of each month's book would see them."""

CAN_BE_SEEN = (Kind.STEP, Kind.TWO_MONTHS, Kind.ONE_MONTH, Kind.TREND)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("demonstration")
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    return Workspace(root)


@pytest.fixture(scope="module")
def books(workspace: Workspace) -> Mapping[str, CouncilContext]:
    found = {}
    for month in MONTHS:
        edition = Edition(authority="Demo", month=month, kind="demonstration")  # type: ignore[arg-type]
        prepare(workspace, edition, read_catalogue(workspace))
        found[month] = open_council_context(workspace, edition.as_parameters())
    return found


def ways(book: CouncilContext, measure_id: str) -> set[str]:
    """Which ways a measure is said to stand out or to have changed: up, down."""
    found = council_measure(book, measure_id)
    if found is None:
        return set()
    said = set()
    judged = found.judged.finding
    if isinstance(judged, Judged) and judged.signal:
        said.add("up" if judged.direction is Direction.HIGHER else "down")
    if isinstance(judged, Judged) and judged.recent:
        said.add("up" if found.judged.values[-2] > judged.upper else "down")
    if isinstance(found.levels, LevelChanges) and levels_of(book).stands(measure_id):
        said |= {"up" if c.after > c.before else "down" for c in found.levels.changes}
    return said


def seen(books: Mapping[str, CouncilContext], each: Planted) -> set[str]:
    return set().union(*(ways(book, each.measure) for book in books.values()))


PLANTED = planted([Month.parse(MONTHS[-1])])
MAIN = [p for p in PLANTED if p.kind in CAN_BE_SEEN and not p.follows and not p.part]


@pytest.mark.parametrize("each", MAIN, ids=lambda each: each.measure)
def test_what_was_planted_is_found(books: Mapping[str, CouncilContext], each: Planted) -> None:
    assert each.direction in seen(books, each)


def test_nothing_else_is_found(books: Mapping[str, CouncilContext]) -> None:
    """Of the measures in which nothing was planted, chance may make one or two signal."""
    nulls = [p for p in PLANTED if p.kind is Kind.NONE]
    signalling = [p.measure for p in nulls if seen(books, p)]
    assert len(nulls) > 20
    assert len(signalling) <= 2, signalling


def test_no_lasting_change_is_said_of_a_level_that_did_not_change(
    books: Mapping[str, CouncilContext],
) -> None:
    changed = {p.measure for p in PLANTED if p.kind in CAN_BE_SEEN}
    for book in books.values():
        standing = {each.measure_id for each in levels_of(book).tested if each.stands}
        assert standing <= changed


@pytest.mark.usefixtures("books")
def test_no_small_count_is_in_the_files_that_pages_read(workspace: Workspace) -> None:
    catalogue = read_catalogue(workspace)
    folder = workspace.prepared / "demo-2023-03"
    people = {name for name, m in catalogue.extract_measures.items() if m.counts_people}
    rows = [line.split(",") for line in (folder / "figures.csv").read_text("utf-8").splitlines()]
    shown = [row for row in rows[1:] if row[0] in people and row[4]]
    assert len(shown) > 500
    for row in shown:
        top, bottom = float(row[4]), float(row[5]) if row[5] else None
        assert not 0 < top <= 5, row
        assert bottom is None or not 0 < bottom <= 5, row
        assert bottom is None or not 0 < bottom - top <= 5, row


def test_what_the_committee_was_told_is_judged_as_it_was_planted(
    books: Mapping[str, CouncilContext],
) -> None:
    verdicts = {each.claim.id: str(each.verdict) for each in claims_of(books["2023-03"])}
    supported = (
        *("hub-referrals-rose", "no-further-action-rose", "assessments-slower", "sickness-fell"),
        *("sickness-rose-in-initial-response", "care-reviews", "academy-full", "early-help-grew"),
    )
    assert {verdicts[name] for name in supported} == {"supported"}
    assert verdicts["backlog-shrinking"] == "not supported"
    assert verdicts["no-further-action-will-settle"] == "too early to tell"
    assert verdicts["guardianship-breaks-down"] == "cannot be tested with the data held"
    # In January nobody can have been told of February and March.
    earlier = {each.claim.id for each in claims_of(books["2023-01"])}
    assert "hub-referrals-rose" not in earlier


def test_every_data_point_of_the_plan_is_there(books: Mapping[str, CouncilContext]) -> None:
    page = improvement_plan(books["2023-03"])
    assert [each.number for each in page.found] == list(range(1, 51))
    assert all(each.figure is not None for each in page.found)
    asked = [each.number for each in page.found if each.point.question]
    assert asked == [41, 42, 43, 44]
