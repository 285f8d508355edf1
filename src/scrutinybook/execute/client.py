"""How a worker greets its kernel: Jupyter's own client, but for how it knows that it may begin."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient

_ANSWER = 1.0
"""Seconds that a kernel has to answer before it is asked again."""
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
        self.context.setsockopt(zmq.RECONNECT_IVL, _KNOCK)
        super().start_channels(*args, **kwargs)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and what it publishes gets here.

        Raises `RuntimeError` where the kernel has ended, or `timeout` seconds are over.
        """
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while not await self._has_answered(self.kernel_info()):
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    async def _has_answered(self, question: str) -> bool:
        """Whether a question's answer came, then all that was published until it was done with."""
        try:
            answer = await self.shell_channel.get_msg(timeout=_ANSWER)
            while answer["parent_header"].get("msg_id") != question:
                answer = await self.shell_channel.get_msg(timeout=_ANSWER)
            while True:
                said = await self.iopub_channel.get_msg(timeout=_SILENCE)
                is_idle = said["content"].get("execution_state") == "idle"
                if is_idle and said["parent_header"].get("msg_id") == question:
                    self._handle_kernel_info_reply(answer)
                    return True
        except Empty:
            return False
