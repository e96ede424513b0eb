"""Metrics: criteria met, tiers, averages, pass rates, recognised. DataFrame in, DataFrame out; nothing is drawn here.

Unknown stays unknown: a commune with a criterion not assessed has no tier and enters no average; what holds of a
commune is True, False or NA (unknown); every mean or rate comes with the number of communes that it stands on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ntm.plan import Tier

UNKNOWN = "unknown"
FLAGS = ("recognised", "newly_recognised", "kept", "at_risk", "meets_all")  # of commune_table: True, False or NA


@dataclass(frozen=True)
class Lacking:
    """What a unit lacks of a criteria set: the `criteria` known not to be met, and those `unknown`.

    It lacks none only where both are empty. It is neither true nor false, so that no code takes unknown for none.
    """

    criteria: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether it is known that every criterion is met."""
        return self.criteria == () == self.unknown

    @property
    def is_whole(self) -> bool:
        """Whether every criterion is known."""
        return self.unknown == ()

    def __bool__(self) -> bool:
        raise TypeError("Ask is_none or criteria: what is not known is not the same as nothing lacking.")


def is_true(flag: object) -> bool:
    """Return whether a flag is known to be True."""
    return flag is not None and not pd.isna(flag) and bool(flag)


def is_false(flag: object) -> bool:
    """Return whether a flag is known to be False."""
    return flag is not None and not pd.isna(flag) and not flag


def criteria_met(assessments: pd.DataFrame) -> pd.DataFrame:
    """Count criteria per period and unit, of one criteria set.

    Index (period, unit_code); columns met, assessed (numbers of criteria), kind (of its assessments, which are of one
    world; official or sample where published ones are among them).
    """
    groups = assessments.groupby(["period", "unit_code"], sort=True)
    return groups.agg(met=("met", "sum"), assessed=("met", "count"), kind=("kind", "first"))


def counts(assessments: pd.DataFrame, criteria: int) -> pd.DataFrame:
    """Count criteria per period and unit with what the count can still become. `criteria`: how many the set has.

    Index and columns as criteria_met, and met_low, met_high (bounds of the number met); met is NaN unless all are
    known.
    """
    found = criteria_met(assessments)
    low, high = found["met"], criteria - (found["assessed"] - found["met"])
    return found.assign(met=found["met"].where(found["assessed"] == criteria).astype(float), met_low=low, met_high=high)


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
    recognised: pd.DataFrame,
    tiers: Sequence[Tier],
    criteria: Sequence[int],
    periods: Sequence[str],
    baseline: str,
) -> pd.DataFrame:
    """Return one row per period and commune: how far it has come.

    `recognised`: see recognitions.by_period, at the periods and the baseline. Columns: period, unit_code,
    group_code; met (criteria met; NaN unless all are assessed), assessed, met_low, met_high (bounds of met),
    missing, tier (also if what is unknown cannot change it); kind, recognised_kind (of the facts; None if there are
    none); met_at_baseline, change (criteria since the baseline); and flags that are True, False or NA (unknown):
    recognised (a decision by that day), recognised_at_baseline, newly_recognised, meets_all (a count), kept (recognised
    at the baseline, recognised now, and meeting all), at_risk (recognised, and known to miss a criterion).
    """
    total = len(criteria)
    places = pd.MultiIndex.from_product([periods, communes.index], names=["period", "unit_code"])
    found = counts(assessments, total)
    table = found.reindex(places).reset_index()
    table["assessed"] = table["assessed"].fillna(0).astype(int)
    table["met_low"] = table["met_low"].fillna(0).astype(int)
    table["met_high"] = table["met_high"].fillna(total).astype(int)
    table["missing"] = total - table["met"]
    lowest, highest = (tier_of(table[bound], tiers) for bound in ("met_low", "met_high"))
    table["tier"] = lowest.where(lowest == highest, UNKNOWN)
    at_baseline = found["met"].xs(baseline) if baseline in found.index.get_level_values("period") else pd.Series()
    table["met_at_baseline"] = table["unit_code"].map(at_baseline).astype(float)
    table["change"] = table["met"] - table["met_at_baseline"]
    table["group_code"] = table["unit_code"].map(communes["group_code"])
    return _with_flags(table, recognised, total, baseline)


