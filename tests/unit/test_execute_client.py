"""When a worker takes its kernel for ready: what the kernel says is played by a drawn script.

A script has a line for each question. `answer` is the reply to it, `idle` the word on the side that
it is done with; `late` stands for those of the question before; nothing comes after a line's end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from queue import Empty
from typing import Any

import pytest

from scrutinybook.execute.client import Client


class _Channel:
    """Gives what the kernel has said so far, and then nothing."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    async def get_msg(self, timeout: float) -> dict[str, Any]:
        assert timeout > 0
        if not self.said:
            raise Empty
        return self.said.pop(0)


class _Played(Client):
    """A client whose kernel follows a script."""

    def __init__(self, script: list[str], *, lives: bool = True) -> None:
        super().__init__()
        self.script, self.lives = iter(script), lives
        self.asked: list[str] = []
        self.told = {"shell": _Channel(), "iopub": _Channel()}

    @property
    def shell_channel(self) -> Any:
        return self.told["shell"]

    @property
    def iopub_channel(self) -> Any:
        return self.told["iopub"]

    def kernel_info(self) -> str:
        self.asked.append(f"question {len(self.asked) + 1}")
        for word in _words(next(self.script, "")):
            which = self.asked[-2] if word.startswith("late ") else self.asked[-1]
            header = {"msg_id": which}
            if word.endswith("answer"):
                content = {"protocol_version": "5.3"}
                self.told["shell"].said.append({"parent_header": header, "content": content})
            else:
                state = {"execution_state": word.rpartition(" ")[2]}
                self.told["iopub"].said.append({"parent_header": header, "content": state})
        return self.asked[-1]

    async def is_alive(self) -> bool:
        return self.lives


def _words(line: str) -> Iterator[str]:
    return (word.strip() for word in line.split(",") if word.strip())


@pytest.mark.parametrize(
    ("script", "questions"),
    [
        (["answer, busy, idle"], 1),
        # It listens before its publishing gets here: the question is asked again.
        (["answer", "answer, busy, idle"], 2),
        (["answer, busy", "answer, busy, idle"], 2),
        # Not up yet.
        (["", "", "answer, busy, idle"], 3),
        # What comes late is of another question and says nothing of this one.
        (["", "late answer, late busy, late idle, answer, busy, idle"], 2),
        (["", "late answer, late busy, late idle", "answer, busy, idle"], 3),
        (["answer, idle", "never asked"], 1),
    ],
)
def test_ready_once_all_about_the_question_is_here(script: list[str], questions: int) -> None:
    client = _Played(script)
    asyncio.run(client.wait_for_ready(timeout=30))
    assert len(client.asked) == questions
    assert not client.told["iopub"].said, "something of the start is left for the first cell"


def test_a_kernel_that_has_ended_is_told_of() -> None:
    with pytest.raises(RuntimeError, match="died"):
        asyncio.run(_Played([], lives=False).wait_for_ready(timeout=30))


def test_a_kernel_that_never_answers_is_told_of() -> None:
    with pytest.raises(RuntimeError, match="in 0 seconds"):
        asyncio.run(_Played([]).wait_for_ready(timeout=0.01))
