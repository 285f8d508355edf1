"""A fleet on a real scheduler with workers on this machine, some of which die."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from scrutinybook.fleet.cluster import cluster, work_off
from scrutinybook.fleet.maker import Outcome, Result
from scrutinybook.fleet.orders import BookOrder, book_order
from scrutinybook.periods import Month
from scrutinybook.publish.destination import Destination

MONTHS = [Month(2023, 4) + k for k in range(12)]


def orders(*authorities: str) -> Iterator[BookOrder]:
    for authority in authorities:
        for month in MONTHS:
            yield book_order(authority, month, None, table=b"", kit=b"", program="")


def make_quickly(order: BookOrder, address: str) -> Outcome:
    """Make a book of one page, as the real maker does: nothing twice, delivered whole."""
    destination = Destination(address)
    if destination.is_delivered(order.id, order.key):
        return Outcome(order.id, Result.UNCHANGED)
    began = time.monotonic()
    pages = Path(address) / "work" / f"{os.getpid()}-{order.id}"
    pages.mkdir(parents=True, exist_ok=True)
    (pages / "index.html").write_text(order.id, encoding="utf-8")
    with (Path(address) / "begun.txt").open("a", encoding="utf-8") as begun:
        begun.write(f"{os.getpid()} {order.id}\n")
    time.sleep(0.1)
    if order.id == "killer-2023-08":
        os.kill(os.getpid(), signal.SIGKILL)
    if order.id == "raiser-2023-08":
        raise RuntimeError("nobody foresaw this")
    destination.deliver(order.id, pages, order.key)
    return Outcome(order.id, Result.MADE, time.monotonic() - began)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with cluster(None, workers=2) as made:
        yield made


def ids(*authorities: str) -> list[str]:
    return [order.id for order in orders(*authorities)]


def run(client: Any, address: Path, *authorities: str) -> list[Outcome]:
    address.mkdir(exist_ok=True)
    return list(work_off(client, orders(*authorities), str(address), make_quickly))


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    client: Any, tmp_path: Path
) -> None:
    outcomes = []
    for outcome in work_off(client, orders("Torbay", "Leeds"), str(tmp_path), make_quickly):
        outcomes.append(outcome)
        if len(outcomes) == 5:
            pids = client.run(os.getpid)
            os.kill(next(iter(pids.values())), signal.SIGKILL)
    assert Counter(outcome.id for outcome in outcomes) == Counter(ids("Torbay", "Leeds"))
    assert {outcome.result for outcome in outcomes} <= {Result.MADE, Result.UNCHANGED}
    destination = Destination(str(tmp_path))
    assert list(destination.delivered()) == sorted(ids("Torbay", "Leeds"))
    for book in destination.delivered():
        assert destination.read(f"{book}/index.html").decode() == book


def test_a_book_that_kills_its_workers_is_given_up_and_the_rest_delivered(
    client: Any, tmp_path: Path
) -> None:
    outcomes = run(client, tmp_path, "Killer", "Torbay")
    failed = [outcome for outcome in outcomes if outcome.result is Result.FAILED]
    assert [outcome.id for outcome in failed] == ["killer-2023-08"]
    assert "died, one after another" in failed[0].words
    expected = set(ids("Killer", "Torbay")) - {"killer-2023-08"}
    assert set(Destination(str(tmp_path)).delivered()) == expected


def test_what_nobody_foresaw_fails_its_book_alone(client: Any, tmp_path: Path) -> None:
    outcomes = run(client, tmp_path, "Raiser")
    failed = [outcome for outcome in outcomes if outcome.result is Result.FAILED]
    assert [outcome.id for outcome in failed] == ["raiser-2023-08"]
    assert failed[0].words == "RuntimeError: nobody foresaw this"
    assert len(outcomes) == 12


def test_a_fleet_begun_again_makes_only_what_is_not_there(client: Any, tmp_path: Path) -> None:
    half = work_off(client, orders("Torbay"), str(tmp_path), make_quickly)
    for _ in range(4):
        next(half)
    half.close()
    before = set(Destination(str(tmp_path)).delivered())
    assert len(before) >= 4
    outcomes = run(client, tmp_path, "Torbay")
    made = {outcome.id for outcome in outcomes if outcome.result is Result.MADE}
    assert not made & before
    assert sorted(outcome.id for outcome in outcomes) == ids("Torbay")
    assert list(Destination(str(tmp_path)).delivered()) == ids("Torbay")


def test_orders_are_made_when_their_turn_comes_and_not_before(client: Any, tmp_path: Path) -> None:
    taken = []

    def one_by_one() -> Iterator[BookOrder]:
        for order in orders("Torbay", "Leeds", "Plymouth"):
            taken.append(order.id)
            yield order

    tmp_path.mkdir(exist_ok=True)
    ahead = []
    for done, _ in enumerate(work_off(client, one_by_one(), str(tmp_path), make_quickly), start=1):
        ahead.append(len(taken) - done)
    assert len(taken) == 36
    assert max(ahead) <= 2 * 3


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from scrutinybook.errors import FaultsFound
    from scrutinybook.fleet import cluster as module

    monkeypatch.setattr(module, "_CONNECT_SECONDS", 1)
    with pytest.raises(FaultsFound, match="--scheduler"), cluster("tcp://127.0.0.1:9", None):
        pytest.fail("there is no scheduler there")


def test_a_running_scheduler_is_used_and_left_running(client: Any, tmp_path: Path) -> None:
    address = client.scheduler.address
    with cluster(address, None) as other:
        outcomes = run(other, tmp_path, "Torbay")
    assert {outcome.result for outcome in outcomes} == {Result.MADE}
    assert client.nthreads()


def test_a_cluster_of_this_machine_leaves_no_process() -> None:
    with cluster(None, workers=1) as client:
        pids = [*client.run(os.getpid).values()]
        assert pids
    _, alive = psutil.wait_procs([psutil.Process(p) for p in pids if psutil.pid_exists(p)], 10)
    assert not alive
