"""What charts are put together from: axes, legends, marks in layers. Colours and sizes are those in use.

Charts are put together by their constructors: Altair's methods (`encode`, `alt.layer`, `properties`) copy everything
that is there already, six times the work of drawing a page's charts.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from ntm import palette, quirks, text
from ntm.typography import LABEL, px

quirks.skip_chart_validation()

Mark = Literal["bar", "geoshape", "line", "point", "rect", "rule", "text", "tick"]
Chart = alt.Chart | alt.LayerChart | alt.FacetChart

NUMBER_LOCALES = {"vi": alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["", ""])}
ROW_HEIGHT = 34
AXIS_HEIGHT, LEGEND_HEIGHT = 72, 84  # pixels: the height that Streamlit gives a chart includes them
LABEL_LIMIT = 260  # pixels: a longer label is cut
PICK = "pick"  # the selection of a mark, where a page listens to it
KEY = "key"  # the column with the code of what a row is of; only rows that have it can be picked


def values(rows: pd.DataFrame) -> alt.InlineData:
    """Return rows as a chart's data; what is unknown (NaN) is null."""
    names = list(rows.columns)
    columns = [
        column.astype(object).where(column.notna(), None).tolist() if column.hasnans else column.tolist()
        for column in (rows[name] for name in names)
    ]
    return alt.InlineData(values=[dict(zip(names, record, strict=True)) for record in zip(*columns, strict=True)])


def marks(
    kind: Mark,
    look: Mapping[str, Any],
    rows: pd.DataFrame | None = None,
    *,
    where: str = "",
    params: Sequence[Any] = (),
    **channels: Any,
) -> alt.Chart:
    """Return marks of a kind ("bar", "text" …) of one look. `rows`: their own data, where it is not the layers'.

    `where`: a Vega expression that tells which rows are drawn. `channels`: x, y, color …, each an Altair channel or a
    field's shorthand ("value:Q").
    """
    encoding = {name: _channel(name, given) for name, given in channels.items()}
    return alt.Chart(
        alt.Undefined if rows is None else values(rows),
        mark=alt.MarkDef(type=kind, cursor="pointer" if params else alt.Undefined, **look),
        encoding=alt.FacetedEncoding(**encoding),
        params=list(params) or alt.Undefined,
        transform=[alt.FilterTransform(filter=where)] if where else alt.Undefined,
    )


def _channel(name: str, given: Any) -> Any:
    return getattr(alt, name[0].upper() + name[1:])(given) if isinstance(given, str) else given


def layers(rows: pd.DataFrame, over: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    """Return marks of the same rows over each other. `height`: pixels."""
    return alt.LayerChart(data=values(rows), layer=list(over), height=height, config=config())


def config() -> alt.Config:
    """Return what holds for a whole chart: numbers the reader's way, the page's own ground."""
    number = NUMBER_LOCALES.get(text.language())
    locale = alt.Locale(number=number) if number else alt.Undefined
    return alt.Config(locale=locale, background=palette.theme().surface)


# Streamlit's theme follows light and dark; what it should not decide is set on the axes and legends themselves.
def axis(**options: Any) -> alt.Axis:
    """Return an axis with labels and title of the one size and colour."""
    look = {"labelFontSize": px(LABEL), "titleFontSize": px(LABEL), "labelLimit": px(LABEL_LIMIT)}
    return alt.Axis(**{**look, "labelColor": palette.theme().muted, "titleColor": palette.theme().muted, **options})


def legend(**options: Any) -> alt.Legend:
    """Return a legend above the chart, in two columns."""
    look = {"labelFontSize": px(LABEL), "labelColor": palette.theme().muted, "labelLimit": px(LABEL_LIMIT)}
    return alt.Legend(**{**look, "orient": "top", "columns": 2, "symbolSize": px(10) ** 2, **options})


def colours(field: str, range_: Mapping[str, str], **options: Any) -> alt.Color:
    """Return colours by name, with a legend of squares in the names' order. `range_`: name → colour."""
    scale = alt.Scale(domain=list(range_), range=list(range_.values()))
    given = {"title": None, "sort": list(range_), "scale": scale, "legend": legend(symbolType="square")}
    return alt.Color(field, **{**given, **options})


def own_colour(field: str) -> alt.Color:
    """Return colours that the rows hold themselves."""
    return alt.Color(f"{field}:N", scale=None)


def rows_axis(rows: pd.Series) -> alt.Y:
    """Return one band per row, in the order given."""
    look = axis(labelOverlap=False, labelFlush=False, labelBound=False)
    return alt.Y("row:N", sort=in_order(rows), title=None, axis=look)


def tooltip(**titles: str | tuple[str, str]) -> list[alt.Tooltip]:
    """Return what is said when a mark is pointed at. Field → its title, or (title, format) where it is a number."""
    return [
        alt.Tooltip(f"{field}:N", title=title)
        if isinstance(title, str)
        else alt.Tooltip(f"{field}:Q", title=title[0], format=title[1])
        for field, title in titles.items()
    ]


def picks(rows: pd.DataFrame) -> list[Any]:
    """Return the selection of a mark: a click on it picks its row's key; nothing if the rows have no keys."""
    return [quirks.click_parameter(PICK, KEY)] if KEY in rows else []


def in_order(column: pd.Series) -> list[Any]:
    """Return a column's values, each once, in the order in which they come."""
    return list(dict.fromkeys(column))


def height(rows: int, row_height: int = ROW_HEIGHT) -> int:
    """Return the height in pixels of a chart of so many rows, with its axis."""
    return px(max(rows, 1) * row_height + AXIS_HEIGHT)
