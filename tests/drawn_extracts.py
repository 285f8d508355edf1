"""Small extracts in the official text formats, drawn by hand: CSV files of a return, censuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.noticed import Notice, Weight
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.ssda903 import read_ssda903

KEY = Pseudonyms(bytes(range(32)))
AS_OF = date(2024, 3, 31)

HEADER = """
CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
A1,1,27/03/2010,WBRI,U1,,
A2,2,09/09/2007,WBRI,U2,,
A3,1,14/02/2018,WBRI,U3,,
"""
EPISODES = """
CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
A1,10/04/2023,S,C2,N1,U1,PR1,20/06/2023,X1,CHILD,,,11
A1,20/06/2023,P,C2,N1,U4,PR1,,,,,,12
A2,01/05/2023,S,V2,N1,K2,PR1,30/09/2023,E4A,,,,13
A3,02/01/2022,L,C2,N1,U1,PR1,,,,,,14
"""
REVIEWS = """
CHILD,DOB,REVIEW,REVIEW_CODE
A1,27/03/2010,05/05/2023,PN1
A1,27/03/2010,01/08/2023,PN3
A2,09/09/2007,22/05/2023,PN1
"""
PREVPERM = """
CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM
A1,27/03/2010,P2,,01/02/2015
A2,09/09/2007,Z1,,
"""
OC3 = """
CHILD,DOB,IN_TOUCH,ACTIV,ACCOM
B1,15/06/2005,YES,F2,B1
B2,20/12/2003,NO,0,0
B3,01/01/2006,RHOM,0,0
"""
RETURN = {
    "one.csv": HEADER,
    "two.csv": EPISODES,
    "three.csv": REVIEWS,
    "four.csv": PREVPERM,
    "five.csv": OC3,
}
"""A whole return without faults; names of files say nothing."""


def write_return(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write `RETURN`, with files replaced, added, or left out where None."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**RETURN, **(files or {})}.items():
        if isinstance(content, str):
            (folder / name).write_bytes(content.lstrip("\n").encode())
        elif content is not None:
            (folder / name).write_bytes(content)
    return folder


def read_return(
    folder: Path,
    files: Mapping[str, str | bytes | None] | None = None,
    *,
    as_of: date = AS_OF,
    covers_from: date | None = None,
) -> Extract:
    """Write and read a return."""
    path = write_return(folder, files)
    return read_ssda903(path, as_of=as_of, pseudonyms=KEY, covers_from=covers_from)


REFERRAL = """
      <CINreferralDate>2023-05-02</CINreferralDate>
      <ReferralSource>6</ReferralSource>
      <CINclosureDate>2023-11-30</CINclosureDate>
      <ReasonForClosure>RC7</ReasonForClosure>
      <Assessments>
        <AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>
        <AssessmentAuthorisationDate>2023-06-20</AssessmentAuthorisationDate>
      </Assessments>
      <Section47>
        <S47ActualStartDate>2023-05-10</S47ActualStartDate>
        <DateOfInitialCPC>2023-05-24</DateOfInitialCPC>
        <ICPCnotRequired>0</ICPCnotRequired>
      </Section47>
      <ReferralNFA>0</ReferralNFA>
      <ChildProtectionPlans>
        <CPPstartDate>2023-05-24</CPPstartDate>
        <CPPendDate>2023-11-30</CPPendDate>
        <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
        <Reviews>
          <CPPreviewDate>2023-08-15</CPPreviewDate>
          <CPPreviewDate>2023-11-20</CPPreviewDate>
        </Reviews>
      </ChildProtectionPlans>"""
"""A referral with everything, without faults."""


def child(*referrals: str, number: str = "C1", born: str = "2015-03-27") -> str:
    """A Child element with one CINdetails a referral."""
    details = "".join(f"\n    <CINdetails>{each}\n    </CINdetails>" for each in referrals)
    return f"""
    <Child>
    <ChildIdentifiers>
      <LAchildID>{number}</LAchildID>
      <PersonBirthDate>{born}</PersonBirthDate>
    </ChildIdentifiers>{details}
    </Child>"""


def children_census(
    *children: str, day: str = "2024-03-31", year: str = "2024", root: str = "Message"
) -> str:
    """A children in need census."""
    return f"""<{root}>
  <Header><CollectionDetails>
    <Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{day}</ReferenceDate>
  </CollectionDetails></Header>
  <Children>{"".join(children)}
  </Children>
</{root.partition(" ")[0]}>
"""


WORKER = {
    "AgencyWorker": "0",
    "SWENo": "SW100",
    "FTE": "0.8",
    "PersonBirthDate": "1980-01-04",
    "OrgRole": "5",
    "RoleStartDate": "2019-04-01",
    "StartOrigin": "1",
    "FTE30": "0.8",
    "Cases30": "17",
    "WorkingDaysLost": "4.5",
    "CFKSSstatus": "2",
}
VACANCIES = {"NumberOfVacancies": "12.5", "NoAgencyFTE": "7", "NoAgencyHeadcount": "8"}


def element(name: str, entries: Mapping[str, str]) -> str:
    """An element with one entry a line."""
    lines = "".join(f"\n    <{key}>{entry}</{key}>" for key, entry in entries.items())
    return f"\n  <{name}>{lines}\n  </{name}>"


def workforce_census(
    *workers: Mapping[str, str],
    vacancies: Sequence[Mapping[str, str]] = (VACANCIES,),
    day: str = "2023-09-30",
) -> str:
    """A workforce census."""
    parts = [element("LALevelVacancies", each) for each in vacancies]
    parts += [element("CSWWWorker", each) for each in workers]
    return f"""<Message>
  <Header><CollectionDetails>
    <Collection>CSWW</Collection><Year>2023</Year><ReferenceDate>{day}</ReferenceDate>
  </CollectionDetails></Header>{"".join(parts)}
</Message>
"""


def seen(notices: Sequence[Notice], weight: Weight) -> list[tuple[str, str, tuple[int, ...]]]:
    """Notices of one weight as column, what was found, and rows."""
    return [(n.place.rpartition(", ")[2], n.found, n.rows) for n in notices if n.weight is weight]
