import pandas as pd
import pytest

from ntm import charts, look, palette
from ntm.look import Look

NAMES = {"19": "19 tiêu chí", "5-9": "5–9 tiêu chí", "unknown": "Không có số liệu"}
COLOURS = {"19": "#123f6d", "5-9": "#f0b35a", "unknown": palette.UNKNOWN}
TIERS = pd.DataFrame(
    {
        "row": ["Mốc", "Mốc", "Nay", "Nay"],
        "tier": ["19", "5-9", "19", "5-9"],
        "communes": [39, 26, 64, 1],
        "share": [0.6, 0.4, 64 / 65, 1 / 65],
    }
)


def data_of(spec: dict, layer: int) -> list[dict]:
    return spec["datasets"][spec["layer"][layer].get("data", spec.get("data"))["name"]]


def test_tiers_keep_their_colours_and_their_order() -> None:
    spec = charts.stacked_tiers(TIERS, NAMES, COLOURS).to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale == {"domain": ["19 tiêu chí", "5–9 tiêu chí"], "range": ["#123f6d", "#f0b35a"]}
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["Mốc", "Nay"]


def test_narrow_segments_hold_no_figure() -> None:
    rows = data_of(charts.stacked_tiers(TIERS, NAMES, COLOURS).to_dict(), 0)
    assert {(row["row"], row["tier"]): row["figure"] for row in rows} == {
        ("Mốc", "19"): "39",
        ("Mốc", "5-9"): "26",
        ("Nay", "19"): "64",
        ("Nay", "5-9"): "",
    }


def test_shares_are_written_as_percentages() -> None:
    rows = data_of(charts.stacked_tiers(TIERS, NAMES, COLOURS, share=True).to_dict(), 0)
    assert rows[0]["figure"] == "60%"


def test_numbers_follow_the_language() -> None:
    rows = pd.DataFrame({"row": ["A"], "baseline": [12.5], "now": [13.6]})
    vietnamese = charts.baseline_to_now(rows, title="t", baseline="b", now="n").to_dict()
    assert vietnamese["config"]["locale"]["number"]["decimal"] == ","
    with look.use(Look("en")):
        english = charts.baseline_to_now(rows, title="t", baseline="b", now="n").to_dict()
        assert "locale" not in english["config"]


def test_an_unknown_value_is_left_out_and_not_nought() -> None:
    rows = pd.DataFrame({"row": ["A", "B"], "baseline": [12.5, None], "now": [13.6, None]})
    chart = charts.baseline_to_now(rows, title="t", baseline="b", now="n", target=15.5).to_dict()
    assert [row["figure"] for row in data_of(chart, 0)] == ["13,6", ""]
    assert data_of(chart, 0)[1]["now"] is None


def test_pass_rates_say_the_unknown_in_words() -> None:
    rows = pd.DataFrame({"row": ["A", "B"], "rate": [0.5, None], "baseline_rate": [0.4, None], "met": [1, 0]})
    chart = charts.pass_rates(rows.assign(assessed=[2, 0]), title="t", baseline="b", now="n").to_dict()
    assert [row["figure"] for row in data_of(chart, 0)] == ["50% (1/2)", "không có số liệu"]


@pytest.mark.parametrize(("answer", "sign"), [("met", ""), ("not_met", "✕"), ("unknown", "?")])
def test_the_grid_says_with_a_sign_what_it_says_with_a_colour(answer: str, sign: str) -> None:
    cells = pd.DataFrame({"row": ["A"], "column": [1], "column_name": ["1. X"], "answer": [answer]})
    words = {"met": "Đạt", "not_met": "Chưa đạt", "unknown": "Không có số liệu"}
    spec = charts.heat_map(cells, words, columns="c", rows="r").to_dict()
    assert data_of(spec, 0)[0]["sign"] == sign
    assert data_of(spec, 0)[0]["words"] == words[answer]


def test_a_trend_breaks_where_nothing_is_known() -> None:
    rows = pd.DataFrame({"period": ["2023-12-31", "2024-03-31"], "value": [13.6, None]})
    spec = charts.trend(rows, rows.head(0), title="t", actual_name="a", line_name="l").to_dict()
    assert data_of(spec, 1)[1]["value"] is None
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["a"]


