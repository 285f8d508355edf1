"""The floor: the cells of every notebook called as plain functions in one warm process.

python floor.py PARAMETERS NOTEBOOK...   (in a project's folder; prints one JSON object)
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrutinybook import notebook as shown
from scrutinybook.execute.forked.rehearsal import rehearse
from scrutinybook.execute.keeper import modules_to_warm, own_package


def main() -> None:
    parameters = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    notebooks = {path: cells_of(Path(path)) for path in sys.argv[2:]}
    began = time.perf_counter(), time.process_time()
    code = [cell for cells in notebooks.values() for cell in cells]
    for module in sorted(modules_to_warm(own_package(), code)):
        with suppress(Exception):
            __import__(module)
    rehearse()
    shown.display = lambda *pieces, **how: None  # type: ignore[assignment]
    found: dict[str, Any] = {"start": since(began)}
    for path, cells in notebooks.items():
        began = time.perf_counter(), time.process_time()
        names: dict[str, Any] = {}
        for number, cell in enumerate(cells):
            exec(cell, names)
            if number == 0:
                names.update(parameters)  # as papermill does, after the notebook's own
        found[Path(path).stem] = since(began)
    print(json.dumps(found))


def cells_of(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def since(began: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - began[0], time.process_time() - began[1]


if __name__ == "__main__":
    main()
