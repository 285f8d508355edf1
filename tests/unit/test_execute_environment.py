"""Workers see the same surroundings whatever the user's own settings are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from scrutinybook.execute.environment import connection, worker_environment


def test_the_users_own_settings_do_not_get_through(tmp_path: Path) -> None:
    users = {
        "HOME": "/home/me",
        "PATH": "/bin",
        "LANG": "de_DE.UTF-8",
        "LC_TIME": "de_DE.UTF-8",
        "JUPYTER_CONFIG_DIR": "/home/me/.jupyter",
        "JUPYTER_PATH": "/home/me/kernels",
        "IPYTHONDIR": "/home/me/.ipython",
        "JPY_PARENT_PID": "1",
        "MATPLOTLIBRC": "/home/me/matplotlibrc",
        "MPLBACKEND": "TkAgg",
        "OMP_NUM_THREADS": "16",
        "PYTHONHASHSEED": "random",
        "PYTHONSTARTUP": "/home/me/start.py",
        "TZ": "Asia/Tokyo",
    }
    seen = worker_environment(tmp_path, users)
    assert {k: seen[k] for k in ("HOME", "PATH")} == {"HOME": "/home/me", "PATH": "/bin"}
    changed = set(users) - {"HOME", "PATH"}
    assert {name for name in changed if seen.get(name) == users[name]} == set()
    fixed = ("TZ", "PYTHONHASHSEED", "LC_ALL", "MPLBACKEND", "OMP_NUM_THREADS")
    assert [seen[name] for name in fixed] == ["UTC", "0", "C.UTF-8", "Agg", "1"]
    assert "LANG" not in seen
    assert Path(seen["MATPLOTLIBRC"]).read_text(encoding="utf-8") == ""


def test_the_private_kernel_is_this_interpreter(tmp_path: Path) -> None:
    folder = worker_environment(tmp_path, {})["JUPYTER_PATH"]
    spec = Path(folder) / "kernels" / "scrutinybook" / "kernel.json"
    assert json.loads(spec.read_text(encoding="utf-8"))["argv"][0] == sys.executable


@pytest.mark.skipif(os.name != "posix", reason="Windows has no sockets in folders")
def test_worker_and_kernel_talk_through_the_folder_where_its_path_is_short_enough() -> None:
    short, long = Path("/tmp/run-1/chapter"), Path("/tmp") / ("x" * 100)
    accented = Path("/tmp") / ("é" * 60)  # counted in bytes
    assert connection(short)["ip"] == "/tmp/run-1/chapter/s"
    ways = [connection(folder)["transport"] for folder in (short, long, accented)]
    assert ways == ["ipc", "tcp", "tcp"]
