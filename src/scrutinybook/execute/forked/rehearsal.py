"""Do once, in the parent, what is slow the first time and the same for every notebook.

Nothing here knows data: what it leaves behind are loaded modules, fonts and the like. It must
start no threads and leave no open figure, and it draws from no random generator.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress


def rehearse() -> None:
    """Do each of a few slow things once, of those whose library has been imported."""
    firsts = (
        *(("nbformat", _notebook), ("ipykernel", _kernel)),
        *(("matplotlib", _chart), ("pandas", _table), ("holidays", _bank_holidays)),
    )
    for library, once in firsts:
        if library in sys.modules:
            with suppress(ImportError):
                once()


def _notebook() -> None:
    from nbformat import validate  # noqa: PLC0415
    from nbformat.v4 import new_notebook  # noqa: PLC0415

    # The first one has the schema of notebooks compiled.
    validate(new_notebook())


def _kernel() -> None:
    # A kernel loads these as it starts, though nobody debugs here.
    import ipykernel.debugger  # noqa: F401, PLC0415


def _chart() -> None:
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": "rehearsal", "svg.fonttype": "none"}):
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.plot([1, 2, 3], [1, 4, 9], marker="o")
        axes.set_title("Rehearsal: 0123456789")
        axes.set_xlabel("Months")
        figure.savefig(io.BytesIO(), format="svg", metadata={"Date": None})


def _bank_holidays() -> None:
    import holidays  # noqa: PLC0415

    # The first question loads the calendars of all countries.
    holidays.country_holidays("GB", subdiv="ENG", years=2023).get("2023-12-25")


def _table() -> None:
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame({"area": ["a", "b", "a"], "value": [1.0, 2.0, float("nan")]})
    frame.groupby("area", sort=False)["value"].sum().to_dict()
    frame.sort_values("value").reset_index(drop=True).to_html()
