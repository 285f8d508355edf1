"""What has to be looked over before an edition comes out: open checks, and what the audit lists."""

from __future__ import annotations

from scrutinybook.checked import Checked
from scrutinybook.committee.decided import decided_file
from scrutinybook.committee.files import read_committee
from scrutinybook.council_edition import audit_own, is_own
from scrutinybook.edition import Edition
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.workspace import Workspace


def check_faults(workspace: Workspace, checked: Checked) -> list[Fault]:
    """Checks of the quality log that are open, and that nobody says the book does not wait for."""
    log = read_committee(workspace, checked.edition, checked.catalogue).quality
    where = f"params/{checked.edition.slug}/quality.yml: checks"
    mend = "do it and write the day under done, or say under publish_without why it is not awaited"
    return [
        Fault(f"{where}, {each.id}", f"not done: {each.what}", mend=mend)
        for each in ([] if log is None else log.checks)
        if each.is_open and each.publish_without is None
    ]


def audit_faults(workspace: Workspace, edition: Edition) -> list[Fault]:
    """What a reader could work out, and shares of nobody or of everybody that nobody looked at.

    Nothing for official figures, which are published already.
    """
    if not is_own(edition):
        return []
    from scrutinybook.council.audited import Exposed, exposure_faults  # noqa: PLC0415

    try:
        found = audit_own(workspace, edition)
    except (Exposed, FaultsFound) as error:
        return [*error.faults]
    assert found is not None  # a council's own
    faults = exposure_faults(found)
    for each in found.group_shares:
        part = f"part: {each.part}, " if each.part else ""
        mend = (
            f"in {decided_file(edition)}, under reviewed: {{measure: {each.measure},"
            f" {part}periods: [{each.period}], by: …, reviewed: …, reason: …}}, or withhold it"
        )
        where = f"edition {edition.id}: {each.words}"
        faults.append(Fault(where, "nobody has looked at it", mend=mend))
    return faults
