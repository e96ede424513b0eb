"""The pages on which people sign in and out, over HTTP: statuses, sentences, forged forms, links, locks, sessions."""

import itertools
import re

import pytest

from ntm import database, people, people_list
from ntm.accounts import failures, keeping, passwords, refusals, sessions
from ntm.server import forms, identity, ways
from tests.server.conftest import AN, HERE, LIST, PASSWORD, told

KHANH = people.owner("Khánh")
UPLOAD = "/_stcore/upload_file/session/file"


@pytest.mark.parametrize(("language", "title"), [("vi", "Đăng nhập"), ("en", "Sign in"), ("fr", "Đăng nhập")])
def test_the_page_speaks_both_languages_and_loads_nothing(an, arrive, language: str, title: str) -> None:
    page = arrive().get(f"/sign-in?lang={language}")
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert "<script" not in page.text
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text)
    assert page.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"


def test_who_signs_in_is_known_until_they_sign_out(an, arrive) -> None:
    reader, copy = arrive(), arrive()
    assert reader.name() == ""
    answer = reader.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=vi")
    copy.client.cookies = reader.client.cookies
    assert (reader.name(), copy.name()) == ("Lò Thị An", "Lò Thị An")
    assert reader.client.put(UPLOAD, content=b"x").status_code == 200
    assert "Bạn đang đăng nhập: Lò Thị An." in reader.get("/sign-in").text
    assert reader.post("/sign-out").status_code == 303
    assert (reader.name(), copy.name()) == ("", "")
    assert copy.client.put(UPLOAD, content=b"x").status_code == 403


@pytest.mark.parametrize("base", [HERE, "https://localhost:8501"])
def test_the_sessions_cookie(an, arrive, base: str) -> None:
    reader = arrive(base=base)
    (cookie,) = [
        one
        for one in reader.post("/sign-in", {"Origin": base}, address=AN, password=PASSWORD).headers.get_list(
            "set-cookie"
        )
        if one.startswith(f"{identity.COOKIE}=")
    ]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Max-Age={sessions.SECONDS}" in cookie
    assert "Path=/" in cookie
    assert ("Secure" in cookie) == base.startswith("https")


def test_a_session_that_somebody_has_prepared_is_not_taken_over(an, arrive) -> None:
    reader = arrive()
    reader.client.cookies.set(identity.COOKIE, "x" * 43, domain="localhost.local")
    reader.sign_in()
    first = reader.client.cookies[identity.COOKIE]
    assert first != "x" * 43
    stale = arrive()
    stale.client.cookies.set(identity.COOKIE, first, domain="localhost.local")
    reader.sign_in()
    assert reader.client.cookies[identity.COOKIE] != first
    assert stale.name() == ""


@pytest.mark.parametrize("address", [AN, "nobody@laichau.example"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(an, arrive, monkeypatch, address: str) -> None:
    looked = []
    holds = passwords.holds
    monkeypatch.setattr(passwords, "holds", lambda *given: looked.append(given) or holds(*given))
    answer = arrive().sign_in("wrong", address)
    assert (answer.status_code, told(answer)) == (401, str(refusals.WrongSecret()))
    assert len(looked) == 1  # the work is the same, and so is the time
    assert f'value="{address}"' in answer.text
    assert "wrong" not in answer.text


@pytest.mark.parametrize("address", [AN, "nobody@laichau.example"])
def test_after_too_many_failures_the_answer_is_a_time(an, arrive, address: str) -> None:
    reader = arrive()
    assert [reader.sign_in("wrong", address).status_code for _time in range(failures.ALLOWED)] == [401] * 5
    answer = reader.sign_in(PASSWORD, address)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60
    assert "Đã sai quá nhiều lần. Hãy thử lại sau" in told(answer)
    assert arrive("10.0.0.9").sign_in(PASSWORD, address).status_code == 429  # wherever they come from


def test_too_many_forms_from_one_address_are_not_heard(an, arrive, monkeypatch) -> None:
    reader = arrive("10.0.0.9")
    names = (f"name{number}@laichau.example" for number in itertools.count())
    monkeypatch.setattr(passwords, "holds", lambda *given: False)
    monkeypatch.setattr(forms, "OF_ONE_ADDRESS", forms.RateLimitItemPerMinute(8))
    assert {reader.sign_in("wrong", next(names)).status_code for _time in range(8)} == {401}
    answer = reader.sign_in("wrong", next(names))
    assert (answer.status_code, "Hãy đợi một phút" in told(answer)) == (429, True)
    assert arrive("10.0.0.10").sign_in("wrong", next(names)).status_code == 401
    monkeypatch.setattr(forms, "OF_ALL", forms.RateLimitItemPerMinute(1))
    statuses = [arrive(f"10.0.1.{number}").sign_in("wrong", next(names)).status_code for number in range(2)]
    assert statuses == [401, 429]  # of all addresses together


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {}),
        ({"form": ""}, {}),
        ({"form": "x" * forms.SIGNS}, {}),
        ({"form": "của tôi"}, {}),
        ({"form": "SECRET"}, {"Cookie": ""}),
        ({"form": "SECRET"}, {"Origin": "http://evil.example"}),
        ({"form": "SECRET"}, {"Origin": "null"}),
        ({"form": "SECRET"}, {"Origin": "http://localhost:9999"}),
    ],
)
def test_a_forged_form_does_nothing(an, arrive, fields: dict, headers: dict) -> None:
    reader = arrive()
    reader.get("/sign-in")
    secret = reader.client.cookies[forms.COOKIE]
    if "Cookie" in headers:
        reader.client.cookies.clear()
    sent = {name: secret if value == "SECRET" else value for name, value in fields.items()}
    for path in ("/sign-in", "/sign-out", "/account", "/sign-in/link"):
        answer = reader.client.post(path, data={"address": AN, "password": PASSWORD} | sent, headers=headers)
        assert answer.status_code == 403
        assert identity.COOKIE not in reader.client.cookies


