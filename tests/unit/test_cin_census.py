"""The children in need census: from XML to event tables, and damage to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_extracts import KEY, REFERRAL, child, children_census, seen

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.cin_census import read_cin_census
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.noticed import Weight

EXCLUDE, WARN = Weight.EXCLUDE, Weight.WARN
LATER = "a day after 2024-03-31, the extract's"
OPEN = """
      <CINreferralDate>2024-01-05</CINreferralDate>
      <ReferralSource>3C</ReferralSource>{}
      <ReferralNFA>false</ReferralNFA>"""


def read(folder: Path, xml: str | bytes) -> Extract:
    path = folder / "census.xml"
    path.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
    return read_cin_census(path, pseudonyms=KEY)


def row(extract: Extract, table: str) -> dict[str, object]:
    """The only row of a table, days as text, blanks as None, the child left out."""
    (record,) = extract.tables[table].to_dict("records")
    return {
        str(name): None
        if pd.isna(each)
        else each.date().isoformat()
        if isinstance(each, pd.Timestamp)
        else each
        for name, each in record.items()
        if name != "child"
    }


def test_every_table_after_its_schema(tmp_path: Path) -> None:
    extract = read(tmp_path, children_census(child(REFERRAL)))
    assert extract.format is Format.CIN_CENSUS and extract.as_of == date(2024, 3, 31)
    assert set(extract.covers_from.values()) == {date(2023, 4, 1)} and not extract.notices
    for name, table in extract.tables.items():
        EVENT_TABLES[name].schema.validate(table)
        hashed = KEY.of(pd.Series(["C1"], dtype="string"), "child").tolist()
        assert table["child"].unique().tolist() == hashed


def test_one_referral_with_everything(tmp_path: Path) -> None:
    extract = read(tmp_path, children_census(child(REFERRAL)))
    assert row(extract, "referrals") == {
        "date": "2023-05-02", "source": "police", "no_further_action": False,
    }  # fmt: skip
    assert row(extract, "assessments") == {
        "started": "2023-05-03", "authorised": "2023-06-20", "need_found": True,
    }  # fmt: skip
    assert row(extract, "section_47") == {
        "started": "2023-05-10", "conference_unneeded": False, "conference": "2023-05-24",
        "plan_followed": True,
    }  # fmt: skip
    assert row(extract, "protection_plans") == {
        "started": "2023-05-24", "ended": "2023-11-30", "previous_plans": 1,
        "latest_review": "2023-11-20",
    }  # fmt: skip
    assert row(extract, "cases") == {
        "started": "2023-05-02", "closed": "2023-11-30", "status": "closed episode",
        "team": None, "worker": None,
    }  # fmt: skip
    reviews = extract.tables["plan_reviews"]
    assert [f"{each:%m-%d}" for each in reviews["date"]] == ["08-15", "11-20"]
    assert {f"{each:%m-%d}" for each in reviews["plan_started"]} == {"05-24"}


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ("", "open without a plan"),
        (
            "<Assessments><AssessmentActualStartDate>2024-01-06</AssessmentActualStartDate>"
            "</Assessments>",
            "open assessment",
        ),
        (
            "<CINPlanDates><CINPlanStartDate>2024-02-01</CINPlanStartDate></CINPlanDates>",
            "child in need plan",
        ),
        (
            "<CINPlanDates><CINPlanStartDate>2024-02-01</CINPlanStartDate></CINPlanDates>"
            "<ChildProtectionPlans><CPPstartDate>2024-03-01</CPPstartDate></ChildProtectionPlans>",
            "child protection plan",
        ),
        ("<CINclosureDate>2024-03-01</CINclosureDate>", "closed episode"),
        ("<CINclosureDate>2024-04-02</CINclosureDate>", "open without a plan"),
    ],
)
def test_what_a_case_is_on_the_day(tmp_path: Path, parts: str, status: str) -> None:
    extract = read(tmp_path, children_census(child(OPEN.format(parts))))
    assert row(extract, "cases")["status"] == status


def test_a_referral_with_no_further_action_opens_no_case(tmp_path: Path) -> None:
    extract = read(tmp_path, children_census(child(OPEN.format("").replace("false", "true"))))
    assert row(extract, "referrals")["no_further_action"] is True
    assert extract.tables["cases"].empty


@pytest.mark.parametrize(
    ("reason", "need"), [("RC8", False), ("RC9", False), ("RC7", True), ("RC1", True)]
)
def test_closure_after_assessment_says_whether_need_was_found(
    tmp_path: Path, reason: str, need: bool
) -> None:
    extract = read(tmp_path, children_census(child(REFERRAL.replace("RC7", reason))))
    assert row(extract, "assessments")["need_found"] is need


def test_a_conference_that_no_plan_followed(tmp_path: Path) -> None:
    without = REFERRAL.partition("<ChildProtectionPlans>")[0]
    extract = read(tmp_path, children_census(child(without)))
    assert row(extract, "section_47")["plan_followed"] is False


def test_namespaces_comments_and_processing_instructions_make_no_difference(tmp_path: Path) -> None:
    plain = read(tmp_path, children_census(child(REFERRAL)))
    xml = children_census(child(REFERRAL), root='Message xmlns="urn:somebody"')
    xml = xml.replace("<Children>", "<?system x?><!-- exported --><Children>")
    again = read(tmp_path, '<?xml version="1.0" encoding="utf-8"?>' + xml)
    for name, table in plain.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def line_of(what: str, xml: str) -> int:
    """The line on which something stands first; of the last review where it is ``</Reviews>``."""
    lines = xml.splitlines()
    at = next(number for number, line in enumerate(lines, 1) if what in line)
    return at - 1 if what == "</Reviews>" else at


DAMAGE = [
    # what stands there, what is put in its place, weight, column, found, what the line named holds
    ("2023-05-02", "2024-05-02", EXCLUDE, "CINreferralDate", LATER, "<CINreferralDate>"),
    ("2023-05-02", "2023-02-30", EXCLUDE, "CINreferralDate", "an entry that is no day",
     "<CINreferralDate>"),
    ("<CINreferralDate>2023-05-02</CINreferralDate>", "", EXCLUDE, "CINreferralDate", "blank",
     "<ReferralSource>"),
    ("<LAchildID>C1</LAchildID>", "", EXCLUDE, "LAchildID", "blank", "<CINreferralDate>"),
    ("<ReferralSource>6", "<ReferralSource>66", WARN, "ReferralSource",
     "a code that the list does not have", "<CINreferralDate>"),
    ("<ReferralNFA>0", "<ReferralNFA>2", WARN, "ReferralNFA",
     "an entry that is neither yes nor no", "<CINreferralDate>"),
    ("RC7", "RC70", WARN, "ReasonForClosure", "a code that the list does not have",
     "<CINreferralDate>"),
    ("2023-11-30</CINc", "2023-05-01</CINc", EXCLUDE, "CINclosureDate",
     "a day before that of CINreferralDate", "<CINreferralDate>"),
    ("2023-06-20", "2023-05-02", EXCLUDE, "AssessmentAuthorisationDate",
     "a day before that of AssessmentActualStartDate", "<AssessmentActualStartDate>"),
    ("2023-06-20", "2024-06-20", WARN, "AssessmentAuthorisationDate", LATER,
     "<AssessmentActualStartDate>"),
    ("2023-05-03", "2023-05-01", WARN, "AssessmentActualStartDate",
     "an assessment before its referral", "<AssessmentActualStartDate>"),
    ("2023-05-24</DateOf", "2023-05-09</DateOf", EXCLUDE, "DateOfInitialCPC",
     "a day before that of S47ActualStartDate", "<S47ActualStartDate>"),
    ("<ICPCnotRequired>0", "<ICPCnotRequired>1", WARN, "ICPCnotRequired",
     "a conference held and said not to be needed", "<S47ActualStartDate>"),
    ("2023-11-30</CPP", "2023-05-01</CPP", EXCLUDE, "CPPendDate",
     "a day before that of CPPstartDate", "<CPPstartDate>"),
    ("<NumberOfPreviousCPP>1", "<NumberOfPreviousCPP>-1", WARN, "NumberOfPreviousCPP",
     "a whole number below 0 or above 50", "<CPPstartDate>"),
    ("<NumberOfPreviousCPP>1", "<NumberOfPreviousCPP>one", WARN, "NumberOfPreviousCPP",
     "an entry that is no whole number", "<CPPstartDate>"),
    ("2023-08-15", "2023-05-15", EXCLUDE, "CPPreviewDate", "a review before its plan started",
     "<CPPreviewDate>"),
    ("2023-11-20", "2023-12-20", WARN, "CPPreviewDate", "a review after its plan ended",
     "<CPPreviewDate>2023-1"),
    ("2023-11-20", "2023-08-15", EXCLUDE, "census.xml",
     "a review that stands in an earlier row too", "</Reviews>"),
    ("2015-03-27", "2025-03-27", WARN, "PersonBirthDate",
     "a date of birth after 2024-03-31, the extract's", "<LAchildID>"),
    ("2015-03-27", "1985-03-27", WARN, "PersonBirthDate", "an age above 25 when referred",
     "<CINreferralDate>"),
    ("2015-03-27", "2024-03-27", WARN, "PersonBirthDate", "a referral long before birth",
     "<CINreferralDate>"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "weight", "column", "found", "on_line"),
    DAMAGE,
    ids=[f"{each[3]}: {each[4]}" for each in DAMAGE],
)
def test_rows(
    tmp_path: Path, old: str, new: str, weight: Weight, column: str, found: str, on_line: str
) -> None:  # fmt: skip
    whole = children_census(child(REFERRAL))
    assert old in whole
    xml = whole.replace(old, new, 1)
    extract = read(tmp_path, xml)
    assert (column, found, (line_of(on_line, xml),)) in seen(extract.notices, weight)
    for table, many in extract.rows_read.items():
        assert many == len(extract.tables[table]) + extract.excluded(table)


@pytest.mark.parametrize(
    ("children", "weight", "found"),
    [
        ((child(REFERRAL, REFERRAL),), EXCLUDE, "a referral that stands in an earlier row too"),
        (
            (child(REFERRAL, REFERRAL.replace("<ReferralSource>6", "<ReferralSource>7")),),
            WARN, "a child's second referral of one day",
        ),
        (
            (child(REFERRAL, REFERRAL.replace("2023-05", "2023-06")),),
            WARN, "a referral of a child whose case is open",
        ),
        (
            (child(REFERRAL, REFERRAL.replace("2023-05", "2023-06")),),
            WARN, "a plan of a child who has one",
        ),
        (
            (child(REFERRAL), child(OPEN.format(""))),
            WARN, "a child who stands in an earlier entry too",
        ),
    ],
)  # fmt: skip
def test_rows_that_do_not_go_together(
    tmp_path: Path, children: tuple[str, ...], weight: Weight, found: str
) -> None:
    extract = read(tmp_path, children_census(*children))
    assert found in [each.found for each in extract.notices if each.weight is weight]


ENTITIES = """<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
"""
REFUSED = [
    ("", "no XML, or damaged in its first lines"),
    ("CHILD,DOB\n1,2\n", "no XML, or damaged in its first lines"),
    ("<Workbook><Sheet/></Workbook>", "another root element than Message"),
    ("<Message><Header/></Message>", "another collection, or none named"),
    (children_census(child(REFERRAL)).replace("CIN<", "CSWW<"), "the workforce census"),
    (ENTITIES + children_census(child(REFERRAL)).replace("C1<", "&b;<"), "a document type"),
    (children_census(child(REFERRAL))[:-40], "XML that breaks off or is damaged at line 35"),
    (children_census(child(REFERRAL)).replace("</CPPstartDate>", ""), "damaged at line 34"),
    (children_census(child(REFERRAL, number="&nbsp;")), "XML that breaks off or is damaged"),
    (children_census(), "no child in it"),
    (children_census(child(REFERRAL), day=""), "ReferenceDate: blank or missing"),
    (children_census(child(REFERRAL), day="March"), "ReferenceDate: an entry that is no day"),
    (
        children_census(child(REFERRAL.replace("2023-05-02", "05/22/2023"))),
        "CINreferralDate, row 12: days month first",
    ),
]


@pytest.mark.parametrize(("xml", "found"), REFUSED, ids=[each[1] for each in REFUSED])
def test_files_that_are_refused(tmp_path: Path, xml: str, found: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read(tmp_path, xml)
    assert found in str(caught.value)


def test_a_year_that_is_not_the_reference_date_s_is_warned_of(tmp_path: Path) -> None:
    extract = read(tmp_path, children_census(child(REFERRAL), year="2019"))
    assert seen(extract.notices, WARN) == [("Year", "a year other than the reference date's", (2,))]


def test_lines_are_right_in_long_files(tmp_path: Path) -> None:
    """Parsers keep 16 bits for a line and guess from there on."""
    many = [child(REFERRAL, number=f"C{at}") for at in range(2500)]
    spoilt = child(REFERRAL.replace("2023-05-02", "2024-05-02"), number="C9999")
    xml = children_census(*many, spoilt)
    at = next(n for n, line in enumerate(xml.splitlines(), 1) if "2024-05-02" in line)
    assert at > 65_535
    assert ("CINreferralDate", LATER, (at,)) in seen(read(tmp_path, xml).notices, EXCLUDE)


def test_many_rows_are_packed_in_several_parts_and_come_out_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xml = children_census(*(child(REFERRAL, number=f"C{at}") for at in range(10)))
    whole = read(tmp_path, xml)
    monkeypatch.setattr("scrutinybook.sources.extracts.xml_files._CHUNK", 3)
    parts = read(tmp_path, xml)
    for name, table in whole.tables.items():
        pd.testing.assert_frame_equal(parts.tables[name], table)
    assert len(whole.tables["plan_reviews"]) == 20
