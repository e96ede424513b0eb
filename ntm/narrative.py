"""What a table shows, in words: the headline, what changed, who is where. In the reader's language.

What has several parts is returned in parts: whoever draws it makes a sentence, a list or points of them.
"""

from collections.abc import Iterable

import pandas as pd

from ntm import coverage, labels, progress, text
from ntm.coverage import Coverage
from ntm.markdown import Markdown, plain
from ntm.metrics import Lacking
from ntm.plan import Plan, Target
from ntm.reference import Reference
from ntm.text import _, plural

COUNTED = {  # an indicator → what its coverage counts (coverage.REPORTED)
    "kept": "decided",
    "tier_count": "decided",
    "recognised": "recognition",
    "named_recognised": "recognition",
    "advanced_average": "advanced",
    "district_average": "district",
    "villages": "district",
}


def names(labels: pd.Series, limit: int = 6) -> str:
    """Join names: "Pha Mu, Tà Mung và 3 xã khác"."""
    listed = list(labels)
    if len(listed) <= limit:
        return ", ".join(listed)
    return _("{names} và {more} xã khác", names=", ".join(listed[:limit]), more=len(listed) - limit)


def headline(plan: Plan, table: pd.DataFrame, reported: Coverage) -> tuple[str, ...]:
    """Say in parts where the province stands, in figures alone.

    `table`: progress.progress of the province; `reported`: the coverage of its communes.

    Below full coverage it says the coverage first, then what is certain, then the figure of those that have reported.
    """
    parts = [] if reported.is_whole else [reported.words()]
    recognised, average = plan.target_of("recognised"), plan.target_of("average")
    if recognised:
        parts.append(_recognised(table.loc[recognised.id]))
    if average:
        parts += _average(table.loc[average.id], average.decimals)
    return (*parts, met(table))


def subject(reference: Reference) -> str:
    """Say what is reported on: the plan's subject, else the programme."""
    if reference.plan:
        return text.either(reference.plan, "subject")
    return _("Chương trình mục tiêu quốc gia xây dựng nông thôn mới, {province}", province=reference.province["label"])


def without_plan() -> str:
    """Say that a period has results and no targets."""
    return _("Kỳ này không có kế hoạch trong hệ thống: chỉ nêu kết quả, không có mục tiêu.")


def met(table: pd.DataFrame) -> str:
    """Say how many targets are met, and how many it is not known of; `table` is progress.progress."""
    counts = table["status"].value_counts()
    words = plural("{met}/{count} mục tiêu đã đạt", len(table), met=counts.get(progress.MET, 0))
    if not counts.get(progress.NO_DATA, 0):
        return words
    missed = counts.get(progress.MISSED, 0)
    failed = ", " + _("{missed} chưa đạt kế hoạch", missed=missed) if missed else ""
    return words + failed + ", " + _("{unknown} chưa đủ số liệu", unknown=counts[progress.NO_DATA])


def _recognised(row: pd.Series) -> str:
    target = text.number(row["target"])
    if row["low"] == row["high"]:
        actual = text.number(row["actual"])
        return plural("{actual}/{count} xã đã được công nhận đạt chuẩn", row["target"], actual=actual)
    certain = coverage.count(row["low"], row["high"], int(row["known"]))
    return _("số xã đã được công nhận đạt chuẩn: {certain} (kế hoạch {target})", certain=certain, target=target)


def _average(row: pd.Series, decimals: int) -> list[str]:
    target, known = text.number(row["target"], decimals), int(row["known"])
    if row["low"] == row["high"]:
        actual = text.number(row["actual"], decimals)
        return [_("bình quân {actual} tiêu chí mỗi xã (mục tiêu {target})", actual=actual, target=target)]
    certain = coverage.mean(row["low"], row["high"], known, decimals)
    words = [_("bình quân toàn tỉnh: {certain} (mục tiêu {target})", certain=certain, target=target)]
    return words + [_("bình quân {average}", average=coverage.of_reported(row["actual"], known, decimals))] * bool(
        known
    )


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
        actual=coverage.count(figures["low"], figures["high"], int(figures["known"])),
        target=text.number(figures["target"]),
    )


def target(goal: Target, figures: pd.Series) -> str:
    """Name a target with how it is judged (see reading): "Tổng số xã đạt chuẩn (xã)"."""
    return f"{text.either(goal, 'name')} ({reading(goal, figures)})"


def actual(target: Target, figures: pd.Series) -> str:
    """Say a target's literal actual as far as it is certain: "41", "ít nhất 19", "từ 2,2 đến 19,0".

    `figures`: a row of progress.progress.
    """
    known, low, high = int(figures["known"]), figures["literal_low"], figures["literal_high"]
    if target.unit == "criterion":
        return coverage.mean(low, high, known, target.decimals)
    return coverage.count(low, high, known, target.decimals, most=figures["total"])


def _covered(figures: pd.Series) -> Coverage:
    return Coverage(int(figures["known"]), int(figures["total"]))


def reported(target: Target, figures: pd.Series) -> str:
    """Say how many of the units that a target's actual stands on are known; empty where all are.

    `figures`: a row of progress.progress.
    """
    covered = _covered(figures)
    return "" if covered.is_whole else covered.words(COUNTED.get(target.indicator, "commune"))


def known_units(target: Target, figures: pd.Series) -> str:
    """Say the same in short, for a table: "11/94 xã"; empty where all are known."""
    covered = _covered(figures)
    if covered.is_whole:
        return ""
    words = _("{known}/{total} huyện") if COUNTED.get(target.indicator) == "district" else _("{known}/{total} xã")
    return words.format(known=text.number(covered.known), total=text.number(covered.total))


