"""Ask the operating system to exchange two names in one step, where it can."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}
"""What kernels and file systems answer that do not know the call or the flag."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; return False, having done nothing, where that is unknown.

    Linux: ``renameat2`` with RENAME_EXCHANGE (since 3.15); macOS: ``renamex_np`` with RENAME_SWAP
    (since 10.12). Raises `OSError` where the exchange is known but failed.
    """
    arguments = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform.startswith("linux"):
            at_cwd, rename_exchange = -100, 2
            failed = library.renameat2(
                at_cwd, arguments[0], at_cwd, arguments[1], ctypes.c_uint(rename_exchange)
            )
        elif sys.platform == "darwin":
            rename_swap = 2
            failed = library.renamex_np(*arguments, ctypes.c_uint(rename_swap))
        else:
            return False
    except (AttributeError, TypeError, OSError):
        return False  # no such function in this system's C library (or, on Windows, no library)
    if failed:
        code = ctypes.get_errno()
        if code in _CANNOT:
            return False
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return True
