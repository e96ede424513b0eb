"""The page of one's own account: everything on it asks for the password again, but for ending sessions."""

import datetime as dt
import re

import pyotp
import pytest

from ntm.accounts import keeping
from ntm.server import ways
from tests.server.conftest import AN, PASSWORD, Reader, told


@pytest.fixture
def reader(an, arrive) -> Reader:
    found = arrive()
    found.sign_in()
    return found


def turn_on(reader: Reader, password: str = PASSWORD, **away: float):
    secret = re.search(r'name="secret" value="(\w+)"', reader.get("/account").text)[1]
    now = keeping.tables.now().replace(tzinfo=dt.UTC) + dt.timedelta(**away)
    code = pyotp.TOTP(secret).at(now)
    return reader.post("/account", act="turn on", password=password, secret=secret, code=code)


def test_who_is_not_signed_in_is_sent_to_sign_in(an, arrive) -> None:
    for answer in (arrive().get("/account"), arrive().post("/account", act="turn off", password=PASSWORD)):
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?lang=vi")


def test_the_password_is_changed_and_every_other_session_ends(reader, arrive) -> None:
    elsewhere = arrive()
    elsewhere.sign_in()
    new = "một mật khẩu khác"
    for password, again, status in (("wrong", new, 401), (PASSWORD, "else", 422)):
        assert reader.post("/account", act="password", password=password, new=new, again=again).status_code == status
    answer = reader.post("/account", act="password", password=PASSWORD, new=new, again=new)
    assert (answer.status_code, "Đã đổi mật khẩu" in answer.text) == (200, True)
    assert (reader.name(), elsewhere.name()) == ("Lò Thị An", "")
    assert [arrive().sign_in(password).status_code for password in (PASSWORD, new)] == [401, 303]


def test_a_second_factor_is_turned_on_shown_once_and_turned_off(reader, arrive) -> None:
    assert turn_on(reader, "wrong").status_code == 401
    apart = turn_on(reader, minutes=7)
    assert (apart.status_code, "khoảng 7 phút" in told(apart)) == (401, True)
    assert not keeping.has_second_factor(ways.engine(), AN)
    page = turn_on(reader)
    codes = re.findall(r"<li>([0-9a-f-]+)</li>", page.text)
    assert len(codes) == 10
    assert codes[0] not in reader.get("/account").text
    assert arrive().sign_in().status_code == 401
    assert arrive().sign_in(code=codes[0]).status_code == 303
    assert reader.post("/account", act="turn off", password="wrong").status_code == 401
    assert "Đã tắt" in reader.post("/account", act="turn off", password=PASSWORD).text
    assert arrive().sign_in().status_code == 303


def test_a_code_that_failed_does_not_make_the_phone_read_another_secret(reader) -> None:
    secret = pyotp.random_base32()
    page = reader.post("/account", act="turn on", password=PASSWORD, secret=secret, code="000000")
    assert page.status_code == 401
    assert f'value="{secret}"' in page.text
    assert "data:image/svg+xml" in page.text


def test_the_other_sessions_are_ended(reader, arrive) -> None:
    elsewhere = arrive()
    elsewhere.sign_in()
    assert "Đã kết thúc" in reader.post("/account", act="end others").text
    assert (reader.name(), elsewhere.name()) == ("Lò Thị An", "")


def test_the_machines_owner_has_no_account(installed, arrive, option) -> None:
    option("server.address", "127.0.0.1")
    reader = arrive()
    reader.post("/sign-in/link", link=keeping.owners_link(ways.engine()))
    assert reader.get("/account").status_code == 303


def test_an_act_that_is_unknown_does_nothing(reader) -> None:
    assert reader.post("/account", act="remove").status_code == 303
    assert reader.name() == "Lò Thị An"
