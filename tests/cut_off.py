"""Commands run where there is no network: in a network namespace that has a loopback alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache

import pytest

LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
SIOCSIFFLAGS, IFF_UP = 0x8914, 1
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""A machine without a network still speaks to itself; a new namespace does not until told to."""

NAMESPACE = ["unshare", "--map-root-user", "--net"]


def without_network(command: Sequence[str]) -> list[str]:
    """The command that runs `command` without a network; skips where a machine cannot do so."""
    hindrance = _hindrance()
    if hindrance:
        pytest.skip(f"a network cannot be taken away here: {hindrance}")
    return [*NAMESPACE, sys.executable, "-c", LOOPBACK_UP, *command]


@cache
def _hindrance() -> str:
    if not sys.platform.startswith("linux") or not shutil.which("unshare"):
        return "that needs Linux and the program unshare"
    tried = subprocess.run(
        [*NAMESPACE, sys.executable, "-c", LOOPBACK_UP, "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tried.stderr.strip() if tried.returncode else ""
