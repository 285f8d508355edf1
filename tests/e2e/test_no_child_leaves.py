"""Nothing of a child leaves the history: extracts with marked children, through to a book.

Numbers, names, dates of birth, postcodes and school numbers that nobody has are planted in extracts
of every format that holds children or workers; they are read, a book is made from them, a workbook
with faults is refused. Then every file that came about is searched, and all that was printed.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from drawn_extracts import REFERRAL, WORKER, child, children_census, workforce_census
from projects import copy_project, run_scrutiny

from scrutinybook.errors import ExitCode
from scrutinybook.record import read_manifest
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.workspace import Workspace

pytestmark = pytest.mark.book

AS_OF = date(2023, 3, 31)
NUMBERS = [f"QX-7781-{n:03}" for n in range(60)]
"""Of children."""
LEAVERS = [f"QX-7782-{n:03}" for n in range(40)]
NAME, WORKER_NAME, POSTCODE, PUPIL = (
    "Zebedee Quixote",
    "Fenella Quillfeather",
    "ZZ97 7QX",
    "Z7781QX",
)
BORN, LEAVER_BORN = date(2011, 7, 13), date(2003, 7, 13)
CANARIES = (
    *("QX-7781", "qx-7781", "QX-7782", "qx-7782", "QX-77", "Zebedee", "zebedee", "Quixote"),
    *("Fenella", "fenella", "Quillfeather", "ZZ97", "zz97", "Z7781QX", "z7781qx"),
    *("13/07/2011", "2011-07-13", "13 July 2011", "2011, 7, 13", "20110713", "07/13/2011"),
    *("13/07/2003", "2003-07-13", "13 July 2003", "2003, 7, 13", "20030713"),
)


def days() -> Iterator[tuple[str, date]]:
    """Each child with a day in each of the six months."""
    for n, number in enumerate(NUMBERS):
        for month in ((2022, 10), (2022, 11), (2022, 12), (2023, 1), (2023, 2), (2023, 3)):
            yield number, date(*month, 1 + n % 28)


def lists() -> Mapping[int, pd.DataFrame]:
    """Annex A lists 1, 3, 4, 6, 7, 8 and 9: a contact and a referral of each child each month."""
    events = pd.DataFrame(days(), columns=["Child Unique ID", "day"])
    about = {"Date of Birth": BORN, "Age of Child (Years)": 11, "Name of child": NAME}
    held = {"Allocated Team": "North", "Allocated Worker": WORKER_NAME}
    every = events.assign(**about).rename(columns={"day": "Date of Contact"})
    one = pd.DataFrame({"Child Unique ID": NUMBERS}).assign(**about)
    started = events["day"] + timedelta(days=2)
    return {
        1: every.assign(**{"Contact Source": "q) 6: Police"}),
        3: events.assign(**about, **held).rename(columns={"day": "Date of referral"}).assign(
            **{"Referral Source": "b) Schools", "Referral NFA?": ["Yes", "No", "No"] * 120}
        ),
        4: events.assign(**about, **held).rename(
            columns={"day": "Continuous Assessment Start Date"}
        ).assign(**{
            "Continuous Assessment Date of Authorisation": started.where(started <= AS_OF),
            "Was the child assessed as requiring LA children’s social care support?": "Yes",
        }),
        6: one.assign(**held, **{"CIN Start Date": date(2022, 2, 1), "CIN Closure Date": None,
                                 "Case Status": "c) Child in need plan"}),
        7: one.assign(**held, **{
            "Child Protection Plan Start Date": date(2022, 5, 5),
            "Date of latest review conference": date(2023, 2, 8),
            "Child Protection Plan End Date": None,
            "Number of Previous Child Protection Plans": 0,
        }),
        8: one.assign(**held, **{
            "Date Started to be Looked After": date(2022, 5, 5),
            "Date of Latest Statutory Review": date(2023, 2, 8),
            "Number of Placements in the Last 12 months": 1,
            "Date Ceased to be Looked After": None,
            "Placement postcode": POSTCODE,
        }),
        9: pd.DataFrame({"Child Unique ID": LEAVERS}).assign(**{
            **about, "Date of Birth": LEAVER_BORN, "Age of Child (Years)": 19, **held,
            "Eligibility Category": "b) Former relevant child", "LA in Touch": "a) Yes",
            "Type of Accommodation": "U: Independent living",
            "Suitability of Accommodation": "a) Suitable",
            "Activity Status": "F2: Full time in education other than higher",
        }),
    }  # fmt: skip


def write_workbook(path: Path, sheets: Mapping[int, pd.DataFrame]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, rows in sheets.items():
            sheet = book.add_worksheet(f"List {number}")
            sheet.write_row(0, 0, list(rows.columns))
            for at, row in enumerate(rows.itertuples(index=False), start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, pd.Timestamp(cell), as_day)
                    elif cell is not None and not pd.isna(cell):
                        sheet.write(at, column, cell)
    return path


def write_return(folder: Path) -> Path:
    folder.mkdir()
    born, gone = f"{BORN:%d/%m/%Y}", f"{LEAVER_BORN:%d/%m/%Y}"
    files = {
        "header": ["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"]
        + [f"{n},1,{born},WBRI,{PUPIL},," for n in NUMBERS],
        "episodes": ["CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
                     "HOME_POST,PL_POST,URN"]
        + [f"{n},05/05/2022,S,C2,N1,U1,PR1,,,,{POSTCODE},{POSTCODE},11" for n in NUMBERS],
        "reviews": ["CHILD,DOB,REVIEW,REVIEW_CODE"]
        + [f"{n},{born},{day},PN1" for n in NUMBERS for day in ("20/05/2022", "08/08/2022",
                                                                "08/03/2023")],
        "oc3": ["CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"]
        + [f"{n},{gone},YES,F2,B1" for n in LEAVERS],
    }  # fmt: skip
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Made:
    """What a whole run left behind."""

    sources: Path
    history: Path
    outside: tuple[Path, ...]
    """Folders of everything else that was written."""
    printed: str
    key: Pseudonyms


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("canaries")
    sources, project = root / "extracts", copy_project(root / "project")
    sources.mkdir()
    lists_now = lists()
    annex = write_workbook(sources / "lists.xlsx", lists_now)
    wrong = {
        **lists_now,
        3: lists_now[3].assign(**{"Date of referral": f"{NAME} {BORN}"}),
        8: lists_now[8].assign(**{"Date Started to be Looked After": "07/13/2011"}),
    }
    faulty = write_workbook(sources / "faulty.xlsx", wrong)
    children = [child(REFERRAL, number=n, born=f"{BORN}") for n in NUMBERS]
    census = sources / "children.xml"
    census.write_text(children_census(*children, day=f"{AS_OF}", year="2023"), encoding="utf-8")
    staff = [{**WORKER, "SWENo": n, "PersonBirthDate": f"{LEAVER_BORN}"} for n in LEAVERS]
    workers = sources / "workers.xml"
    workers.write_text(workforce_census(*staff, day="2022-09-30"), encoding="utf-8")
    (project / "params/torbay").mkdir()
    for name, text in {
        "2023-03.yml": "authority: Torbay\nmonth: 2023-03\nkind: council\n",
        "council.yml": "teams:\n  North: {service: Assessment}\nchildren: {2022: 25000}\n",
    }.items():
        (project / "params/torbay" / name).write_text(text, encoding="utf-8")
    places = {
        name: str(root / "system" / name)
        for name in ("TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                     "IPYTHONDIR", "JUPYTER_DATA_DIR", "MPLCONFIGDIR")
    }  # fmt: skip
    for place in places.values():
        Path(place).mkdir(parents=True)
    places |= {"SCRUTINY_HISTORY": str(root / "history"), "SCRUTINY_KEY_FILE": str(root / "key")}
    of_march = ("--authority", "Torbay", "--as-of", f"{AS_OF}")
    commands = {
        ("ingest", str(faulty), *of_march): ExitCode.FAULTS,
        ("ingest", str(annex), str(write_return(sources / "903")), *of_march): 0,
        ("ingest", str(census), str(workers), "--authority", "Torbay"): 0,
        ("history", "--authority", "Torbay"): 0,
        ("book", "torbay-2023-03"): 0,
        ("audit", "torbay-2023-03"): 0,
        ("verify", "torbay-2023-03"): 0,
    }
    printed = ""
    for words, code in commands.items():
        done = run_scrutiny(project, *words, **places)
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        printed += said
    key = Pseudonyms(bytes.fromhex((root / "key").read_text(encoding="ascii").strip()))
    return Made(sources, root / "history", (project, root / "system"), printed, key)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder by its name and as text, whatever it is packed in."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        raw = path.read_bytes()
        if path.suffix == ".parquet":
            yield path.name, pd.read_parquet(path).to_csv()
        if raw.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(raw)):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "replace")
        yield str(path), raw.decode("utf-8", "replace")
        if b"\0" in raw:
            yield str(path), raw.decode("utf-16-le", "replace")


def found(folder: Path, wanted: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(name, each) for name, text in texts(folder) for each in wanted if each in text}


def test_the_search_finds_what_is_there(made: Made) -> None:
    """A search that finds nothing in the sources would find nothing anywhere."""
    there = {each for _, each in found(made.sources, CANARIES)}
    assert there >= {"QX-7781", "QX-7782", "Zebedee", "Fenella", "ZZ97", "Z7781QX", "13/07/2011",
                     "2011-07-13", "07/13/2011"}  # fmt: skip


def test_the_book_is_about_them(made: Made) -> None:
    page = (made.outside[0] / "site/torbay-2023-03/front-door-by-month.html").read_text("utf-8")
    assert "60 referrals" in page
    assert "From the council’s own records, provisional." in page


def test_nothing_planted_is_in_any_file_outside_the_extracts(made: Made) -> None:
    """Pages, notebooks, search index, downloads, records, logs, kept results, scratch files."""
    project = made.outside[0]
    for there in ("site/*/searchindex.js", "site/*/downloads/*.csv", "site/*/downloads/*.xlsx",
                  "results/*/notebooks/*.ipynb", "record/*/manifest.json",
                  "record/*/tables-*/*.csv", ".scrutiny/store/**/*"):  # fmt: skip
        assert list(project.glob(there)), there
    for folder in (*made.outside, made.history):
        assert not found(folder, CANARIES)


def test_nothing_planted_was_printed(made: Made) -> None:
    assert "faults found" in made.printed
    assert [each for each in CANARIES if each in made.printed] == []


def test_hashes_of_children_are_in_the_history_alone_and_none_could_be_guessed(made: Made) -> None:
    numbers = pd.Series(NUMBERS + LEAVERS)
    keyed = tuple(made.key.of(numbers, "child"))
    assert {each for _, each in found(made.history, keyed)} == set(keyed)
    plain = tuple(
        hashlib.new(kind, text.encode()).hexdigest()
        for kind in ("md5", "sha1", "sha256", "blake2b")
        for text in [*NUMBERS[:5], *(each.casefold() for each in NUMBERS[:5])]
    )
    assert not found(made.history, plain)
    secret = (made.key.key.hex(),)
    assert not found(made.history, secret)
    for folder in made.outside:
        assert not found(folder, (*keyed, *plain, *secret))
    assert not [each for each in (*keyed, *secret) if each in made.printed]


def test_small_tables_cannot_be_guessed_from_a_hash(made: Made) -> None:
    """A council's gated figures are told by keyed hashes alone, in the book and in its record."""
    project = made.outside[0]
    for path in (project / "data/prepared/torbay-2023-03").iterdir():
        guessed = (hashlib.sha256(path.read_bytes()).hexdigest(),)
        for folder in ("site", "record"):
            assert not found(project / folder, guessed)
    manifest = read_manifest(Workspace(project), "torbay-2023-03")
    own = {n: h for n, h in manifest.inputs.items() if n.startswith(("data/prepared/", "extract "))}
    assert {n.partition(" of ")[0] for n in own} >= {"extract annex-a", "extract ssda903"}
    assert all(each.startswith("hmac-sha256:") for each in own.values())
    assert all(each.hash.startswith("hmac-sha256:") for each in manifest.tables.values())
    key = made.outside[1] / "XDG_CONFIG_HOME" / "scrutinybook" / "torbay.record.key"
    secret = key.read_text(encoding="ascii").strip()
    assert len(secret) == 64
    assert not found(project, (secret,))


def test_a_councils_edition_is_reproduced(made: Made) -> None:
    assert "torbay-2023-03: reproduced to the byte" in made.printed