def _with_flags(table: pd.DataFrame, recognised: pd.DataFrame, total: int, baseline: str) -> pd.DataFrame:
    decisions = recognised.reindex(pd.MultiIndex.from_frame(table[["period", "unit_code"]]))
    start = recognised["recognised"].xs(baseline).reindex(table["unit_code"])
    now, then = (pd.Series(flags.array, index=table.index) for flags in (decisions["recognised"], start))
    meets_all = pd.Series(pd.NA, index=table.index, dtype="boolean")
    meets_all[table["met"] == total] = True
    meets_all[table["met_high"] < total] = False
    return table.assign(
        recognised=now,
        recognised_kind=decisions["kind"].to_numpy(),
        recognised_at_baseline=then,
        newly_recognised=now & ~then,
        meets_all=meets_all,
        kept=then & now & meets_all,
        at_risk=now & ~meets_all,
    )


def summary(communes: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum communes of one period up, indexed by `by` (a column, such as "group_code").

    Columns: communes, known (with all criteria assessed), average (criteria per commune; NaN unless all are known),
    average_reported (per known commune), met_total (of the known ones), change (of the average since the baseline; NaN
    unless all are known at both); and for each of FLAGS the number of communes of which it is known to hold (NaN where
    nothing is known), and in <flag>_unknown the number of which it is not known.
    """
    groups = communes.groupby(by, sort=False)
    size, known, changed = groups.size(), groups["met"].count(), groups["change"].count()
    figures = pd.DataFrame(
        {
            "communes": size,
            "known": known,
            "average": groups["met"].mean().where(known == size),
            "average_reported": groups["met"].mean(),
            "met_total": groups["met"].sum(min_count=1),
            "change": groups["change"].mean().where(changed == size),
        }
    )
    for flag in FLAGS:
        unknown = communes[flag].isna().groupby(communes[by], sort=False).sum()
        holds = communes[flag].fillna(False).astype(int).groupby(communes[by], sort=False).sum()
        figures[flag], figures[f"{flag}_unknown"] = holds.where(unknown < size), unknown
    return figures


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


def pass_rates_before(now: pd.DataFrame, earlier: pd.DataFrame, criteria: Sequence[int]) -> list[float]:
    """Return each criterion's pass rate at an earlier period among the units that are assessed now.

    `now`, `earlier`: assessments of one set at one period each. NaN for a criterion that one of these units was not
    assessed on then: other units would be another figure.
    """
    key = ["unit_code", "criterion"]
    then = now[key].merge(earlier[[*key, "met"]], on=key, how="left")
    groups = then.astype({"met": float}).groupby("criterion")["met"]
    rates = groups.mean().where(groups.count() == groups.size())
    return rates.reindex(list(criteria)).tolist()


def lacking(wide: pd.DataFrame) -> dict[str, Lacking]:
    """Return what each unit lacks, at one period of one set: unit_code → Lacking. `wide`: see matrix."""
    numbers = wide.columns.to_numpy()
    failed, unknown = (wide == 0).to_numpy(), wide.isna().to_numpy()
    return {
        code: Lacking(tuple(numbers[failed[row]].tolist()), tuple(numbers[unknown[row]].tolist()))
        for row, code in enumerate(wide.index)
    }


def average_by_period(communes: pd.DataFrame) -> pd.DataFrame:
    """Return the average criteria of the communes that have reported, at each period (see commune_table).

    Columns: period, value (NaN where nobody has), known, total (numbers of communes), segment: a number that changes
    where the set of known communes does; averages of one segment are of the same communes and can be compared.
    """
    rows, before, segment = [], None, 0
    for period, table in communes.groupby("period", sort=True):
        known = table.loc[table["met"].notna(), ["unit_code", "met"]]
        now = frozenset(known["unit_code"])
        segment += before is not None and now != before
        rows.append((period, known["met"].mean(), len(known), len(table), segment))
        before = now
    return pd.DataFrame(rows, columns=["period", "value", "known", "total", "segment"])


def moves(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Compare communes at two periods (see commune_table, indexed by unit_code): those that moved, biggest gain first.

    Columns: label, group_code, group, met_earlier, met_later, change (criteria), tier_earlier, tier_later,
    newly_recognised (known to be between the two). Only communes known at both can have moved.
    """
    both = later[["label", "group_code", "group"]].assign(
        met_earlier=earlier["met"],
        met_later=later["met"],
        change=later["met"] - earlier["met"],
        tier_earlier=earlier["tier"],
        tier_later=later["tier"],
        newly_recognised=(later["recognised"] & ~earlier["recognised"]).fillna(False).astype(bool),
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
    climbing = communes[communes["tier"].isin(following) & communes["met"].notna()]
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
    if code not in wide.index or wide.loc[code].isna().all():
        return pd.Series(dtype=int)
    others = wide.drop(index=code).dropna(how="all")
    same = others.eq(wide.loc[code]).sum(axis=1)
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
