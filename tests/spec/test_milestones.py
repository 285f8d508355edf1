"""How milestones stand at the end of March 2023, drawn.

planned      moved to     reached      in the drawing
30 Nov 2022  -            14 Dec 2022  Reached: 14 December 2022, and late in the list
15 Feb 2023  -            15 Feb 2023  Reached: 15 February 2023
28 Feb 2023  30 Sep 2023  -            Still to come: 30 September 2023
15 Mar 2023  -            -            Late: due 15 March 2023
15 Mar 2023  -            2 Apr 2023   Late: due 15 March 2023
"""

from __future__ import annotations

from datetime import date

import pytest

from scrutinybook.commentary.milestones import in_order, milestone_label, milestone_text
from scrutinybook.committee.plan import Milestone
from scrutinybook.periods import Month

MARCH = Month(2023, 3)


def milestone(planned: str, **more: str) -> Milestone:
    return Milestone.model_validate({"title": "x", "planned": planned, "owner": "head", **more})


@pytest.mark.parametrize(
    ("step", "label", "text", "settled"),
    [
        (
            milestone("2022-11-30", reached="2022-12-14"),
            "Reached: 14 December 2022",
            "Reached on 14 December 2022, late; planned for 30 November 2022",
            date(2022, 12, 14),
        ),
        (
            milestone("2023-02-15", reached="2023-02-15"),
            "Reached: 15 February 2023",
            "Reached on 15 February 2023; planned for 15 February 2023",
            date(2023, 2, 15),
        ),
        (
            milestone("2023-02-28", moved_to="2023-09-30"),
            "Still to come: 30 September 2023",
            "Still to come; planned for 28 February 2023, moved to 30 September 2023",
            date(2023, 9, 30),
        ),
        (
            milestone("2023-03-15"),
            "Late: due 15 March 2023",
            "Late; planned for 15 March 2023",
            date(2023, 3, 15),
        ),
        (
            milestone("2023-03-15", reached="2023-04-02"),
            "Late: due 15 March 2023",
            "Late; planned for 15 March 2023",
            date(2023, 3, 15),
        ),
    ],
)
def test_how_a_milestone_is_said(step: Milestone, label: str, text: str, settled: date) -> None:
    assert milestone_label(step, MARCH).replace("\u00a0", " ") == label
    assert milestone_text(step, MARCH).replace("\u00a0", " ") == text
    assert step.settled(MARCH) == settled


def test_they_stand_in_order_of_the_day_each_is_due_by_now() -> None:
    moved = milestone("2023-02-28", moved_to="2023-09-30")
    first, last = milestone("2023-03-15"), milestone("2023-12-01")
    assert in_order((last, moved, first)) == [first, moved, last]
