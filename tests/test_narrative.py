from dataclasses import replace

import pandas as pd

from ntm import metrics, narrative, progress
from ntm.coverage import Coverage
from ntm.metrics import Lacking


def test_names_are_cut_with_a_count() -> None:
    assert narrative.names(pd.Series(["A", "B", "C"]), limit=2) == "A, B và 1 xã khác"
    assert narrative.names(pd.Series(["A", "B"]), limit=2) == "A, B"


def test_headline_says_the_figures_of_the_table(data) -> None:
    table = progress.progress(data, "2024-12-31")
    recognised, average, met = narrative.headline(data.reference.plan, table, data.coverage("2024-12-31"))
    assert recognised == "41/44 xã đã được công nhận đạt chuẩn"
    assert "mục tiêu 15,5" in average
    assert met.startswith(f"{(table['status'] == 'met').sum()}/10 mục tiêu đã đạt")


def test_changes_count_what_moved(data) -> None:
    moved = metrics.moves(data.communes_at("2024-09-30"), data.communes_at("2024-12-31"))
    words = "\n".join(narrative.changes(moved, Coverage(94, 94)))
    assert f"**{(moved['change'] > 0).sum()} xã**" in words
    assert "Tà Mung" in words


def test_lagging_names_the_lowest_first(data) -> None:
    summary = metrics.summary(data.communes_at("2024-12-31"), "group_code")
    lowest = data.reference.groups.at[summary["average"].idxmin(), "label"]
    assert narrative.lagging(summary, data.reference.groups["label"]).startswith(lowest)


def test_missing_names_criteria(data) -> None:
    criteria = data.reference.criteria_of("commune-2021-2025")
    assert narrative.missing(criteria, Lacking((10, 17))) == "10. Thu nhập; 17. Môi trường và an toàn thực phẩm"
    assert narrative.missing(criteria, Lacking()) == "không thiếu tiêu chí nào"
    assert narrative.missing(criteria, Lacking((), tuple(criteria.index))) == "không có số liệu"
    assert narrative.missing(criteria, Lacking((), (3,))) == "chưa có số liệu của 1 tiêu chí"
    assert narrative.missing(criteria, Lacking((10,), (3,))) == "10. Thu nhập; chưa có số liệu của 1 tiêu chí"


def test_the_headline_says_the_coverage_first_then_what_is_certain(data) -> None:
    first = data.communes_at("2024-12-31").index[:3]
    rows = data.assessments[data.assessments["unit_code"].isin(first)]
    partly = replace(data, tables=data.tables | {"assessments": rows})
    table = progress.progress(partly, "2024-12-31")
    covered, _recognised, certain, reported, met = narrative.headline(
        data.reference.plan, table, partly.coverage("2024-12-31")
    )
    assert covered == "3/94 xã đã báo cáo đủ"
    assert certain.startswith("bình quân toàn tỉnh: từ ")
    assert reported.endswith("ở 3 xã đã báo cáo")
    assert met.endswith("chưa đủ số liệu")


def test_only_what_is_known_at_both_periods_is_compared(data) -> None:
    moved = metrics.moves(data.communes_at("2024-09-30"), data.communes_at("2024-12-31"))
    assert narrative.changes(moved, Coverage(5, 94))[0].startswith("Chỉ so sánh 5/94 xã")
    nothing = moved.assign(newly_recognised=False).iloc[:0]
    assert narrative.changes(nothing, Coverage(0, 94)) == (
        "Chưa so sánh được: không xã nào có đủ số liệu ở cả hai kỳ.",
    )
