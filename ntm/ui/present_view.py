"""The presentation's pieces: what to set up, the stage with its slide, the keys. What is shown is in the URL."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pandas as pd
import streamlit as st

from ntm import layers, look, palette, provenance
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.look import Look
from ntm.markdown import plain
from ntm.reports import deck, files, slides
from ntm.reports.deck import Slide
from ntm.text import _
from ntm.ui import blocks, comfort, data, map_view, state, templates, views

LETTERS = 2  # of charts and maps on the stage of 1920 × 1080: 12 pixels become 24
DRAWN_LARGEST = 1.15  # how far charts and maps follow the reader's size: eight rows still fit the stage
MAP_HEIGHT, MAP_BESIDE_HEIGHT = 740, 660  # pixels
SECONDS = ("", "10", "20", "30", "60")  # between slides that advance by themselves
GROUNDS = ("", "light", "dark")
LIVE_SECONDS = 2
KEYS = "presentation"
PATH = "present"


def is_running(path: str = PATH) -> bool:
    """Return whether the page at this path shows a slide."""
    return path == PATH and bool(state.get("slide"))


def set_up(dataset: Dataset, period: str) -> None:
    """Draw the choices: which slides in which order, ground, contrast, speed; begin, or take them along."""
    names = deck.names(dataset)
    state.allowed("slides", list(names))
    st.multiselect(
        _("Các trang, theo thứ tự chọn"),
        list(names),
        format_func=names.__getitem__,
        placeholder=_("Tất cả, theo thứ tự thường dùng"),
        **state.bound("slides"),
    )
    grounds = {"": _("Theo máy"), "light": _("Nền sáng"), "dark": _("Nền tối")}
    state.allowed("ground", list(grounds))
    st.segmented_control(
        _("Nền"), list(grounds), format_func=grounds.__getitem__, required=True, **state.bound("ground", "")
    )
    speeds = {step: _("{seconds} giây", seconds=step) if step else _("Bằng tay") for step in SECONDS}
    state.allowed("auto", list(speeds))
    st.segmented_control(
        _("Chuyển trang"), list(speeds), format_func=speeds.__getitem__, required=True, **state.bound("auto", "")
    )
    chosen, order = views.chosen(dataset), tuple(state.get("slides"))
    with st.container(horizontal=True):
        st.button(_("Bắt đầu"), icon=":material/slideshow:", on_click=state.put, args=("slide", "1"))
        blocks.download(
            _("Tải .pptx"),
            partial(slides.write, dataset, period, chosen, order),
            files.name("pptx", dataset, period, chosen[0] if len(chosen) == 1 else None),
            slides.PPTX_TYPE,
        )
    st.header(_("Phím khi trình chiếu"), anchor=False)
    blocks.reading_table(_keys(), {"key": Column(_("Phím")), "does": Column(_("Việc"))}, _("Phím"))


def _keys() -> pd.DataFrame:
    rows = [
        ("→ ↓ Space PageDown", _("trang sau")),
        ("← ↑ PageUp", _("trang trước")),
        ("Home, End", _("trang đầu, trang cuối")),
        (_("số rồi Enter"), _("đến trang ấy")),
        ("F", _("toàn màn hình")),
        ("P", _("dừng hoặc chạy tiếp khi tự chuyển trang")),
        ("C, D", _("tương phản cao; nền sáng hoặc tối")),
        ("?", _("hiện các phím này")),
        ("Esc", _("kết thúc")),
    ]
    return pd.DataFrame(rows, columns=["key", "does"])


def show(dataset: Dataset, period: str) -> None:
    """Draw the slide of the URL on the stage, listen to the keys, and watch for a newer revision."""
    order = state.allowed("slides", deck.names(dataset)) or deck.order(dataset, views.chosen(dataset))
    number = _number(len(order))
    larger = max(look.current().scale, 1)  # never below what is read from the back of the room
    with look.use(_stage_look(larger)):
        _stage(dataset, period, deck.build(dataset, period, order[number - 1], views.chosen(dataset)), number, order)
        _listen(number, len(order), look.current().dark, larger)
    _watch(dataset.revision)


def _stage_look(larger: float) -> Look:
    """The reader's look on the ground that the presentation asks for, in letters for a room."""
    reader, ground = look.current(), state.get("ground")
    dark = ground == "dark" if ground else reader.dark
    return replace(reader, dark=dark, scale=LETTERS * min(larger, DRAWN_LARGEST))


