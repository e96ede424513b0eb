"""The data page's pieces: kinds of data, catalogue, reconciliation, completeness, revisions, downloads."""

import pandas as pd
import streamlit as st

from ntm import catalogue as catalogue_module
from ntm import clock, labels, narrative, provenance, reconcile, text
from ntm.dataset import Dataset
from ntm.facts import rules
from ntm.figure import Column
from ntm.markdown import Markdown, plain
from ntm.text import _, either, plural
from ntm.ui import blocks, connect, data


def kinds() -> None:
    """Say what published, official and sample mean."""
    meanings = [
        _("**Số liệu công bố**: có nguồn, ghi ở danh mục dưới đây."),
        _("**Số liệu chính thức**: do cơ quan nhập vào, có phiên bản, người nhập, ngày nhập."),
        _("**Số liệu minh họa**: do máy sinh ra để minh họa; không phải số liệu của tỉnh."),
    ]
    st.markdown(plain(Markdown("\n".join(f"- {meaning}" for meaning in meanings))))


def catalogue() -> None:
    """Draw the catalogue of data."""
    rows = catalogue_module.load()
    language = text.language()
    shown = rows.assign(
        content=rows[f"title_{language}"],
        certainty=rows["certainty"].map(labels.evidence),
        source=rows["sources"] + " (" + rows["date"].map(_day_or_year) + ")",
        note=rows[f"description_{language}"],
        terms=rows[f"terms_{language}"],
    )
    columns = {
        "content": Column(_("Nội dung")),
        "certainty": Column(_("Mức chắc chắn")),
        "source": Column(_("Nguồn (ngày)")),
        "note": Column(_("Ghi chú")),
        "terms": Column(_("Điều kiện sử dụng")),
    }
    blocks.reading_table(shown, columns, _("Các nguồn của bảng theo dõi này"))


def _day_or_year(written: str) -> str:
    return text.date(written) if rules.is_day(written) else written


def boundary_layer() -> None:
    """Say which layer of boundaries the map draws, from where and under which terms, and how to change it."""
    layer = data.shapes()
    if layer is None:
        st.info(_("Chưa có lớp bản đồ nào được dựng."), icon=":material/info:")
        return
    facts = pd.DataFrame(
        [
            (_("Lớp đang dùng"), either(layer, "title")),
            (_("Ghi chú"), either(layer, "note")),
            (_("Điều kiện sử dụng"), either(layer, "terms")),
            (_("Ngày tính hoặc nhập"), text.date(layer.date)),
        ],
        columns=["fact", "words"],
    )
    columns = {"fact": Column(_("Mục")), "words": Column(_("Nội dung"))}
    blocks.reading_table(facts, columns, _("Người quản trị máy chủ đổi được lớp bản đồ (xem hướng dẫn cài đặt)"))


def reconciliation(dataset: Dataset) -> None:
    """Draw published figures next to what the data gives."""
    rows = reconcile.against_published(dataset)
    if rows.empty:
        st.info(_("Không có kỳ nào để đối chiếu."), icon=":material/info:")
        return
    columns = {
        "unit": Column(_("Đơn vị")),
        "period": Column(_("Kỳ"), text.date),
        "indicator": Column(_("Chỉ tiêu")),
        "expected": Column(_("Đã công bố")),
        "actual": Column(_("Từ số liệu")),
        "equal": Column(_("Đối chiếu")),
        "evidence": Column(_("Mức chắc chắn")),
        "source": Column(_("Nguồn")),
    }
    blocks.table(narrative.reconciliation(rows), columns)


def completeness(dataset: Dataset) -> None:
    """Draw the share of the communes' criteria that are assessed, per group and period."""
    shares = reconcile.completeness(dataset)
    rows = shares.assign(group=dataset.reference.areas["label"])
    columns = {"group": Column(labels.group_heading(dataset.reference), optional=True)}
    columns |= {period: Column(text.date(period), text.percent) for period in shares.columns}
    blocks.table(rows, columns)


def revisions(dataset: Dataset) -> None:
    """Draw the revisions, latest first."""
    columns = {
        "id": Column(_("Phiên bản"), str),
        "created_at": Column(labels.column("created_at"), text.time),
        "kind_words": Column(_("Loại số liệu")),
        "author": Column(_("Người nhập"), labels.author),
        "note": Column(_("Ghi chú"), labels.note),
        "in_effect": Column(labels.column("in_effect"), labels.in_effect),
    }
    known = dataset.revisions
    words = [labels.revision(row.kind, row.undoes) for row in known.itertuples()]
    blocks.table(known.assign(created_at=clock.local_times(known["created_at"]), kind_words=words), columns)


def chain() -> None:
    """Say the mark of all that is written, to be noted down, and where something was changed since."""
    followed = data.chain()
    if followed is None:
        return
    if followed.fault:
        st.error(
            plain(_("Chuỗi kiểm tra bị đứt: {fault}. Hãy báo người quản trị.", fault=followed.fault)),
            icon=":material/link_off:",
        )
        return
    blocks.small(
        _(
            "Mã kiểm tra của toàn bộ phiên bản và nhật ký: {mark} ({links} mắt xích, chưa bị sửa). Ghi lại mã này để "
            "đối chiếu khi khôi phục.",
            mark=followed.mark,
            links=text.number(followed.links),
        )
    )


def everything(dataset: Dataset, period: str) -> None:
    """Offer the period's assessments and communes as files, each row with its kind and revision."""
    assessed = dataset.assessments[dataset.assessments["period"] == period]
    assessed = assessed.assign(
        unit=assessed["unit_code"].map(dataset.reference.units["label"]),
        answer=assessed["met"].map({True: _("Đạt"), False: _("Chưa đạt")}),
        kind_words=assessed["kind"].map(labels.kind),
    )
    columns = {
        "period": Column(_("Kỳ")),
        "unit_code": Column(_("Mã đơn vị")),
        "unit": Column(_("Đơn vị")),
        "criteria_set": Column(_("Bộ tiêu chí")),
        "criterion": Column(_("Tiêu chí")),
        "answer": Column(_("Kết quả")),
        "document": Column(labels.column("document"), optional=True),
        "remark": Column(labels.column("remark"), optional=True),
        "revision": Column(_("Phiên bản số liệu")),
        "kind_words": Column(_("Loại số liệu của dòng")),
    }
    st.markdown(
        plain(
            plural(
                "Toàn bộ {count} kết quả đánh giá của kỳ {period}, mỗi dòng ghi loại số liệu và phiên bản.",
                len(assessed),
                period=text.date(period),
            )
        )
    )
    live = connect.Live("assessments.csv", {"world": str(dataset.world), "period": period})
    blocks.downloads(pd.DataFrame(assessed), columns, provenance.facts(dataset, period), _("Kết quả đánh giá"), live)
