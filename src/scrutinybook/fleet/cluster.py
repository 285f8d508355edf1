"""Hand orders to a cluster a few at a time, and take what comes back, whatever dies meanwhile."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.fleet.maker import Outcome, Result
from scrutinybook.fleet.orders import BookOrder

AHEAD = 2
"""Orders that wait at the scheduler for each that is being made: workers never stand idle, and a
nation's orders never lie in memory at once."""
_RETRIES = 3
"""Times that a book is begun again whose worker died or raised what nobody foresaw."""
_CONNECT_SECONDS = 20

Make = Callable[[BookOrder, str], Outcome]


@contextmanager
def cluster(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """A client of a running scheduler, or of a cluster of processes on this machine.

    Raises `FaultsFound` where no scheduler answers at the address.
    """
    dask = _distributed()
    if scheduler is not None:
        try:
            client = dask.Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            allowed = "the address of a running dask scheduler, such as tcp://10.0.0.5:8786"
            fault = Fault("--scheduler", f"{scheduler}: {error}", allowed, "start it, or leave out")
            raise FaultsFound([fault]) from None
        with client:
            yield client
        return
    with (
        dask.LocalCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            # A worker's own memory is small; its notebooks are other processes, limited by
            # themselves.
            memory_limit=0,
            silence_logs=logging.ERROR,
        ) as local,
        dask.Client(local, set_as_default=False) as client,
    ):
        yield client


def _distributed() -> Any:
    """The library, a second to load; it bears no types."""
    import distributed  # noqa: PLC0415

    return distributed


def where_to_look(client: Any) -> str:
    """Where a person can watch the cluster."""
    if "dashboard" in client.scheduler_info()["services"]:
        return f"Dashboard: {client.dashboard_link}"
    return f"Scheduler, without a dashboard: {client.scheduler.address}"


def work_off(
    client: Any, orders: Iterator[BookOrder], address: str, make: Make
) -> Iterator[Outcome]:
    """Have every order made, and give each one's outcome as it comes, exactly once.

    An order whose worker dies goes to another one; one that has killed several is given up, as a
    failure, and the rest goes on.
    """
    threads = sum(client.nthreads().values())
    most = max(1, threads) * (1 + AHEAD)
    waiting: dict[Any, BookOrder] = {}
    done = _distributed().as_completed(loop=client.loop)

    def submit_next() -> bool:
        order = next(orders, None)
        if order is None:
            return False
        name = f"book-{order.id}-{order.key[:16]}"
        future = client.submit(make, order, address, key=name, retries=_RETRIES, pure=False)
        waiting[future] = order
        done.add(future)
        return True

    while len(waiting) < most and submit_next():
        pass
    while waiting:
        future = next(done)
        order = waiting.pop(future)
        yield _outcome(future, order)
        future.release()
        submit_next()


def _outcome(future: Any, order: BookOrder) -> Outcome:
    error = future.exception() if future.status == "error" else None
    if error is None and future.status == "finished":
        outcome: Outcome = future.result()
        return outcome
    if type(error).__name__ == "KilledWorker":
        words = "the workers that made it died, one after another: look for memory running out"
    else:
        words = f"{type(error).__name__}: {error}" if error else f"the task was {future.status}"
    return Outcome(order.id, Result.FAILED, words=words)
