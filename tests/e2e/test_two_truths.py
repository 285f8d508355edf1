"""Two truths behind one publication: whatever comes out of them is the same, to the byte.

A withheld 2 and the 20 that covers it, or a 4 and an 18; three referrals without further action, or
four; a month of three enquiries, or of four; none in a month that is withheld by hand, or nine.
Extracts are read into two histories, and two months' books are made, audited, verified, compared
and printed. What differs anywhere tells the truths apart. Only keyed hashes of the extracts may,
whose key a reader does not have, and times of runs.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from drawn_histories import KEY, extract
from projects import copy_project, run_scrutiny
from pypdf import PdfReader

from scrutinybook.history.writing import Entry, put
from scrutinybook.periods import Month

pytestmark = pytest.mark.book

FIRST, LAST = Month(2022, 4), Month(2023, 3)
MONTHS = [FIRST + k for k in range(12)]
BEFORE, NOW = "torbay-2023-02", "torbay-2023-03"
AT = {"contacts": Month(2022, 11), "referrals": Month(2022, 10), "section_47": Month(2022, 12)}


@dataclass(frozen=True)
class Truth:
    """What is withheld, and what is not the same for it."""

    housing: int
    """Contacts from housing in the month, withheld."""
    health: int
    """Those that cover them."""
    no_further_action: int
    enquiries: int
    by_hand: int
    """Enquiries in the month that a person withholds: none, or nine."""


ONE, OTHER = Truth(2, 20, 3, 3, 0), Truth(4, 18, 4, 4, 9)
BY_HAND = Month(2023, 1)
DECIDED = """withhold:
  - measure: section_47_enquiries
    period: 2023-01
    since: 2023-02
    decided: 2023-03-01
    reason: A reason that is nobody's business.
