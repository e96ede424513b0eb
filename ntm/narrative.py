"""Sentences that say what a table shows: the headline, what changed, who is where. In the reader's language."""

import pandas as pd

from ntm import labels, progress, text
from ntm.plan import Plan, Target
from ntm.text import _


def names(labels: pd.Series, limit: int = 6) -> str:
    """Join names: "Pha Mu, Tà Mung và 3 xã khác"."""
    listed = list(labels)
    if len(listed) <= limit:
        return ", ".join(listed)
    return _("{names} và {more} xã khác", names=", ".join(listed[:limit]), more=len(listed) - limit)


def headline(plan: Plan, table: pd.DataFrame) -> str:
    """Say in a sentence where the province stands; `table` is progress.progress of the province."""
    parts = []
    recognised, average = plan.target_of("recognised"), plan.target_of("average")
    if recognised:
        parts.append(
            _(
                "**{actual} trên {target} xã** đã được công nhận đạt chuẩn",
                actual=text.number(table.at[recognised.id, "actual"]),
                target=text.number(table.at[recognised.id, "target"]),
            )
        )
    if average:
        parts.append(
            _(
                "bình quân **{actual} tiêu chí** mỗi xã (mục tiêu {target})",
                actual=text.number(table.at[average.id, "actual"], average.decimals),
                target=text.number(table.at[average.id, "target"], average.decimals),
            )
        )
    met = int((table["status"] == progress.MET).sum())
    parts.append(_("**{met} trên {count} mục tiêu** đã đạt", met=met, count=len(table)))
    return "; ".join(parts) + "."


def reading(target: Target, figures: pd.Series) -> str:
    """Say how a target is judged: its unit of measure, or, of a tier, the cumulative count that is judged instead.

    `figures`: a row of progress.progress.
    """
    if not target.judged:
        return labels.unit_of_measure(target.unit)
    words = {
        "at_least": _("xét theo số xã đạt từ {criteria} tiêu chí trở lên: {baseline} → {actual}, cần {target}"),
        "below": _("xét theo số xã dưới {criteria} tiêu chí: {baseline} → {actual}, cần {target}"),
    }[target.judged.indicator]
    return words.format(
        criteria=target.judged.criteria,
        baseline=text.number(figures["baseline"]),
        actual=text.number(figures["actual"]),
        target=text.number(figures["target"]),
    )


def target(goal: Target, figures: pd.Series) -> str:
    """Name a target with how it is judged (see reading): "Tổng số xã đạt chuẩn (xã)"."""
    return f"{text.either(goal, 'name')} ({reading(goal, figures)})"


def lagging(summary: pd.DataFrame, labels: pd.Series, count: int = 3) -> str:
    """Name the districts with the lowest averages; `summary` is metrics.summary by district_code."""
    known = summary.dropna(subset="average").nsmallest(count, "average")
    parts = [f"{labels[code]} ({text.number(row['average'], 1)})" for code, row in known.iterrows()]
    return ", ".join(parts)


def pace(change: float, decimals: int = 1) -> str:
    """Say a change with its sign: "+1,2 so với mốc"."""
    return _("{change} so với mốc", change=text.number(change, decimals, signed=True))


def missing(criteria: pd.DataFrame, numbers: list[int]) -> str:
    """Name criteria by number and name: "10. Thu nhập; 11. Nghèo đa chiều"; says so where none is missing."""
    if not numbers:
        return _("không thiếu tiêu chí nào")
    return "; ".join(f"{number}. {text.either(criteria.loc[number], 'name')}" for number in numbers)


def reconciliation(rows: pd.DataFrame) -> pd.DataFrame:
    """Return reconcile.against_published with its indicators, figures, comparison and evidence in words."""
    return rows.assign(
        indicator=rows["indicator"].map(labels.indicator),
        expected=[text.number(row.expected, row.decimals) for row in rows.itertuples()],
        actual=[text.number(row.actual, row.decimals) for row in rows.itertuples()],
        equal=[_("✓ khớp") if equal else _("✕ lệch") for equal in rows["equal"]],
        evidence=rows["evidence"].map(labels.evidence),
    )


def changes(moved: pd.DataFrame) -> str:
    """Say what changed between two periods, as a list in Markdown; `moved` is metrics.moves."""
    gained, lost = moved[moved["change"] > 0], moved[moved["change"] < 0]
    climbed = gained[gained["tier_earlier"] != gained["tier_later"]]
    recognised = moved[moved["newly_recognised"]]
    lines = [
        _(
            "**{communes} xã** đạt thêm **{criteria} tiêu chí**; **{climbed} xã** lên nhóm trên.",
            communes=text.number(len(gained)),
            criteria=text.number(gained["change"].sum()),
            climbed=text.number(len(climbed)),
        )
    ]
    if len(recognised):
        lines.append(_("Mới công nhận: {names}.", names=names(recognised["label"])))
    if len(lost):
        fallen = [f"{row['label']} ({text.number(row['change'], signed=True)})" for _code, row in lost.iterrows()]
        lines.append(_("Mất tiêu chí: {names}.", names=names(pd.Series(fallen))))
    return "\n".join(f"- {line}" for line in lines)
