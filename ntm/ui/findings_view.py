"""The page of updates, what was found in a file: what was left out of it, and its faults."""

import math
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from ntm import clock, exports, labels, text
from ntm.figure import Column
from ntm.intake import marked
from ntm.markdown import plain
from ntm.people import Person
from ntm.reference import Reference
from ntm.reports import findings, pdf
from ntm.reports.findings import Findings
from ntm.text import _, plural
from ntm.ui import blocks, outcomes
from ntm.ui.upload_view import Upload

FAULTS_SHOWN = 100  # on a page


def understood(file: Upload) -> bool:
    """Say what was found in the file and what was left out of it; return whether the person has acknowledged that."""
    found = file.found
    blocks.small(
        _(
            "Đọc được {count} số liệu ở {sheets} sheet.",
            count=text.number(len(found.rows)),
            sheets=text.number(len({found.sheets[number].name for number in found.layouts})),
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
    _paged(found.left_out, columns, "left out")
    return st.checkbox(
        plain(plural("Tôi đã xem {count} chỗ này và đồng ý bỏ qua", count)),
        key=f"acknowledged {file.digest} {count} {found.asked}",
    )


def faults(file: Upload) -> bool:
    """Draw every fault of a file and offer it with the cells marked; return whether there is any."""
    found = file.found
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
    _paged(found.faults, columns, "faults")
    if len(found.faults) > marked.MOST_MARKED:
        blocks.small(_("Tệp đánh dấu ghi {count} lỗi đầu.", count=text.number(marked.MOST_MARKED)))
    blocks.download(
        _("Tải tệp có đánh dấu các ô lỗi"),
        partial(outcomes.marked_of, file.content, found),
        _("Tệp đã đánh dấu lỗi") + ".xlsx",
        exports.XLSX_TYPE,
    )
    return True


def lists(file: Upload, person: Person, reference: Reference) -> None:
    """Offer what was found as a list to forward, if there is anything: a page to print, and a workbook."""
    if file.found.faults.empty and file.found.left_out.empty:
        return
    found = Findings(file.name, labels.office(person, reference), clock.today(), file.found)
    name = _("Danh sách cần xem lại {file}", file=Path(file.name).stem)
    with st.container(horizontal=True):
        blocks.download(_("Danh sách một trang (PDF)"), partial(findings.one_page, found), f"{name}.pdf", pdf.PDF_TYPE)
        blocks.download(_("Danh sách đầy đủ (Excel)"), partial(findings.xlsx, found), f"{name}.xlsx", exports.XLSX_TYPE)


def _paged(rows: pd.DataFrame, columns: dict[str, Column], part: str) -> None:
    """Draw a long table a page at a time. `part`: what it is a list of, for its key."""
    pages = max(1, math.ceil(len(rows) / FAULTS_SHOWN))
    page = 1
    if pages > 1:
        page = st.number_input(
            plain(_("Trang danh sách, 1 đến {pages}", pages=text.number(pages))), 1, pages, key=f"{part}, of {pages}"
        )
    blocks.table(rows.iloc[(page - 1) * FAULTS_SHOWN : page * FAULTS_SHOWN], columns)
