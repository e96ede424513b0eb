"""The page of updates, before anything is published: how a file was understood is seen on the page."""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ntm import dataset, people, store
from ntm.ui import account
from tests.intake import odd
from tests.pages.conftest import words

PERIOD = "2024-12-31"


@pytest.fixture
def office(monkeypatch, tmp_path, data) -> Iterator[None]:
    """A database of the test's own, and somebody who may change it all."""
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    monkeypatch.setattr(account, "current", lambda: people.owner("An"))
    dataset.build(store.connect())
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def uploaded(app: AppTest, content: bytes, name: str = "file.xlsx") -> AppTest:
    app.file_uploader[0].set_value((name, content, "")).run()
    assert not app.exception, app.exception
    return app


def drawn(app: AppTest) -> str:
    """The table of the file as it was understood."""
    (found,) = [element.proto.body for element in app.get("html") if 'class="sheet"' in element.proto.body]
    return found


def test_a_file_is_drawn_as_it_was_understood(office, open_page) -> None:
    content = odd.xlsx(("Tam Đường", [["Tên xã", "1", "2", "Xếp loại"], ["Bản Giang", "x", "0", "<b>tốt</b>"]]))
    app = uploaded(open_page("update", period=PERIOD), content)
    table = drawn(app)
    assert '<td class="met" title="Bản Giang 03418 · Tiêu chí 1. Quy hoạch · Đạt">x<span' in table
    assert '<td class="not_met"' in table
    assert "&lt;b&gt;tốt" in table
    assert "<b>tốt" not in table
    assert 'aria-label="Sheet Tam Đường"' in table
    assert "đạt: 1" in table
    assert "Dòng 1 đến 2 trong 2 dòng" in words(app)


def test_a_fault_is_outlined_and_said_on_the_page_where_it_is(office, open_page) -> None:
    rows = [["Tên xã", "1"], *[["Bản Giang", "x"]] * 60, ["Hồ Thầu", "tốt"]]
    app = uploaded(open_page("update", period=PERIOD), odd.xlsx(("S", rows)))
    table = drawn(app)
    assert 'class="fact fault"' in table
    assert "lỗi: tốt: " in table
    assert '<th scope="row">62</th>' in table
    assert '<th scope="row">2</th>' not in table  # on the page before
    page = next(field for field in app.number_input if field.label.startswith("Trang dòng"))
    page.set_value(1).run()
    assert '<th scope="row">2</th>' in drawn(app)


def test_of_several_sheets_one_that_was_read_comes_first(office, open_page) -> None:
    sheets = [("Bìa", [["Ủy ban nhân dân"]]), ("Số liệu", [["Tên xã", "1"], ["Bản Giang", "x"]])]
    app = uploaded(open_page("update", period=PERIOD), odd.xlsx(*sheets))
    assert 'aria-label="Sheet Số liệu"' in drawn(app)
    choice = next(field for field in app.selectbox if field.label == "Sheet")
    assert choice.options == ["Số liệu", "Bìa (không đọc)"]
    choice.select(0).run()
    assert 'class="left_out"' in drawn(app)


def test_a_wide_sheet_is_drawn_a_page_of_columns_at_a_time(office, open_page) -> None:
    heads = ["Tên xã", "1", *[f"Cột phụ {number}" for number in range(90)]]
    app = uploaded(open_page("update", period=PERIOD), odd.xlsx(("S", [heads, ["Bản Giang", "x"]])))
    assert "Cột phụ 89" not in drawn(app)
    page = next(field for field in app.number_input if field.label == "Trang cột, 1 đến 3")
    page.set_value(3).run()
    assert "Cột phụ 89" in drawn(app)


