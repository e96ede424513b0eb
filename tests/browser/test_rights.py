"""An editor's own messages to the server, sent again on the bare websocket by those who may not act."""

from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from ntm import database, reference, store
from ntm.people import owner
from tests.browser.conftest import new_context, settle
from tests.browser.provider import sign_in

PERIOD = "2024-12-31"


def arrived(browser: Browser, address: str, user: str) -> BrowserContext:
    context = new_context(browser)
    page = context.new_page()
    page.goto(f"{address}/update")
    if user:
        sign_in(page, user)
    page.close()
    return context


def recorded(context: BrowserContext, address: str, path: str, act) -> list[bytes]:
    """What the browser sends while somebody opens a page and acts on it."""
    sent: list[str | bytes] = []

    def keep(frame: str | bytes) -> None:  # playwright cannot call a built-in method
        sent.append(frame)

    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", keep))
    page.goto(f"{address}{path}")
    expect(page.locator("h1")).to_have_text("Cập nhật số liệu")
    settle(page)
    act(page)
    page.close()
    return [frame for frame in sent if isinstance(frame, bytes)]


def replay(context: BrowserContext, address: str, frames: list[bytes]) -> int:
    """Send messages on a websocket of somebody's; return how many runs of the script they led to."""
    kept = {cookie["name"]: cookie["value"] for cookie in context.cookies(address)}
    cookies = "; ".join(f"{name}={value}" for name, value in kept.items())
    protocols = [Subprotocol("streamlit"), Subprotocol(kept.get("_streamlit_xsrf", "PLACEHOLDER"))]
    url = address.replace("http", "ws") + "/_stcore/stream"
    runs = 0
    with connect(
        url, additional_headers={"Cookie": cookies}, origin=address, subprotocols=protocols, max_size=None
    ) as socket:
        for frame in frames:
            if BackMsg.FromString(frame).WhichOneof("type") != "rerun_script":
                continue
            socket.send(frame)
            while ForwardMsg.FromString(bytes(socket.recv(120))).WhichOneof("type") != "script_finished":
                continue
            runs += 1
    return runs


def opens(page: Page) -> None:
    page.get_by_text("chưa mở: mở để các địa bàn báo cáo").click()
    page.get_by_label("Căn cứ mở kỳ").fill("1/KH-UBND")
    page.get_by_label("Căn cứ mở kỳ").press("Enter")
    page.get_by_role("button", name="Mở kỳ", exact=True).click()
    expect(page.get_by_text("Đã mở kỳ 31/12/2024.")).to_be_visible()


def undoes(page: Page) -> None:
    page.get_by_role("tab", name="Phiên bản").click()
    page.get_by_label("Lý do hoàn tác").fill("nhầm")
    page.get_by_label("Lý do hoàn tác").press("Enter")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác phiên bản")).to_be_visible()


def test_an_editors_messages_do_nothing_for_others(browser, signing_in, folder) -> None:
    engine, facts = database.connect(f"sqlite:///{folder / 'office.sqlite'}"), reference.load()
    others = {
        user: arrived(browser, signing_in, user) for user in ("", "chi@elsewhere.example", "binh@laichau.example")
    }
    editor = arrived(browser, signing_in, "an@laichau.example")
    path = f"/update?period={PERIOD}"
    opening = recorded(editor, signing_in, path, opens)
    assert store.latest(engine) == 3
    undoing = recorded(editor, signing_in, path, undoes)  # takes the opening back: all is as it was
    assert store.latest(engine) == 4
    for context in others.values():
        assert replay(context, signing_in, opening) > 1
    assert store.latest(engine) == 4
    assert replay(editor, signing_in, opening) > 1  # the messages are good ones
    assert store.latest(engine) == 5
    for context in others.values():
        assert replay(context, signing_in, undoing) > 1
    assert store.latest(engine) == 5
    store.undo(engine, 5, owner("chủ máy"), "dọn", facts)
    for context in (*others.values(), editor):
        context.close()