"""


def days(table: str, month: Month, many: int, late: int) -> list[dict[str, object]]:
    """Events of a month, spread over it; `late`: those that were recorded by a later month."""
    return [
        {"child": f"{table}-{month}-{n}", "day": date(month.year, month.month, 1 + n % 28)}
        for n in range(many + late)
    ]


def rows(truth: Truth, month: Month, age: int) -> Mapping[str, list[dict[str, object]]]:
    late = 2 if age else 0
    k = month.index % 7
    sources = {"police": 40 + k, "schools": 30 - k, "individual": 50 + 3 * k,
               "health services": 25, "housing": 12}  # fmt: skip
    if month == AT["contacts"]:
        sources |= {"health services": truth.health, "housing": truth.housing}
    contacts = [
        {"child": each["child"], "date": each["day"], "source": source}
        for source, many in sources.items()
        for each in days(source, month, many, late if source == "police" else 0)
    ]
    without = truth.no_further_action if month == AT["referrals"] else 14 + k
    referrals = [
        {"child": each["child"], "date": each["day"], "source": "police",
         "no_further_action": n < without}
        for n, each in enumerate(days("referral", month, 60 + 2 * k, late))
    ]  # fmt: skip
    held = {AT["section_47"]: truth.enquiries, BY_HAND: truth.by_hand}
    enquiries = [
        {"child": each["child"], "started": each["day"], "conference_unneeded": True}
        for each in days("enquiry", month, held.get(month, 20 + k), 0)
    ]
    return {"contacts": contacts, "referrals": referrals, "section_47": enquiries}


def keep(folder: Path, truth: Truth) -> None:
    """An extract each month of the year up to it."""
    for last in MONTHS:
        tables: dict[str, list[dict[str, object]]] = {}
        for month in MONTHS:
            if month <= last:
                for name, held in rows(truth, month, last.index - month.index).items():
                    tables.setdefault(name, []).extend(held)
        read = datetime(2023, 4, 3, tzinfo=UTC)
        made = extract(f"{last.last_day}", "2022-04-01", tables)
        put(folder, made, Entry("torbay", 1, KEY.fingerprint, read))


@dataclass(frozen=True)
class Made:
    """What came of one truth."""

    project: Path
    printed: str


def make(root: Path, truth: Truth, key: Path) -> Made:
    project = copy_project(root / "project")
    # In one place for both: where it lies is among what results are kept by.
    history = root.parent / "history"
    keep(history, truth)
    (project / "params/torbay").mkdir()
    for month, more in ((2, ""), (3, f"previous: {BEFORE}\n")):
        text = f"authority: Torbay\nmonth: 2023-0{month}\nkind: council\n{more}"
        (project / f"params/torbay/2023-0{month}.yml").write_text(text, encoding="utf-8")
    (project / "params/torbay/disclosure.yml").write_text(DECIDED, encoding="utf-8")
    places = {"SCRUTINY_HISTORY": str(history), "SCRUTINY_RECORD_KEY_FILE": str(key)}
    printed = ""
    commands = [("run", BEFORE), ("book", NOW), ("audit", NOW, "--all"), ("verify", NOW),
                ("diff", BEFORE, NOW, "--all")]  # fmt: skip
    if shutil.which("chromium"):
        commands.append(("pack", NOW, "--whole"))
    for words in commands:
        done = run_scrutiny(project, *words, **places)
        printed += (said := done.stdout + done.stderr)
        assert done.returncode == 0, said
    history.rename(root / "history")
    return Made(project, printed)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made]:
    root = tmp_path_factory.mktemp("truths")
    key = root / "record.key"
    key.write_text("7e" * 32 + "\n", encoding="ascii")
    key.chmod(0o600)
    return make(root / "one", ONE, key), make(root / "other", OTHER, key)


_HASH = re.compile(r"hmac-sha256:[0-9a-f]{64}")
_TIME = re.compile(r"\b\d+(\.\d+)? s\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^\s\"<]*")


def told(text: str) -> str:
    """A text without keyed hashes, times of runs and the place on the disk."""
    plain = _TIME.sub("TIME", _HASH.sub("HASH", text))
    return re.sub(r"/[^\s\"]*/(one|other)/project", "PROJECT", plain)


def _untimed(node: Any) -> Any:
    """A notebook with all that it holds, metadata too, but for times and drawn names of cells."""
    if isinstance(node, list):
        return [_untimed(each) for each in node]
    if isinstance(node, dict):
        timed = {"start_time", "end_time", "duration", "id"}
        return {key: _untimed(each) for key, each in node.items() if key not in timed}
    return node


def published(made: Made) -> Iterator[tuple[str, str | bytes]]:
    """Every file of the books by its name, packed ones by what is in them."""
    folders = ("site", "results", "data/prepared/torbay-2023-03", "data/prepared/torbay-2023-02")
    for folder in folders:
        for path in sorted((made.project / folder).rglob("*")):
            name = path.relative_to(made.project).as_posix()
            if (
                not path.is_file()
                or path.suffix == ".pdf"
                or path.name in {"run.json", "made-from"}
            ):
                continue
            raw = path.read_bytes()
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                    for each in archive.namelist():
                        yield f"{name}/{each}", told(archive.read(each).decode("utf-8", "replace"))
            elif path.suffix == ".ipynb":
                yield name, told(json.dumps(_untimed(json.loads(raw))))
            elif path.suffix in {".html", ".json", ".js", ".csv", ".txt", ".svg"}:
                yield name, told(raw.decode("utf-8"))
            else:
                yield name, raw


def test_the_truths_are_two_and_something_is_withheld(both: tuple[Made, Made]) -> None:
    """Else the same would come out of them for other reasons."""
    histories = [each.project.parent / "history" for each in both]
    tables = [{p.read_bytes() for p in each.rglob("*.parquet")} for each in histories]
    assert tables[0] != tables[1]
    text = (both[0].project / f"data/prepared/{NOW}/figures.csv").read_text("utf-8")
    for row in (
        "contacts,housing,whole,2022-11,,,suppressed",
        "referrals_no_further_action,,whole,2022-10,,,suppressed",
        "section_47_enquiries,,whole,2022-12,,,suppressed",
        "section_47_enquiries,,whole,2023-01,,,suppressed",
    ):
        assert row in text
    assert "contacts,,whole,2022-11,1" in text


def test_nothing_says_which_figure_was_withheld_by_hand_or_why(both: tuple[Made, Made]) -> None:
    for made in both:
        for name, text in published(made):
            assert "nobody's business" not in str(text), name
            assert "nobody’s business" not in str(text), name
        log = (made.project / "site" / NOW / "reproduce.html").read_text("utf-8")
        assert re.search(r"params/torbay/disclosure\.yml.{1,80}hmac-sha256:", log, re.DOTALL)
    assert "Withheld by hand" in both[0].printed


def test_every_file_of_the_books_is_the_same(both: tuple[Made, Made]) -> None:
    """Pages with their drawings, search index, notebooks, downloads, results, what was prepared."""
    one, other = (dict(published(each)) for each in both)
    assert set(one) == set(other)
    for suffix in (".html", "searchindex.js", ".ipynb", ".csv", "recording.json", "sheet1.xml"):
        assert [name for name in one if name.endswith(suffix)], suffix
    assert sum(text.count("<svg") for text in one.values() if isinstance(text, str)) > 5
    assert [name for name in one if one[name] != other[name]] == []


def test_no_number_is_found_by_search_that_is_not_on_the_page(both: tuple[Made, Made]) -> None:
    """Nothing that a page leaves out, code or parameters say, is in the index of words."""
    site = both[0].project / "site" / NOW
    text = (site / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    read, looked = {}, 0
    for name in index["docnames"]:
        page = lxml.html.parse(str(site / f"{name}.html")).getroot()
        for each in page.xpath("//script|//style"):
            each.drop_tree()
        read[name] = set(re.findall(r"\w+", " ".join(page.itertext())))
    for term, places in (*index["terms"].items(), *index["titleterms"].items()):
        for place in [places] if isinstance(places, int) else places:
            if term.isdigit():
                looked += 1
                assert term in read[index["docnames"][place]], (term, index["docnames"][place])
    assert looked > 300


def test_records_are_the_same_but_for_hashes_of_extracts(both: tuple[Made, Made]) -> None:
    def record(made: Made) -> dict[str, str]:
        found = {}
        for path in sorted((made.project / "record").rglob("*")):
            if path.is_file() and path.name != "manifest.json":
                found[path.relative_to(made.project).as_posix()] = path.read_text("utf-8-sig")
        return found

    assert any("statistics.csv" in name for name in record(both[0]))
    assert record(both[0]) == record(both[1])


def test_what_was_printed_is_the_same(both: tuple[Made, Made]) -> None:
    """Logs of the runs, the audit with every line, what verify and diff say."""
    one, other = (sorted(told(each.printed).splitlines()) for each in both)
    assert any("reproduced" in line for line in one)
    assert any("are withheld" in line for line in one)
    assert one == other


def test_the_pack_reads_the_same(both: tuple[Made, Made]) -> None:
    if not shutil.which("chromium"):
        pytest.skip("chromium is not on this machine, so no pack was printed")

    def text(made: Made) -> str:
        (file,) = made.project.rglob("*.pdf")
        reader = PdfReader(file)
        pages = " ".join(page.extract_text() for page in reader.pages)
        return re.sub(r"[0-9a-f]{4,}", "HASH", re.sub(r"\s", "", told(pages)))

    assert "Torbay" in text(both[0])
    assert text(both[0]) == text(both[1])
