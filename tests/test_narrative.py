import pandas as pd

from ntm import metrics, narrative, progress


def test_names_are_cut_with_a_count() -> None:
    assert narrative.names(pd.Series(["A", "B", "C"]), limit=2) == "A, B và 1 xã khác"
    assert narrative.names(pd.Series(["A", "B"]), limit=2) == "A, B"


def test_headline_says_the_figures_of_the_table(data) -> None:
    table = progress.progress(data, "2024-12-31")
    words = narrative.headline(data.reference.plan, table)
    assert "**41 trên 44 xã**" in words
    assert "mục tiêu 15,5" in words
    assert f"**{(table['status'] == 'met').sum()} trên 10 mục tiêu**" in words


def test_changes_count_what_moved(data) -> None:
    moved = metrics.moves(data.communes_at("2024-09-30"), data.communes_at("2024-12-31"))
    words = narrative.changes(moved)
    assert f"**{(moved['change'] > 0).sum()} xã**" in words
    assert "Tà Mung" in words


def test_lagging_names_the_lowest_first(data) -> None:
    summary = metrics.summary(data.communes_at("2024-12-31"), "district_code")
    lowest = data.reference.districts.at[summary["average"].idxmin(), "label"]
    assert narrative.lagging(summary, data.reference.districts["label"]).startswith(lowest)


def test_missing_names_criteria(data) -> None:
    criteria = data.reference.criteria_of("commune-2021-2025")
    assert narrative.missing(criteria, [10, 17]) == "10. Thu nhập; 17. Môi trường và an toàn thực phẩm"
    assert narrative.missing(criteria, []) == "không thiếu tiêu chí nào"
