"""What every figure, file and slide says of itself: world, kinds, coverage, plan, period, revision, scope.

Each set of facts is named apart: what is official in one may be only published, or unknown, in another.
"""

from collections.abc import Sequence

import pandas as pd

from ntm import labels, text
from ntm.dataset import Dataset
from ntm.text import _, either, mark
from ntm.world import OFFICIAL, SAMPLE

SETS = {  # a set of facts → its words
    "commune": mark("kết quả tiêu chí xã"),
    "advanced": mark("tiêu chí nâng cao"),
    "district": mark("tiêu chí huyện"),
    "recognitions": mark("công nhận"),
    "villages": mark("thôn bản"),
}
COMMUNES = ("commune", "recognitions")  # what most figures stand on


def facts(data: Dataset, period: str, scope: str = "", sets: Sequence[str] = COMMUNES) -> dict[str, str]:
    """Return what a file must say, fact → words.

    `scope`: the filter in words; the whole province where it is empty. `sets`: the keys of SETS that it holds.
    """
    return {
        _("Bộ số liệu"): labels.world(data.world),
        _("Loại số liệu"): kinds(data, period, sets),
        _("Mức đầy đủ toàn tỉnh"): data.coverage(period).words(),
        _("Kế hoạch"): plan(data),
        _("Kỳ"): text.date(period),
        _("Phiên bản số liệu"): str(data.revision),
        _("Phạm vi"): scope or _("Toàn tỉnh"),
    }


def notice(data: Dataset) -> str:
    """Return the short warning that the figures are a sample; empty where they are not."""
    return _("SỐ LIỆU MINH HỌA") if data.is_sample else ""


def line(
    data: Dataset, period: str, sets: Sequence[str] = COMMUNES, *, over_time: bool = False, beyond: bool = False
) -> str:
    """Return a figure's source in a line: the kind of each set of facts (keys of SETS), period, plan.

    `over_time`: it is also based on the facts of earlier periods; `beyond`: also on those of other communes that were
    assessed by the same criteria.
    """
    periods = _until(data, period, beyond=beyond) if over_time else [period]
    days = text.date(period) if len(periods) == 1 else f"{text.date(periods[0])} – {text.date(period)}"
    source = _(
        "Nguồn: {kinds}; kỳ {period}; kế hoạch: {plan}",
        kinds=kinds(data, period, sets, over_time=over_time, beyond=beyond),
        period=days,
        plan=plan(data),
    )
    return "; ".join(filter(None, [source, _break(data) if over_time and not beyond else ""]))


def _break(data: Dataset) -> str:
    """Say why a figure over time does not go on before or after the periods that it shows; empty where it does."""
    first, last = data.reference.span
    parts = []
    if data.all_periods and data.all_periods[0] < first:
        parts.append(_("không nối với các kỳ trước {date}", date=text.date(first)))
    if data.all_periods and data.all_periods[-1] > last:
        parts.append(_("không nối với các kỳ sau {date}", date=text.date(last)))
    return _("{breaks}: đơn vị hoặc bộ tiêu chí khác", breaks=_(" và ").join(parts)) if parts else ""


def _until(data: Dataset, period: str, *, beyond: bool) -> list[str]:
    return [day for day in (data.periods_of_set if beyond else data.periods) if day < period] + [period]


def kinds(data: Dataset, period: str, sets: Sequence[str], *, over_time: bool = False, beyond: bool = False) -> str:
    """Say of each set of facts what kind it is of: "công nhận: số liệu chính thức, phiên bản 3, 25/11/2026; …".

    Sets of the same kind stand together. `over_time`, `beyond`: see line.
    """
    periods = _until(data, period, beyond=beyond) if over_time else [period]
    alike: dict[str, list[str]] = {}
    for name in sets:
        rows = pd.concat([_rows(data.at(day) if beyond else data, day, name)[["kind", "revision"]] for day in periods])
        alike.setdefault(_kinds(data, rows), []).append(_(SETS[name]))
    return "; ".join(f"{', '.join(names)}: {words}" for words, names in alike.items())


def shown(data: Dataset) -> str:
    """Say what is shown at the dataset's revision: its world, and the last of its changes that is in effect."""
    known = data.revisions
    own = known[known["in_effect"] & known["undoes"].isna() & known["kind"].isin(data.world.kinds)]
    latest = _revision(own.iloc[0]) if len(own) else _("chưa có")
    return _(
        "Phiên bản số liệu {number}: {world}. Cập nhật gần nhất còn hiệu lực: {latest}.",
        number=data.revision,
        world=labels.world(data.world),
        latest=latest,
    )


def plan(data: Dataset) -> str:
    """Name the plan in force with its date, and that it is an illustration if it is one; or say that there is none."""
    found = data.reference.plan
    if found is None:
        return _("kỳ này không có kế hoạch")
    words = f"{either(found, 'title')} ({text.date(found.date)})"
    return words if found.kind != SAMPLE else f"{words}, {labels.kind(SAMPLE)}"


def _rows(data: Dataset, period: str, name: str) -> pd.DataFrame:
    """The facts of a set that speak of a period, with kind and revision."""
    reference = data.reference
    if name == "recognitions":
        decided = data.recognitions[data.recognitions["recognised_by"] <= period]
        return pd.concat([decided, data.complete_lists])[["kind", "revision"]]
    if name == "villages":
        return data.villages[data.villages["period"] == period]
    sets = {"commune": reference.commune_set, "advanced": reference.advanced_set, "district": reference.district_set}
    return data.assessments_at(period, sets[name])


def _kinds(data: Dataset, rows: pd.DataFrame) -> str:
    if rows.empty:
        return _("chưa có số liệu")
    parts = []
    for kind in labels.KIND:
        mine = rows[rows["kind"] == kind]
        if len(mine) and kind == OFFICIAL:
            revisions = sorted(int(revision) for revision in mine["revision"].unique())
            day, numbers = text.day(_created(data, revisions[-1])), ", ".join(map(str, revisions))
            parts.append(_("{kind}, phiên bản {revision}, {day}", kind=labels.kind(kind), revision=numbers, day=day))
        elif len(mine):
            parts.append(labels.kind(kind))
    return _(" và ").join(parts)


def _created(data: Dataset, revision: int) -> pd.Timestamp:
    return data.revisions.set_index("id").at[revision, "created_at"]


def _revision(row: pd.Series) -> str:
    return _(
        "phiên bản {number}, ngày {day}, {author}: {note}",
        number=row["id"],
        day=text.day(row["created_at"]),
        author=labels.author(row["author"]),
        note=labels.note(row["note"]),
    )