def test_what_was_found_can_be_forwarded(office, open_page) -> None:
    rows = [["Tên xã", "1", "Xếp loại"], ["Bản Giang", "tốt", "xem lại"]]
    app = uploaded(open_page("update", period=PERIOD), odd.xlsx(("S", rows)), "quý 4.xlsx")
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels[-2:] == ["Danh sách một trang (PDF)", "Danh sách đầy đủ (Excel)"]
    app = uploaded(app, odd.xlsx(("S", [["Tên xã", "1"], ["Bản Giang", "x"]])))
    assert not any("Danh sách" in element.proto.label for element in app.get("download_button"))


def test_long_lists_of_faults_and_of_what_is_left_out_have_pages_of_their_own(office, open_page) -> None:
    rows = [row for number in range(150) for row in ([f"Không Có {number}", "x"], ["", ""], ["chữ ký", ""])]
    app = uploaded(open_page("update", period=PERIOD), odd.xlsx(("S", [["Tên xã", "1"], *rows])))
    assert [field.label for field in app.number_input].count("Trang danh sách, 1 đến 2") == 2


def test_who_may_change_a_group_reads_its_name(office, open_page, monkeypatch) -> None:
    person = people.Person("Bình", people.GROUP_EDITOR, frozenset({"106"}))
    monkeypatch.setattr(account, "current", lambda: person)
    assert "Bình: được cập nhật số liệu của Tam Đường." in words(open_page("update", period=PERIOD))


ODD = odd.xlsx(("S", [["Tên xã", "1", "Kết luận"], ["Bản Giang", "x", "0"]]))
REMEMBERED = "Đã dùng cách đọc cột của lần trước"


@pytest.fixture
def by_hand(monkeypatch) -> Callable[[dict[int, str]], None]:
    """Correct columns (number → words) as a person does in the table of columns, which AppTest cannot reach."""
    meant: dict[int, str] = {}

    def edited(shown: pd.DataFrame, **_options: object) -> pd.DataFrame:
        for column, role in meant.items():
            shown.loc[column, "Được hiểu là"] = role
        return shown

    monkeypatch.setattr(st, "data_editor", edited)
    return lambda columns: (meant.clear(), meant.update(columns))


def test_columns_corrected_by_hand_are_remembered_told_and_dropped(office, open_page, by_hand) -> None:
    by_hand({2: "Tiêu chí 2. Giao thông"})
    app = uploaded(open_page("update", period=PERIOD), ODD)
    assert "Khi công bố, cách đọc cột đã sửa được nhớ" in words(app)
    app.text_input(key="note").set_value("12/BC-UBND").run()
    app.button(key="publish").click().run()
    assert app.success[0].value == "Đã công bố phiên bản 3: 2 số liệu."
    by_hand({})
    app = uploaded(open_page("update", period=PERIOD), ODD)
    assert f"{REMEMBERED} (ngày " in words(app)
    assert "C: Tiêu chí 2. Giao thông" in words(app)
    assert 'class="not_met"' in drawn(app)
    next(button for button in app.button if button.label == "Bỏ cách đọc này, đọc theo tiêu đề").click().run()
    assert REMEMBERED not in words(app)
    assert 'class="left_out"' in drawn(app)
    assert store.log(store.connect())["action"].tolist()[:2] == ["forget columns", "remember columns"]


def test_columns_can_be_remembered_before_anything_is_published(office, open_page, by_hand) -> None:
    by_hand({2: "Tiêu chí 2. Giao thông"})
    app = uploaded(open_page("update", period=PERIOD), ODD)
    app.button(key="remember columns").click().run()
    assert REMEMBERED in words(app)
    assert "remember columns" not in [button.key for button in app.button]
    assert store.latest(store.connect()) == 2


def test_another_office_does_not_use_what_one_remembers(office, open_page, by_hand, monkeypatch) -> None:
    by_hand({2: "Tiêu chí 2. Giao thông"})
    uploaded(open_page("update", period=PERIOD), ODD).button(key="remember columns").click().run()
    by_hand({})
    person = people.Person("Bình", people.GROUP_EDITOR, frozenset({"106"}))
    monkeypatch.setattr(account, "current", lambda: person)
    assert REMEMBERED not in words(uploaded(open_page("update", period=PERIOD), ODD))
