"""Every page at the periods that follow one another: other units, other criteria, with a plan and without."""

from dataclasses import replace

import pandas as pd
import pytest
import streamlit as st

from ntm import provenance
from ntm.dataset import Archive
from ntm.ui import data as ui_data
from ntm.world import World
from tests.pages.conftest import PAGES, words

WITHOUT_PLAN = {"2025-03-31": 19, "2025-09-30": 19}  # the period → how many criteria there are
LATER = WITHOUT_PLAN | {"2026-06-30": 10}
RESULTS_ALONE = "chỉ nêu kết quả, không có mục tiêu"


def reported(archive: Archive, period: str) -> pd.DataFrame:
    """Assessments of every commune in force at a period, each of which meets its first criteria."""
    reference = archive.at(period).reference
    criteria = reference.criteria_of(reference.commune_set).index
    rows = [
        (period, code, reference.commune_set, number, number <= 3 + place % len(criteria))
        for place, code in enumerate(reference.communes.index)
        for number in criteria
    ]
    return pd.DataFrame(rows, columns=["period", "unit_code", "criteria_set", "criterion", "met"])


@pytest.fixture(scope="module")
def archive(data) -> Archive:
    """The sample, and reports for periods of 2025, for which there is no plan."""
    more = [reported(data.archive, period).assign(kind="sample", revision=2) for period in WITHOUT_PLAN]
    assessments = pd.concat([data.archive.tables["assessments"], *more], ignore_index=True)
    return replace(data.archive, tables=data.archive.tables | {"assessments": assessments})


@pytest.fixture
def later(archive, monkeypatch) -> None:
    st.cache_data.clear()
    plain = ui_data._load
    of_sample = World.SAMPLE  # the page of updates looks at the real world
    monkeypatch.setattr(
        ui_data, "_load", lambda revision, world: archive if world is of_sample else plain(revision, world)
    )
    yield
    st.cache_data.clear()


@pytest.mark.parametrize("period", LATER)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens(later, open_page, page: str, period: str) -> None:
    app = open_page(page, period=period)
    assert not app.error
    if page in ("overview", "tiers", "explore", "criteria", "map"):
        assert "nan" not in words(app).lower().split()
        assert not app.info or "Không có số liệu cho kỳ" not in app.info[0].value


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_in_2026_in_both_languages(later, open_page, page: str, language: str) -> None:
    assert not open_page(page, period="2026-06-30", lang=language, unit="03637").error


@pytest.mark.parametrize("period", WITHOUT_PLAN)
def test_a_period_without_a_plan_shows_results_and_no_targets(later, open_page, period: str) -> None:
    app = open_page("overview", period=period)
    assert RESULTS_ALONE in words(app)
    assert "mục tiêu đã đạt" not in words(app)
    assert "Số xã đã được công nhận đạt chuẩn" in words(app)


def test_the_period_decides_units_criteria_and_tiers(archive) -> None:
    seen = {
        period: (
            len(dataset.communes_at(period)),
            len(dataset.answers_at(period).columns),
            len(dataset.reference.tiers),
        )
        for period in LATER
        for dataset in [archive.at(period)]
    }
    assert seen == {"2025-03-31": (94, 19, 5), "2025-09-30": (36, 19, 5), "2026-06-30": (36, 10, 3)}
    for period in LATER:
        assert archive.at(period).communes_at(period)["met"].notna().all()


def test_only_what_has_the_same_units_and_criteria_is_compared(archive) -> None:
    compared = {period: archive.at(period).periods for period in LATER}
    assert compared["2025-03-31"][-2:] == ["2024-12-31", "2025-03-31"]
    assert compared["2025-09-30"] == ["2025-09-30"]
    assert compared["2026-06-30"] == ["2026-03-31", "2026-06-30", "2026-09-30"]


def test_wards_are_drawn_and_not_counted(archive) -> None:
    reference = archive.at("2026-06-30").reference
    wards = reference.shaped_units.index.difference(reference.communes.index)
    assert reference.shaped_units.loc[wards, "kind"].tolist() == ["phường", "phường"]


def test_a_successors_page_shows_what_it_was_made_of(later, open_page) -> None:
    said = words(open_page("commune", period="2026-06-30", unit="03637"))  # Mường Kim
    assert "Trước 01/07/2025: 4 đơn vị" in said
    assert all(name in said for name in ("Pha Mu", "Tà Mung", "Mường Kim", "không cộng các kết quả cũ"))


def test_a_figure_over_time_says_where_it_breaks_and_why(archive) -> None:
    line = provenance.line(archive.at("2026-06-30"), "2026-06-30", over_time=True)
    assert "không nối với các kỳ trước 01/01/2026: đơn vị hoặc bộ tiêu chí khác" in line
    assert "không nối" not in provenance.line(archive.at("2026-06-30"), "2026-06-30")
    before = provenance.line(archive.at("2024-12-31"), "2024-12-31", over_time=True)
    assert "không nối với các kỳ sau 30/06/2025" in before


def test_an_illustrative_plan_is_called_one(later, open_page) -> None:
    said = words(open_page("overview", period="2026-06-30"))
    assert "mốc và mục tiêu đều do phần mềm tạo" in said
    assert "Kế hoạch minh họa năm 2026 (không phải kế hoạch của tỉnh) (15/04/2026), số liệu minh họa" in said


def test_a_page_that_does_not_apply_says_so_and_is_left_out_of_the_navigation(later, open_page) -> None:
    for page, why in (("group", "Đang xem không chia nhóm"), ("advanced", "không có chuẩn nâng cao")):
        assert why in words(open_page(page, period="2026-06-30", grouping="none"))


def test_former_districts_group_the_communes_after_the_reform(later, open_page) -> None:
    said = words(open_page("group", period="2026-06-30", group="110"))
    assert "Than Uyên, 30/06/2026" in said
    assert "tiêu chí huyện nông thôn mới" not in said


def test_the_chosen_commune_is_followed_to_its_successor(later, open_page) -> None:
    app = open_page("commune", period="2026-06-30", unit="03628")  # Pha Mu
    assert "Mường Kim, 30/06/2026" in words(app)
    assert not any("Bỏ qua" in info.value for info in app.info)
