"""Work on untrusted files: a process of its own, with bounds, that a person can cancel."""

import pytest

from ntm import apart
from ntm.apart import Refused
from tests.intake import hostile


def test_a_process_that_takes_too_much_memory_or_time_is_ended() -> None:
    content = hostile.far_cells(50_000)
    with pytest.raises(Refused, match="bộ nhớ"):
        apart.run("cells", content, memory=45_000_000)
    with pytest.raises(Refused, match="giây"):
        apart.run("cells", content, seconds=1, memory=2_000_000_000)


def test_a_person_cancels() -> None:
    class Cancelled(Exception):
        pass

    def cancel(passed: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        apart.run("cells", hostile.far_cells(150_000), told=cancel)
    assert apart._places._value == apart.AT_ONCE  # the next file finds its place


def test_who_finds_no_place_is_told(monkeypatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0)
    for _place in range(apart.AT_ONCE):
        apart._places.acquire()
    try:
        with pytest.raises(Refused, match="đang đọc các tệp khác"):
            apart.run("cells", b"a;b\n")
    finally:
        apart._places.release(apart.AT_ONCE)
