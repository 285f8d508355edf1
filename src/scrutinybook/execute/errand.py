"""Have a function called where its libraries are loaded: in a process forked from a warm parent.

`scrutiny` itself then need not load them. Where there is no such parent the function is called
here. Arguments and answer are what JSON can hold; faults come back as faults.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.execute.environment import worker_environment
from scrutinybook.execute.processes import end_tree

if TYPE_CHECKING:
    from scrutinybook.execute.forked.link import WarmParent

_PROGRAM = f"{__name__}:main"


def call(
    parent: WarmParent | None,
    function: str,
    arguments: Sequence[Any],
    *,
    folder: Path,
    limit_seconds: float,
) -> Any:
    """Call ``module:function`` with arguments, in `folder` as the working folder if it is forked.

    Raises `FaultsFound` as the function does. Where the forked process ends without an answer, or
    takes longer than `limit_seconds`, the function is called here, so that its failure is seen.
    """
    if parent is not None:
        answer = _forked(parent, function, arguments, folder, limit_seconds)
        if answer is not None:
            if "faults" in answer:
                raise FaultsFound(Fault(**each) for each in answer["faults"])
            return answer["result"]
    return _function(function)(*arguments)


def _forked(
    parent: WarmParent, function: str, arguments: Sequence[Any], folder: Path, limit: float
) -> dict[str, Any] | None:
    desk = parent.folder / f"errand-{uuid4().hex}"
    desk.mkdir()
    request = json.dumps([function, list(arguments)])
    (desk / "request.json").write_text(request, encoding="utf-8")
    environment = worker_environment(desk, os.environ)
    process = parent.run_program(
        _PROGRAM, [str(desk)], folder=folder, log=desk / "log.txt", environment=environment
    )
    try:
        while process.poll() is None and time.monotonic() - process.began < limit:
            time.sleep(0.005)
    finally:
        if process.poll() is None and process.pid is not None:
            end_tree(process.pid)
        process.close()
    try:
        answer: dict[str, Any] = json.loads((desk / "answer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return answer


def main() -> None:
    """Call the function that the folder named on the command line asks for; answer there."""
    desk = Path(sys.argv[1])
    function, arguments = json.loads((desk / "request.json").read_text(encoding="utf-8"))
    try:
        answer = {"result": _function(function)(*arguments)}
    except FaultsFound as error:
        answer = {"faults": [asdict(fault) for fault in error.faults]}
    part = desk / "answer.part"
    part.write_text(json.dumps(answer), encoding="utf-8")
    part.replace(desk / "answer.json")


def _function(name: str) -> Callable[..., Any]:
    module, _, within = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), within)
    return found
