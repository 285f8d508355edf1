"""How many inputs a test draws: a handful in a run of all tests, more when asked for.

SCRUTINY_FUZZ=2000 python3 run.py test tests/property/test_any_parameter_file.py
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings


def inputs(handful: int) -> settings:
    """The settings of a test that draws a handful of inputs, or as many as the variable says."""
    wanted = int(os.environ.get("SCRUTINY_FUZZ", handful))
    return settings(
        deadline=None, max_examples=wanted, suppress_health_check=[*HealthCheck], database=None
    )
