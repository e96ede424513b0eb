from dataclasses import replace

from ntm import reconcile


def test_published_figures_equal_the_data(data) -> None:
    table = reconcile.against_published(data)
    assert len(table) == 10
    assert table["equal"].all()


def test_a_difference_is_seen(data) -> None:
    changed = replace(data, tables=data.tables | {"figures": data.figures.assign(value=data.figures["value"] + 1)})
    assert not reconcile.against_published(changed)["equal"].any()


def test_completeness_of_the_sample_is_whole(data) -> None:
    shares = reconcile.completeness(data)
    assert shares.shape == (8, 5)
    assert (shares == 1).all().all()


def test_completeness_sees_what_is_missing(data) -> None:
    rows = data.assessments
    gone = (rows["period"] == "2024-12-31") & (rows["unit_code"] == "03409")
    shares = reconcile.completeness(replace(data, tables=data.tables | {"assessments": rows[~gone]}))
    assert shares.at["105", "2024-12-31"] == 0.5  # one of the city's two communes
