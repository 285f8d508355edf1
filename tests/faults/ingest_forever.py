"""Reads one month after the other into a history until killed: FOLDER, FIRST, PURGE OR NOT.

With purging it also erases the child of each month before, and removes old months.
"""

import sys
from itertools import count
from pathlib import Path

from drawn_histories import clock, place_in, read_drawn, write_drawn

from scrutinybook.history_steps import ingest, purge_number, purge_old
from scrutinybook.periods import Month

CHILDREN = 40


def write_month(folder: Path, number: int) -> Path:
    """An extract of one month in which child number `number` is new, and stays."""
    month = Month(2000, 1) + number
    rows = [
        {"child": f"c{k}", "date": str(month.first_day)} for k in range(number, number + CHILDREN)
    ]
    return write_drawn(
        folder / f"{month}.json",
        str(month.last_day),
        str((month - 5).first_day),
        dict.fromkeys(("referrals", "contacts", "care_reviews"), rows),
    )


if __name__ == "__main__":
    folder, first, purges = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "purge"
    place = place_in(folder)
    for number in count(first):
        month = Month(2000, 1) + number
        ingest([write_month(folder, number)], place, read=read_drawn, as_of=None, clock=clock)
        if purges and number:
            purge_number(place, [f"c{number}"], "officer", "erasure", clock)
            purge_old(place, (month - 8).first_day, "officer", "retention", clock)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