def test_another_browsers_secret_does_not_fit(an, arrive) -> None:
    theirs, own = arrive(), arrive()
    theirs.get("/sign-in")
    own.get("/sign-in")
    forged = {"form": theirs.client.cookies[forms.COOKIE], "address": AN, "password": PASSWORD}
    assert own.client.post("/sign-in", data=forged).status_code == 403


def test_a_large_form_and_one_without_a_length_are_not_read(an, arrive) -> None:
    assert arrive().sign_in("x" * forms.LARGEST).status_code == 413
    unsaid = arrive().client.post("/sign-in", content=iter([b"address=a"]))
    assert unsaid.status_code == 413


def test_what_is_typed_stays_text(an, arrive) -> None:
    answer = arrive().sign_in("x", '"><script>alert(1)</script>')
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_the_first_password_is_set_by_a_link_once(installed, arrive) -> None:
    secret = keeping.add(ways.engine(), AN, KHANH)
    reader, path = arrive(), f"/sign-in/link?one={secret}"
    for _look in range(3):  # a messenger that looks at the link does not use it up
        assert AN in reader.get(path).text
    for new, again, words in (("short", "short", "từ 12 đến 200"), (PASSWORD, "khác", "không giống nhau")):
        answer = reader.post("/sign-in/link", link=secret, new=new, again=again)
        assert (answer.status_code, words in told(answer)) == (422, True)
    answer = reader.post("/sign-in/link", link=secret, new=PASSWORD, again=PASSWORD)
    assert (answer.status_code, reader.name()) == (303, "Lò Thị An")
    for other in (reader, arrive()):
        for again in (other.get(path), other.post("/sign-in/link", link=secret, new=PASSWORD, again=PASSWORD)):
            assert (again.status_code, "đã được dùng" in told(again)) == (410, True)


def test_a_link_that_has_expired_or_never_was(installed, arrive, monkeypatch) -> None:
    secret = keeping.add(ways.engine(), AN, KHANH)
    for unknown in ("", "x", "../..", "%00", "x" * 3000):
        answer = arrive().get(f"/sign-in/link?one={unknown}")
        assert (answer.status_code, "Không có liên kết này" in told(answer)) == (404, True)
    later = keeping.tables.now() + keeping.links.FOR_A_PASSWORD
    monkeypatch.setattr(keeping.tables, "now", lambda: later)
    answer = arrive().get(f"/sign-in/link?one={secret}")
    assert (answer.status_code, "đã hết hạn" in told(answer)) == (410, True)


