import datetime as dt
from dataclasses import replace

import pytest

from ntm import metrics, progress, text
from ntm.reports import content, tasks
from ntm.reports.document import Picture, Report, Table
from ntm.world import World

PERIOD = "2024-12-31"
TODAY = dt.date(2025, 1, 6)


def blocks(report: Report, kind: type) -> list:
    return [block for section in report.sections for block in section.blocks if isinstance(block, kind)]


@pytest.fixture(scope="module")
def report(data) -> Report:
    return content.build(data, PERIOD, today=TODAY)


def test_every_target_stands_in_the_table_with_the_metrics_figure(report, data) -> None:
    table = progress.progress(data, PERIOD)
    rows = blocks(report, Table)[0].words
    assert len(rows) == len(data.reference.targets) == 10
    for position, target in enumerate(data.reference.targets):
        row = rows.iloc[position]
        assert row["actual"] == text.number(table.at[target.id, "literal_actual"], target.decimals)
        assert row["goal"] == text.number(target.value, target.decimals)


def test_districts_have_the_metrics_figures(report, data) -> None:
    figures = metrics.summary(data.communes_at(PERIOD), "group")
    rows = blocks(report, Table)[1].words.set_index("row")
    assert set(rows.index) == set(figures.index)
    assert (rows["now"] == figures["average"].map(lambda value: text.number(value, 1))[rows.index]).all()
    assert (rows["recognised"] == figures["recognised"].map(text.number)[rows.index]).all()


def test_the_annex_holds_every_commune_and_criterion(report, data) -> None:
    rows = blocks(report, Table)[-1].words
    answers = data.answers_at(PERIOD)
    assert len(rows) == len(data.reference.communes) == 94
    signs = rows[[str(number) for number in answers.columns]]
    assert (signs == "Đ").sum().sum() == (answers == 1).sum().sum()
    assert (signs == "–").sum().sum() == (answers == 0).sum().sum()


def test_tasks_name_who_must_still_be_recognised_or_regain_the_standard(report, data) -> None:
    communes = data.communes_at(PERIOD)
    (points,) = report.sections[3].blocks
    said = "\n".join(points)
    for code in data.reference.named_communes:
        assert (communes.at[code, "label"] in said) == (not communes.at[code, "recognised"])
    for label in communes.loc[communes["at_risk"].fillna(False), "label"]:
        assert f"Khôi phục chuẩn ở xã {label}" in said
    assert "Tổng số xã đạt chuẩn: cần 44; nay 41" in points


def test_a_group_alone(data) -> None:
    report = content.build(data, PERIOD, "110", today=TODAY)
    assert report.office == "UBND THAN UYÊN"
    assert "9 trong 11 xã" in report.sections[0].blocks[0]
    assert len(blocks(report, Table)[-1].rows) == 11
    own = progress.own_targets(progress.progress(data, PERIOD, "110"))
    assert len(blocks(report, Table)[0].rows) == len(own) == 3


def test_a_group_without_targets_of_its_own_says_so(data) -> None:
    report = content.build(data, PERIOD, "108", today=TODAY)
    assert "Kế hoạch không đặt mục tiêu riêng cho đơn vị này." in report.sections[0].blocks
    (points,) = report.sections[3].blocks
    assert "Mọi mục tiêu đã đạt: giữ kết quả." not in points
    communes = data.communes_of(PERIOD, ("108",))
    nearest = communes.loc[communes["missing"] > 0].nsmallest(1, "missing").iloc[0]
    assert f"xã {nearest['label']} còn thiếu" in points[0]
    assert points[-1].startswith("Tiêu chí nhiều xã chưa đạt nhất: ")


def test_all_is_done_only_where_it_is_known_to_be(data) -> None:
    """Tam Đường has met its targets in the sample but for one commune; nothing of it is reported: nothing is done."""
    unknown = replace(data, world=World.REAL, tables=data.tables | {"assessments": data.assessments.iloc[:0]})
    points = tasks.points(unknown, PERIOD, "105")
    assert points[0] == "Báo cáo đủ số liệu: TP Lai Châu (2 xã)"
    assert not any("đã đạt" in point or "giữ kết quả" in point for point in points)


def test_only_the_sample_is_called_a_sample(report, data) -> None:
    assert report.notice.startswith("SỐ LIỆU MINH HỌA")
    official = replace(
        data, world=World.REAL, tables=data.tables | {"assessments": data.assessments.assign(kind="official")}
    )
    assert content.build(official, PERIOD, today=TODAY).notice == ""


def test_unknown_is_a_question_mark_in_the_annex(data) -> None:
    gone = (data.assessments["unit_code"] == "03628") & (data.assessments["period"] == PERIOD)
    report = content.build(
        replace(data, tables=data.tables | {"assessments": data.assessments[~gone]}), PERIOD, today=TODAY
    )
    rows = blocks(report, Table)[-1].words.set_index("label")
    assert (rows.loc["Pha Mu", "1":"19"] == "?").all()
    assert rows.at["Pha Mu", "met"] == "không có số liệu"


def test_pictures_say_what_they_show(report) -> None:
    assert all(len(picture.alt) > 20 for picture in blocks(report, Picture))


def test_a_period_without_data_is_refused_with_those_that_have_some(data) -> None:
    with pytest.raises(ValueError, match=r"2019-12-31.*2024-12-31"):
        content.build(data, "2019-12-31", today=TODAY)
