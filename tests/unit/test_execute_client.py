"""When a worker takes its kernel for ready: what the kernel says is played by a drawn script.

A script has a line for each question. `answer` is the reply to it, `idle` what is published when
the kernel is done with it; `late` stands for those of the question before, `nothing` for a second
in which nothing comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty
from typing import Any

import pytest
import zmq

from scrutinybook.execute.client import Client


class _Channel:
    """Gives what the kernel has said so far, and then nothing."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any] | None] = []

    async def get_msg(self, timeout: float) -> dict[str, Any]:
        assert timeout > 0
        said = self.said.pop(0) if self.said else None
        if said is None:
            raise Empty
        return said


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
            if word == "nothing":
                self.told["shell"].said.append(None)
            elif word.endswith("answer"):
                content = {"protocol_version": "5.3"}
                self.told["shell"].said.append({"parent_header": header, "content": content})
            else:
                state = {"execution_state": word.rpartition(" ")[2]}
                self.told["iopub"].said.append({"parent_header": header, "content": state})
        return self.asked[-1]

    async def is_alive(self) -> bool:
        return self.lives


def _wait(client: _Played, *, timeout: float) -> None:
    """In a thread of its own: this one may have the loop of a browser."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, client.wait_for_ready(timeout)).result()


def _words(line: str) -> Iterator[str]:
    return (word.strip() for word in line.split(",") if word.strip())


@pytest.mark.parametrize(
    ("script", "questions"),
    [
        (["answer, busy, idle"], 1),
        # It listens before its publishing gets here: the question is asked again.
        (["answer", "answer, busy, idle"], 2),
        (["answer, busy", "answer, busy, idle"], 2),
        # Not up yet: the question waits for it and is not asked twice.
        (["nothing, nothing, answer, busy, idle"], 1),
        # What comes late is of another question and says nothing of this one.
        (["answer", "late busy, late idle, answer, busy, idle"], 2),
        (["answer", "answer, late busy, late idle", "answer, busy, idle"], 3),
        (["answer, idle", "never asked"], 1),
    ],
)
def test_ready_once_all_about_the_question_is_here(script: list[str], questions: int) -> None:
    client = _Played(script)
    _wait(client, timeout=30)
    assert len(client.asked) == questions
    assert not client.told["iopub"].said, "something of the start is left for the first cell"


def test_a_kernel_that_has_ended_is_told_of() -> None:
    with pytest.raises(RuntimeError, match="died"):
        _wait(_Played([], lives=False), timeout=30)


@pytest.mark.parametrize("script", [[], ["answer", "answer, busy"] * 20])
def test_a_kernel_that_is_never_ready_is_told_of(script: list[str]) -> None:
    with pytest.raises(RuntimeError, match="in time"):
        _wait(_Played(script), timeout=0.01)


@pytest.mark.parametrize(("transport", "knocks"), [("ipc", 5), ("tcp", 100)])
def test_it_knocks_often_where_no_port_can_be_taken(transport: str, knocks: int) -> None:
    client = Client(transport=transport, ip="127.0.0.1")
    client.start_channels(shell=False, iopub=False, stdin=False, hb=False, control=False)
    assert client.context.socket(zmq.DEALER).getsockopt(zmq.RECONNECT_IVL) == knocks
    client.context.destroy(linger=0)
