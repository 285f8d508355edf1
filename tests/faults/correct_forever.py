"""Corrects a published edition to and fro between two projects until killed: ONE, OTHER, TO."""

import sys
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from signed_project import REAL, clock

from scrutinybook.signoff.publications import in_book
from scrutinybook.signoff.publishing import correct
from scrutinybook.signoff.sign_off import read_sign_off
from scrutinybook.workspace import Workspace

if __name__ == "__main__":
    projects, to = [Workspace(Path(each)) for each in sys.argv[1:3]], Path(sys.argv[3])
    for workspace in cycle(projects):
        signed, there = read_sign_off(workspace, REAL), in_book(to / REAL)
        if signed is not None and there[-1].digest != signed.digest:
            sys.stdout.write("at work\n")
            sys.stdout.flush()
            correct(workspace, REAL, to, "To and fro", clock)
