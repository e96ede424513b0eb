"""Metrics: criteria met, tiers, averages, pass rates, recognised. DataFrame in, DataFrame out; nothing is drawn here.

Unknown stays unknown: a commune with a criterion not assessed has no tier and enters no average, and every mean or
rate comes with the number of communes that it stands on.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from ntm.plan import Tier

UNKNOWN = "unknown"
STANDARD = "ntm"
NEVER = "9999-12-31"
KIND_TRUST = ["published", "official", "sample"]  # the weakest kind in a mixture names the mixture


def weakest_kind(kinds: pd.Series) -> str | None:
    """Return the least certain kind among `kinds` (published, official, sample); None where there is none."""
    present = set(kinds.dropna())
    return next((kind for kind in reversed(KIND_TRUST) if kind in present), None)


def criteria_met(assessments: pd.DataFrame) -> pd.DataFrame:
    """Count criteria per period and unit, of one criteria set.

    Index (period, unit_code); columns met, assessed (numbers of criteria), kind (the weakest among its assessments).
    """
    groups = assessments.groupby(["period", "unit_code"], sort=True)
    sample = assessments["kind"].eq("sample").groupby([assessments["period"], assessments["unit_code"]]).any()
    counts = groups["met"].agg(met="sum", assessed="count")
    return counts.assign(kind=groups["kind"].first().mask(sample, "sample"))


def tier_of(met: pd.Series, tiers: Sequence[Tier]) -> pd.Series:
    """Return each count's tier id; "unknown" where the count is not known or falls into no tier."""
    counts = met.to_numpy(dtype=float)
    inside = [(counts >= tier.lower) & (counts <= tier.upper) for tier in tiers]
    ids = np.select(inside, [np.array(tier.id, dtype=object) for tier in tiers], default=UNKNOWN)
    return pd.Series(ids, index=met.index, dtype=object)


def commune_table(
    *,
    communes: pd.DataFrame,
    assessments: pd.DataFrame,
    recognitions: pd.DataFrame,
    tiers: Sequence[Tier],
    criteria: Sequence[int],
    periods: Sequence[str],
    baseline: str,
) -> pd.DataFrame:
    """Say of every commune at every period where it stands. One row per period and commune.

    Columns: period, unit_code, label, district_code, district; met (criteria met; NaN unless all are assessed),
    assessed, missing, tier; kind; recognised (a decision by that day), recognised_kind, recognised_at_baseline,
    newly_recognised; meets_all (a count); kept (recognised at the baseline, recognised now, and meeting all);
    at_risk (recognised, and known to miss a criterion); met_at_baseline, change (criteria since the baseline).
    """
    total = len(criteria)
    places = pd.MultiIndex.from_product([periods, communes.index], names=["period", "unit_code"])
    counts = criteria_met(assessments)
    table = counts.reindex(places).reset_index()
    table["assessed"] = table["assessed"].fillna(0).astype(int)
    table["met"] = table["met"].where(table["assessed"] == total)
    table["missing"] = total - table["met"]
    table["tier"] = tier_of(table["met"], tiers)
    table = _with_recognition(table, recognitions, baseline)
    table["meets_all"] = table["met"] == total
    table["kept"] = table["recognised_at_baseline"] & table["recognised"] & table["meets_all"]
    table["at_risk"] = table["recognised"] & (table["met"] < total)
    complete = counts[counts["assessed"] == total].reset_index()
    at_baseline = complete[complete["period"] == baseline].set_index("unit_code")["met"]
    table["met_at_baseline"] = table["unit_code"].map(at_baseline)
    table["change"] = table["met"] - table["met_at_baseline"]
    for column in ("label", "district_code", "district"):
        table[column] = table["unit_code"].map(communes[column])
    return table


def _with_recognition(table: pd.DataFrame, recognitions: pd.DataFrame, baseline: str) -> pd.DataFrame:
    decisions = recognitions[recognitions["standard"] == STANDARD].set_index("unit_code")
    since, until = decisions["recognised_by"].to_dict(), decisions["revoked_on"].to_dict()
    day = table["unit_code"].map(lambda code: since.get(code, NEVER))
    end = table["unit_code"].map(lambda code: until.get(code) or NEVER)
    recognised = (day <= table["period"]) & (table["period"] < end)
    return table.assign(
        recognised=recognised,
        recognised_kind=table["unit_code"].map(decisions["kind"]).where(recognised),
        recognised_at_baseline=(day <= baseline) & (baseline < end),
        newly_recognised=recognised & (day > baseline),
    )


