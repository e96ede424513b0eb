"""What was made of an uploaded file is kept by its digest: a rerun reads nothing again."""

import pytest

from ntm.apart import Refused
from ntm.intake import sheets
from ntm.intake.sheets import Sheet
from ntm.ui import outcomes


def test_a_file_is_read_once_for_all_reruns(monkeypatch) -> None:
    read: list[bytes] = []

    def counting(content: bytes, told: object) -> list[Sheet]:
        read.append(content)
        return [Sheet("S", [["x"]])]

    monkeypatch.setattr(sheets, "read", counting)
    first = outcomes.sheets_of(b"one", "digest of one")
    assert outcomes.sheets_of(b"one", "digest of one") is first
    assert read == [b"one"]
    outcomes.sheets_of(b"two", "digest of two")
    assert read == [b"one", b"two"]


def test_a_refusal_is_kept_too_and_raised_each_time(monkeypatch) -> None:
    read: list[bytes] = []

    def refusing(content: bytes, told: object) -> list[Sheet]:
        read.append(content)
        raise Refused("no table")

    monkeypatch.setattr(sheets, "read", refusing)
    for _rerun in range(2):
        with pytest.raises(Refused, match="no table"):
            outcomes.sheets_of(b"three", "digest of three")
    assert read == [b"three"]