def _stage(dataset: Dataset, period: str, slide: Slide, number: int, order: Sequence[str]) -> None:
    theme = palette.theme()
    if look.current().high:
        templates.show("high_contrast", theme=theme)  # of this ground, after that of the device
    templates.show("stage", theme=theme, opening=slide.id == "title")
    st.title(plain(slide.title), anchor=False)
    _body(dataset, period, slide)
    templates.show(
        "stage_foot",
        source=provenance.line(dataset, period, slide.sets),
        notice=provenance.notice(dataset),
        number=number,
        count=len(order),
        keys=_keys().to_dict("records"),
    )


def _number(count: int) -> int:
    asked = state.get("slide")
    number = min(max(int(asked), 1), count) if asked.isdecimal() else 1
    state.put("slide", str(number))
    return number


def _body(dataset: Dataset, period: str, slide: Slide) -> None:
    if slide.table is not None:
        table = slide.table
        templates.show("table", caption="", headings=table.headings.values(), rows=table.cells())
    if slide.figure is not None and slide.figure.is_empty:
        templates.show("points", points=[_("Chưa có số liệu để vẽ biểu đồ này.")])
    elif slide.figure is not None:
        spec = slide.figure.draw().to_dict(validate=False)  # the tests have validated it
        st.vega_lite_chart(spec=spec, alt=slide.figure.alt(), key=f"chart {slide.id}")
        blocks.small(" · ".join(filter(None, (slide.figure.scope, slide.figure.note))))
    if slide.map_of is not None and slide.points:
        map_side, words_side = st.columns([3, 2], gap="large")
        with map_side:
            _map(dataset, period, slide, MAP_BESIDE_HEIGHT)
        with words_side:
            templates.show("points", points=slide.points)
    elif slide.map_of is not None:
        _map(dataset, period, slide, MAP_HEIGHT)
    elif slide.points:
        templates.show("points", points=slide.points)


def _map(dataset: Dataset, period: str, slide: Slide, height: int) -> None:
    layer = layers.build(dataset, "tier", period, 0)
    communes = dataset.communes_of(period, slide.map_of or ())
    map_view.stage_map(dataset, period, layer, slide.map_of or (), height)
    map_view.key(layer, communes, upright=False)


def _listen(number: int, count: int, dark: bool, larger: float) -> None:
    def take() -> None:
        at = _number(count)  # a quick second key comes before the slide of the first is drawn
        places = {"next": at % count + 1 if state.get("auto") else min(at + 1, count)}
        places |= {"previous": max(at - 1, 1), "first": 1, "last": count}
        step = str(st.session_state[KEYS].get("step", ""))
        if step.startswith("to "):
            state.put("slide", step.removeprefix("to "))
        elif step in places:
            state.put("slide", str(places[step]))
        elif step == "end":
            state.put("slide", "")
        elif step == "contrast":
            comfort.switch_contrast()
        elif step == "ground":
            state.put("ground", "light" if dark else "dark")

    asked = {"auto": int(state.get("auto") or 0), "number": number, "larger": larger}
    _presentation()(key=KEYS, data=asked, on_step_change=take)


@cache
def _presentation() -> Callable[..., object]:
    script = (Path(__file__).parent / "js" / "presentation.js").read_text("utf-8")
    return st.components.v2.component("presentation", js=script)


@st.fragment(run_every=LIVE_SECONDS)
def _watch(revision: int) -> None:
    """Draw the slide again if somebody has published since."""
    if data.latest_revision() != revision:
        st.rerun()
