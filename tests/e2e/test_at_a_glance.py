"""The demonstration at a glance and its downloads, with an edition before to look back to."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import nbformat
import pytest
from projects import ROOT
from python_calamine import CalamineWorkbook
from reading_grade import grade

from scrutinybook.chapters import at_a_glance, contents
from scrutinybook.chapters.registry import CHAPTERS
from scrutinybook.council_context import CouncilContext
from scrutinybook.council_edition import open_own
from scrutinybook.downloads.edition import write_downloads
from scrutinybook.edition import Edition
from scrutinybook.findings.glance import Asks, SinceLast
from scrutinybook.page_names import ABOUT_MEASURES, csv_name, section_of, workbook_name
from scrutinybook.workspace import Workspace

GRADE_OF_TWELVE = 7.0
"""Of a text that is read with ease at the age of twelve."""

HARDEST = 12.0
"""Grade of the hardest sentence; those under ten words are graded by chance."""

MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CouncilContext:
    """March 2023 with February 2023 before it."""
    root = tmp_path_factory.mktemp("glance")
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    before, now = (
        Edition(authority="Demo", month=month, kind="demonstration", previous=previous)  # type: ignore[arg-type]
        for month, previous in (("2023-02", None), ("2023-03", "demo-2023-02"))
    )
    return open_own(Workspace(root), now.as_parameters(), before.as_parameters())


@pytest.fixture(scope="module")
def page(book: CouncilContext) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(
        f"<main>{at_a_glance.month_in_five(book)}{at_a_glance.every_measure(book)}"
        f"{at_a_glance.to_put(book)}</main>"
    )


def words_of(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_each_measure_has_one_row_in_order_of_what_needs_asking(
    book: CouncilContext, page: lxml.html.HtmlElement
) -> None:
    rows = page.xpath("//table[contains(@class, 'sb-glance')]/tbody/tr")
    titles = [words_of(row.xpath("./th/a")[0]) for row in rows]
    found = {row.measure.title: row for row in at_a_glance.glances(book)}
    assert sorted(titles) == sorted(found)
    places = [list(Asks).index(found[title].asks) for title in titles]
    assert places == sorted(places)
    assert {0, 1, 2, 3} == set(places)  # the demonstration has all four
    for row in rows:
        assert len(row.xpath("./td")) == 5
        assert all(
            words_of(cell) or cell.xpath(".//svg[@aria-label]") for cell in row.xpath("./td")
        )


def test_each_row_says_what_was_so_in_the_edition_before(book: CouncilContext) -> None:
    since = {row.measure_id: row.since for row in at_a_glance.glances(book)}
    assert None not in since.values()
    # The hub began to count otherwise in March; no further action was beyond its limits in February
    # alone; assessments had been late since January.
    assert since["hub_referrals"] is SinceLast.NEW
    assert since["referrals_no_further_action"] is SinceLast.ENDED
    assert since["assessments_on_time"] is SinceLast.STILL
    assert "“Then” is the edition of February 2023." in at_a_glance.every_measure(book)


def headings() -> Iterator[str]:
    for entry in CHAPTERS:
        cells = nbformat.read(ROOT / f"notebooks/{entry.notebook}.ipynb", as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        for heading in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE):
            yield f"{entry.page}#{section_of(heading)}"


def test_each_link_leads_to_a_section(page: lxml.html.HtmlElement) -> None:
    there = set(headings())
    links = [
        str(each) for each in page.xpath("//a/@href") if not str(each).startswith("downloads/")
    ]
    own = {f"at-a-glance.html{link}" for link in links if link.startswith("#")}
    assert own and own <= there
    assert {link for link in links if not link.startswith("#")} <= there


def test_up_to_seven_questions_and_one_of_them_on_what_went_well(
    page: lxml.html.HtmlElement,
) -> None:
    asked = page.xpath("//ol[@class='sb-questions']/li")
    assert 3 <= len(asked) <= 7
    for each in asked:
        assert words_of(each.xpath(".//strong")[0]).endswith("?")
        assert each.xpath(".//*[@data-finding]") and each.xpath(".//a")
    assert any("which is better" in words_of(each) for each in asked)


def test_the_page_is_light(page: lxml.html.HtmlElement) -> None:
    assert (
        len(lxml.html.tostring(page, encoding="utf-8")) < MOST_BYTES - 30_000
    )  # frame of the page


def test_the_first_pages_are_easy_to_read(
    book: CouncilContext, page: lxml.html.HtmlElement
) -> None:
    said = [words_of(each) for each in page.xpath("//*[@data-finding]")]
    plain = [words_of(each) for each in page.xpath("//p[not(.//*[@data-finding])]")]
    assert grade(" ".join([*said, *plain])) <= GRADE_OF_TWELVE
    for text in [*said, *plain]:
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            if len(sentence.split()) >= 10:
                assert grade(sentence) <= HARDEST, sentence
    first = contents.about(book) + contents.in_brief(book) + contents.left_out(book)
    paragraphs = lxml.html.fromstring(f"<main>{first}</main>").xpath("//p | //li")
    assert grade(" ".join(map(words_of, paragraphs))) <= GRADE_OF_TWELVE + 2


@pytest.fixture(scope="module")
def downloads(book: CouncilContext, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("away") / "downloads"
    write_downloads(book, folder)
    return folder


def is_small(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(\.\d+)?", text)) and 0 < float(text) <= 5


def test_no_download_holds_a_small_count(book: CouncilContext, downloads: Path) -> None:
    n_numbers = n_marks = 0
    for measure_id, measure in book.catalogue.extract_measures.items():
        path = downloads / csv_name(measure_id)
        if not path.is_file() or not measure.counts_people:
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                number, out_of = row["Number"], row["Out of"]
                n_marks += number == "[c]"
                assert not is_small(number) and not is_small(out_of), row
                if number[0].isdigit() and out_of[0].isdigit():
                    assert not is_small(str(float(out_of) - float(number))), row
                n_numbers += number[0].isdigit()
    assert n_numbers > 2_000 and n_marks > 100


def test_the_workbook_holds_what_the_files_hold(book: CouncilContext, downloads: Path) -> None:
    book_file = CalamineWorkbook.from_path(str(downloads / workbook_name(book.edition.id)))
    cover = [row[0] for row in book_file.get_sheet_by_name("Cover").to_python()]
    assert "invented" in cover[-1]
    listed = {row[1]: row[0] for row in book_file.get_sheet_by_name("Contents").to_python()[4:]}
    files = [path for path in downloads.glob("*.csv") if path.name != ABOUT_MEASURES]
    assert len(listed) == len(files)
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert all(row[0].startswith("Demonstration (fictional)") for row in rows[1:])
        sheet = book_file.get_sheet_by_name(listed[rows[1][1]]).to_python()
        held = sheet[-len(rows) + 1 :]
        for in_book, in_file in zip(held, rows[1:], strict=True):
            assert [str(c).removesuffix(".0") for c in in_book] == in_file[2:]
