import re
from dataclasses import replace

import pytest
import streamlit as st
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from ntm import progress, store, text
from ntm.paths import ROOT
from ntm.ui import data as ui_data
from tests.pages.conftest import ALIAS, PAGES, words

DATA_PAGES = [page for page in PAGES if page not in ("plan", "data", "update")]
TITLES = {
    "overview": ("Nông thôn mới Lai Châu", "New rural development in Lai Châu"),
    "map": ("Bản đồ tiến độ", "Progress map"),
    "tiers": ("Nhóm tiêu chí", "Tiers"),
    "group": ("Huyện", "District"),
    "commune": ("Xã", "Commune"),
    "criteria": ("Tiêu chí", "Criteria"),
    "explore": ("Tra cứu", "Look up"),
    "keeping": ("Giữ chuẩn", "Keeping the standard"),
    "advanced": ("Nâng cao", "Advanced"),
    "villages": ("Thôn, bản", "Villages"),
    "present": ("Trình chiếu", "Presentation"),
    "report": ("Báo cáo", "Report"),
    "plan": ("Kế hoạch 1050/KH-UBND", "Plan 1050/KH-UBND"),
    "update": ("Cập nhật số liệu", "Update the data"),
    "data": ("Dữ liệu", "Data"),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_with_data(open_page, page: str) -> None:
    app = open_page(page)
    assert app.title[0].value == TITLES[page][0]
    assert "Phiên bản số liệu" in words(app)
    assert not any(r"\*" in element.value for element in [*app.markdown, *app.info])  # our own bold is drawn as such


def test_the_address_of_older_links_opens_the_group(open_page) -> None:
    app = open_page(ALIAS, district="106")
    assert app.title[0].value == TITLES["group"][0]
    assert "Tam Đường" in app.header[0].value


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_in_english(open_page, page: str) -> None:
    app = open_page(page, lang="en")
    assert app.title[0].value == TITLES[page][1]
    said = words(app)
    for vietnamese in ("không có", "Mục tiêu", "tiêu chí", "Mốc", "Nguồn:", "số liệu minh họa"):
        assert vietnamese not in said


@pytest.mark.parametrize("page", DATA_PAGES)
def test_a_period_without_data_is_said_in_a_sentence(open_page, page: str) -> None:
    app = open_page(page, period="2024-05-31")
    assert "Không có số liệu cho kỳ 31/05/2024" in app.info[0].value


@pytest.mark.parametrize("page", PAGES)
def test_sample_data_is_called_sample(open_page, page: str) -> None:
    assert "SỐ LIỆU MINH HỌA" in words(open_page(page))


@pytest.mark.parametrize("page", DATA_PAGES)
def test_nonsense_in_the_link_is_forgotten_in_words(open_page, page: str) -> None:
    app = open_page(page, groups="999", unit="x", group="y", criteria="77", period="yesterday")
    assert any("999" in info.value for info in app.info)


@pytest.mark.parametrize("page", DATA_PAGES)
def test_one_group(open_page, page: str) -> None:
    assert open_page(page, groups="110").title


def test_the_overview_says_what_the_metrics_say(open_page, data) -> None:
    table = progress.progress(data, "2024-12-31")
    said = words(open_page("overview"))
    for target_id, row in table.iterrows():
        target = data.reference.plan.target(target_id)
        assert f">{text.number(row['literal_actual'], target.decimals)}<" in said, target_id


def test_the_overview_says_where_the_named_communes_stand(open_page) -> None:
    said = words(open_page("overview"))
    for name, figure in (("Sơn Bình", "18/19"), ("Khoen On", "19/19"), ("Pha Mu", "17/19")):
        row = rf'<th scope="row">{name}</th>\s*<td[^>]*>[^<]*</td>\s*<td[^>]*>{figure}<'
        assert re.search(row, said), name


def test_a_database_that_is_away_is_said_in_a_sentence(engine, data, monkeypatch) -> None:
    def away(_engine: object) -> int:
        raise OperationalError("select", {}, Exception("secret address"))

    ui_data._archives.clear()  # a process that has loaded nothing yet
    monkeypatch.setattr(store, "latest", away)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180).run()
    assert app.error[0].value.startswith("Không mở được cơ sở dữ liệu")
    assert "secret" not in words(app) + app.error[0].value
    assert not app.exception


def test_while_the_database_is_away_what_was_loaded_stays(open_page, monkeypatch) -> None:
    before = words(open_page("overview"))

    def away(_engine: object) -> int:
        raise OperationalError("select", {}, Exception("secret address"))

    with monkeypatch.context() as broken:
        broken.setattr(store, "latest", away)
        app = open_page("overview")
        assert "Tạm mất cơ sở dữ liệu" in app.warning[0].value
        assert "secret" not in words(app)
        assert "41/44 xã" in before
        assert "41/44 xã" in words(app)
    assert not open_page("overview").warning


