"""The page of updates, what was found in a file: what was left out of it, and its faults."""

import math
from functools import partial

import pandas as pd
import streamlit as st

from ntm import exports, text
from ntm.figure import Column
from ntm.intake import marked
from ntm.intake.reading import Reading
from ntm.markdown import plain
from ntm.text import _, plural
from ntm.ui import blocks, outcomes, upload_view

FAULTS_SHOWN = 100  # on a page


def understood(content: bytes, found: Reading) -> bool:
    """Say what was found in the file and what was left out of it; return whether the person has acknowledged that."""
    blocks.small(
        _(
            "Đọc được {count} số liệu ở {sheets} sheet.",
            count=text.number(len(found.rows)),
            sheets=text.number(len(found.layouts)),
        )
    )
    if found.left_out.empty:
        return True
    count = len(found.left_out)
    st.warning(plain(plural("{count} chỗ trong tệp không đọc hoặc cần biết.", count)), icon=":material/visibility_off:")
    columns = {
        "sheet": Column(_("Sheet")),
        "cell": Column(_("Ô")),
        "value": Column(_("Nội dung")),
        "reason": Column(_("Vì sao")),
    }
    _paged(found.left_out, columns)
    return st.checkbox(
        plain(plural("Tôi đã xem {count} chỗ này và đồng ý bỏ qua", count)),
        key=f"acknowledged {upload_view.digest_of(content)} {count} {found.asked}",
    )


def faults(content: bytes, found: Reading) -> bool:
    """Draw every fault of a file and offer it with the cells marked; return whether there is any."""
    if found.faults.empty:
        return False
    st.error(plain(plural("{count} lỗi; không lưu gì.", len(found.faults))), icon=":material/error:")
    columns = {
        "sheet": Column(_("Sheet")),
        "cell": Column(_("Ô")),
        "value": Column(_("Giá trị")),
        "rule": Column(_("Điều phải đúng")),
        "suggestion": Column(_("Nên là")),
    }
    _paged(found.faults, columns)
    if len(found.faults) > marked.MOST_MARKED:
        blocks.small(_("Tệp đánh dấu ghi {count} lỗi đầu.", count=text.number(marked.MOST_MARKED)))
    blocks.download(
        _("Tải tệp có đánh dấu các ô lỗi"),
        partial(outcomes.marked_of, content, found),
        _("Tệp đã đánh dấu lỗi") + ".xlsx",
        exports.XLSX_TYPE,
    )
    return True


def _paged(rows: pd.DataFrame, columns: dict[str, Column]) -> None:
    """Draw a long table a page at a time."""
    pages = max(1, math.ceil(len(rows) / FAULTS_SHOWN))
    page = 1
    if pages > 1:
        page = st.number_input(
            plain(_("Trang lỗi, 1 đến {pages}", pages=text.number(pages))), 1, pages, key=f"page of {pages}"
        )
    blocks.table(rows.iloc[(page - 1) * FAULTS_SHOWN : page * FAULTS_SHOWN], columns)
