"""Who is at the browser, with a real provider: whose address is believed, what a sign-out ends, a list with a fault."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import new_context
from tests.browser.provider import LIST, LISTED, office, sign_in
from tests.ports import free_port

CLOSED = "Chỉ người trong danh sách mới được xem"
READING = "đã được công nhận đạt chuẩn"
ALLOWED = "được cập nhật số liệu"
WITHIN = 31  # seconds in which somebody is out who is taken off the list


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Let somebody come with a browser of their own, and with somebody's cookies."""
    contexts = []

    def arrived(cookies: list | None = None) -> BrowserContext:
        context = new_context(browser)
        context.add_cookies(cookies or [])
        contexts.append(context)
        return context

    yield arrived
    for context in contexts:
        context.close()


def updating(context: BrowserContext, address: str, user: str = "") -> Page:
    """Open the page of updates, signed in where a user is named."""
    page = context.new_page()
    page.goto(f"{address}/update")
    if user:
        sign_in(page, user)
        page.goto(f"{address}/update")
    expect(page.locator("h1")).to_have_text("Cập nhật số liệu")
    return page


def test_an_address_in_capitals_is_the_same_and_one_with_a_kelvin_sign_is_not(signing_in, arrive) -> None:
    page = updating(arrive(), signing_in, "capitals")
    expect(page.get_by_text(f"Khánh: {ALLOWED}")).to_be_visible()
    page = updating(arrive(), signing_in, "kelvin")
    expect(page.get_by_text("Tài khoản này chỉ được xem")).to_be_visible()
    assert page.get_by_text(ALLOWED).count() == 0
    assert page.get_by_text("Khánh").count() == 0


@pytest.mark.parametrize("user", ["said in a text", "denied in a text", "denied", "null", "one", "absent"])
def test_an_address_that_is_not_verified_is_nobodys_and_its_owner_is_told(signing_in, arrive, user: str) -> None:
    page = updating(arrive(), signing_in, user)
    expect(page.get_by_text("chưa xác nhận địa chỉ thư này là của bạn").first).to_be_visible()
    assert page.get_by_text(ALLOWED).count() == 0
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def test_a_provider_that_never_says_is_a_setting(tmp_path, data, arrive) -> None:
    with office(tmp_path, f'email_verified = "not sent"\n{LIST}') as address:
        page = updating(arrive(), address, "absent")
        expect(page.get_by_text(f"Lò Thị An: {ALLOWED}")).to_be_visible()
        page = updating(arrive(), address, "null")
        expect(page.get_by_text("chưa xác nhận địa chỉ thư này là của bạn").first).to_be_visible()


def written_otherwise(cookies: list[dict]) -> list[dict]:
    """Write the signature of the sign-in's cookie with another last letter, of which two bits mean nothing."""
    other = {letter: chr(ord(letter) + 1) for letter in "AEIMQUYcgkosw048"}
    return [
        cookie | {"value": cookie["value"][:-1] + other[cookie["value"][-1]]}
        if cookie["name"] == "_streamlit_user"
        else cookie
        for cookie in cookies
    ]


def opened(context: BrowserContext, address: str, words: str) -> Page:
    """Open the overview and wait for words on it."""
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_text(words).first).to_be_visible()
    return page


def test_a_copied_cookie_is_worth_nothing_after_a_sign_out(tmp_path, data, arrive) -> None:
    port = free_port()
    with office(tmp_path, LISTED, port) as address:
        own = arrive()
        page = opened(own, address, CLOSED)
        sign_in(page, "an@laichau.example")
        copies = [own.cookies(), written_otherwise(own.cookies())]
        stolen = [opened(arrive(copy), address, READING) for copy in copies]
        tab = opened(own, address, READING)
        page.get_by_role("button", name="Đăng xuất").click()
        page.wait_for_url("**/oauth2/end_session**")  # the provider's own page comes after ours
        for copy in copies:
            assert opened(arrive(copy), address, CLOSED).get_by_text(READING).count() == 0
        for open_before in [*stolen, tab]:  # at its next run
            open_before.get_by_role("button", name="English").click()
            expect(open_before.get_by_role("button", name="English")).to_have_count(0)
            expect(open_before.get_by_text(READING)).to_have_count(0)
        page = opened(arrive(), address, CLOSED)
        sign_in(page, "an@laichau.example")  # the person may come back, unlike the cookie
        expect(page.get_by_text(READING).first).to_be_visible()
    with office(tmp_path, LISTED, port) as address:  # the list of sign-outs outlives the server
        for copy in copies:
            opened(arrive(copy), address, CLOSED)


def test_who_is_taken_off_the_list_is_out_with_the_page_open(tmp_path, data, arrive) -> None:
    with office(tmp_path, LISTED) as address:
        page = opened(arrive(), address, CLOSED)
        sign_in(page, "an@laichau.example")
        expect(page.get_by_text(READING).first).to_be_visible()
        (tmp_path / "people.toml").write_text('reading = "listed"', encoding="utf-8")
        page.wait_for_timeout(WITHIN * 1000)
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="English")).to_have_count(0)
        expect(page.get_by_text(READING)).to_have_count(0)


FAULTS = {
    "a misplaced key": (LIST + 'reading = "listed"\n', 16),
    "a misspelt key": (LIST.replace("role", "rle", 1), 6),
    "another kind of value": ('people = 3\nreading = "open"\n', 1),
}


@pytest.mark.parametrize(("content", "line"), FAULTS.values(), ids=FAULTS)
def test_a_list_with_a_fault_closes_every_page_and_shows_nothing_of_itself(
    tmp_path, data, visit, content: str, line: int
) -> None:
    with office(tmp_path, content) as address:
        for path in ("/", "/update"):
            page = visit(f"{address}{path}")
            said = page.locator("[data-testid=stMain]").inner_text()
            assert f"(people.toml, dòng {line})" in said
            assert not any(words in said for words in ("@", "Bình", str(tmp_path), READING, "Công bố"))
            assert page.locator("[data-testid=stSidebar]").count() == 0
            assert page.locator("[data-testid=stSidebarNav]").count() == 0
            assert page.get_by_role("button", name="Đăng nhập").count() == 0
            assert page.locator("input[type=file]").count() == 0