def summary(communes: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum communes of one period up, indexed by `by` (a column, such as "district_code").

    Columns: communes, known (with all criteria assessed), average (criteria per known commune), met_total, change
    (of the average since the baseline, over communes known at both), recognised, newly_recognised, kept, at_risk,
    meets_all (numbers of communes).
    """
    groups = communes.groupby(by, sort=False)
    met = groups["met"]
    figures = pd.DataFrame(
        {
            "communes": groups.size(),
            "known": met.count(),
            "average": met.mean(),
            "met_total": met.sum(min_count=1),
            "change": groups["change"].mean(),
        }
    )
    return figures.join(groups[["recognised", "newly_recognised", "kept", "at_risk", "meets_all"]].sum())


def tier_counts(communes: pd.DataFrame, tiers: Sequence[Tier], by: Sequence[str] = ()) -> pd.DataFrame:
    """Count communes per tier within each group of `by`, every tier named even where nobody is in it.

    Columns: those of `by`, tier (best first, "unknown" last), communes (number), share (0 to 1, of the group).
    """
    order = [tier.id for tier in tiers] + [UNKNOWN]
    keys = [communes[column] for column in by]
    counts = communes["tier"].groupby([*keys, communes["tier"]], sort=False).size()
    if by:
        wide = counts.unstack("tier", fill_value=0).reindex(columns=order, fill_value=0)
        shares = wide.div(wide.sum(axis=1), axis=0)
        long = wide.stack().rename("communes").to_frame().assign(share=shares.stack()).reset_index()
        return long.rename(columns={long.columns[len(by)]: "tier"})
    counts = counts.reindex(order, fill_value=0)
    total = counts.sum()
    share = counts / total if total else counts * np.nan
    return pd.DataFrame({"tier": order, "communes": counts.to_numpy(), "share": share.to_numpy()})


def pass_rates(assessments: pd.DataFrame, criteria: Sequence[int]) -> pd.DataFrame:
    """Count who meets each criterion, at one period of one set.

    Columns: criterion, met, assessed (numbers of units), rate (0 to 1, of the assessed; NaN where nobody is).
    """
    counts = assessments.groupby("criterion")["met"].agg(met="sum", assessed="count")
    counts = counts.reindex(pd.Index(criteria, name="criterion"), fill_value=0)
    return counts.assign(rate=counts["met"] / counts["assessed"].where(counts["assessed"] > 0)).reset_index()


def lacking(assessments: pd.DataFrame) -> dict[str, list[int]]:
    """Return the criteria not met, at one period of one set: unit_code → numbers. Who misses none is not in it."""
    failed = assessments[~assessments["met"]]
    return failed.groupby("unit_code")["criterion"].agg(list).to_dict()


def average_by_period(communes: pd.DataFrame) -> pd.Series:
    """Return the average criteria per known commune at each period (index: period; see commune_table)."""
    return communes.groupby("period")["met"].mean()


def moves(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Compare communes at two periods (see commune_table, indexed by unit_code): those that moved, biggest gain first.

    Columns: label, district_code, district, met_earlier, met_later, change (criteria), tier_earlier, tier_later,
    newly_recognised (between the two).
    """
    both = later[["label", "district_code", "district"]].assign(
        met_earlier=earlier["met"],
        met_later=later["met"],
        change=later["met"] - earlier["met"],
        tier_earlier=earlier["tier"],
        tier_later=later["tier"],
        newly_recognised=later["recognised"] & ~earlier["recognised"],
    )
    moved = both[(both["change"].fillna(0) != 0) | both["newly_recognised"]]
    return moved.sort_values(["change", "met_later"], ascending=False, kind="stable")


def matrix(assessments: pd.DataFrame, criteria: Sequence[int]) -> pd.DataFrame:
    """Lay one period's assessments of one set out as units × criteria: 1.0 met, 0.0 not met, NaN unknown."""
    wide = assessments.pivot(index="unit_code", columns="criterion", values="met").astype(float)
    return wide.reindex(columns=list(criteria))


def flow(earlier: pd.DataFrame, later: pd.DataFrame, tiers: Sequence[Tier]) -> pd.DataFrame:
    """Count the communes that went from one tier to another between two periods (see commune_table, by unit_code).

    Columns: tier_earlier, tier_later (best first, "unknown" last), communes (number), codes (list); only what occurs.
    """
    order = {tier.id: rank for rank, tier in enumerate(tiers)} | {UNKNOWN: len(tiers)}
    both = pd.DataFrame({"tier_earlier": earlier["tier"], "tier_later": later["tier"], "unit_code": later.index})
    groups = both.groupby(["tier_earlier", "tier_later"])["unit_code"]
    counts = groups.agg(communes="size", codes=list).reset_index()
    return counts.sort_values(["tier_earlier", "tier_later"], key=lambda column: column.map(order), ignore_index=True)


def to_next_tier(communes: pd.DataFrame, tiers: Sequence[Tier]) -> pd.DataFrame:
    """Say how many criteria each commune needs to reach the next tier.

    Columns: next_tier (id), needed (criteria), then those of `communes`. Communes in the best tier, and unknown ones,
    are left out; the nearest come first.
    """
    following = {lower.id: upper for upper, lower in pairwise(tiers)}  # tiers are listed best first
    climbing = communes[communes["tier"].isin(following)]
    upper = climbing["tier"].map(following)
    needed = upper.map(lambda tier: tier.lower) - climbing["met"]
    table = climbing.assign(next_tier=upper.map(lambda tier: tier.id), needed=needed.astype(int))
    return table.sort_values(["needed", "met"], ascending=[True, False], kind="stable")


def changed_criteria(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Compare one set's assessments at two periods: columns unit_code, criterion, change ("gained" or "lost").

    Only what was assessed at both counts.
    """
    key = ["unit_code", "criterion"]
    both = earlier[[*key, "met"]].merge(later[[*key, "met"]], on=key, suffixes=("_earlier", "_later"))
    changed = both[both["met_earlier"] != both["met_later"]]
    change = changed["met_later"].map({True: "gained", False: "lost"})
    return changed[key].assign(change=change).sort_values(key, ignore_index=True)


def lacking_since(assessments: pd.DataFrame, period: str) -> pd.DataFrame:
    """Say since which period each criterion that is not met at `period` has not been met without a break.

    `assessments`: of one set, all periods. Columns: unit_code, criterion, since (a period), ever_met (before that).
    """
    past = assessments[assessments["period"] <= period].sort_values("period")
    now = past[past["period"] == period]
    key = ["unit_code", "criterion"]
    last_met = past[past["met"]].groupby(key)["period"].max().rename("last_met")
    failed = past[~past["met"]].merge(last_met, on=key, how="left")
    running = failed[failed["last_met"].isna() | (failed["period"] > failed["last_met"])]
    since = running.groupby(key, as_index=False).agg(since=("period", "min"), last_met=("last_met", "max"))
    missing = now[~now["met"]][key].merge(since, on=key)
    missing["ever_met"] = missing.pop("last_met").notna()
    return missing.sort_values(key, ignore_index=True)


def lift(wide: pd.DataFrame, tiers: Sequence[Tier]) -> pd.DataFrame:
    """Say what it would change if every commune met one criterion more, criterion by criterion.

    `wide`: see matrix; communes with an unknown criterion are left out. Columns: criterion, lacking (communes that do
    not meet it now), complete (that would meet all), climbing (that would rise a tier), codes (those who climb).
    """
    known = wide.dropna()
    met, lacks = known.sum(axis=1), known.to_numpy() == 0
    rises = (tier_of(met, tiers) != tier_of(met + 1, tiers)).to_numpy()
    nearly = (met == known.shape[1] - 1).to_numpy()
    climbs = lacks & rises[:, np.newaxis]
    lifted = pd.DataFrame(
        {
            "criterion": known.columns,
            "lacking": lacks.sum(axis=0),
            "complete": lacks[nearly].sum(axis=0),
            "climbing": climbs.sum(axis=0),
            "codes": [known.index[column].tolist() for column in climbs.T],
        }
    )
    return lifted.sort_values(["climbing", "complete", "lacking"], ascending=False, kind="stable")


def failing_pairs(wide: pd.DataFrame) -> pd.DataFrame:
    """Count the communes that lack two criteria at once, most first.

    `wide`: see matrix. Columns: one, other (criteria, one < other), communes (lacking both), either (lacking at least
    one of them), share (both of either, 0 to 1).
    """
    fails = (wide == 0).to_numpy().astype(int)
    together = fails.T @ fails
    alone = together.diagonal()
    criteria = wide.columns.to_numpy()
    one, other = np.triu_indices(len(criteria), k=1)
    both = together[one, other]
    any_of = alone[one] + alone[other] - both
    pairs = pd.DataFrame({"one": criteria[one], "other": criteria[other], "communes": both, "either": any_of})
    pairs = pairs[pairs["communes"] > 0]
    return pairs.assign(share=pairs["communes"] / pairs["either"]).sort_values(
        ["communes", "share"], ascending=False, ignore_index=True
    )


def similar(wide: pd.DataFrame, code: str, count: int = 5) -> pd.Series:
    """Return the communes whose answers are most like one's: unit_code → criteria with the same answer, most first.

    `wide`: see matrix. Criteria unknown for either are no agreement.
    """
    if code not in wide.index:
        return pd.Series(dtype=int)
    same = wide.drop(index=code).eq(wide.loc[code]).sum(axis=1)
    return same.sort_values(ascending=False, kind="stable").head(count)


def alike_order(wide: pd.DataFrame) -> list[str]:
    """Return the communes in an order that puts those with like answers side by side.

    `wide`: see matrix. Average linkage over the number of different answers, leaves in optimal order; an unknown answer
    lies between met and not met.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage

    if len(wide) < 3:
        return list(wide.index)
    tree = linkage(wide.fillna(0.5).to_numpy(), "average", "cityblock", optimal_ordering=True)
    return wide.index[leaves_list(tree)].tolist()
