"""What people decide of single figures: withheld by hand, or looked at and let through."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from drawn_council_context import context
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.chapters import quality_log
from scrutinybook.committee.decided import Decided
from scrutinybook.committee.files import Committee, read_committee
from scrutinybook.council.by_hand import as_withheld, not_there, places_by_hand
from scrutinybook.council.figures import WHOLE, MeasureFigures
from scrutinybook.disclosure import Origin, PublishedSeries
from scrutinybook.edition import Edition
from scrutinybook.errors import FaultsFound
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace(ROOT))


def held(**more: Any) -> dict[str, Any]:
    entry = {"measure": "plans_repeat", "period": "2022-11", "since": "2023-03"}
    return {**entry, "decided": "2023-04-03", "reason": "x", **more}


def looked(**more: Any) -> dict[str, Any]:
    entry = {"measure": "plans_repeat", "periods": ["2022-11"], "by": "head of performance"}
    return {**entry, "reviewed": "2023-04-03", "reason": "Few families could know.", **more}


def decided(*withhold: dict[str, Any], reviewed: tuple[dict[str, Any], ...] = ()) -> Decided:
    return Decided.model_validate({"withhold": withhold, "reviewed": reviewed})


def edition(month: str = "2023-03") -> Edition:
    return Edition.model_validate({"authority": "Demo", "month": month, "kind": "demonstration"})


def told(tmp_path: Path, text: str) -> str:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "params/demo/disclosure.yml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound) as error:
        read_committee(Workspace(tmp_path), edition(), CATALOGUE)
    return "\n".join(str(each) for each in error.value.faults)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    said = told(
        tmp_path,
        """
withhold:
  - {measure: plan_repeat, period: 2022-11, since: 2023-03, decided: 2023-04-03, reason: x}
  - {measure: plans_repeat, period: 2023-04, since: 2023-03, decided: 2023-04-03, reason: x}
  - {measure: plans_repeat, period: 2021/22, since: 2023-03, decided: 2023-04-03, reason: x}
  - {measure: academy_places_filled, period: 2022-11, since: 2023-03, decided: 2023-04-03,
     reason: x}
  - {measure: conferences_on_time, period: 2022-10, since: 2023-03, decided: 2023-04-03, reason: x}
reviewed:
  - {measure: contacts, periods: [2022-11], by: analyst, reviewed: 2023-04-03, reason: x}
  - {measure: conferences_on_time, periods: [2022-10], by: Jane Smith, reviewed: 2023-04-03,
     reason: x}
""",
    )
    for part in (
        "withhold, entry 1, measure: no measure 'plan_repeat'",
        "did you mean 'plans_repeat'?",
        "withhold, entry 2, period: 2023-04 is after the first edition",
        "withhold, entry 3, period: 2021/22, of a monthly measure",
        "withhold, entry 4, measure: 'academy_places_filled' counts no people",
        "reviewed, entry 1, measure: 'contacts' is no share",
        "reviewed, entry 2, by: names no office",
        "reviewed, entry 2: the same figure as withhold, entry 5",
    ):
        assert part in said, said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("withhold:\n  - {measure: plans_repeat}\n", "period: this key is missing"),
        ("withhold:\n  - {measure: a, period: }\n", "entry 1, period: nothing"),
        ("withold: []\n", "did you mean 'withhold'?"),
        ("reviewed:\n  - {measure: a, periods: []}\n", "periods: empty"),
    ],
)
def test_a_key_that_is_wrong_is_named(tmp_path: Path, text: str, words: str) -> None:
    assert words in told(tmp_path, text)


def test_what_is_withheld_stays_so_from_an_edition_on() -> None:
    found = decided(held(since="2023-02"), held(period="2022-12"))
    months = {m: len(found.by_hand(edition(m))) for m in ("2023-01", "2023-02", "2023-03")}
    assert months == {"2023-01": 0, "2023-02": 1, "2023-03": 2}
    assert [each.period for each in as_withheld(found, edition(), CATALOGUE.extract_measures)] == [
        "November 2022",
        "December 2022",
    ]


def test_a_month_stands_for_its_last_day_where_a_day_is_counted() -> None:
    found = decided(held(measure="leavers_17_to_18_active"))
    places = places_by_hand(found, edition(), CATALOGUE.extract_measures)
    assert places == {("leavers_17_to_18_active", "", WHOLE, "2022-11-30")}


def shares(*numerators: float, part: str = "") -> dict[str, MeasureFigures]:
    """Repeat plans of 20 from October 2022 on."""
    months = [FigurePeriod.parse(text) for text in ("2022-10", "2022-11", "2022-12")]
    series = PublishedSeries(
        "plans_repeat",
        "the demonstration authority",
        tuple(
            Observation(m, n, 20.0, None, "drawn") for m, n in zip(months, numerators, strict=False)
        ),
        Origin.DEMONSTRATION,
    )
    return {"plans_repeat": MeasureFigures(series, None, {part: series} if part else {})}


def test_what_is_no_figure_of_the_edition_is_told() -> None:
    """A part misspelt, a month between; months before the first are left to editions with them."""
    found = decided(
        held(part="Noth"), held(period="2022-12"), held(period="2019-01"), held(period="2022-10")
    )
    said = not_there(found, edition(), shares(8, 9, part="North"), CATALOGUE.extract_measures)
    assert [each.where.rpartition(": ")[2] for each in said] == [
        "withhold, entry 1 (plans_repeat), part",
        "withhold, entry 2 (plans_repeat), period",
    ]
    assert said[0].mend == "did you mean 'North'?"
    assert said[1].allowed == "from 2022-10 to 2022-11"


def test_the_log_names_what_was_let_through_and_never_what_was_withheld() -> None:
    """A review of what is withheld or is neither nothing nor all is not shown either."""
    file = decided(
        held(period="2022-10", reason="Told by the safeguarding partner."),
        reviewed=(looked(), looked(periods=["2022-12"], reason="Another reason.")),
    )
    book = replace(context({}), committee=Committee(decided=file), figures=shares(0, 0, 7))
    page = quality_log.checks(book)
    assert quality_log.BY_HAND in page and quality_log.LOOKED_AT in page
    assert "November 2022" in page and "Few families could know." in page
    assert "Head of performance" in page
    for hidden in ("October 2022", "safeguarding partner", "December 2022", "Another reason"):
        assert hidden not in page
