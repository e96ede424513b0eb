"""What an administrator does to accounts, and that the log says it."""

import zipfile

import pytest

from ntm import database, package, people, store
from ntm.accounts import failures, keeping, sessions, signing_in, tables
from ntm.accounts.refusals import WrongSecret
from ntm.database import writing
from tests.accounts.conftest import AN, PASSWORD

KHANH = people.owner("Khánh")


def of_an(engine) -> keeping.Account:
    (found,) = keeping.listed(engine)
    return found


def test_an_account_is_made_used_reset_and_removed(empty_engine, clock) -> None:
    assert not keeping.exists(empty_engine)
    link = keeping.add(empty_engine, "An@laichau.example", KHANH)
    found = of_an(empty_engine)
    assert (found.address, found.has_password, found.sessions) == (AN, False, 0)
    assert found.link_until is not None
    with pytest.raises(ValueError, match="đã có tài khoản"):
        keeping.add(empty_engine, AN, KHANH)
    secret = signing_in.set_password(empty_engine, link, PASSWORD)
    found = of_an(empty_engine)
    assert (found.has_password, found.link_until, found.sessions) == (True, None, 1)
    keeping.reset(empty_engine, AN, KHANH)
    found = of_an(empty_engine)
    assert (found.has_password, found.sessions) == (False, 0)
    keeping.remove(empty_engine, AN, KHANH)
    assert not keeping.exists(empty_engine)
    with empty_engine.connect() as connection:
        assert sessions.find(connection, secret) is None
    log = store.log(empty_engine)
    assert log["action"].tolist() == ["account removed", "account reset", "account made"]
    assert set(log["person"]) == {"Khánh"}
    assert store.follow(empty_engine).fault == ""


@pytest.mark.parametrize("act", [keeping.reset, keeping.remove, keeping.unlock])
def test_what_is_not_there_is_named(office, act) -> None:
    with pytest.raises(ValueError, match=r"nobody@laichau.example chưa có tài khoản"):
        act(office, "nobody@laichau.example", KHANH)


def test_who_is_locked_is_unlocked(office) -> None:
    for _time in range(failures.ALLOWED):
        with pytest.raises(WrongSecret):
            signing_in.by_password(office, AN, "wrong", "")
    assert of_an(office).locked_until is not None
    keeping.unlock(office, AN, KHANH)
    assert of_an(office).locked_until is None
    assert signing_in.by_password(office, AN, PASSWORD, "")


def test_sessions_are_ended_of_one_or_of_all(office) -> None:
    with writing(office) as connection:
        sessions.begin(connection, "")
    assert keeping.end_sessions(office, AN, KHANH) == 1
    assert keeping.end_sessions(office, None, KHANH) == 1


def test_no_backup_holds_an_account(office, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_SEAL", str(tmp_path / "seal.key"))
    package.write(office, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    assert not {f"{name}.csv" for name in tables.NAMES} & content.keys()
    assert not [name for name, found in content.items() if b"argon2" in found]
    restored = database.connect(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    package.restore(restored, tmp_path / "b.zip")
    assert keeping.listed(restored) == []
