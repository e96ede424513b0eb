"""The tables behind addresses: the rows of a resource that a request asks for, of one world at one revision."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from weakref import WeakKeyDictionary

import pandas as pd

from ntm import layers, resources, selection, text
from ntm.api import filters
from ntm.api.asked import MOST_ROWS, Asked
from ntm.api.filters import LATEST, checked
from ntm.api.problems import Problem
from ntm.dataset import Archive, Dataset
from ntm.groupings import NONE
from ntm.resources import Resource
from ntm.selection import Selection
from ntm.text import _, mark

LOOKUP = "lookup"
FIRST_LAYER = "tier"
SELECTING = {  # a filter of communes of one period → what it asks
    "period": mark("một kỳ, dạng 2024-12-31, hoặc latest"),
    "group": mark("mã nhóm xã (huyện…)"),
    "tier": mark("nhóm tiêu chí"),
    "recognition": mark("tình trạng công nhận"),
    "lacking": mark("chưa đạt mọi tiêu chí này (số)"),
    "meeting": mark("đạt mọi tiêu chí này (số)"),
    "name": mark("tên xã có chữ này, không dấu cũng được"),
    "unit": mark("mã đơn vị"),
    "layer": mark("lớp bản đồ, có cột layer_class"),
    "criterion": mark("số của tiêu chí mà lớp “criterion” vẽ"),
    "class": mark("bậc của lớp bản đồ (layer_class)"),
}


@dataclass(frozen=True)
class Table:
    """A table that an address has. `filters`: name → what it asks; `rows`: makes the rows that are asked for."""

    name: str
    title: str
    filters: dict[str, str]
    rows: Callable[[Archive, Asked], pd.DataFrame]


def names() -> dict[str, str]:
    """Return the tables that addresses have: name → title, untranslated."""
    found = {name: resource.title for name, resource in resources.resources().items()}
    return found | {LOOKUP: mark("Tra cứu: mỗi xã một dòng, mỗi tiêu chí một cột, của một kỳ")}


def table(archive: Archive, name: str) -> Table:
    """Return a table by its name (of `names`)."""
    title = names()[name]
    if name == LOOKUP:
        return Table(LOOKUP, title, SELECTING, looked_up)
    resource = resources.resources()[name]
    asks = {key: found.words for key, found in filters.of(_made(archive, resource, "").columns).items()}

    def rows(archive: Archive, asked: Asked) -> pd.DataFrame:
        data = seen(archive, asked)
        return filters.kept(data, resource, _made(archive, resource, asked.grouping), dict(asked.filters))

    return Table(name, title, asks, rows)


def seen(archive: Archive, asked: Asked, day: str = "") -> Dataset:
    """Return a world as seen from a day (the period that it opens with, if none is given). Raises Problem."""
    known = [NONE, *(found.id for found in archive.timeline.all_groupings)]
    checked("grouping", [asked.grouping] if asked.grouping else [], known)
    return archive.at(day or archive.default_period, asked.grouping)


def selected(archive: Archive, asked: Asked) -> tuple[Dataset, str, Selection]:
    """Return the dataset as seen from the period that is asked for, the period, and which communes. Raises Problem."""
    period = asked.one("period") or LATEST
    (day,) = filters.periods(seen(archive, asked), [period])
    checked("period", [day], [*archive.periods, archive.default_period])
    data = seen(archive, asked, day)
    criteria = [str(number) for number in data.reference.criteria_of(data.reference.commune_set).index]
    allowed = {
        "group": list(data.reference.groups.index),
        "tier": filters.tiers(data),
        "recognition": list(selection.recognition_classes(data, day)),
        "lacking": criteria,
        "meeting": criteria,
    }
    values = {name: tuple(checked(name, asked.filters.get(name, ()), allowed[name])) for name in allowed}
    return (
        data,
        day,
        Selection(
            groups=values["group"],
            tiers=values["tier"],
            recognition=values["recognition"],
            lacking=values["lacking"],
            meeting=values["meeting"],
            name=",".join(asked.filters.get("name", ())),
        ),
    )


def looked_up(archive: Archive, asked: Asked) -> pd.DataFrame:
    """Return resources.lookup of what is asked for, with layer and layer_class if a layer is. Raises Problem."""
    data, period, wanted = selected(archive, asked)
    rows = resources.lookup(data, period, wanted)
    units = checked("unit", asked.filters.get("unit", ()), data.reference.communes.index)
    if units:
        rows = rows[rows["unit_code"].isin(units)]
    return _with_classes(data, period, rows, asked) if asked.one("layer") else rows


def _with_classes(data: Dataset, period: str, rows: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Rows with the class that a map layer gives each; those of the classes that are asked for."""
    (layer,) = checked("layer", [asked.one("layer")], list(layers.available(data.reference)))
    criteria = [str(number) for number in data.reference.criteria_of(data.reference.commune_set).index]
    (criterion,) = checked("criterion", [asked.one("criterion") or criteria[0]], criteria)
    drawn = layers.build(data, layer, period, int(criterion))
    classes = rows["unit_code"].map(drawn.classes)
    wanted = checked("class", asked.filters.get("class", ()), list(drawn.colours))
    rows = rows.assign(layer=layer, layer_class=classes)
    return rows[classes.isin(wanted)] if wanted else rows


def drawn(archive: Archive, asked: Asked) -> tuple[Dataset, pd.DataFrame]:
    """Return the dataset and the communes of a map, indexed by code: looked_up of a layer. Raises Problem."""
    data, _period, _wanted = selected(archive, asked)
    layer = replace(asked, filters={"layer": (FIRST_LAYER,), **asked.filters})
    return data, looked_up(archive, layer).set_index("unit_code")


def bounded(rows: pd.DataFrame, asked: Asked, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return the page that is asked for. Raises Problem where it has more than the `most` rows of an answer."""
    end = None if asked.limit is None else asked.offset + asked.limit
    page = rows.iloc[asked.offset : end]
    if len(page) > most:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _(
                "Kết quả có {found} dòng, một lần trả lời có nhiều nhất {allowed}. Hãy lọc (period, unit, group…) hoặc "
                "lấy từng trang bằng limit và offset.",
                found=text.number(len(page)),
                allowed=text.number(most),
            ),
        )
    return page


_known: WeakKeyDictionary[Archive, dict[tuple[str, str, str], pd.DataFrame]] = WeakKeyDictionary()
_making = threading.Lock()


def _made(archive: Archive, resource: Resource, grouping: str) -> pd.DataFrame:
    """All rows of a resource, made once per world, revision, language and grouping. Nobody changes them."""
    key = (resource.name, text.language(), grouping)
    with _making:
        known = _known.setdefault(archive, {})
        if key not in known:
            known[key] = resource.make(archive.at(archive.default_period, grouping))
        return known[key]
