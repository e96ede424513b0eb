"""What pages are put together from: headings, notices, figures with their table and downloads, tables, keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ntm import chart_parts, exports, look, pictures, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure, as_read, as_words
from ntm.look import Look
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import connect, state, templates


def heading(title: str, lead: str = "") -> None:
    """Draw the page's heading and a sentence below it."""
    st.title(plain(title), anchor=False)
    if lead:
        st.markdown(plain(lead))


def small(words: str) -> None:
    """Draw a line in small type, as it is: what stands in data is not read as Markdown."""
    templates.show("small", words=words)


def no_data(data: Dataset, period: str) -> bool:
    """Say so, and return True, where the period has no data."""
    if period in data.all_periods:
        return False
    st.info(
        plain(
            _(
                "Không có số liệu cho kỳ {period}. Các kỳ có số liệu: {periods}. Chọn kỳ khác ở thanh bên.",
                period=text.date(period),
                periods=", ".join(map(text.date, data.all_periods)) or _("chưa có kỳ nào"),
            )
        ),
        icon=":material/info:",
    )
    return True


def table(frame: pd.DataFrame, columns: Mapping[str, Column], **options: Any) -> Any:
    """Draw the named columns of a frame as a table; returns what st.dataframe returns. Unknown is said in words."""
    shown = as_read(frame, columns)
    if shown.empty:
        st.info(_("Không có dòng nào."), icon=":material/info:")
        return None
    writers = {column.heading: column.write for column in columns.values() if column.write}
    styled = shown.style.format(writers, na_rep=_("không có số liệu"))
    return st.dataframe(styled, hide_index=True, placeholder=_("không có số liệu"), **options)


def reading_table(frame: pd.DataFrame, columns: Mapping[str, Column], caption: str) -> None:
    """Draw a short table that wraps and prints, every value as it is read, its first column as row headings."""
    shown = as_words(frame, columns)
    templates.show("table", caption=caption, headings=list(shown.columns), rows=shown.to_numpy().tolist())


def downloads(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    facts: Mapping[str, str],
    name: str,
    live: connect.Live | None = None,
) -> None:
    """Offer a table as XLSX and CSV, with its provenance, side by side.

    `live`: the same rows for other programs to ask for, if there is such an address.
    """
    with st.container(horizontal=True):
        table_files(frame, columns, facts, name)
        if live:
            connect.offer(live)


def table_files(frame: pd.DataFrame, columns: Mapping[str, Column], facts: Mapping[str, str], name: str) -> None:
    """Offer a table as XLSX and CSV, with its provenance, wherever the page is."""
    shown = as_read(frame, columns)
    download(_("Tải Excel"), lambda: exports.xlsx({name: shown}, facts), f"{name}.xlsx", exports.XLSX_TYPE)
    download(_("Tải CSV"), lambda: exports.csv(shown, facts), f"{name}.csv", exports.CSV_TYPE)


def download(label: str, make: Callable[[], bytes], file: str, mime: str) -> None:
    """Offer a file, which is made when somebody asks for it. `file`: its name in words, with its suffix."""
    st.download_button(
        plain(label),
        later(make),
        file_name=text.plain(file).replace(" ", "-"),
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download {file}",
    )


