"""Updates in a browser: signing in with a real provider, what each role may do, from a file to every open dashboard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ntm import database, people, reference, store
from ntm.store import Change
from ntm.world import World
from tests.browser.conftest import new_context, serving, settle
from tests.browser.provider import LISTED, office, sign_in
from tests.browser.test_accessibility import grave
from tests.intake import odd

PERIOD = "2024-12-31"
HEADS = ["Mã xã", *map(str, range(1, 20))]
GOOD = odd.xlsx(
    ("Tam Đường", [[f"KẾT QUẢ ĐẾN {31}/12/2024"], HEADS, ["03418", *["Đạt"] * 19], ["03412", *["x"] * 18, 0]])
)
BAD = odd.text([["Tên xã", "1"], ["Kan Hồo", "x"], ["Bản Giang", "tốt"]])


@pytest.fixture
def opened(browser: Browser, signing_in: str) -> Iterator[Callable[[str], Page]]:
    """Open the page of updates as somebody who has signed in. The provider's own page asks for a style outside."""
    contexts = []

    def open_as(email: str) -> Page:
        context = new_context(browser, height=900)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{signing_in}/update")
        if email:
            sign_in(page, email)
            page.goto(f"{signing_in}/update?period={PERIOD}")
        expect(page.locator("h1")).to_have_text("Cập nhật số liệu")
        settle(page)
        return page

    yield open_as
    for context in contexts:
        context.close()


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    expect(page.get_by_test_id("stFileChipName")).to_have_text(name)


def publish(page: Page, note: str) -> None:
    page.get_by_label("Ghi chú (bắt buộc)").fill(note)
    page.get_by_role("button", name="Công bố").click()


def latest(folder: Path) -> int:
    return store.latest(database.connect(f"sqlite:///{folder / 'office.sqlite'}"))


