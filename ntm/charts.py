"""The charts: DataFrame in, Altair chart out. Colours come from ntm.palette, numbers are written the reader's way.

Rows may have a column `key`: a click on their mark then tells the page that code. What stands on a chart is read, and
never asked what it means.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from ntm import palette, text
from ntm.chart_parts import (
    LEGEND_HEIGHT,
    Chart,
    axis,
    colours,
    config,
    height,
    in_order,
    layers,
    legend,
    marks,
    own_colour,
    picks,
    rows_axis,
    tooltip,
    values,
)
from ntm.criteria import Answer
from ntm.text import _
from ntm.typography import LABEL, px

NARROW_SHARE = 0.035  # a segment narrower than this share of its row holds no figure
SMALL_WIDTH, SMALL_HEIGHT = 170, 130  # pixels: one of several charts side by side
SQUARE, BAR = 20, 26  # pixels: the height of a row of squares, of a row with a bar


def stacked_tiers(
    rows: pd.DataFrame, names: Mapping[str, str], tier_colours: Mapping[str, str], *, share: bool = False
) -> Chart:
    """Draw a bar per row, divided into tiers, with the numbers on the marks.

    `rows`: columns row (in the order to draw), tier, communes, share (0 to 1 of the row). `names` and `tier_colours`:
    tier id → words, colour, best tier first.
    """
    segments = rows[rows["communes"] > 0]
    order = [tier for tier in names if tier in set(segments["tier"])]
    value = "share" if share else "communes"
    segments = segments.assign(
        name=segments["tier"].map(names),
        rank=segments["tier"].map({tier: rank for rank, tier in enumerate(order)}),
        ink=segments["tier"].map({tier: palette.text_on(tier_colours[tier]) for tier in order}),
        figure=[
            "" if part < NARROW_SHARE else text.percent(part) if share else text.number(count)
            for part, count in zip(segments["share"], segments["communes"], strict=True)
        ],
    )
    y = rows_axis(rows["row"])
    x_title = _("tỷ lệ xã") if share else _("số xã")
    bars = marks(
        "bar",
        {"stroke": palette.theme().edge, "strokeWidth": 1},
        params=picks(segments),
        y=y,
        x=alt.X(f"{value}:Q", title=x_title, stack="zero", axis=axis(format="%" if share else "d", grid=False)),
        order="rank:Q",
        color=colours("name:N", {names[tier]: tier_colours[tier] for tier in order}),
        tooltip=tooltip(row=" ", name=_("Nhóm"), communes=(_("số xã"), "d"), share=(_("tỷ lệ"), ".0%")),
    )
    middle = alt.X(f"{value}:Q", stack="zero", bandPosition=0.5)
    figures = marks("text", _figure_look(), y=y, x=middle, order="rank:Q", text="figure:N", color=own_colour("ink"))
    return layers(segments, [bars, figures], height(rows["row"].nunique()) + px(LEGEND_HEIGHT))


def tier_courses(
    rows: pd.DataFrame, names: Mapping[str, str], tier_colours: Mapping[str, str], *, columns: int = 4
) -> Chart:
    """Draw small charts, one per place: the share of each tier over the periods, stacked.

    `rows`: columns place (in the order to draw), period (ISO text), tier, communes, share (0 to 1). `names`,
    `tier_colours`: tier id → words, colour, best tier first.
    """
    present = [tier for tier in names if tier in set(rows.loc[rows["communes"] > 0, "tier"])]
    segments = rows[rows["tier"].isin(present)]
    segments = segments.assign(
        name=segments["tier"].map(names),
        rank=segments["tier"].map({tier: rank for rank, tier in enumerate(present)}),
        day=segments["period"].map(text.date),
    )
    bars = marks(
        "bar",
        {"stroke": palette.theme().edge, "strokeWidth": 0.5},
        x=alt.X("day:N", sort=in_order(segments["day"]), title=None, axis=axis(labels=False, ticks=False)),
        y=alt.Y("share:Q", title=None, stack="zero", axis=axis(format="%", values=[0, 0.5, 1], grid=False)),
        order="rank:Q",
        color=colours("name:N", {names[tier]: tier_colours[tier] for tier in present}),
        tooltip=tooltip(place=" ", day=_("Kỳ"), name=_("Nhóm"), communes=(_("số xã"), "d")),
    )
    bars.width, bars.height = px(SMALL_WIDTH), px(SMALL_HEIGHT)
    heading = alt.Header(labelFontSize=px(LABEL), labelColor=palette.theme().ink, labelFontWeight="bold", title=None)
    facet = alt.Facet("place:N", sort=in_order(segments["place"]), header=heading)
    return alt.FacetChart(data=values(segments), spec=bars, facet=facet, columns=columns, config=config())


def baseline_to_now(rows: pd.DataFrame, *, title: str, baseline: str, now: str, target: float | None = None) -> Chart:
    """Draw a line per row from its baseline to now, the target as a rule.

    `rows`: columns row (in the order to draw), baseline, now (numbers; NaN is unknown and not drawn).
    """
    rows = rows.assign(figure=[_figure(value, 1) for value in rows["now"]])
    theme, y = palette.theme(), rows_axis(rows["row"])
    x = alt.X("baseline:Q", title=title, scale=alt.Scale(zero=False, padding=px(24)), axis=axis(tickCount=8))
    tips = tooltip(row=" ", baseline=(baseline, ".1f"), now=(now, ".1f"))
    way = marks("rule", {"strokeWidth": px(4), "color": theme.rule}, y=y, x=x, x2="now:Q")
    start = marks("point", _point_look(theme.start, 90), y=y, x="baseline:Q", tooltip=tips)
    end = marks("point", _point_look(theme.accent, 170), params=picks(rows), y=y, x="now:Q", tooltip=tips)
    # The words stand on the side that the line does not come from.
    sides = {"!(datum.now < datum.baseline)": ("left", px(11)), "datum.now < datum.baseline": ("right", -px(11))}
    figures = [
        marks(
            "text",
            {**_figure_look(), "color": theme.accent, "align": align, "dx": away},
            where=where,
            y=y,
            x="now:Q",
            text="figure:N",
        )
        for where, (align, away) in sides.items()
    ]
    return layers(rows, [way, start, end, *figures, *_goal(target)], height(len(rows)))


def bars(rows: pd.DataFrame, *, title: str, target: float | None = None, highest: float | None = None) -> Chart:
    """Draw a bar per row with its figure, and the target as a rule.

    `rows`: columns row (in the order to draw), value (NaN is unknown and said in words), figure (the words on the bar),
    colour. `highest`: where the axis ends, where it should not follow the rows.
    """
    top = highest or max([*rows["value"].dropna(), target or 0, 1])
    y = rows_axis(rows["row"])
    whole_axis = axis(grid=False, tickMinStep=1, format="d")  # what is counted is whole
    rectangles = marks(
        "bar",
        _bar_look(),
        y=y,
        x=alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, top * 1.12]), axis=whole_axis),
        color=own_colour("colour"),
        tooltip=tooltip(row=" ", figure=title),
    )
    figures = marks("text", _beside_look(), y=y, x="value:Q", text="figure:N")
    shown = rows.assign(value=rows["value"].fillna(0))
    return layers(shown, [rectangles, figures, *_goal(target)], height(len(rows), BAR))


def flow(rows: pd.DataFrame, order: Sequence[str], ways: Mapping[str, str], *, earlier: str, later: str) -> Chart:
    """Draw how many communes went from which tier (a row) to which (a column): the diagonal stayed.

    `rows`: columns from_words, to_words, communes, direction ("up", "same", "down"), names (for the tooltip). `order`:
    the tiers' words, best first; `ways`: direction → colour.
    """
    rows = rows.assign(colour=rows["direction"].map(ways), ink=rows["direction"].map(ways).map(palette.text_on))
    scale = alt.Scale(domain=list(order))
    x = alt.X("to_words:N", sort=list(order), title=later, scale=scale, axis=axis(orient="top", labelAngle=0))
    y = alt.Y("from_words:N", sort=list(order), title=earlier, scale=scale, axis=axis())
    tips = tooltip(from_words=earlier, to_words=later, communes=(_("số xã"), "d"), names=_("Xã"))
    squares = marks("rect", {"stroke": palette.theme().edge}, x=x, y=y, color=own_colour("colour"), tooltip=tips)
    look = {"fontSize": px(LABEL + 3), "fontWeight": "bold"}
    figures = marks("text", look, x=x, y=y, text="communes:Q", color=own_colour("ink"), tooltip=tips)
    return layers(rows, [squares, figures], height(len(order), 42) + px(20))


def pass_rates(rows: pd.DataFrame, *, title: str, baseline: str, now: str) -> Chart:
    """Draw each criterion's pass rate as a bar, with the baseline's as a tick.

    `title`: what the rate is of; `rows`: columns row (in the order to draw), rate, baseline_rate (0 to 1; NaN is
    unknown), met, assessed.
    """
    figures = [
        f"{text.percent(rate)} ({text.number(met)}/{text.number(assessed)})" if assessed else _("không có số liệu")
        for rate, met, assessed in zip(rows["rate"], rows["met"], rows["assessed"], strict=True)
    ]
    rows = rows.assign(figure=figures, label_at=rows[["rate", "baseline_rate"]].astype(float).max(axis=1).fillna(0))
    y, tips = rows_axis(rows["row"]), tooltip(row=" ", baseline_rate=(baseline, ".0%"), rate=(now, ".0%"))
    x = alt.X(
        "rate:Q",
        title=title,
        scale=alt.Scale(domain=[0, 1.18]),
        axis=axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False),
    )
    look: dict[str, Any] = {"color": palette.MET, "height": {"band": 0.7}}
    rectangles = marks("bar", look, params=picks(rows), y=y, x=x, tooltip=tips)
    look = {"color": palette.theme().ink, "thickness": px(3), "height": {"band": 0.9}}
    ticks = marks("tick", look, y=y, x="baseline_rate:Q", tooltip=tips)
    words = marks("text", _beside_look(), y=y, x="label_at:Q", text="figure:N")
    return layers(rows, [rectangles, ticks, words], height(len(rows), BAR))


def heat_map(cells: pd.DataFrame, answers: Mapping[Answer, str], *, columns: str, rows: str) -> Chart:
    """Draw answers as a grid of squares: light met, dark not met, grey unknown; a sign in each says the same.

    `cells`: columns row, column (both in the order to draw), column_name (for the tooltip), answer.
    `answers`: answer → words. `columns`, `rows`: what the axes hold, in words.
    """
    fills = {Answer.MET: palette.MET_CELL, Answer.NOT_MET: palette.NOT_MET_CELL, Answer.UNKNOWN: palette.UNKNOWN}
    signs = {Answer.MET: "", Answer.NOT_MET: "✕", Answer.UNKNOWN: "?"}
    inks = {answer: palette.text_on(colour) for answer, colour in fills.items()}
    cells = cells.assign(
        words=cells["answer"].map(answers), sign=cells["answer"].map(signs), ink=cells["answer"].map(inks)
    )
    x = alt.X(
        "column:O",
        sort=in_order(cells["column"]),
        title=columns,
        axis=axis(orient="top", labelAngle=0, labelOverlap=False),
    )
    y = rows_axis(cells["row"])
    present = {answers[answer]: fills[answer] for answer in answers if (cells["answer"] == answer).any()}
    squares = marks(
        "rect",
        {"stroke": palette.theme().edge, "strokeWidth": 1.5},
        x=x,
        y=y,
        color=colours("words:N", present),
        tooltip=tooltip(row=rows, column_name=columns, words=_("Kết quả")),
    )
    crosses = marks("text", {"fontSize": px(11)}, x=x, y=y, text="sign:N", color=own_colour("ink"))
    return layers(cells, [squares, crosses], height(cells["row"].nunique(), SQUARE) + px(LEGEND_HEIGHT))


def rate_grid(cells: pd.DataFrame, *, columns: str, rows: str) -> Chart:
    """Draw rates as a grid, the lower the darker, each with its figure.

    `cells`: columns row, column (both in the order to draw), rate (0 to 1; NaN is unknown). `columns`, `rows`: what the
    axes hold, in words.
    """
    fills = [palette.of_rate(rate) for rate in cells["rate"]]
    cells = cells.assign(
        figure=[text.percent(rate) if pd.notna(rate) else "?" for rate in cells["rate"]],
        colour=fills,
        ink=[palette.text_on(colour) for colour in fills],
    )
    x = alt.X(
        "column:N",
        sort=in_order(cells["column"]),
        title=columns,
        axis=axis(orient="top", labelAngle=0, labelOverlap=False, labelFlush=False),
    )
    y, tips = rows_axis(cells["row"]), tooltip(row=rows, column=columns, figure=_("Tỷ lệ đạt"))
    squares = marks("rect", {"stroke": palette.theme().edge}, x=x, y=y, color=own_colour("colour"), tooltip=tips)
    figures = marks("text", {"fontSize": px(LABEL)}, x=x, y=y, text="figure:N", color=own_colour("ink"), tooltip=tips)
    return layers(cells, [squares, figures], height(cells["row"].nunique(), BAR))


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

    `rows`: columns period (ISO text), value (NaN is unknown and breaks the line), and perhaps segment: points of
    different segments are not joined. `line`: the same columns; its two ends; empty if there is no target. `from_zero`:
    whether the axis begins at zero.
    """
    theme = palette.theme()
    rows = rows.assign(
        words=rows["period"].map(text.date),
        figure=[_figure(value, decimals) for value in rows["value"]],
    )
    both = pd.concat([rows.assign(name=actual_name), line.assign(name=line_name, figure="", words="")])
    both = both.assign(segment=both["segment"].fillna(0) if "segment" in both else 0)
    names = in_order(both["name"])
    looks = dict(zip(names, [(theme.accent, [1, 0]), (theme.muted, [5, 4])], strict=False))
    days = axis(values=list(rows["period"]), format="%m/%Y", grid=False, labelFlush=False)
    x = alt.X("period:T", title=None, axis=days)
    scale = alt.Scale(domainMin=0, nice=True) if from_zero else alt.Scale(zero=False, padding=px(16))
    y = alt.Y("value:Q", title=title, scale=scale, axis=axis(tickCount=5, format=f".{decimals}f"))
    colour = {name: colour for name, (colour, _dash) in looks.items()}
    dash = alt.Scale(domain=names, range=[dash for _colour, dash in looks.values()])
    lines = marks(
        "line",
        {"strokeWidth": px(3)},
        x=x,
        y=y,
        color=colours("name:N", colour, legend=legend(symbolType="stroke")),
        strokeDash=alt.StrokeDash("name:N", sort=names, scale=dash, legend=None),
        detail="segment:N",
    )
    known = "datum.figure !== ''"
    tips = tooltip(words=_("Kỳ"), figure=title)
    points = marks("point", _point_look(theme.accent, 80), where=known, x=x, y=y, tooltip=tips)
    look = {**_figure_look(), "dy": -px(13), "color": theme.accent}
    figures = marks("text", look, where=known, x=x, y=y, text="figure:N")
    return layers(both, [lines, points, figures], px(260))


