"""The same surroundings for every notebook, whatever the machine and the user's own settings."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from scrutinybook.execute.tasks import KERNEL_NAME

MARK = "SCRUTINYBOOK_RUN"
"""Environment variable that a worker and all its processes inherit: the worker's own folder."""

_LONGEST_SOCKET = 100
"""Bytes in the path of a socket: macOS takes 103, Linux 107; ``-5`` is added to it."""

_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR")


def worker_environment(folder: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    """Make a worker's environment and, in the worker's own `folder`, its private kernel.

    Of the user's own settings, those of Jupyter, IPython and Matplotlib do not get through. One
    thread a process: two notebooks on two processors gain nothing from more, and sums of floating
    point numbers come out the same everywhere.
    """
    _write_kernelspec(folder / "jupyter" / "kernels" / KERNEL_NAME)
    for own in ("ipython", "config", "data", "runtime"):
        (folder / own).mkdir()
    (folder / "matplotlibrc").touch()
    foreign = ("JUPYTER", "IPYTHON", "JPY_", "PYTHONSTARTUP", "PYTHONINSPECT", "LC_", "LANG")
    kept = {name: value for name, value in inherited.items() if not name.startswith(foreign)}
    return kept | {
        MARK: str(folder),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_PATH": str(folder / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "LC_ALL": "C.UTF-8",
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "MPLBACKEND": "Agg",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "VECLIB_MAXIMUM_THREADS": "1",
        **{f"{library}_NUM_THREADS": "1" for library in _THREADS},
    }


def connection(folder: Path) -> dict[str, str]:
    """Choose how worker and kernel talk: sockets in `folder`, or ports of this machine.

    Sockets in a folder cannot clash as ports do, and whoever may not enter the folder cannot
    listen in. Windows has none of this kind, and their paths must be short.
    """
    socket = str(folder / "s")
    is_local = os.name == "posix" and len(os.fsencode(socket)) <= _LONGEST_SOCKET
    way = ("ipc", socket) if is_local else ("tcp", "127.0.0.1")
    return {
        "transport": way[0],
        "ip": way[1],
        # Else it goes to the system's temporary folder, where a killed worker leaves it.
        "connection_file": str(folder / "connection.json"),
    }


def _write_kernelspec(folder: Path) -> None:
    folder.mkdir(parents=True)
    spec = {
        "argv": [
            # -P: no file that happens to lie in the working folder can stand in for the kernel's.
            *(sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            "--HistoryManager.enabled=False",
            # Seeds, limits, and a note of what is read: see `in_kernel`.
            "--ext=scrutinybook.execute.in_kernel",
        ],
        "display_name": "Scrutiny book",
        "language": "python",
    }
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
