"""The worker of one notebook, forked from the warm parent."""

from __future__ import annotations

import os
import threading
import time

from scrutinybook.execute.forked.kernel import fork_kernel
from scrutinybook.execute.forked.provisioner import offer
from scrutinybook.execute.order import Desk
from scrutinybook.execute.worker import end_with_the_run, run


def work(desk: Desk, environment: dict[str, str], lifeline: int) -> None:
    """Run the notebook on the desk and answer there, as a worker started anew would."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    log = os.open(desk.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    for fd in (nothing, log):
        os.close(fd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    # Before the first thread, before the first socket.
    offer(fork_kernel(desk))
    threading.Thread(target=end_with_the_run, args=[desk, lifeline], daemon=True).start()
    desk.answer(run(desk))