def small_map(
    classes: Mapping[str, str],
    fills: Mapping[str, str],
    words: Mapping[str, str],
    names: Mapping[str, str],
    *,
    geometry: str,
    only: Sequence[str] = (),
) -> Chart:
    """Draw shapes coloured by class, without axes; the browser fetches the geometry from its address.

    `classes`: code of a shape → class; `fills`, `words`: class → colour, words; `names`: code → name, for the
    tooltip; `only`: the codes to draw, all where there are none. A shape without a class is "unknown".
    """
    rows = pd.DataFrame(
        {
            "code": list(classes),
            "colour": [fills[kind] for kind in classes.values()],
            "name": [names[code] for code in classes],
            "words": [words[kind] for kind in classes.values()],
        }
    )
    look = {"stroke": palette.BORDER, "strokeWidth": 0.4}
    shapes = marks("geoshape", look, color=own_colour("colour"), tooltip=tooltip(name=" ", words=" "))
    lookup: dict[str, Any] = {
        "lookup": "properties.code",
        "from": alt.LookupData(data=values(rows), key="code", fields=["colour", "name", "words"]),
    }
    chosen = [alt.FieldOneOfPredicate(field="properties.code", oneOf=list(only))] if only else []
    shapes.data = alt.topo_feature(geometry, "units")
    shapes.transform = [
        alt.LookupTransform(**lookup),
        *(alt.FilterTransform(filter=codes) for codes in chosen),
    ]
    shapes.projection = alt.Projection(type="mercator")
    return shapes


