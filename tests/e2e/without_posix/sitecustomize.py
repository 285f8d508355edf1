"""Takes away from every Python that finds it on its path what Windows has not.

No fork, sessions, limits of memory or hard links; folders cannot be opened; the C library cannot be
asked for; a file that this process has open, and a folder with such a file or with the working
folder in it, can be neither moved nor removed. Python itself needs the other differences.
"""

# What it changes lies below pathlib.
# ruff: noqa: PTH100, PTH109, PTH112, PTH115, PTH118, PTH208

import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys

import psutil  # noqa: F401 - on Linux it needs one of the modules that go

_HELD = "/proc/self/fd"
_library, _open, _popen = ctypes.CDLL.__init__, os.open, subprocess.Popen.__init__


def _refused(path: object, why: str) -> PermissionError:
    return PermissionError(errno.EACCES, f"as on Windows: {why}", os.fspath(path))


def _open_files_only(path, flags, *args, **kwargs):
    if not kwargs.get("dir_fd") and not isinstance(path, int) and os.path.isdir(path):
        raise _refused(path, "a folder cannot be opened")
    return _open(path, flags, *args, **kwargs)


def _in_use(path: object) -> bool:
    folder, name = os.path.split(os.path.abspath(path))
    place = os.path.join(os.path.realpath(folder), name)
    held = [os.getcwd()]
    for number in os.listdir(_HELD):
        try:
            held.append(os.readlink(f"{_HELD}/{number}"))
        except OSError:
            continue  # the one that listed them
    return any(each == place or each.startswith(f"{place}/") for each in held)


def _unless_in_use(change):
    def changed(path, *args, **kwargs):
        for each in (path, *args):
            if isinstance(each, str | bytes | os.PathLike) and _in_use(os.fsdecode(each)):
                raise _refused(each, "it is in use")
        return change(path, *args, **kwargs)

    return changed


def _no_library_of_its_own(self, name, *args, **kwargs):
    if name is None:
        raise TypeError("as on Windows: a library has a name")
    _library(self, name, *args, **kwargs)


def _no_files_handed_on(self, *args, **kwargs):
    if kwargs.get("pass_fds"):
        raise ValueError("pass_fds not supported on Windows platforms")
    _popen(self, *args, **kwargs)


def _no_links(*_args, **_kwargs):
    raise NotImplementedError("as on a disk without links")


for _name in ("fork", "forkpty", "setsid", "geteuid", "nice", "sched_getaffinity"):
    delattr(os, _name)
del signal.SIGCHLD
sys.modules["resource"] = None
os.link = _no_links
os.open = _open_files_only
for _name in ("rename", "replace", "unlink", "remove", "rmdir"):
    setattr(os, _name, _unless_in_use(getattr(os, _name)))
# It would open folders, which it does not do where the system cannot.
shutil._use_fd_functions = False
ctypes.CDLL.__init__ = _no_library_of_its_own
subprocess.Popen.__init__ = _no_files_handed_on
