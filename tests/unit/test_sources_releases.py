"""What was published, when it came out, and how sure that is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from drawn_tables import releases_in

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.releases import OutDate, Releases


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return releases_in(tmp_path)


@pytest.mark.parametrize(
    ("text", "words", "surely"),
    [
        ("2023-10-26", "26 October 2023", date(2023, 10, 26)),
        ("2024-11", "November 2024", date(2024, 11, 30)),
        ("2025", "2025", date(2025, 12, 31)),
    ],
)
def test_a_date_says_no_more_than_is_known(text: str, words: str, surely: date) -> None:
    out = OutDate(text, verified=False)
    assert (out.words, out.surely_out_by) == (words, surely)


@pytest.mark.parametrize(
    ("publication", "period", "out"),
    [
        ("children-in-need", "2023-03", "2023-10-26"),
        ("children-in-need", "2023-04", "2024-10"),
        ("children-in-need", "2022/23", "2023-10-26"),
        ("children-in-need", "2023-03-31", "2023-10-26"),
        ("social-work-workforce", "2022-09-30", "2023-02-23"),
        ("social-work-workforce", "y/e 2023-09-30", "2024-02-29"),
    ],
)
def test_a_period_first_came_out_with_its_years_release(
    releases: Releases, publication: str, period: str, out: str
) -> None:
    first = releases.first_published(publication, FigurePeriod.parse(period))
    assert first is not None
    assert first.text == out


def test_nothing_is_guessed_for_a_year_that_is_not_listed(releases: Releases) -> None:
    assert releases.first_published("children-in-need", FigurePeriod.parse("2011/12")) is None
    assert releases.of("children-in-need", 2012) is None


def test_the_shipped_list_is_sound() -> None:
    shipped = Releases.load(Path(__file__).parents[2] / "data" / "official" / "releases.yml")
    out = shipped.by_id["children-in-need-2023"].published
    assert (out.text, out.verified) == ("2023-10-26", True)
    # Each release comes out after the year that it reports on, and within a year and a half.
    for release in shipped.by_id.values():
        ends = date(release.reporting_year, shipped.year_ends[release.publication], 30)
        assert 0 < (release.published.surely_out_by - ends).days < 550


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "releases.yml"
    path.write_text(
        """
licence: Open Government Licence v3.0
publications:
  children-in-need:
    title: Children in need
    publisher: Department for Education
    year_ends: 31 March
    relases: {}
    releases:
      2023: {published: 2023-10-26, verified: yes please}
      2024: {published: "2024-02-30", verified: true}
      latest: {published: "2025-10", verified: true, notes: none}
  workforce: {title: W, publisher: D, year_ends: 31 December, releases: {}}
""",
        encoding="utf-8",
    )
    with pytest.raises(FaultsFound) as caught:
        Releases.load(path)
    told = str(caught.value)
    for part in (
        "unknown key 'relases'",
        "did you mean 'releases'?",
        "2023: published",
        "2023: verified: 'yes please'",
        "'2024-02-30'",
        "'latest'",
        "unknown key 'notes'",
        "year_ends: '31 December'",
    ):
        assert part in told
    assert len(caught.value.faults) == 7


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "not YAML"), ("", "a mapping"), ("publications: {}", "licence: None")],
)
def test_a_file_of_another_kind_is_a_fault(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "releases.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FaultsFound, match=told):
        Releases.load(path)


def test_a_list_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="not there"):
        Releases.load(tmp_path / "releases.yml")