def test_a_trend_breaks_between_segments() -> None:
    rows = pd.DataFrame({"period": ["2023-12-31", "2024-03-31"], "value": [13.6, 19.0], "segment": [0, 1]})
    spec = charts.trend(rows, rows.head(0), title="t", actual_name="a", line_name="l").to_dict()
    assert [row["segment"] for row in data_of(spec, 0)] == [0, 1]
    assert spec["layer"][0]["encoding"]["detail"]["field"] == "segment"


def test_a_small_map_sends_no_geometry_and_each_shape_once() -> None:
    classes = {"01": "high", "02": "unknown"}
    drawn = charts.small_map(
        classes,
        {"high": "#123f6d", "unknown": "#d5d8db"},
        {"high": "19", "unknown": "?"},
        {"01": "A", "02": "B"},
        geometry="app/static/boundaries/x.json",
        only=["01"],
    ).to_dict()
    assert drawn["data"] == {"url": "app/static/boundaries/x.json", "format": {"feature": "units", "type": "topojson"}}
    (rows,) = drawn["datasets"].values()
    assert [row["code"] for row in rows] == ["01", "02"]
    assert {"oneOf": ["01"], "field": "properties.code"} in [part.get("filter") for part in drawn["transform"]]


def test_bars_say_what_is_unknown() -> None:
    rows = pd.DataFrame(
        {"row": ["A", "B"], "value": [3.0, None], "figure": ["3", "không có số liệu"], "colour": ["#123f6d"] * 2}
    )
    drawn = charts.bars(rows, title="tiêu chí", target=17).to_dict()
    sent = next(iter(drawn["datasets"].values()))
    assert [row["figure"] for row in sent] == ["3", "không có số liệu"]
    assert "mục tiêu 17,0" in str(drawn)


def test_a_fallen_figure_stands_on_the_free_side() -> None:
    rows = pd.DataFrame({"row": ["A"], "baseline": [19.0], "now": [18.0]})
    drawn = str(charts.baseline_to_now(rows, title="t", baseline="b", now="n").to_dict())
    assert "datum.now < datum.baseline" in drawn


def test_a_flow_has_both_axes_in_the_tiers_order() -> None:
    rows = pd.DataFrame(
        {"from_words": ["10–14"], "to_words": ["19"], "communes": [2], "direction": ["up"], "names": ["A, B"]}
    )
    drawn = charts.flow(rows, ["19", "10–14"], {"up": "#3574a8"}, earlier="trước", later="nay").to_dict()
    encoding = drawn["layer"][0]["encoding"]
    assert encoding["x"]["scale"]["domain"] == encoding["y"]["scale"]["domain"] == ["19", "10–14"]


def test_a_rate_grid_is_darker_where_fewer_pass() -> None:
    cells = pd.DataFrame({"row": ["a", "a", "a"], "column": ["x", "y", "z"], "rate": [1.0, 0.1, None]})
    sent = next(iter(charts.rate_grid(cells, columns="c", rows="r").to_dict()["datasets"].values()))
    assert [row["figure"] for row in sent] == ["100%", "10%", "?"]
    assert palette.luminance(sent[0]["colour"]) > palette.luminance(sent[1]["colour"])
    assert sent[2]["colour"] == palette.UNKNOWN


def test_courses_keep_the_tiers_colours_and_the_places_order() -> None:
    rows = pd.DataFrame(
        {
            "place": ["B", "B", "A"],
            "period": ["2023-12-31", "2024-12-31", "2024-12-31"],
            "tier": ["19", "19", "5-9"],
            "communes": [1, 2, 1],
            "share": [1.0, 1.0, 1.0],
        }
    )
    drawn = charts.tier_courses(rows, NAMES, COLOURS).to_dict()
    assert drawn["facet"]["sort"] == ["B", "A"]
    assert drawn["spec"]["encoding"]["color"]["scale"]["range"] == [COLOURS["19"], COLOURS["5-9"]]


def test_a_click_asks_for_a_code_and_only_where_rows_have_one() -> None:
    """Two groups may bear the same name; which one was clicked is told by its code."""
    rows = pd.DataFrame({"row": ["A", "A"], "baseline": [12.5, 14], "now": [13.6, 15]})
    keyed = rows.assign(key=["01", "02"])
    spec = charts.baseline_to_now(keyed, title="t", baseline="b", now="n").to_dict()
    (picked,) = spec["params"]
    assert (picked["name"], picked["select"]["fields"]) == ("pick", ["key"])
    assert [row["key"] for row in data_of(spec, 0)] == ["01", "02"]
    assert "params" not in charts.baseline_to_now(rows, title="t", baseline="b", now="n").to_dict()