def test_the_machines_owner_comes_in_by_a_link_once(installed, arrive, option) -> None:
    option("server.address", "127.0.0.1")
    secret, reader = keeping.owners_link(ways.engine()), arrive()
    assert "Đăng nhập trên máy này" in reader.get(f"/sign-in/link?one={secret}").text
    assert reader.post("/sign-in/link", link=secret).status_code == 303
    assert reader.name() == people.OWNER
    assert reader.client.put(UPLOAD, content=b"x").status_code == 200
    assert arrive().post("/sign-in/link", link=secret).status_code == 410


@pytest.mark.parametrize("address", ["10.0.0.9", "192.168.1.20", "fe80::1", "testclient", "::ffff:10.0.0.9"])
def test_the_owners_link_works_from_this_machine_alone(installed, arrive, option, address: str) -> None:
    option("server.address", "127.0.0.1")
    secret = keeping.owners_link(ways.engine())
    reader = arrive(address)
    for answer in (reader.get(f"/sign-in/link?one={secret}"), reader.post("/sign-in/link", link=secret)):
        assert (answer.status_code, "trên chính máy chủ" in told(answer)) == (403, True)
    assert reader.name() == ""
    assert arrive().post("/sign-in/link", link=secret).status_code == 303  # it was not used up


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-For": "10.0.0.9"},
        {"X-Real-IP": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Forwarded-Host": "localhost"},
        {"Via": "1.1 proxy"},
    ],
)
@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.9"])
def test_who_comes_through_a_proxy_is_not_at_the_machine(installed, arrive, option, headers, address: str) -> None:
    option("server.address", "127.0.0.1")
    secret = keeping.owners_link(ways.engine())
    assert arrive(address).get(f"/sign-in/link?one={secret}", **headers).status_code == 403
    assert arrive(address).post("/sign-in/link", headers, link=secret).status_code == 403


def test_the_owners_session_ends_when_the_machine_serves_others(installed, arrive, option, monkeypatch) -> None:
    option("server.address", "127.0.0.1")
    reader, secret = arrive(), keeping.owners_link(ways.engine())
    reader.post("/sign-in/link", link=secret)
    monkeypatch.setenv("NTM_HOSTS", "ntm.laichau.example")
    assert reader.name() == ""
    refused = reader.get(f"/sign-in/link?one={keeping.owners_link(ways.engine())}")
    assert (refused.status_code, "ntm.laichau.example" in told(refused)) == (403, True)
    monkeypatch.delenv("NTM_HOSTS")
    option("server.address", "0.0.0.0")
    assert reader.name() == ""
    option("server.address", "127.0.0.1")
    assert reader.name() == people.OWNER
    keeping.add(ways.engine(), AN, KHANH)  # whoever keeps accounts signs in by them
    assert reader.name() == ""


def test_a_look_at_the_way_out_ends_nothing(an, arrive) -> None:
    reader = arrive()
    reader.sign_in()
    assert "Bạn đang đăng nhập" in reader.get("/sign-out").text
    assert reader.name() == "Lò Thị An"
    keeping.end_sessions(ways.engine(), AN, KHANH)
    assert "Bạn đã đăng xuất" in reader.get("/sign-out").text
    assert identity.COOKIE not in reader.client.cookies


def test_where_nobody_keeps_accounts_there_is_no_form(installed, arrive) -> None:
    reader = arrive()
    assert 'name="password"' not in reader.get("/sign-in").text
    assert reader.sign_in().status_code == 404


def test_a_faulty_list_and_a_database_that_is_away_are_a_sentence(an, arrive, installed, monkeypatch) -> None:
    reader = arrive()
    reader.sign_in()
    (installed / "people.toml").write_text(LIST.replace("role", "rle"), encoding="utf-8")
    answer = reader.get("/sign-in")
    assert (answer.status_code, "people.toml, dòng 4" in told(answer)) == (503, True)
    (installed / "people.toml").write_text(LIST, encoding="utf-8")
    secret = reader.client.cookies[forms.COOKIE]
    (installed / "noise.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{installed / 'noise.sqlite'}")
    answer = reader.client.post("/sign-in", data={"form": secret, "address": AN, "password": PASSWORD})
    assert (answer.status_code, "Không mở được cơ sở dữ liệu" in told(answer)) == (503, True)
    assert reader.name() == ""


def test_accounts_are_read_from_the_database_as_it_is_now(an, arrive) -> None:
    reader = arrive()
    reader.sign_in()
    assert people_list.load().find(AN).may_change
    keeping.remove(database.connect(), AN, KHANH)
    assert reader.name() == ""
