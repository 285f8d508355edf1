"""The children of a children in need census, element by element, as rows of text."""

from __future__ import annotations

from typing import Any

from scrutinybook.sources.extracts.cin_codes import NOT_IN_NEED
from scrutinybook.sources.extracts.vocabulary import CASE_STATUSES, OPEN_WITHOUT_PLAN
from scrutinybook.sources.extracts.xml_files import TextRows, entries, line, local, text

_, PROTECTION_PLAN, NEED_PLAN, OPEN_ASSESSMENT, CLOSED = CASE_STATUSES
YES, NO = "1", "0"

_GROUPS = frozenset({"Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"})


class ChildRows:
    """Rows of every table, filled child by child.

    Column `child` is the child's place among `children`, so that each is hashed once.
    """

    def __init__(self) -> None:
        self.children = TextRows("number", "born")
        self.referrals = TextRows(
            "child", "date", "source", "no_further_action", "closed", "reason", "status"
        )
        self.assessments = TextRows("child", "referred", "started", "authorised", "need_found")
        self.section_47 = TextRows(
            "child", "started", "conference", "conference_unneeded", "plan_followed"
        )
        self.plans = TextRows("child", "started", "ended", "previous_plans")
        self.reviews = TextRows("child", "plan", "plan_started", "date")

    def take(self, child: Any) -> None:
        """Take one Child element."""
        place = str(len(self.children))
        number = born = ""
        at = line(child)
        details = []
        for part in child:
            name = local(part.tag)
            if name == "ChildIdentifiers":
                said = entries(part)
                number = said.get("LAchildID", "")
                at = line(part)
                born = said.get("PersonBirthDate", "")
            elif name == "CINdetails":
                details.append(part)
        self.children.add(at, number, born)
        for each in details:
            self._details(place, each)

    def _details(self, child: str, details: Any) -> None:
        said: dict[str, str] = {}
        groups: dict[str, list[tuple[int, dict[str, str], Any]]] = {name: [] for name in _GROUPS}
        at = line(details)
        for part in details:
            name = local(part.tag)
            if name in _GROUPS:
                groups[name].append((line(part), entries(part), part))
            else:
                said.setdefault(name, text(part))
                if name == "CINreferralDate":
                    at = int(part.sourceline)
        plans = groups["ChildProtectionPlans"]
        date, reason = said.get("CINreferralDate", ""), said.get("ReasonForClosure", "")
        closed = said.get("CINclosureDate", "")
        self.referrals.add(
            at, child, date, said.get("ReferralSource", ""), said.get("ReferralNFA", ""),
            closed, reason, _status(closed, groups),
        )  # fmt: skip
        need = _need_found(closed, reason, has_plan=bool(plans or groups["CINPlanDates"]))
        for at_line, its, _ in groups["Assessments"]:
            authorised = its.get("AssessmentAuthorisationDate", "")
            started = its.get("AssessmentActualStartDate", "")
            found = need if authorised else ""
            self.assessments.add(at_line, child, date, started, authorised, found)
        plan_days = [its.get("CPPstartDate", "") for _, its, _ in plans]
        for at_line, its, _ in groups["Section47"]:
            held = its.get("DateOfInitialCPC", "")
            started, unneeded = (
                its.get("S47ActualStartDate", ""),
                its.get("ICPCnotRequired"),
            )
            followed = _plan_followed(held, plan_days)
            self.section_47.add(at_line, child, started, held, unneeded or "", followed)
        for at_line, its, part in plans:
            self._plan(child, at_line, its, part)

    def _plan(self, child: str, at_line: int, its: dict[str, str], part: Any) -> None:
        started = its.get("CPPstartDate", "")
        previous = its.get("NumberOfPreviousCPP", "")
        place = str(len(self.plans))
        self.plans.add(at_line, child, started, its.get("CPPendDate", ""), previous)
        for group in part:
            if local(group.tag) == "Reviews":
                for review in group:
                    if local(review.tag) == "CPPreviewDate":
                        at = int(review.sourceline)
                        self.reviews.add(at, child, place, started, text(review))


def _status(closed: str, groups: dict[str, list[tuple[int, dict[str, str], Any]]]) -> str:
    """What the case is on the census's day; the census does not say who is looked after."""

    def one_open(group: str, end: str) -> bool:
        return any(not its.get(end) for _, its, _ in groups[group])

    if closed:
        return CLOSED
    if one_open("ChildProtectionPlans", "CPPendDate"):
        return PROTECTION_PLAN
    if one_open("CINPlanDates", "CINPlanEndDate"):
        return NEED_PLAN
    if one_open("Assessments", "AssessmentAuthorisationDate"):
        return OPEN_ASSESSMENT
    return OPEN_WITHOUT_PLAN


def _need_found(closed: str, reason: str, *, has_plan: bool) -> str:
    """Whether assessments found the child in need: the case's closure or plans say so."""
    if closed and reason.upper() in NOT_IN_NEED:
        return NO
    return YES if has_plan or (closed and reason) else ""


def _plan_followed(conference: str, plan_days: list[str]) -> str:
    """A plan starts on the day of the conference; a later one may be another conference's."""
    if not conference:
        return ""
    if conference in plan_days:
        return YES
    return "" if any(day > conference for day in plan_days) else NO