def test_a_database_that_fails_in_the_middle_of_a_page_is_said_in_a_sentence() -> None:
    def page() -> None:
        from sqlalchemy.exc import OperationalError

        from ntm.ui import data

        with data.reachable():
            raise OperationalError("select", {}, Exception("secret address"))

    app = AppTest.from_function(page, default_timeout=180).run()
    assert "chưa lưu gì" in app.error[0].value
    assert "secret" not in app.error[0].value
    assert not app.exception


def test_the_commune_page_says_what_pha_mu_misses(open_page) -> None:
    said = words(open_page("commune", unit="03628"))
    assert "Pha Mu (Than Uyên), 31/12/2024" in said
    assert "10. Thu nhập; 17. Môi trường và an toàn thực phẩm" in said
    assert "Từ 01/07/2025: thuộc xã Mường Kim" in said


@pytest.fixture
def without(data, monkeypatch):
    """Let the pages see the dataset without some assessments; what they cache of it is forgotten on both sides."""
    st.cache_data.clear()

    def cut(gone) -> None:
        facts = data.archive.tables["assessments"]
        tables = data.archive.tables | {"assessments": facts[~gone(facts)]}
        monkeypatch.setattr(ui_data, "_load", lambda revision, world: replace(data.archive, tables=tables))

    yield cut
    st.cache_data.clear()


@pytest.mark.parametrize("page", DATA_PAGES)
def test_a_commune_without_data_is_said_to_have_none(open_page, without, page: str) -> None:
    without(lambda rows: (rows["unit_code"] == "03628") & (rows["period"] == "2024-12-31"))
    app = open_page(page, unit="03628", group="110")
    if page == "commune":
        assert "Không có số liệu của xã này ở kỳ 31/12/2024" in app.info[0].value
        assert "Còn thiếu" not in words(app)


def test_a_half_assessed_commune_is_not_called_failed(open_page, without) -> None:
    def half(rows):
        return (rows["unit_code"] == "03628") & (rows["period"] == "2024-12-31") & (rows["criterion"] > 9)

    without(half)
    app = open_page("commune", unit="03628")
    assert "Mới có số liệu của 9/19 tiêu chí" in app.info[0].value
    assert "không thiếu tiêu chí nào" not in words(app)
    assert "chưa có số liệu của 10 tiêu chí" in words(app)
    assert app.metric[0].value == "ít nhất 9/19"


def test_the_group_page_invents_no_target(open_page) -> None:
    assert "không đặt mục tiêu riêng" in words(open_page("group", group="108"))
    assert "Mục tiêu mà kế hoạch đặt riêng" in words(open_page("group", group="106"))


def test_the_plan_page_gives_the_plan_word_by_word(open_page, data) -> None:
    app = open_page("plan")
    said = words(app)
    for target in data.reference.targets:
        assert f">{target.wording_vi}<" in said
    for solution in data.reference.plan.solutions:
        assert solution.text_vi in said


def test_the_table_beside_the_map_says_the_same(open_page, data) -> None:
    table = open_page("map").dataframe[0].value
    communes = data.communes_at("2024-12-31")
    assert table["Tiêu chí đạt"].tolist() == communes["met"].tolist()
    assert len(table) == 94


def test_the_language_button_speaks_the_other_language(open_page) -> None:
    app = open_page("overview")
    app.sidebar.button[0].click().run()
    assert app.title[0].value == TITLES["overview"][1]
    assert app.query_params["lang"] == "en"


def test_choices_follow_from_page_to_page(open_page) -> None:
    app = open_page("overview", period="2024-09-30", groups="110")
    app.switch_page("pages/tiers.py").run()
    assert app.query_params["period"] == "2024-09-30"
    assert app.query_params["groups"] == "110"
    assert "30/09/2024" in app.markdown[0].value


def test_criteria_filter(open_page) -> None:
    app = open_page("criteria", criteria="10,11", groups="108")
    assert "21 xã × 2 tiêu chí" in words(app)


@pytest.mark.parametrize("group", ["105", "106", "108"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_one_group(open_page, page: str, group: str) -> None:
    open_page(page, groups=group, group=group)


@pytest.mark.parametrize(("language", "day"), [("vi", "(25/03/2024)"), ("en", "(25 Mar 2024)")])
def test_days_of_sources_are_written_the_readers_way(open_page, language: str, day: str) -> None:
    said = words(open_page("data", lang=language))
    assert day in said
    assert not re.search(r"\(\d{4}-\d{2}-\d{2}\)", said)
    assert "(2024)" in said  # of some sources the year alone is known
