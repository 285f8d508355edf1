"""Publish folders whole or not at all, one run at a time."""

from scrutinybook.publish.lock import run_lock
from scrutinybook.publish.stage import stage_site, sweep
from scrutinybook.publish.swap import recover, swap_in

__all__ = ["recover", "run_lock", "stage_site", "swap_in", "sweep"]
