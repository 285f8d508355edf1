"""What stands in a child's row reaches no notice, no error and no event table but as its kind.

A name, a number and a date of birth that nobody has are planted in every place of every format, one
place at a time and all at once; nothing that a reader gives or raises may show them.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_extracts import (
    AS_OF,
    KEY,
    REFERRAL,
    RETURN,
    VACANCIES,
    WORKER,
    child,
    children_census,
    workforce_census,
    write_return,
)
from lxml import etree

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.local_sheet import HEADINGS
from scrutinybook.sources.extracts.recognise import read_extract

NAME, NUMBER, BORN = "Zebedee Quixote", "QX-7781-04", "13/07/2011"
FIRST = "Zebedee"
BORN_ISO = "2011-07-13"
CANARIES = ("Zebedee", "Quixote", "ZEBEDEE", "zebedee", "7781", "13/07/2011", "2011-07-13",
            "13 July 2011")  # fmt: skip


def told(path: Path, as_of: date | None = None) -> tuple[str, Extract | None]:
    """Everything that reading says: notices as text and as code, errors with all behind them."""
    try:
        extract = read_extract(path, as_of=as_of, pseudonyms=KEY)
    except FaultsFound as error:
        chain = "".join(traceback.format_exception(error, chain=True))
        behind = repr([error, error.args, error.__cause__, error.__context__, error.faults])
        return chain + behind, None
    said = [repr(extract), repr(extract.notices)]
    said += [f"{each.fault}{each.fault!r}" for each in extract.notices]
    return "\n".join(said), extract


def assert_hidden(path: Path, as_of: date | None = None, *, tables: bool = True) -> None:
    said, extract = told(path, as_of)
    assert not [each for each in CANARIES if each in said]
    if extract is not None and tables:
        for table in extract.tables.values():
            held = table.to_csv()
            assert not [each for each in CANARIES if each in held]


def columns() -> Iterator[tuple[str, str, str]]:
    for name, content in RETURN.items():
        for heading in content.split()[0].split(","):
            yield name, heading, NUMBER if heading == "CHILD" else NAME
            if heading in {"DOB", "MC_DOB"}:
                yield name, heading, BORN


@pytest.mark.parametrize(("name", "heading", "canary"), columns())
def test_in_every_column_of_a_return(tmp_path: Path, name: str, heading: str, canary: str) -> None:
    lines = RETURN[name].split()
    place = lines[0].split(",").index(heading)
    rows = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        cells[place] = canary
        rows.append(",".join(cells))
    assert_hidden(write_return(tmp_path, {name: "\n".join(rows)}), AS_OF)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{NUMBER},{NAME},{BORN}\n{NUMBER},{NAME},{BORN}\n", id="no headings"),
        pytest.param(f"CHILD,DOB,REVIEW,REVIEW_CODE,{NAME}\n{NUMBER},{BORN},,,\n", id="heading"),
        pytest.param(f'CHILD,DOB,REVIEW,REVIEW_CODE\n"{NAME}\n{NUMBER}', id="not closed"),
        pytest.param(f"CHILD;DOB;{NAME}\n{NUMBER};{BORN};x\n", id="semicolons"),
        pytest.param(f"CHILD,DOB\n{NAME}\udce9,{BORN}\n", id="not UTF-8"),
        pytest.param(f"CHILD,DOB\n{NAME}\x00\udc81,{BORN}\n", id="not text"),
    ],
)
def test_in_damaged_files(tmp_path: Path, content: str) -> None:
    raw = content.encode("utf-8", errors="surrogateescape")
    assert_hidden(write_return(tmp_path / "folder", {"three.csv": raw}), AS_OF)
    (tmp_path / "alone").write_bytes(raw)
    assert_hidden(tmp_path / "alone", AS_OF)


def census_places() -> Iterator[tuple[str, str]]:
    children = children_census(child(REFERRAL, number=NUMBER, born=BORN_ISO))
    workers = workforce_census(WORKER | {"SWENo": NUMBER, "PersonBirthDate": BORN_ISO})
    for xml in (children, workers):
        for each in etree.fromstring(xml).iter():
            if not len(each) and each.tag != "Collection":
                yield each.tag, xml


@pytest.mark.parametrize(("tag", "xml"), census_places(), ids=lambda it: it[:20])
def test_in_every_element_of_a_census(tmp_path: Path, tag: str, xml: str) -> None:
    root = etree.fromstring(xml)
    for each in root.iter(tag):
        each.text = NAME
    (tmp_path / "census").write_bytes(etree.tostring(root))
    assert_hidden(tmp_path / "census")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: xml.replace("</LAchildID>", f"<{FIRST}></LAchildID>"),
        lambda xml: xml.replace("<CINreferralDate>", f"<CINreferralDate {NAME}>"),
        lambda xml: xml.replace(NUMBER, f"&{FIRST};"),
        lambda xml: xml.replace("Message", FIRST),
        lambda xml: xml.replace("CIN<", f"{NAME}<"),
        lambda xml: xml[: xml.index(NUMBER) + 6],
        lambda xml: xml.replace(NUMBER, f"{NUMBER}\x01"),
        lambda xml: f"<!DOCTYPE {FIRST} SYSTEM 'x'>" + xml,
    ],
)
def test_in_damaged_xml(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    xml = spoil(children_census(child(REFERRAL, number=NUMBER, born=BORN_ISO)))
    (tmp_path / "census").write_text(xml, encoding="utf-8")
    assert_hidden(tmp_path / "census")


@pytest.mark.parametrize("entry", list(VACANCIES))
def test_in_vacancies(tmp_path: Path, entry: str) -> None:
    xml = workforce_census(WORKER, vacancies=[VACANCIES | {entry: NAME}])
    (tmp_path / "census").write_text(xml, encoding="utf-8")
    assert_hidden(tmp_path / "census")


@pytest.mark.parametrize("column", HEADINGS)
def test_in_every_column_of_local_figures(tmp_path: Path, column: str) -> None:
    row = {"measure": "hub_referrals", "period": "2023-04", "numerator": "7"} | {column: NAME}
    line = ",".join(row.get(each, "") for each in HEADINGS)
    (tmp_path / "local").write_text(f"{','.join(HEADINGS)}\n{line}\n", encoding="utf-8")
    # Part and note are the council's own words and are kept; they are said by nobody else.
    said, extract = told(tmp_path / "local", AS_OF)
    if extract is not None:
        said = repr([replace(each) for each in extract.notices])
    assert not [each for each in CANARIES if each in said]


def test_numbers_are_hashed_alike_in_every_format(tmp_path: Path) -> None:
    """A child of the census and of the return is one child; the number is in neither table."""
    census, sent = tmp_path / "census", tmp_path / "return"
    census.write_text(children_census(child(REFERRAL, number=" a1 ")), encoding="utf-8")
    referred = read_extract(census, as_of=None, pseudonyms=KEY).tables["referrals"]["child"]
    write_return(sent)
    in_care = read_extract(sent, as_of=AS_OF, pseudonyms=KEY).tables["care_periods"]["child"]
    assert set(referred) <= set(in_care)
    assert referred.tolist() == KEY.of(pd.Series(["A1"], dtype="string"), "child").tolist()
