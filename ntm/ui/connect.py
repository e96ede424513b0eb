"""Connecting: the address of the table that is shown, from which Excel and other programs read it again and again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import streamlit as st

from ntm import text
from ntm.dataset import Dataset
from ntm.look import SOURCE_LANGUAGE
from ntm.markdown import Markdown, plain
from ntm.selection import Selection
from ntm.server import addresses
from ntm.text import _
from ntm.ui import account, state

HERE = "http://localhost:8501"  # where the browser has not said how it came here
OF_SELECTION = {"groups": "group", "tiers": "tier"}  # a field of a selection → its name in addresses, if another


@dataclass(frozen=True)
class Live:
    """A table that other programs can ask for: its name with its format, and the filters that make it what is shown."""

    name: str
    query: Mapping[str, str]

    @property
    def address(self) -> str:
        """Its address, as this reader's machine reaches the server. Its words are in the reader's language."""
        spoken = {} if text.language() == SOURCE_LANGUAGE else {"lang": text.language()}
        grouped = {"grouping": state.get("grouping")} if state.get("grouping") else {}
        return addresses.table(st.context.url or HERE, self.name, {**self.query, **grouped, **spoken})


def communes(dataset: Dataset, period: str, selection: Selection, **more: str) -> Live:
    """Return the table of a selection of communes at a period. `more`: further filters of the table "lookup"."""
    asked = {
        OF_SELECTION.get(field.name, field.name): state.link_value(field.name, getattr(selection, field.name))
        for field in fields(selection)
    }
    every = {"world": str(dataset.world), "period": period, **asked, **more}
    return Live("lookup.csv", {name: value for name, value in every.items() if value})


def offer(live: Live) -> None:
    """Draw a button that opens the address with how to use it."""
    with st.popover(_("Kết nối Excel"), icon=":material/sync:"):
        explain(live)


def explain(live: Live) -> None:
    """Draw the address, to be copied, with how to use it."""
    st.markdown(plain(_("Địa chỉ của đúng bảng đang xem, với các bộ lọc. Có số liệu mới thì làm mới bảng tính.")))
    st.code(live.address, language=None, wrap_lines=True)
    lines = "\n".join(f"{number}. {plain(line)}" for number, line in enumerate(_steps(), start=1))
    st.markdown(plain(Markdown(lines)))


def _steps() -> list[str]:
    return [
        _("Excel: thẻ Dữ liệu (Data) › Từ Web (From Web); dán địa chỉ, bấm OK rồi Tải (Load)."),
        _("Khi có số liệu mới: Dữ liệu › Làm mới tất cả (Refresh All)."),
        _("Excel hỏi quyền: chọn Cơ bản (Basic), tên bất kỳ, mật khẩu là mã truy cập do người quản trị cấp.")
        if account.reading_is_listed()
        else _("Excel hỏi quyền: chọn Ẩn danh (Anonymous). Power BI: Lấy dữ liệu (Get data) › Web."),
    ]
