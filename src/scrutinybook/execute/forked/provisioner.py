"""Gives Jupyter a kernel that is there already, instead of starting one."""

from __future__ import annotations

import os
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from scrutinybook.execute.forked.kernel import ForkedKernel

NAME = "scrutinybook-forked"
_END = 1.0
"""Seconds that a killed kernel may take to end before Jupyter waits for it in its own way."""
_kernels: list[ForkedKernel] = []


class ForkedProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Jupyter's own way of running a kernel on this machine, but for how it starts."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Let the waiting kernel begin. There is one a worker: a second start is refused."""
        if not _kernels:
            raise RuntimeError("the forked kernel has been used")
        kernel = _kernels.pop()
        environment = {**(kwargs.get("env") or os.environ), "JPY_PARENT_PID": str(os.getpid())}
        # Papermill changes the worker's own folder, which a kernel started anew would inherit.
        self.cwd = kwargs.get("cwd") or os.getcwd()  # noqa: PTH109
        kernel.begin(self.parent.connection_file, self.cwd, environment)
        self.process = kernel
        self.pid = self.pgid = kernel.pid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and see it ended: Jupyter looks only every tenth of a second."""
        await super().kill(restart)
        if self.process is not None:
            self.process.wait(_END)


def offer(kernel: ForkedKernel) -> None:
    """Make a waiting kernel the one that the next start takes."""
    _kernels.append(kernel)
    entry = EntryPoint(NAME, f"{__name__}:{ForkedProvisioner.__name__}", "")
    KernelProvisionerFactory.instance().provisioners[NAME] = entry
    KernelProvisionerFactory.instance().default_provisioner_name = NAME
