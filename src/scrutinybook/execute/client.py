"""How a worker greets its kernel: Jupyter's own client, but for how it knows that it may begin."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient

_LOOK = 1.0
"""Seconds between two looks whether a kernel that has not answered still lives."""
_KNOCK = 5
"""Milliseconds between two looks whether the kernel listens yet; usual are 100."""
_SILENCE = 0.2
"""Seconds without a message after which what it publishes does not get here yet."""


class Client(AsyncKernelClient):  # type: ignore[misc]
    """Takes the kernel for ready as soon as what it published about our question is here.

    Jupyter's waits for a fifth of a second in which nothing comes.
    """

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Begin to look for the kernel, which is still starting."""
        # Not at a port: who knocks often at one that is still free may take it.
        if self.transport == "ipc":
            self.context.setsockopt(zmq.RECONNECT_IVL, _KNOCK)
        super().start_channels(*args, **kwargs)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and what it publishes gets here.

        Raises `RuntimeError` where the kernel has ended, or `timeout` seconds are over.
        """
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while True:
            question = self.kernel_info()
            answer = await self._answer_to(question, until)
            if await self._is_done_with(question):
                self._handle_kernel_info_reply(answer)
                return
            # It did not hear yet that we listen to what it publishes.
            _look_at_the_clock(until)

    async def _answer_to(self, question: str, until: float) -> dict[str, Any]:
        while True:
            try:
                answer: dict[str, Any] = await self.shell_channel.get_msg(timeout=_LOOK)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
                _look_at_the_clock(until)
            else:
                if answer["parent_header"].get("msg_id") == question:
                    return answer

    async def _is_done_with(self, question: str) -> bool:
        """Whether it is published here that the kernel is done with a question it has answered."""
        try:
            while True:
                said = await self.iopub_channel.get_msg(timeout=_SILENCE)
                is_idle = said["content"].get("execution_state") == "idle"
                if is_idle and said["parent_header"].get("msg_id") == question:
                    return True
        except Empty:
            return False


def _look_at_the_clock(until: float) -> None:
    if time.monotonic() > until:
        raise RuntimeError("Kernel didn't respond in time")
