import pandas as pd
import pytest

from ntm import metrics, sample
from ntm.paths import DATA


@pytest.fixture(scope="module")
def generated(facts):
    return sample.generate(facts, pd.read_csv(DATA / "published" / "recognitions.csv", dtype=str))


def test_the_files_are_reproduced_byte_for_byte(generated, tmp_path) -> None:
    for file in sample.write(generated, tmp_path):
        assert file.read_bytes() == (DATA / "sample" / file.name).read_bytes(), file.name


def test_published_aggregates_of_the_baseline(data) -> None:
    met = data.communes_at("2023-12-31")["met"]
    bounds = {(19, 19): 39, (15, 18): 2, (10, 14): 27, (5, 9): 26, (0, 4): 0}
    assert {pair: met.between(*pair).sum() for pair in bounds} == bounds
    assert met.sum() == 1278
    assert round(met.mean(), 1) == 13.6


def test_named_communes_at_the_baseline(data) -> None:
    communes = data.communes_at("2023-12-31")
    named = data.recognitions.query("kind == 'published'")["unit_code"]
    assert len(named) == 19
    assert communes.loc[named, "meets_all"].all()
    planned = data.reference.plan.target("recognise").communes
    assert not communes.loc[list(planned), ["recognised", "meets_all"]].any().any()


def test_recognised_by_group_at_the_baseline(data) -> None:
    recognised = metrics.summary(data.communes_at("2023-12-31"), "group_code")["recognised"]
    assert recognised[["105", "106", "110"]].tolist() == [2, 8, 7]
    assert recognised.drop(["105", "106", "110"]).sum() == 22


def test_hard_criteria_are_hard(data) -> None:
    rates = metrics.pass_rates(data.assessments_at("2023-12-31", data.reference.commune_set), range(1, 20))
    hardest = rates.nsmallest(5, "rate")["criterion"]
    assert set(hardest) == {2, 9, 10, 11, 17}  # transport, housing, income, poverty, environment


def test_the_year_is_useful_and_not_perfect(data) -> None:
    start, end = data.communes_at("2023-12-31"), data.communes_at("2024-12-31")
    below_all = start["met"] < 19
    assert (end["met"] > start["met"])[below_all].mean() > 0.5
    assert end["at_risk"].sum() == 3
    assert 0 < end["newly_recognised"].sum() < 5


def test_everything_of_the_sample_is_labelled_sample(data) -> None:
    assert set(data.assessments["kind"]) == {"sample"}
    assert set(data.villages["kind"]) == {"sample"}


def test_villages_never_decrease(generated) -> None:
    wide = generated["villages"].pivot(index="period", columns="unit_code", values="recognised")
    assert (wide.diff().dropna() >= 0).all().all()
