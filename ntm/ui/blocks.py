"""What pages are put together from: headings, notices, figures with their table and downloads, tables, keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from ntm import chart_parts, exports, palette, pictures, provenance, text
from ntm.dataset import Dataset
from ntm.text import _
from ntm.ui import state, templates


@dataclass(frozen=True)
class Column:
    """How a table's column is shown: its heading, and how a value is written (as it is, where `write` is None)."""

    heading: str
    write: Callable[[Any], str] | None = None


def heading(title: str, lead: str = "") -> None:
    """Draw the page's heading and a sentence below it."""
    st.title(title, anchor=False)
    if lead:
        st.markdown(lead)


def small(words: str) -> None:
    """Draw a line in small type, as it is: what stands in data is not read as Markdown."""
    templates.show("small", words=words)


def kind_notice(data: Dataset, period: str) -> None:
    """Say that the communes' figures of this period are a sample, where they are."""
    if data.kind_at(period) == "sample":
        templates.show(
            "notice",
            heading=_("Số liệu minh họa."),
            words=_(
                "Điểm tiêu chí của từng xã, xã nâng cao, huyện và thôn, bản trên trang này do máy sinh ra để minh họa; "
                "chưa phải số liệu của tỉnh. Mục tiêu và mốc {baseline} của toàn tỉnh là số liệu công bố.",
                baseline=text.date(data.reference.plan.baseline_date),
            ),
        )


def no_data(data: Dataset, period: str) -> bool:
    """Say so, and return True, where the period has no data."""
    if period in data.periods:
        return False
    st.info(
        _(
            "Không có số liệu cho kỳ {period}. Các kỳ có số liệu: {periods}. Chọn kỳ khác ở thanh bên.",
            period=text.date(period),
            periods=", ".join(map(text.date, data.periods)) or _("chưa có kỳ nào"),
        ),
        icon=":material/info:",
    )
    return True


def table(frame: pd.DataFrame, columns: Mapping[str, Column], **options: Any):
    """Draw the named columns of a frame as a table; returns what st.dataframe returns. Unknown is said in words."""
    shown = as_read(frame, columns)
    if shown.empty:
        st.info(_("Không có dòng nào."), icon=":material/info:")
        return None
    writers = {column.heading: column.write for column in columns.values() if column.write}
    styled = shown.style.format(writers, na_rep=_("không có số liệu"))
    return st.dataframe(styled, hide_index=True, placeholder=_("không có số liệu"), **options)


def reading_table(frame: pd.DataFrame, columns: Mapping[str, Column], caption: str) -> None:
    """Draw a short table of words that wraps and prints, its first column as row headings."""
    shown = as_read(frame, columns)
    templates.show("table", caption=caption, headings=list(shown.columns), rows=shown.to_numpy().tolist())


