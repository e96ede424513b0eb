"""Passwords: which are good enough, and how they are kept."""

import unicodedata

import pytest

from ntm.accounts import passwords
from ntm.accounts.refusals import WeakPassword

GOOD = "bốn từ không liên quan"


@pytest.mark.parametrize("password", [GOOD, "x7-Kq.92_mLw", "a" * 100 + "bcdefg", "Lò Thị An 1050/KH"])
def test_a_password_of_some_length_is_good_enough(password: str) -> None:
    passwords.check(password, "an@laichau.example")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "từ 12 đến 200"),
        ("11 ký tự: x", "từ 12 đến 200"),
        ("bốn từ " * 40, "từ 12 đến 200"),
        ("aaaaaaaaaaaaaaaa", "dễ đoán"),
        ("123451234512345", "dễ đoán"),
        ("KHANH mật khẩu 1", "tên trong địa chỉ"),
    ],
)
def test_one_that_is_easy_to_guess_is_not(password: str, words: str) -> None:
    with pytest.raises(WeakPassword, match=words):
        passwords.check(password, "khanh@laichau.example")


def test_it_is_kept_as_argon2id_and_never_twice_the_same() -> None:
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert kept != passwords.hashed(GOOD)
    assert passwords.holds(GOOD, kept)
    assert not passwords.holds(GOOD + "!", kept)


def test_keyboards_may_write_the_same_letters_in_two_ways() -> None:
    assert passwords.holds(unicodedata.normalize("NFD", GOOD), passwords.hashed(unicodedata.normalize("NFC", GOOD)))


def test_an_account_without_a_password_is_looked_at_like_one_with(monkeypatch) -> None:
    looked: list[str] = []
    verify = passwords._HASHER.verify
    monkeypatch.setattr(passwords._HASHER, "verify", lambda given, kept: looked.append(kept) or verify(given, kept))
    assert not passwords.holds(GOOD, None)
    costs = [kept.rsplit("$", 2)[0] for kept in (*looked, passwords.hashed(GOOD))]
    assert len(looked) == 1
    assert costs[0] == costs[1]  # the same memory, rounds and lanes, so the same time
