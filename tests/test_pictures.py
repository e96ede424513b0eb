import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from matplotlib.testing.compare import compare_images

from ntm import charts, look, pictures, text
from ntm.geo import boundaries
from ntm.look import Look
from ntm.pictures import Sheet

BASELINE = Path(__file__).parent / "baseline" / "map.png"
TOLERANCE = 2  # root mean square of 255: another rendering of the same letters, no other picture


def square(west: float, south: float) -> dict:
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def sheet(**changes) -> Sheet:
    given = {
        "title": "Lai Châu: Nhóm tiêu chí, 31/12/2024",
        "subtitle": "Toàn tỉnh; Nhóm tiêu chí",
        "shapes": {"01": square(103, 22), "02": square(103.1, 22), "03": square(103, 22.1)},
        "groups": {"01": "1", "02": "1", "03": "2"},
        "names": {"01": "Nậm Sỏ", "02": "Ủ", "03": "TT Mường Tè", "1": "Tân Uyên", "2": "Mường Tè"},
        "units": {"01": ("high", "19"), "02": ("low", "7"), "03": ("unknown", "")},
        "key": [("high", "19 tiêu chí: 1 xã"), ("low", "5–9 tiêu chí: 1 xã"), ("unknown", "Không có số liệu")],
        "colours": {"high": "#123f6d", "low": "#f0b35a", "unknown": "#d5d8db"},
        "shown": {"01", "02", "03"},
        "lines": ["Nguồn: số liệu minh họa, phiên bản 2", "Sơ đồ, không phải ranh giới pháp lý"],
        "marked": ["02"],
        "notice": "SỐ LIỆU MINH HỌA",
    }
    return Sheet(**(given | changes))


def pixels(content: bytes) -> np.ndarray:
    return imread(io.BytesIO(content))[:, :, :3]


def test_the_picture_is_the_one_looked_at(tmp_path) -> None:
    drawn = tmp_path / "map.png"
    drawn.write_bytes(pictures.draw(sheet()))
    assert compare_images(str(BASELINE), str(drawn), TOLERANCE) is None


def test_it_fills_a_printed_page() -> None:
    assert pixels(pictures.draw(sheet())).shape == (1654, 2338, 3)  # A4 across, 200 dots per inch


def test_what_is_filtered_out_is_pale() -> None:
    whole, filtered = (pixels(pictures.draw(sheet(shown=shown))) for shown in ({"01", "02", "03"}, {"02"}))
    dark_blue = np.array([0x12, 0x3F, 0x6D]) / 255
    count = [(np.abs(picture - dark_blue) < 0.01).all(axis=2).sum() for picture in (whole, filtered)]
    assert count[1] < count[0] / 5  # the key keeps its colour


def test_a_group_fills_the_page() -> None:
    ink = [(pixels(pictures.draw(sheet(focus=focus))) < 0.99).any(axis=2).sum() for focus in ((), ("1",))]
    assert ink[1] > ink[0]


@pytest.mark.parametrize("name", ["<b>A</b>", "$\\frac{1}{2$", "A_{b}^c", "\\$x", "", "Ủ" * 200])
def test_names_stay_text(name: str) -> None:
    names = sheet().names | {"01": name, "1": name}
    assert pictures.draw(sheet(names=names, focus=("1",), title=name, lines=[name])).startswith(b"\x89PNG")


def test_the_layer_in_use_can_be_drawn(data) -> None:
    units = data.reference.shaped_units
    everything = sheet(
        shapes=boundaries.geometries(boundaries.in_use(data.reference)),
        groups=units["parent_code"].to_dict(),
        names=units["label"].to_dict() | data.reference.groups["label"].to_dict(),
        units=dict.fromkeys(units.index, ("high", "19")),
        shown=set(units.index),
    )
    assert len(np.unique(pixels(pictures.draw(everything)).reshape(-1, 3), axis=0)) > 100


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_chart_carries_its_title_and_source(kind: str) -> None:
    rows = pd.DataFrame({"row": ["Nậm Sỏ"], "value": [7.0], "figure": ["7 ỷ"], "colour": ["#123f6d"]})
    title, line = "Tiêu chí <b>&", "Nguồn: số liệu minh họa"
    content = pictures.chart(lambda: charts.bars(rows, title="tiêu chí"), title, [line], kind)
    if kind == "png":
        assert imread(io.BytesIO(content)).shape[1] > 2 * pictures.CHART_WIDTH
    else:
        words = content.decode()
        assert "Tiêu chí &lt;b&gt;&amp;" in words
        assert line in words
        assert "Nậm Sỏ" in words


def test_charts_side_by_side_are_drawn_too() -> None:
    rows = pd.DataFrame({"place": ["A"], "period": ["2024-12-31"], "tier": ["19"], "communes": [1], "share": [1.0]})
    drawn = pictures.chart(
        lambda: charts.tier_courses(rows, {"19": "19"}, {"19": "#123f6d"}), "T", ["L"], "svg"
    ).decode()
    assert "#123f6d" in drawn


def test_pictures_of_two_looks_made_at_once_are_those_made_alone() -> None:
    """Matplotlib's settings belong to the whole process, a look to whoever draws."""
    settings = dict(matplotlib.rcParams)
    rows = pd.DataFrame({"row": ["Tân Uyên"], "baseline": [14.0], "now": [16.5]})

    def made(job: tuple[Look, Sheet]) -> tuple[bytes, bytes]:
        seen, drawn = job
        with look.use(seen):
            draw = partial(charts.baseline_to_now, rows, title="t", baseline="b", now="n")
            return pictures.draw(drawn, seen.scale), pictures.chart(draw, text.date("2024-12-31"), [], "svg")

    jobs = [(Look(), sheet(title="$x$")), (Look("en", dark=True, scale=1.4), sheet(focus=("1",)))]
    alone = [made(job) for job in jobs]
    assert alone[0][1] != alone[1][1]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(made, [*jobs, *jobs])) == [*alone, *alone]
    assert dict(matplotlib.rcParams) == settings