def as_read(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the named columns under their headings, values unchanged."""
    return frame[list(columns)].rename(columns={name: column.heading for name, column in columns.items()})


def downloads(frame: pd.DataFrame, columns: Mapping[str, Column], facts: Mapping[str, str], name: str) -> None:
    """Offer a table as XLSX and CSV, with its provenance, side by side."""
    with st.container(horizontal=True):
        table_files(frame, columns, facts, name)


def table_files(frame: pd.DataFrame, columns: Mapping[str, Column], facts: Mapping[str, str], name: str) -> None:
    """Offer a table as XLSX and CSV, with its provenance, wherever the page is."""
    shown = as_read(frame, columns)
    download(_("Tải Excel"), lambda: exports.xlsx({name: shown}, facts), f"{name}.xlsx", exports.XLSX_TYPE)
    download(_("Tải CSV"), lambda: exports.csv(shown, facts), f"{name}.csv", exports.CSV_TYPE)


def download(label: str, make: Callable[[], bytes], file: str, mime: str) -> None:
    """Offer a file, which is made when somebody asks for it. `file`: its name in words, with its suffix."""
    st.download_button(
        label,
        later(make),
        file_name=text.plain(file).replace(" ", "-"),
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download {file}",
    )


def later(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return `make` to be called outside this run of the script: in the reader's language, drawn for white paper."""
    language = text.language()

    def made() -> bytes:
        text.use(language)
        palette.use("light")
        return make()

    return made


def figure(
    title: str,
    draw: Callable[[], chart_parts.Chart],
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    data: Dataset,
    period: str,
    scope: str,
    name: str,
    note: str = "",
    on_select: Callable[[str], None] | None = None,
) -> None:
    """Draw a chart under a title in words; its table and downloads, and what it stands on, are one click away.

    `frame` and `columns` are the chart's data as a table; the chart's `alt` text is the title and the first rows. Only
    the open tab is drawn, and a chart is built once per revision and state of the URL, on which alone it depends.
    `scope`: what it covers, in words. `on_select`: called with its `row` when a mark is clicked.
    """
    facts = provenance.facts(data, period, scope)
    lines = [line for line in (scope, note, provenance.line(data, period)) if line]
    st.header(title, anchor=False)
    titles = [_("Biểu đồ"), _("Bảng và tải về"), _("Về số liệu")]
    drawn, tabled, explained = st.tabs(titles, key=f"tabs {name}", on_change="rerun")
    if drawn.open:
        with drawn:
            _chart(name, spec(name, tuple(facts.values()), draw), _alt(title, frame, columns), on_select)
    if tabled.open:
        with tabled:
            table(frame, columns, key=f"table {name}")
            with st.container(horizontal=True):
                table_files(frame, columns, facts, name)
                _pictures(title, draw, lines, name)
    if explained.open:
        with explained:
            about = pd.DataFrame([*facts.items(), *([(_("Ghi chú"), note)] if note else [])], columns=["fact", "words"])
            reading_table(about, {"fact": Column(_("Mục")), "words": Column(_("Nội dung"))}, title)
            go("pages/plan.py", _("Cách tính"))
    small(" · ".join(lines))


def _chart(name: str, drawn: dict[str, Any], alt: str, on_select: Callable[[str], None] | None) -> None:
    if on_select is None:
        st.vega_lite_chart(spec=drawn, alt=alt)
        return
    key = f"chart {name}"

    def take() -> None:
        picked = st.session_state[key]["selection"].get(chart_parts.PICK) or []
        if picked:
            on_select(picked[0]["row"])

    st.vega_lite_chart(spec=drawn, alt=alt, key=key, on_select=take, selection_mode=chart_parts.PICK)


def _pictures(title: str, draw: Callable[[], chart_parts.Chart], lines: Sequence[str], name: str) -> None:
    download(_("Ảnh PNG"), lambda: pictures.chart(draw, title, lines, "png"), f"{name}.png", exports.PNG_TYPE)
    download(_("Ảnh SVG"), lambda: pictures.chart(draw, title, lines, "svg"), f"{name}.svg", exports.SVG_TYPE)


def spec(name: str, facts: tuple, draw: Callable[[], chart_parts.Chart]) -> dict[str, Any]:
    """Return a chart's Vega-Lite specification, built once per name, facts that it shows, URL state and theme."""
    return _spec(name, facts, tuple(sorted(state.link().items())), palette.theme().surface, draw)


@st.cache_data(show_spinner=False, max_entries=500)
def _spec(
    name: str, facts: tuple, choices: tuple, surface: str, _draw: Callable[[], chart_parts.Chart]
) -> dict[str, Any]:
    return _draw().to_dict(validate=False)  # the tests have validated it


def _alt(title: str, frame: pd.DataFrame, columns: Mapping[str, Column], rows: int = 6) -> str:
    lines = []
    for record in frame.head(rows).to_dict("records"):
        parts = [
            f"{column.heading} {column.write(record[key]) if column.write else record[key]}"
            for key, column in columns.items()
        ]
        lines.append(", ".join(parts))
    return f"{title}. {'; '.join(lines)}."


def key(title: str, items: Sequence[Mapping[str, object]], *, upright: bool = False) -> None:
    """Draw a colour key, in lines or upright as a column. Each item: colour, words, hatched."""
    templates.show("key", title=title, items=items, upright=upright)


def go(page: str, label: str, **changed: object) -> None:
    """Draw a link to another page of the dashboard, with some choices changed."""
    st.page_link(page, label=label, query_params=state.link(**changed), icon=":material/arrow_forward:")
