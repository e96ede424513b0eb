"""The report page's pieces: whose report, and its files."""

from functools import partial

import streamlit as st

from ntm.dataset import Dataset
from ntm.markdown import plain
from ntm.reports import files
from ntm.text import _
from ntm.ui import blocks, state


def scope_picker(dataset: Dataset) -> str | None:
    """Draw the choice between the province and its groups; return the group's code, None for the province."""
    names = {"": _("Toàn tỉnh")} | dataset.reference.groups["label"].to_dict()
    state.allowed("group", list(names))
    bound = state.bound("group", "")
    st.selectbox(_("Báo cáo của"), list(names), format_func=names.__getitem__, **bound)
    return state.get("group") or None


def files_of(dataset: Dataset, period: str, group: str | None) -> None:
    """Offer each kind of report, with what it holds."""
    for kind, title, words in _kinds():
        with st.container(border=True):
            st.header(plain(title), anchor=False)
            st.markdown(plain(words))
            blocks.download(
                _("Tải {kind}", kind=f".{kind}"),
                partial(files.make, kind, dataset, period, group),
                files.name(kind, dataset, period, group),
                files.KINDS[kind][0],
            )


def _kinds() -> list[tuple[str, str, str]]:
    return [
        (
            "docx",
            _("Báo cáo (Word)"),
            _(
                "Theo thể thức văn bản hành chính: kết quả từng mục tiêu, từng nhóm xã, khó khăn, nhiệm vụ, phụ lục "
                "từng xã; có bản đồ và biểu đồ. Số, nơi nhận và người ký để trống."
            ),
        ),
        (
            "pptx",
            _("Trang chiếu (PowerPoint)"),
            _("Các trang của phần trình chiếu; bảng và biểu đồ sửa được trong PowerPoint."),
        ),
        (
            "pdf",
            _("Báo cáo (PDF)"),
            _("Cùng nội dung với tệp Word, để in và gửi."),
        ),
        (
            "xlsx",
            _("Sổ số liệu (Excel)"),
            _("Mục tiêu, nhóm xã, từng xã theo từng tiêu chí có tô màu, tỷ lệ đạt từng tiêu chí, nguồn số liệu."),
        ),
    ]