@pytest.mark.parametrize("email", ["", "chi@elsewhere.example"])
def test_who_is_not_on_the_list_may_look_but_not_publish(opened, folder, email: str) -> None:
    page = opened(email)
    expect(page.get_by_text("chỉ được xem" if email else "hãy đăng nhập (ở thanh bên)")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    expect(page.get_by_role("button", name="Tải tệp mẫu")).to_be_visible()
    assert latest(folder) == 2


def test_faults_are_shown_by_cell_and_the_file_is_given_back(opened) -> None:
    page = opened("an@laichau.example")
    upload(page, "bad.csv", BAD)
    expect(page.get_by_text("2 lỗi; không lưu gì.")).to_be_visible()
    settle(page)
    assert grave(page) == []
    with page.expect_download() as given:
        page.get_by_role("button", name="Tải tệp có đánh dấu các ô lỗi").click()
    assert given.value.suggested_filename.endswith(".xlsx")
    assert page.get_by_role("button", name="Công bố").count() == 0
    upload(page, "photo.xlsx", b"PK not a workbook")
    expect(page.get_by_text("Tệp hỏng hoặc không phải bảng tính")).to_be_visible()


def test_the_field_for_files_speaks_the_readers_language_and_every_kind_of_file_is_named(opened) -> None:
    page = opened("an@laichau.example")
    field = page.get_by_test_id("stFileUploader")
    expect(field.get_by_role("button", name="Chọn tệp", exact=True)).to_be_visible()
    expect(field).to_contain_text("nhận tệp đến 20MB")
    upload(page, "macros.xlsm", odd.with_entry(GOOD, "xl/vbaProject.bin", b"macro"))
    expect(page.get_by_text("Tệp có macro. Hãy lưu lại dạng .xlsx")).to_be_visible()
    expect(field.get_by_role("button", name="Bỏ tệp macros.xlsm")).to_be_visible()
    upload(page, "scan.pdf", b"%PDF-1.7 scanned")
    expect(page.get_by_text("Đây là tệp PDF, không phải bảng tính")).to_be_visible()
    large = {"name": "large.xlsx", "mimeType": "", "buffer": b"PK" * 10_600_000}
    page.locator("input[type=file]").set_input_files(large)
    expect(field).to_contain_text("Tệp phải nhỏ hơn 20.0MB")
    page.get_by_role("button", name="English").click()
    expect(field.get_by_role("button", name="Remove scan.pdf")).to_be_visible()  # Streamlit's own words are back


@pytest.mark.parametrize("query", ["", "&contrast=high"])
@pytest.mark.parametrize("width", [1366, 390])
def test_a_file_is_seen_as_it_was_understood(opened, width: int, query: str) -> None:
    page = opened("an@laichau.example")
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{page.url.partition('?')[0]}?period={PERIOD}{query}")
    settle(page)
    rows = [[*HEADS, "Xếp loại"], ["03418", *["x"] * 18, "0", "xem lại"], ["03412", "", "tốt", *["Đạt"] * 17, ""]]
    upload(page, "sheet.xlsx", odd.xlsx(("Tam Đường", rows)))
    sheet = page.get_by_role("region", name="Sheet Tam Đường")
    expect(sheet.locator("td.met")).to_have_count(18 + 17)
    expect(sheet.locator("td.not_met")).to_have_text("0✗Chưa đạt")
    expect(sheet.locator("td.unknown")).to_have_text("?không có số liệu")
    expect(sheet.locator("td.left_out")).to_have_text("xem lạikhông đọc")
    expect(sheet.locator("td.fault")).to_have_attribute("title", re.compile("lỗi: tốt: "))
    settle(page)
    assert grave(page) == []
    assert sheet.evaluate("part => part.scrollWidth > part.clientWidth")  # it is moved inside itself …
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")  # … and not the page


def test_a_district_editor_changes_only_their_district(opened, folder) -> None:
    page = opened("binh@laichau.example")
    upload(page, "other.csv", odd.text([["Mã xã", "1"], ["03628", "x"]]))
    expect(page.get_by_text("chỉ được thay đổi số liệu của: Tam Đường. Ngoài phạm vi: Pha Mu")).to_be_visible()
    expect(page.get_by_role("button", name="Công bố")).to_be_disabled()
    upload(page, "own.csv", odd.text([["Mã xã", "1"], ["03418", "x"]]))
    expect(page.get_by_text("sẽ mở hoặc đóng kỳ 31/12/2024 với mọi người")).to_be_visible()
    assert latest(folder) == 2


def test_what_a_file_leaves_open_is_asked_and_what_it_holds_besides_is_acknowledged(opened, folder) -> None:
    content = odd.xlsx(("S", [["KẾT QUẢ ĐẾN 30/09/2024"], ["Mã xã", "1", "Xếp loại"], ["03418", "x", "Khá"]]))
    page = opened("an@laichau.example")
    upload(page, "open.xlsx", content)
    expect(page.get_by_text("Tệp ghi kỳ 30/09/2024, bạn chọn kỳ 31/12/2024.").first).to_be_visible()
    page.get_by_text("kỳ đã chọn: 31/12/2024").click()
    expect(page.get_by_text("1 chỗ trong tệp không đọc hoặc cần biết.")).to_be_visible()
    page.get_by_label("Ghi chú (bắt buộc)").fill("12/BC-UBND")
    settle(page)
    assert grave(page) == []
    expect(page.get_by_role("button", name="Công bố")).to_be_disabled()
    page.get_by_text("Tôi đã xem 1 chỗ này và đồng ý bỏ qua").click()
    expect(page.get_by_role("button", name="Công bố")).to_be_enabled()
    assert latest(folder) == 2


def test_from_a_file_to_every_open_dashboard_and_back(opened, folder, visit, signing_in) -> None:
    database_url = f"sqlite:///{folder / 'office.sqlite'}"
    page = opened("an@laichau.example")
    with serving(NTM_DATABASE_URL=database_url) as second:
        elsewhere = visit(f"{second}/data")
        upload(page, "good.xlsx", GOOD)
        expect(page.get_by_text("Đây là số liệu chính thức đầu tiên")).to_be_visible()
        settle(page)
        assert grave(page) == []
        publish(page, "12/BC-UBND")
        expect(page.get_by_text("Đã công bố phiên bản 3: 38 số liệu.")).to_be_visible()
        elsewhere.reload()
        elsewhere.wait_for_selector("[data-testid=stMain] h1")
        settle(elsewhere)  # the first run after it shows it: the revision is asked for at every run
        assert elsewhere.get_by_text("Phiên bản số liệu 3: số liệu của tỉnh").is_visible()
        assert elsewhere.locator(".sample-band").count() == 0
        elsewhere.get_by_role("button", name="Xem số liệu minh họa (tập huấn)").click()
        expect(elsewhere.locator(".sample-band")).to_be_visible()
        expect(elsewhere).to_have_url(re.compile("data=sample"))
        elsewhere.get_by_role("button", name="Trở về số liệu của tỉnh").click()
        expect(elsewhere.locator(".sample-band")).to_have_count(0)
        page.get_by_role("tab", name="Phiên bản").click()
        expect(page.get_by_text("ô khác nhau").first).to_be_visible()
        page.get_by_label("Lý do hoàn tác").fill("nhầm kỳ")
        page.get_by_label("Lý do hoàn tác").press("Enter")
        page.get_by_role("button", name="Hoàn tác").click()
        expect(page.get_by_text("Đã hoàn tác phiên bản 3 bằng phiên bản 4.")).to_be_visible()
        elsewhere.reload()
        expect(elsewhere.locator(".sample-band")).to_be_visible()  # nothing official is left
        expect(elsewhere.get_by_text("Phiên bản số liệu 4: số liệu minh họa")).to_be_visible()
    assert latest(folder) == 4


def test_the_second_of_two_editors_is_told_what_changed(opened, folder) -> None:
    page = opened("an@laichau.example")
    upload(page, "good.xlsx", GOOD)
    expect(page.get_by_role("heading", name="Nếu công bố")).to_be_visible()
    engine, facts = database.connect(f"sqlite:///{folder / 'office.sqlite'}"), reference.load()
    rows = (
        store.present(engine, "villages", kinds=World.SAMPLE.kinds)[["period", "unit_code", "recognised"]]
        .head(1)
        .assign(recognised=99)
    )
    meanwhile = Change(people.owner("other"), "meanwhile", "official", {"villages": rows})
    revision = store.publish(engine, meanwhile, facts)
    publish(page, "mine")
    expect(page.get_by_text(f"đã thay đổi đến phiên bản {revision}. Chưa lưu gì")).to_be_visible()
    expect(page.get_by_text("1 ô khác nhau")).to_be_visible()
    assert latest(folder) == revision
    again = page.get_by_role("button", name="Xem lại với số liệu mới")
    again.click()
    expect(again).to_have_count(0)
    publish(page, "mine, knowing")
    expect(page.get_by_text(f"Đã công bố phiên bản {revision + 1}")).to_be_visible()


def test_reading_can_be_kept_to_the_list(browser: Browser, tmp_path, data) -> None:
    with office(tmp_path, LISTED) as address:
        context = new_context(browser)
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_text("Chỉ người trong danh sách mới được xem")).to_be_visible()
        assert page.locator("[data-testid=stSidebarNav]").count() == 0
        sign_in(page, "binh@laichau.example")
        page.goto(address)
        expect(page.get_by_text("đã được công nhận đạt chuẩn").first).to_be_visible()
        context.clear_cookies()
        page.goto(address)
        expect(page.get_by_text("Chỉ người trong danh sách mới được xem")).to_be_visible()
        context.close()
