"""A failure in words: one table of outcomes, and what is picked from a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutinybook.execute.failures import Limits, fault_of, own_frames, plain
from scrutinybook.execute.order import Answer, Desk, Outcome
from scrutinybook.execute.source import Cell, Source
from scrutinybook.execute.tasks import NotebookTask

TRACEBACK = [
    "\x1b[31m---------------------------------\x1b[39m",
    "\x1b[31mKeyError\x1b[39m      Traceback (most recent call last)",
    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[4]\x1b[39m\x1b[32m, line 2\x1b[39m\n"
    "      1 y = 1\n\x1b[32m----> \x1b[39m\x1b[32m2\x1b[39m show(\x1b[33m'x'\x1b[39m)",
    "Cell In[3], line 7, in show(name)\n      6 def show(name):\n----> 7     return load(name)",
    "File /home/me/book/src/scrutinybook/record/tables.py:25, in Tables.load(self, name)\n"
    "     24 def load(self, name):\n---> 25     return self.frame[name]",
    "File C:\\book\\scrutinybook\\charts\\p.py:3, in draw(x)\n----> 3 draw(x)",
    "File /usr/lib/python3.11/site-packages/pandas/core/frame.py:4102, in DataFrame.__getitem__()",
    "\x1b[31mKeyError\x1b[39m: 'x'",
]


def test_frames_of_notebook_and_package_are_picked_and_told_plainly() -> None:
    assert own_frames(TRACEBACK) == [
        "line 2 of the cell: show('x')",
        "line 7 of an earlier cell, in show: return load(name)",
        "scrutinybook/record/tables.py line 25, in Tables.load: return self.frame[name]",
        "scrutinybook\\charts\\p.py line 3, in draw: draw(x)",
    ]


@pytest.mark.parametrize("traceback", [[], ["SyntaxError: bad"], ["\x1b[0m"]])
def test_a_traceback_without_such_frames_gives_none(traceback: list[str]) -> None:
    assert own_frames(traceback) == []


def test_colours_are_taken_out_and_nothing_else() -> None:
    assert plain("\x1b[1;31m[31m\x1b[0m a[0] \x1b[38;5;28;01mb\x1b[K") == "[31m a[0] b"


TASK = NotebookTask("front-door", Path("notebooks/front-door.ipynb"), Path("out.ipynb"))
SOURCE = Source(TASK.source, (Cell(False, "# Front door", frozenset()),) * 2)


def told(answer: Answer, folder: Path) -> tuple[str, str, str]:
    fault = fault_of(TASK, SOURCE, answer, Desk(folder), Limits(cell=30, wall=90))
    return fault.where, fault.found, fault.mend


@pytest.mark.parametrize(
    ("answer", "found", "mend"),
    [
        (
            Answer(Outcome.RAISED, 1, "ValueError", "\x1b[31mno\x1b[0m"),
            "ValueError: no",
            "correct notebooks/front-door.ipynb",
        ),
        (Answer(Outcome.RAISED, 1, "KeyboardInterrupt"), "KeyboardInterrupt", "correct"),
        (
            Answer(Outcome.CELL_TIMEOUT, 1),
            "the cell ran longer than 30 s and was stopped",
            "quicker",
        ),
        (
            Answer(Outcome.WALL_TIMEOUT, 1),
            "the notebook ran longer than 90 s and was stopped",
            "quicker",
        ),
        (Answer(Outcome.KERNEL_DIED, 1), "the kernel died while this cell ran", "memory"),
        (
            Answer(Outcome.NOT_STARTED, 1, "RuntimeError", "x"),
            "the kernel did not start, twice: RuntimeError: x",
            "install",
        ),
        (
            Answer(Outcome.BROKEN, 1),
            "the process that ran the notebook ended without a result.",
            "memory",
        ),
        (
            Answer(Outcome.BROKEN, 1, "OSError", "full"),
            "the process that ran the notebook ended without a result. OSError: full",
            "log",
        ),
    ],
)
def test_each_outcome_has_its_words_and_a_way_to_mend(
    tmp_path: Path, answer: Answer, found: str, mend: str
) -> None:
    where = "front-door, cell 2 of 2, under 'Front door'"
    said_where, said_found, said_mend = told(answer, tmp_path)
    assert (said_where, said_found) == (where, found)
    assert mend in said_mend
    assert "executed.ipynb" not in said_mend  # there is none to look at


def test_a_message_as_long_as_a_table_is_cut(tmp_path: Path) -> None:
    _, found, _ = told(Answer(Outcome.RAISED, 0, "ValueError", "row " * 1000), tmp_path)
    assert len(found) < 700
    assert found.endswith(" …")


def test_only_the_innermost_frames_are_shown(tmp_path: Path) -> None:
    deep = [f"Cell In[2], line {k}\n----> {k} f()" for k in range(1, 9)]
    _, found, _ = told(Answer(Outcome.RAISED, 0, "RecursionError", "deep", deep), tmp_path)
    assert [line.split()[1] for line in found.splitlines()[1:]] == ["5", "6", "7", "8"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_answer_comes_back_as_it_was_given(tmp_path: Path, outcome: Outcome) -> None:
    answer = Answer(outcome, 3, "ValueError", "ä", ["one", "two"])
    Desk(tmp_path).answer(answer)
    assert Desk(tmp_path).collect(Outcome.BROKEN) == answer


def test_of_a_silent_worker_the_cell_last_noted_is_known(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.collect(Outcome.BROKEN) == Answer(Outcome.BROKEN, None)
    desk.note(3)
    desk.note(4)
    assert desk.collect(Outcome.WALL_TIMEOUT) == Answer(Outcome.WALL_TIMEOUT, 4)