def of_reported(target: Target, figures: pd.Series) -> str:
    """Say a target's average of the units that have reported; empty where all have, or none."""
    covered = _covered(figures)
    if covered.is_whole or covered.is_empty or target.unit != "criterion":
        return ""
    average = text.number(figures["literal_actual"], target.decimals)
    return plural("{average} ở {count} đơn vị đã báo cáo", covered.known, average=average)


def standing(target: Target, figures: pd.Series) -> str:
    """Say a target's actual; below full coverage the coverage first, then what is certain, then that of those reported.

    `figures`: a row of progress.progress.
    """
    certain = actual(target, figures)
    covered = reported(target, figures)
    if not covered:
        return certain
    return "; ".join(filter(None, [f"{covered}: {certain}", of_reported(target, figures)]))


def certain(figures: pd.Series, flag: str) -> str:
    """Say a number of communes as far as it is certain.

    `figures`: a row of metrics.summary; `flag`: one of metrics.FLAGS.
    """
    low, unknown = figures[flag], figures[f"{flag}_unknown"]
    if pd.isna(low):
        return text.number(None)
    return coverage.count(low, low + unknown, int(figures["communes"] - unknown))


def lagging(summary: pd.DataFrame, labels: pd.Series, count: int = 3) -> str:
    """Name the groups with the lowest averages; `summary` is metrics.summary by group_code."""
    known = summary.dropna(subset="average").nsmallest(count, "average")
    parts = [f"{labels[code]} ({text.number(row['average'], 1)})" for code, row in known.iterrows()]
    return ", ".join(parts)


def at_risk(communes: pd.DataFrame) -> str:
    """Say how many recognised communes lack a criterion, as far as it is certain; `communes`: see commune_table."""
    flags = communes["at_risk"]
    low, unknown = int(flags.fillna(False).sum()), int(flags.isna().sum())
    if not unknown:
        return plural("{count} xã đã công nhận nay không đủ tiêu chí", low)
    certain = coverage.count(low, low + unknown, len(flags) - unknown)
    return _("Xã đã công nhận nay không đủ tiêu chí: {certain}", certain=certain)


def named(recognised: pd.Series) -> str:
    """Say how many of the communes that the plan names are recognised. `recognised`: True, False or NA, one each."""
    low, unknown = int(recognised.fillna(False).sum()), int(recognised.isna().sum())
    certain = coverage.count(low, low + unknown, len(recognised) - unknown)
    return plural("{count} xã kế hoạch nêu tên; đã công nhận: {certain}", len(recognised), certain=certain)


def pace(change: float, decimals: int = 1) -> str:
    """Say a change with its sign: "+1,2 so với mốc"."""
    return _("{change} so với mốc", change=text.number(change, decimals, signed=True))


def criteria_names(criteria: pd.DataFrame, numbers: Iterable[int]) -> str:
    """Name criteria by number and name: "10. Thu nhập; 11. Nghèo đa chiều"."""
    return "; ".join(f"{number}. {text.either(criteria.loc[number], 'name')}" for number in numbers)


def missing(criteria: pd.DataFrame, lacks: Lacking) -> str:
    """Say what a commune lacks: these criteria, none, or not known; and how many criteria are not known."""
    if lacks.is_none:
        return _("không thiếu tiêu chí nào")
    if len(lacks.unknown) == len(criteria):
        return text.number(None)
    parts = [criteria_names(criteria, lacks.criteria)] if lacks.criteria else []
    if lacks.unknown:
        parts.append(plural("chưa có số liệu của {count} tiêu chí", len(lacks.unknown)))
    return "; ".join(parts)


def reconciliation(rows: pd.DataFrame) -> pd.DataFrame:
    """Return reconcile.against_published with its indicators, figures, comparison and evidence in words."""
    return rows.assign(
        indicator=rows["indicator"].map(labels.indicator),
        expected=[text.number(row.expected, row.decimals) for row in rows.itertuples()],
        actual=[coverage.count(row.low, row.high, row.known, row.decimals) for row in rows.itertuples()],
        equal=rows["equal"].map({True: _("✓ khớp"), False: _("✕ lệch")}).fillna(_("? chưa đủ số liệu")),
        evidence=rows["evidence"].map(labels.evidence),
    )


def changes(moved: pd.DataFrame, compared: Coverage) -> tuple[Markdown, ...]:
    """Say what changed between two periods, in sentences.

    `moved`: metrics.moves; `compared`: how many communes are known at both periods, which alone can be compared.
    """
    lines = [] if compared.is_whole else [_compared(compared)]
    gained, lost = moved[moved["change"] > 0], moved[moved["change"] < 0]
    climbed = gained[gained["tier_earlier"] != gained["tier_later"]]
    recognised = moved[moved["newly_recognised"]]
    if not compared.is_empty:
        lines.append(
            _(
                "**{communes} xã** đạt thêm **{criteria} tiêu chí**; **{climbed} xã** lên nhóm trên.",
                communes=text.number(len(gained)),
                criteria=text.number(gained["change"].sum()),
                climbed=text.number(len(climbed)),
            )
        )
    if len(recognised):
        lines.append(_("Mới công nhận: {names}.", names=plain(names(recognised["label"]))))
    if len(lost):
        fallen = [f"{row['label']} ({text.number(row['change'], signed=True)})" for _code, row in lost.iterrows()]
        lines.append(_("Mất tiêu chí: {names}.", names=plain(names(pd.Series(fallen)))))
    return tuple(map(Markdown, lines))


def _compared(compared: Coverage) -> str:
    if compared.is_empty:
        return _("Chưa so sánh được: không xã nào có đủ số liệu ở cả hai kỳ.")
    known = text.number(compared.known)
    return plural("Chỉ so sánh {known}/{count} xã có đủ số liệu ở cả hai kỳ.", compared.total, known=known)
