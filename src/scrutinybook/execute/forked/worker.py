"""The worker of one notebook, forked from the warm parent."""

from __future__ import annotations

import threading

from scrutinybook.execute.forked.kernel import fork_kernel
from scrutinybook.execute.forked.provisioner import offer
from scrutinybook.execute.order import Desk
from scrutinybook.execute.worker import end_with_the_run, run


def work(desk: Desk, lifeline: int) -> None:
    """Run the notebook on the desk and answer there, as a worker started anew would."""
    # Before the first thread, before the first socket.
    offer(fork_kernel(desk))
    threading.Thread(target=end_with_the_run, args=[desk, lifeline], daemon=True).start()
    desk.answer(run(desk))
