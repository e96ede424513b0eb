"""The charts: DataFrame in, Altair chart out. Colours come from ntm.palette, numbers are written the reader's way."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from ntm import palette, text
from ntm.text import _

# Altair checks every part against the whole schema while a chart is put together, which takes longer than all else on a
# page. to_dict() checks the finished chart once more; that is what the tests do.
schemapi.disable_debug_mode()

Chart = alt.Chart | alt.LayerChart | alt.FacetChart

ROW_HEIGHT = 34
LABEL_SIZE = 13
NUMBER_LOCALES = {"vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}}
NARROW_SHARE = 0.035  # a segment narrower than this share of its row holds no figure


SMALL_WIDTH, SMALL_HEIGHT = 170, 130  # pixels: one of several charts side by side
PICK = "pick"  # the selection of a mark, where a page listens to it
AXIS_HEIGHT, LEGEND_HEIGHT = 72, 84  # pixels: the height that Streamlit gives a chart includes them


def _finished(chart: Chart) -> Chart:
    locale = NUMBER_LOCALES.get(text.language())
    return chart.configure(locale={"number": locale}) if locale else chart


# Streamlit's theme follows light and dark; what it should not decide is set on the axes and legends themselves.
def _axis(**options: Any) -> alt.Axis:
    look = {"labelFontSize": LABEL_SIZE, "titleFontSize": LABEL_SIZE, "labelLimit": 260}
    return alt.Axis(**{**look, "labelColor": palette.theme().muted, "titleColor": palette.theme().muted, **options})


def _legend(**options: Any) -> alt.Legend:
    look = {"labelFontSize": LABEL_SIZE, "labelColor": palette.theme().muted, "labelLimit": 260}
    return alt.Legend(**{**look, "orient": "top", "columns": 2, **options})


def _pick() -> alt.Parameter:
    """A click on a mark picks its row."""
    return alt.selection_point(PICK, fields=["row"], on="click", clear=False)


def _rows_axis(rows: pd.Series, **options: Any) -> alt.Y:
    """One band per row, in the order given."""
    order = list(dict.fromkeys(rows))
    return alt.Y(
        "row:N", sort=order, title=None, axis=_axis(labelOverlap=False, labelFlush=False, labelBound=False, **options)
    )


def stacked_tiers(
    rows: pd.DataFrame, names: Mapping[str, str], colours: Mapping[str, str], *, share: bool = False
) -> Chart:
    """Draw a bar per row, divided into tiers, with the numbers on the marks.

    `rows`: columns row (in the order to draw), tier, communes, share (0 to 1 of the row). `names` and `colours`:
    tier id → words, colour, best tier first.
    """
    order = [tier for tier in names if (rows.loc[rows["tier"] == tier, "communes"] > 0).any()]
    value = "share" if share else "communes"
    drawn = rows[rows["tier"].isin(order) & (rows["communes"] > 0)].copy()
    drawn["name"] = drawn["tier"].map(names)
    drawn["rank"] = drawn["tier"].map({tier: rank for rank, tier in enumerate(order)})
    drawn = drawn.sort_values("rank", kind="stable")
    drawn["end"] = drawn.groupby("row")[value].cumsum()
    drawn["middle"] = drawn["end"] - drawn[value] / 2
    drawn["ink"] = drawn["tier"].map({tier: palette.text_on(colours[tier]) for tier in order})
    drawn["figure"] = [
        text.percent(part) if share else text.number(count)
        for part, count in zip(drawn["share"], drawn["communes"], strict=True)
    ]
    drawn.loc[drawn[value] < NARROW_SHARE * drawn.groupby("row")[value].transform("sum"), "figure"] = ""
    y = _rows_axis(rows["row"])
    x_title = _("tỷ lệ xã") if share else _("số xã")
    base = alt.Chart(drawn).encode(y=y)
    bars = base.mark_bar(stroke=palette.theme().edge, strokeWidth=1).encode(
        x=alt.X(f"{value}:Q", title=x_title, stack="zero", axis=_axis(format="%" if share else "d", grid=False)),
        order=alt.Order("rank:Q"),
        color=alt.Color(
            "name:N",
            title=None,
            sort=[names[tier] for tier in order],
            scale=alt.Scale(domain=[names[tier] for tier in order], range=[colours[tier] for tier in order]),
            legend=_legend(symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("row:N", title=" "),
            alt.Tooltip("name:N", title=_("Nhóm")),
            alt.Tooltip("communes:Q", title=_("số xã")),
            alt.Tooltip("share:Q", title=_("tỷ lệ"), format=".0%"),
        ],
    )
    figures = base.mark_text(fontSize=LABEL_SIZE, fontWeight="bold").encode(
        x="middle:Q", text="figure:N", color=alt.Color("ink:N", scale=None), tooltip=alt.value(None)
    )
    return _finished(alt.layer(bars, figures).properties(height=_height(rows["row"].nunique()) + LEGEND_HEIGHT))


def tier_courses(
    rows: pd.DataFrame, names: Mapping[str, str], colours: Mapping[str, str], *, columns: int = 4
) -> Chart:
    """Draw small charts, one per place: the share of each tier over the periods, stacked.

    `rows`: columns place (in the order to draw), period (ISO text), tier, communes, share (0 to 1). `names`, `colours`:
    tier id → words, colour, best tier first.
    """
    present = [tier for tier in names if (rows.loc[rows["tier"] == tier, "communes"] > 0).any()]
    drawn = rows[rows["tier"].isin(present)]
    drawn = drawn.assign(
        name=drawn["tier"].map(names),
        rank=drawn["tier"].map({tier: rank for rank, tier in enumerate(present)}),
        day=drawn["period"].map(text.date),
    )
    order = [names[tier] for tier in present]
    days = list(dict.fromkeys(drawn["day"]))
    bars = (
        alt.Chart(drawn)
        .mark_bar(stroke=palette.theme().edge, strokeWidth=0.5)
        .encode(
            x=alt.X("day:N", sort=days, title=None, axis=_axis(labels=False, ticks=False)),
            y=alt.Y("share:Q", title=None, stack="zero", axis=_axis(format="%", values=[0, 0.5, 1], grid=False)),
            order=alt.Order("rank:Q"),
            color=alt.Color(
                "name:N",
                title=None,
                sort=order,
                scale=alt.Scale(domain=order, range=[colours[tier] for tier in present]),
                legend=_legend(symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("place:N", title=" "),
                alt.Tooltip("day:N", title=_("Kỳ")),
                alt.Tooltip("name:N", title=_("Nhóm")),
                alt.Tooltip("communes:Q", title=_("số xã")),
            ],
        )
        .properties(width=SMALL_WIDTH, height=SMALL_HEIGHT)
    )
    heading = alt.Header(labelFontSize=LABEL_SIZE, labelColor=palette.theme().ink, labelFontWeight="bold", title=None)
    places = list(dict.fromkeys(drawn["place"]))
    return _finished(bars.facet(alt.Facet("place:N", sort=places, header=heading), columns=columns))


def baseline_to_now(rows: pd.DataFrame, *, title: str, baseline: str, now: str, target: float | None = None) -> Chart:
    """Draw a line per row from its baseline to its present value, with the target as a rule.

    `rows`: columns row (in the order to draw), baseline, now (numbers; NaN is unknown and not drawn).
    """
    rows = rows.assign(figure=[_figure(value, 1) for value in rows["now"]])
    base = alt.Chart(rows).encode(y=_rows_axis(rows["row"]))
    scale = alt.Scale(zero=False, padding=24)
    tooltip = [
        alt.Tooltip("row:N", title=" "),
        alt.Tooltip("baseline:Q", title=baseline, format=".1f"),
        alt.Tooltip("now:Q", title=now, format=".1f"),
    ]
    way = base.mark_rule(strokeWidth=4, color=palette.theme().rule).encode(
        x=alt.X("baseline:Q", title=title, scale=scale, axis=_axis(tickCount=8)), x2="now:Q"
    )
    start = base.mark_point(filled=True, size=90, color=palette.theme().start, opacity=1).encode(
        x="baseline:Q", tooltip=tooltip
    )
    end = base.mark_point(filled=True, size=170, color=palette.theme().accent, opacity=1).encode(
        x="now:Q", tooltip=tooltip
    )
    # The words stand on the side that the line does not come from.
    look: dict[str, Any] = {"fontSize": LABEL_SIZE, "fontWeight": "bold", "color": palette.theme().accent}
    rose = base.transform_filter("!(datum.now < datum.baseline)").mark_text(align="left", dx=11, **look)
    fell = base.transform_filter("datum.now < datum.baseline").mark_text(align="right", dx=-11, **look)
    figures = alt.layer(*(words.encode(x="now:Q", text="figure:N") for words in (rose, fell)))
    layers = [way, start, end, figures, *([_goal(target)] if target is not None else [])]
    return _finished(alt.layer(*layers).properties(height=_height(len(rows))))


def bars(rows: pd.DataFrame, *, title: str, target: float | None = None, highest: float | None = None) -> Chart:
    """Draw a bar per row with its figure, and the target as a rule.

    `rows`: columns row (in the order to draw), value (NaN is unknown and said in words), figure (the words on the bar),
    colour. `highest`: where the axis ends, where it should not follow the rows.
    """
    top = highest or max([*rows["value"].dropna(), target or 0, 1])
    base = alt.Chart(rows.assign(value=rows["value"].fillna(0))).encode(y=_rows_axis(rows["row"]))
    x = alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, top * 1.12]), axis=_axis(grid=False))
    drawn = base.mark_bar(height={"band": 0.7}, stroke=palette.theme().edge).encode(
        x=x,
        color=alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip("row:N", title=" "), alt.Tooltip("figure:N", title=title)],
    )
    figures = base.mark_text(align="left", dx=6, fontSize=LABEL_SIZE, color=palette.theme().ink).encode(
        x="value:Q", text="figure:N"
    )
    layers = [drawn, figures, *([_goal(target)] if target is not None else [])]
    return _finished(alt.layer(*layers).properties(height=_height(len(rows), 26)))


def _goal(target: float) -> Chart:
    """A rule at the target with its words at the top."""
    goal = pd.DataFrame({"target": [target], "words": [_("mục tiêu {value}", value=text.number(target, 1))]})
    colour = palette.theme().target
    rule = alt.Chart(goal).mark_rule(strokeDash=[5, 4], strokeWidth=2, color=colour).encode(x="target:Q")
    words = alt.Chart(goal).mark_text(align="left", dx=5, baseline="bottom", dy=-2, fontSize=LABEL_SIZE, color=colour)
    return alt.layer(rule, words.encode(x="target:Q", y=alt.value(0), text="words:N"))


def flow(rows: pd.DataFrame, order: Sequence[str], colours: Mapping[str, str], *, earlier: str, later: str) -> Chart:
    """Draw how many communes went from which tier (a row) to which (a column): the diagonal stayed.

    `rows`: columns from_words, to_words, communes, direction ("up", "same", "down"), names (for the tooltip). `order`:
    the tiers' words, best first; `colours`: direction → colour.
    """
    rows = rows.assign(colour=rows["direction"].map(colours), ink=rows["direction"].map(colours).map(palette.text_on))
    base = alt.Chart(rows).encode(
        x=alt.X(
            "to_words:N",
            sort=list(order),
            title=later,
            scale=alt.Scale(domain=list(order)),
            axis=_axis(orient="top", labelAngle=0),
        ),
        y=alt.Y("from_words:N", sort=list(order), title=earlier, scale=alt.Scale(domain=list(order)), axis=_axis()),
    )
    tooltip = [
        alt.Tooltip("from_words:N", title=earlier),
        alt.Tooltip("to_words:N", title=later),
        alt.Tooltip("communes:Q", title=_("số xã")),
        alt.Tooltip("names:N", title=_("Xã")),
    ]
    squares = base.mark_rect(stroke=palette.theme().edge).encode(
        color=alt.Color("colour:N", scale=None), tooltip=tooltip
    )
    figures = base.mark_text(fontSize=LABEL_SIZE + 3, fontWeight="bold").encode(
        text="communes:Q", color=alt.Color("ink:N", scale=None), tooltip=tooltip
    )
    return _finished(alt.layer(squares, figures).properties(height=_height(len(order), 42) + 20))


def pass_rates(rows: pd.DataFrame, *, baseline: str, now: str) -> Chart:
    """Draw each criterion's pass rate as a bar, with the baseline's as a tick; a click on a bar picks its row.

    `rows`: columns row (in the order to draw), rate, baseline_rate (0 to 1; NaN is unknown), met, assessed.
    """
    rows = rows.assign(
        figure=[
            f"{text.percent(rate)} ({text.number(met)}/{text.number(assessed)})" if assessed else _("không có số liệu")
            for rate, met, assessed in zip(rows["rate"], rows["met"], rows["assessed"], strict=True)
        ]
    )
    base = alt.Chart(rows).encode(y=_rows_axis(rows["row"]))
    tooltip = [
        alt.Tooltip("row:N", title=" "),
        alt.Tooltip("baseline_rate:Q", title=baseline, format=".0%"),
        alt.Tooltip("rate:Q", title=now, format=".0%"),
    ]
    x = alt.X(
        "rate:Q",
        title=_("tỷ lệ xã đạt"),
        scale=alt.Scale(domain=[0, 1.18]),
        axis=_axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False),
    )
    bars = base.mark_bar(color=palette.MET, height={"band": 0.7}).encode(x=x, tooltip=tooltip)
    ticks = base.mark_tick(color=palette.theme().ink, thickness=3, height={"band": 0.9}).encode(
        x="baseline_rate:Q", tooltip=tooltip
    )
    figures = base.mark_text(align="left", dx=6, fontSize=LABEL_SIZE, color=palette.theme().ink).encode(
        x=alt.X("label_at:Q"), text="figure:N"
    )
    figures = figures.transform_calculate(label_at="max(datum.rate || 0, datum.baseline_rate || 0)")
    return _finished(alt.layer(bars.add_params(_pick()), ticks, figures).properties(height=_height(len(rows), 26)))


def heat_map(cells: pd.DataFrame, answers: Mapping[str, str], *, columns: str, rows: str) -> Chart:
    """Draw answers as a grid of squares: light met, dark not met, grey unknown; a sign in each says the same.

    `cells`: columns row, column (both in the order to draw), column_name (for the tooltip), answer ("met", "not_met",
    "unknown"). `answers`: answer → words. `columns`, `rows`: what the axes hold, in words.
    """
    colours = {"met": palette.MET_CELL, "not_met": palette.NOT_MET_CELL, "unknown": palette.UNKNOWN}
    signs = {"met": "", "not_met": "✕", "unknown": "?"}
    inks = {answer: palette.text_on(colour) for answer, colour in colours.items()}
    cells = cells.assign(
        words=cells["answer"].map(answers), sign=cells["answer"].map(signs), ink=cells["answer"].map(inks)
    )
    base = alt.Chart(cells).encode(
        x=alt.X(
            "column:O",
            sort=list(dict.fromkeys(cells["column"])),
            title=columns,
            axis=_axis(orient="top", labelAngle=0, labelOverlap=False),
        ),
        y=_rows_axis(cells["row"]),
    )
    present = [answer for answer in answers if (cells["answer"] == answer).any()]
    squares = base.mark_rect(stroke=palette.theme().edge, strokeWidth=1.5).encode(
        color=alt.Color(
            "words:N",
            title=None,
            scale=alt.Scale(
                domain=[answers[answer] for answer in present], range=[colours[answer] for answer in present]
            ),
            legend=_legend(symbolType="square"),
        ),
        tooltip=[
            alt.Tooltip("row:N", title=rows),
            alt.Tooltip("column_name:N", title=columns),
            alt.Tooltip("words:N", title=_("Kết quả")),
        ],
    )
    signs_layer = base.mark_text(fontSize=11).encode(text="sign:N", color=alt.Color("ink:N", scale=None))
    return _finished(
        alt.layer(squares, signs_layer).properties(height=_height(cells["row"].nunique(), 20) + LEGEND_HEIGHT)
    )


def rate_grid(cells: pd.DataFrame, *, columns: str, rows: str) -> Chart:
    """Draw rates as a grid, the lower the darker, each with its figure.

    `cells`: columns row, column (both in the order to draw), rate (0 to 1; NaN is unknown). `columns`, `rows`: what the
    axes hold, in words.
    """
    colours = [palette.of_rate(rate) for rate in cells["rate"]]
    cells = cells.assign(
        figure=[text.percent(rate) if pd.notna(rate) else "?" for rate in cells["rate"]],
        colour=colours,
        ink=[palette.text_on(colour) for colour in colours],
    )
    base = alt.Chart(cells).encode(
        x=alt.X(
            "column:N",
            sort=list(dict.fromkeys(cells["column"])),
            title=columns,
            axis=_axis(orient="top", labelAngle=0, labelOverlap=False, labelFlush=False),
        ),
        y=_rows_axis(cells["row"]),
        tooltip=[
            alt.Tooltip("row:N", title=rows),
            alt.Tooltip("column:N", title=columns),
            alt.Tooltip("figure:N", title=_("Tỷ lệ đạt")),
        ],
    )
    squares = base.mark_rect(stroke=palette.theme().edge).encode(color=alt.Color("colour:N", scale=None))
    figures = base.mark_text(fontSize=LABEL_SIZE).encode(text="figure:N", color=alt.Color("ink:N", scale=None))
    return _finished(alt.layer(squares, figures).properties(height=_height(cells["row"].nunique(), 26)))


def trend(
    rows: pd.DataFrame,
    line: pd.DataFrame,
    *,
    title: str,
    actual_name: str,
    line_name: str,
    decimals: int = 1,
    from_zero: bool = False,
) -> Chart:
    """Draw a figure over the periods, with the straight line to the target beside it.

    `rows`: columns period (ISO text), value (NaN is unknown and breaks the line). `line`: the same columns; its two
    ends; empty where there is no target. `from_zero`: whether the axis begins at zero.
    """
    rows = rows.assign(
        words=rows["period"].map(text.date),
        figure=[_figure(value, decimals) for value in rows["value"]],
    )
    names = [actual_name, line_name] if len(line) else [actual_name]
    both = pd.concat([rows.assign(name=actual_name), line.assign(name=line_name, figure="", words="")])
    x = alt.X(
        "period:T",
        title=None,
        axis=_axis(values=list(rows["period"]), format="%m/%Y", grid=False, labelFlush=False),
    )
    scale = alt.Scale(domainMin=0, nice=True) if from_zero else alt.Scale(zero=False, padding=16)
    y = alt.Y("value:Q", title=title, scale=scale, axis=_axis(tickCount=5))
    colour = alt.Color(
        "name:N",
        title=None,
        sort=names,
        scale=alt.Scale(domain=names, range=[palette.theme().accent, palette.theme().muted][: len(names)]),
        legend=_legend(symbolType="stroke"),
    )
    dash = alt.StrokeDash(
        "name:N", sort=names, scale=alt.Scale(domain=names, range=[[1, 0], [5, 4]][: len(names)]), legend=None
    )
    base = alt.Chart(both).encode(x=x, y=y)
    lines = base.mark_line(strokeWidth=3).encode(color=colour, strokeDash=dash)
    actual = alt.Chart(both[both["name"] == actual_name]).encode(x=x, y=y)
    points = actual.mark_point(filled=True, size=80, color=palette.theme().accent, opacity=1).encode(
        tooltip=[alt.Tooltip("words:N", title=_("Kỳ")), alt.Tooltip("figure:N", title=title)]
    )
    figures = actual.mark_text(dy=-13, fontSize=LABEL_SIZE, fontWeight="bold", color=palette.theme().accent).encode(
        text="figure:N"
    )
    return _finished(alt.layer(lines, points, figures).properties(height=260))


def small_map(
    classes: Mapping[str, str],
    colours: Mapping[str, str],
    words: Mapping[str, str],
    names: Mapping[str, str],
    *,
    geometry: str,
    only: Sequence[str] = (),
) -> Chart:
    """Draw shapes coloured by class, without axes; the browser fetches the geometry from its address.

    `classes`: code of a shape → class; `colours`, `words`: class → colour, words; `names`: code → name, for the
    tooltip; `only`: the codes to draw, all where there are none. A shape without a class is "unknown".
    """
    rows = pd.DataFrame(
        {
            "code": list(classes),
            "colour": [colours[kind] for kind in classes.values()],
            "name": [names[code] for code in classes],
            "words": [words[kind] for kind in classes.values()],
        }
    )
    shapes = alt.Chart(alt.topo_feature(geometry, "units")).mark_geoshape(stroke=palette.BORDER, strokeWidth=0.4)
    found = shapes.transform_lookup("properties.code", alt.LookupData(rows, "code", ["colour", "name", "words"]))
    if only:
        found = found.transform_filter(alt.FieldOneOfPredicate(field="properties.code", oneOf=list(only)))
    return found.encode(
        color=alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" ")],
    ).project("mercator")


def _figure(value: float, decimals: int) -> str:
    return text.number(value, decimals) if pd.notna(value) else ""


def _height(rows: int, row_height: int = ROW_HEIGHT) -> int:
    return max(rows, 1) * row_height + AXIS_HEIGHT