def later(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return `make` to be called outside this run of the script: in the reader's language, drawn for white paper."""
    paper = look.current().on_paper()

    def made() -> bytes:
        with look.use(paper):
            return make()

    return made


@dataclass(frozen=True)
class Card:
    """What a page needs of a figure to show its chart. `lines`: scope, note and source, as they stand below it; `spec`:
    None if nothing that it could draw is known.
    """

    title: str
    words: str
    lines: tuple[str, ...]
    alt: str
    spec: dict[str, Any] | None


def figure(
    data: Dataset,
    build: Callable[..., Figure | None],
    *args: Any,
    on_select: Callable[[str], None] | None = None,
    part: str = "",
) -> None:
    """Draw a figure: its chart; its table and downloads, and what it stands on, are one click away.

    `build` makes the figure of the dataset and `args`, on which alone it depends: it is built once per revision, world,
    look and arguments. Nothing is drawn if it returns None. `on_select`: called with a mark's key when it is clicked.
    `part`: tells figures of one page apart that are built alike.
    """

    def make() -> Figure | None:
        return build(data, *args)

    plan = data.reference.plan
    name = f"{build.__module__}.{build.__name__}"
    state_shown = (data.revision, data.world, data.reference.day, plan and plan.id)
    card = _card(name, state_shown, look.current(), args, make, data)
    if card is None:
        return
    key = f"{name} {part}".strip()
    st.header(plain(card.title), anchor=False)
    titles = _("Biểu đồ"), _("Bảng và tải về"), _("Về số liệu")
    chart_tab, table_tab, about_tab = st.tabs(list(map(plain, titles)), key=f"tabs {key}", on_change="rerun")
    if chart_tab.open:
        with chart_tab:
            _chart(card, key, on_select)
    made = make() if table_tab.open or about_tab.open else None
    if made and table_tab.open:
        with table_tab:
            _table_and_files(data, made, key, card.lines)
    if made and about_tab.open:
        with about_tab:
            _about(data, made)
    small(" · ".join(card.lines))
    if card.words:
        st.markdown(plain(card.words))


@st.cache_data(show_spinner=False, max_entries=500)
def _card(
    name: str,
    state_shown: tuple[Any, ...],
    seen_in: Look,
    args: tuple[Any, ...],
    _make: Callable[[], Figure | None],
    _data: Dataset,
) -> Card | None:
    made = _make()
    if made is None:
        return None
    source = provenance.line(_data, made.period, made.sets, over_time=made.over_time, beyond=made.beyond)
    lines = (made.scope, made.note, made.hint, source)
    spec = None if made.is_empty else made.draw().to_dict(validate=False)  # the tests have validated it
    return Card(made.title, made.words, tuple(filter(None, lines)), made.alt(), spec)


def _chart(card: Card, name: str, on_select: Callable[[str], None] | None) -> None:
    if card.spec is None:
        st.info(_("Chưa có số liệu để vẽ biểu đồ này."), icon=":material/pending:")
        return
    if on_select is None:
        st.vega_lite_chart(spec=card.spec, alt=card.alt)
        return
    key = f"chart {name}"

    def take() -> None:
        picked = st.session_state[key]["selection"].get(chart_parts.PICK) or []
        if picked:
            on_select(picked[0][chart_parts.KEY])

    st.vega_lite_chart(spec=card.spec, alt=card.alt, key=key, on_select=take, selection_mode=chart_parts.PICK)


def _table_and_files(data: Dataset, made: Figure, key: str, lines: Sequence[str]) -> None:
    table(made.frame, made.columns, key=f"table {key}")
    with st.container(horizontal=True):
        table_files(made.frame, made.columns, _facts(data, made), made.name)
        for kind, label in () if made.is_empty else (("png", _("Ảnh PNG")), ("svg", _("Ảnh SVG"))):
            picture = partial(pictures.chart, made.draw, made.title, lines, kind)
            download(label, picture, f"{made.name}.{kind}", exports.PICTURE_TYPES[kind])


def _facts(data: Dataset, made: Figure) -> dict[str, str]:
    return provenance.facts(data, made.period, made.scope, made.sets)


def _about(data: Dataset, made: Figure) -> None:
    facts = _facts(data, made) | ({_("Ghi chú"): made.note} if made.note else {})
    rows = pd.DataFrame(facts.items(), columns=["fact", "words"])
    reading_table(rows, {"fact": Column(_("Mục")), "words": Column(_("Nội dung"))}, made.title)
    go("pages/plan.py", _("Cách tính"))


def key(title: str, items: Sequence[Mapping[str, object]], *, upright: bool = False) -> None:
    """Draw a colour key, in lines or upright as a column. Each item: colour, words, hatched."""
    templates.show("key", title=title, items=items, upright=upright)


def go(page: str, label: str, **changed: object) -> None:
    """Draw a link to another page of the dashboard, with some choices changed."""
    st.page_link(page, label=plain(label), query_params=state.link(**changed), icon=":material/arrow_forward:")
