"""Takes the lock of the scratch folder given, says so, and keeps it until killed."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from scrutinybook.publish import run_lock

if __name__ == "__main__":
    start = datetime(2023, 4, 3, 9, 30, tzinfo=UTC)
    with run_lock(Path(sys.argv[1]), "building demo-2023-03", clock=lambda: start):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        time.sleep(600)