def _goal(target: float | None) -> list[alt.Chart]:
    """A rule at the target with its words at the top; nothing where there is no target."""
    if target is None:
        return []
    goal = pd.DataFrame({"target": [target], "words": [_("mục tiêu {value}", value=text.number(target, 1))]})
    colour = palette.theme().target
    rule = marks("rule", {"strokeDash": [5, 4], "strokeWidth": px(2), "color": colour}, goal, x="target:Q")
    look = {"align": "left", "dx": px(5), "baseline": "bottom", "dy": -2, "fontSize": px(LABEL), "color": colour}
    return [rule, marks("text", look, goal, x="target:Q", y=alt.value(0), text="words:N")]


def _bar_look() -> dict[str, Any]:
    return {"height": {"band": 0.7}, "stroke": palette.theme().edge}


def _point_look(colour: str, size: float) -> dict[str, Any]:
    return {"filled": True, "size": px(size), "color": colour, "opacity": 1}


def _figure_look() -> dict[str, Any]:
    """A figure on a mark."""
    return {"fontSize": px(LABEL), "fontWeight": "bold"}


def _beside_look() -> dict[str, Any]:
    """A figure after a bar's end."""
    return {"align": "left", "dx": px(6), "fontSize": px(LABEL), "color": palette.theme().ink}


def _figure(value: float, decimals: int) -> str:
    return text.number(value, decimals) if pd.notna(value) else ""
