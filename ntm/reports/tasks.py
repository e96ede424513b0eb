"""What is left to do: reports that are outstanding, targets not met, who is to be recognised or lacks a criterion."""

import pandas as pd

from ntm import metrics, narrative, progress, reporting, text
from ntm.dataset import Dataset
from ntm.figures import criteria
from ntm.plan import Target
from ntm.text import _, either, plural

HARDEST_NAMED = 5
NEAREST_NAMED = 5  # communes nearest to complete


def points(data: Dataset, period: str, group: str | None) -> list[str]:
    """Say what is left to do.

    Reports that are outstanding, targets not met, named communes to recognise, who must regain the standard; and of a
    group without targets of its own what it can contribute: the communes nearest to complete, the criteria that most
    lack. That all is done is said only if it is known.
    """
    reference = data.reference
    table = progress.asked(data, period, group)
    left = table[table["status"] != progress.MET]
    communes = data.communes_of(period, (group,) if group else ())
    named = [code for code in reference.named_communes if code in communes.index]
    named = [code for code in named if not metrics.is_true(communes.at[code, "recognised"])]
    found = _to_report(data, period, group)
    found += [left_to_do(reference.target(target_id), row) for target_id, row in left.iterrows()]
    found += [_recognise(data, period, communes.loc[code], code) for code in named]
    found += [
        _("Khôi phục chuẩn ở xã {commune}: {missing}", commune=row["label"], missing=_missing(data, period, code))
        for code, row in communes[communes["at_risk"].fillna(False)].iterrows()
    ]
    if reference.plan and group is not None and table.empty:
        found += _contribution(data, period, group)
    if data.reference.plan is None and not found:
        return [narrative.without_plan()]
    return found or [_("Mọi mục tiêu đã đạt: giữ kết quả.")]


def _to_report(data: Dataset, period: str, group: str | None) -> list[str]:
    if data.is_sample or data.coverage(period, (group,) if group else ()).is_whole:
        return []
    table = reporting.by_group(data, period)
    waiting = table[table["whole"] < table["communes"]]
    if group is not None:
        waiting = waiting.loc[[group]]
    names = [plural("{unit} ({count} xã)", row.communes - row.whole, unit=row.label) for row in waiting.itertuples()]
    return [_("Báo cáo đủ số liệu: {names}", names=", ".join(names))]


def _recognise(data: Dataset, period: str, row: pd.Series, code: str) -> str:
    if data.lacking_at(period)[code].is_none:
        return _("Xét công nhận xã {commune}: đã đạt đủ tiêu chí", commune=row["label"])
    return _("Công nhận xã {commune}: {missing}", commune=row["label"], missing=_missing(data, period, code))


def _contribution(data: Dataset, period: str, group: str) -> list[str]:
    """What a group without targets of its own can do for the province's."""
    reference, communes = data.reference, data.communes_of(period, (group,))
    nearest = communes[communes["missing"] > 0].nsmallest(NEAREST_NAMED, "missing", keep="first")
    points = [
        _(
            "Kế hoạch không giao mục tiêu riêng; đóng góp vào mục tiêu của tỉnh: xã {commune} còn thiếu {missing}",
            commune=row["label"],
            missing=_missing(data, period, code),
        )
        for code, row in nearest.iterrows()
    ]
    numbers = tuple(data.reference.criteria_of(reference.commune_set).index)
    most = failing(criteria.pass_rates(data, period, (group,), numbers).frame)
    if most:
        points.append(_("Tiêu chí nhiều xã chưa đạt nhất: {criteria}", criteria="; ".join(most)))
    if points:
        return points
    if data.coverage(period, (group,)).is_whole:
        return [_("Kế hoạch không giao mục tiêu riêng; mọi xã đạt đủ tiêu chí: giữ kết quả.")]
    return [_("Kế hoạch không giao mục tiêu riêng; chưa đủ số liệu để nêu nhiệm vụ khác.")]


def left_to_do(target: Target, figures: pd.Series) -> str:
    """Say a target beside where it stands; `figures`: a row of progress.progress."""
    name = either(target, "name")
    if target.judged:
        return f"{name}: {narrative.reading(target, figures)}"
    return _(
        "{target}: cần {goal}; nay {actual}",
        target=name,
        goal=text.number(figures["literal_target"], target.decimals),
        actual=narrative.standing(target, figures),
    )


def failing(rates: pd.DataFrame) -> list[str]:
    """Name the criteria that most communes are known not to meet. `rates`: the frame of criteria.pass_rates."""
    lacking = rates[rates["met"] < rates["assessed"]].head(HARDEST_NAMED)
    return [
        plural("{criterion}: {count} xã chưa đạt", row.assessed - row.met, criterion=row.row)
        for row in lacking.itertuples()
    ]


def _missing(data: Dataset, period: str, code: str) -> str:
    of_set = data.reference.criteria_of(data.reference.commune_set)
    return narrative.missing(of_set, data.lacking_at(period)[code])


def misses(data: Dataset, period: str, code: str) -> str:
    """Say of a commune which criteria it misses: "Pha Mu (Than Uyên): 10. Thu nhập"."""
    row = data.communes_at(period).loc[code]
    return f"{row['place']}: {_missing(data, period, code)}"


def nobody_at_risk(communes: pd.DataFrame) -> str:
    """Say that nobody recognised is known to miss a criterion; that nobody does, only if everybody is known."""
    unknown = int(communes["at_risk"].isna().sum())
    if not communes["recognised"].fillna(True).any():
        return _("Chưa có xã nào được công nhận")
    if not unknown:
        return _("Không có xã đã công nhận nào thiếu tiêu chí")
    return plural("Chưa kết luận được: {count} xã chưa rõ có giữ đủ tiêu chí hay không", unknown)
