"""Turns: never more runs at once than there are seats; who waits for something else gives the seat to others."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ntm.ui import turns

LONG = 30  # seconds, after which a test that hangs fails


def test_no_more_runs_compute_at_once_than_there_are_seats() -> None:
    inside, most, counting = 0, 0, threading.Lock()

    def run(_number: int) -> None:
        nonlocal inside, most
        with turns.one():
            with counting:
                inside += 1
                most = max(most, inside)
            sum(range(10_000))
            with counting:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(200)))
    assert 1 <= most <= turns.AT_ONCE


def test_who_waits_for_another_process_lets_others_in() -> None:
    arrived, done = threading.Barrier(turns.AT_ONCE + 1), threading.Event()

    def waiting() -> None:
        with turns.one(), turns.left():
            arrived.wait(LONG)
            assert done.wait(LONG)

    with ThreadPoolExecutor(turns.AT_ONCE) as pool:
        runs = [pool.submit(waiting) for _seat in range(turns.AT_ONCE)]
        arrived.wait(LONG)  # every seat is taken by one who waits
        with turns.one():
            done.set()
        for run in runs:
            run.result(LONG)


def test_a_run_that_fails_gives_its_seat_back() -> None:
    for _try in range(turns.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turns.one(), turns.left():
            raise ZeroDivisionError
    with turns.one():
        pass


def test_outside_of_a_turn_there_is_none_to_leave() -> None:
    with turns.left():
        pass
    with turns.one():
        pass
