"""What pages say against what ntm/metrics.py gives for the same filter."""

import pytest

from ntm import metrics, text
from tests.pages.conftest import words

PERIOD = "2024-12-31"


def metric_values(app) -> dict[str, str]:
    """The page's large figures: label → value."""
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize(
    "query",
    [{}, {"groups": "108"}, {"tiers": "5-9,0-4"}, {"recognition": "at-risk"}, {"name": "muong", "meeting": "1,2"}],
)
def test_the_totals_of_looking_up(open_page, data, query: dict[str, str]) -> None:
    app = open_page("explore", **query)
    communes = data.communes_at(PERIOD)
    shown = app.dataframe[-1].value
    mine = communes[communes["label"].isin(shown["Xã"]) & communes["group"].isin(shown["Huyện"])]
    assert len(mine) == len(shown) > 0
    figures = metric_values(app)
    assert figures["Số xã"] == text.number(len(mine))
    assert figures["Bình quân tiêu chí"] == text.number(mine["met"].mean(), 1)
    assert figures["Đã công nhận"] == text.number(mine["recognised"].sum())


def test_a_name_is_found_without_marks(open_page) -> None:
    names = set(open_page("explore", name="muong te").dataframe[-1].value["Xã"])
    assert names == {"Mường Tè"}


@pytest.mark.parametrize("by", ["group", "tier", "criterion"])
def test_groups_sum_up_to_the_whole(open_page, by: str) -> None:
    table = open_page("explore", by=by, groups="107,108").dataframe[0].value
    column = "Số xã" if by != "criterion" else "Số xã đạt"
    totals = {"group": 34, "tier": 34}
    if by in totals:
        assert table[column].sum() == totals[by]
    else:
        assert ((table["Số xã đạt"] + table["Số xã chưa đạt"]) == 34).all()


def test_districts_sum_up_to_the_province(data) -> None:
    communes = data.communes_at(PERIOD)
    by_group = metrics.summary(communes, "group_code")
    whole = metrics.summary(communes.assign(everything=""), "everything").iloc[0]
    for column in ("communes", "known", "met_total", "recognised", "newly_recognised", "kept", "at_risk", "meets_all"):
        assert by_group[column].sum() == whole[column], column
    average = (by_group["average"] * by_group["known"]).sum() / by_group["known"].sum()
    assert average == pytest.approx(whole["average"])


@pytest.mark.parametrize("groups", ["", "107", "105,109"])
def test_who_no_longer_meets_all(open_page, data, groups: str) -> None:
    app = open_page("keeping", **({"groups": groups} if groups else {}))
    communes = data.communes_at(PERIOD)
    if groups:
        communes = communes[communes["group_code"].isin(groups.split(","))]
    fallen = communes[(communes["recognised_at_baseline"] & communes["at_risk"]).fillna(False)]
    assert app.header[0].value == f"{len(fallen)} xã đã công nhận nay không đủ tiêu chí"
    said = words(app)
    assert all(name in said for name in fallen["label"])


def test_moves_between_tiers(open_page, data) -> None:
    headers = [header.value for header in open_page("tiers", since="2024-06-30").header]
    earlier, later = data.communes_at("2024-06-30"), data.communes_at(PERIOD)
    same = (earlier["tier"] == later["tier"]).sum()
    fell = (later["met"] < earlier["met"]) & (earlier["tier"] != later["tier"])
    expected = f"Từ 30/06/2024: {94 - same - fell.sum()} xã lên nhóm, {fell.sum()} xã xuống nhóm, {same} xã giữ nhóm"
    assert expected in headers


def test_what_one_criterion_would_lift(open_page, data) -> None:
    assessed = data.assessments_at(PERIOD, data.reference.commune_set)
    met = assessed.groupby("unit_code")["met"].sum()
    lacking = data.lacking_at(PERIOD)
    climbing = [code for code in met.index if 10 in lacking[code].criteria and met[code] in (18, 14, 9, 4)]
    complete = [code for code in climbing if met[code] == 18]
    title = f"Nếu mọi xã đạt 10. Thu nhập, {len(climbing)} xã lên nhóm trên, {len(complete)} xã đạt 19 tiêu chí"
    assert title in [header.value for header in open_page("criteria").header]


def test_a_group_beside_the_others(open_page, data) -> None:
    figures = metrics.summary(data.communes_at(PERIOD), "group_code")
    place = (figures["average"] > figures.at["108", "average"]).sum() + 1
    headers = [header.value for header in open_page("group", group="108").header]
    assert f"Xếp thứ {place}/8 về bình quân tiêu chí" in headers
