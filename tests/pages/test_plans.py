"""A plan of 2026 on the page: from the empty template to a scoreboard, told its faults, published and undone."""

from collections.abc import Iterator

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ntm import dataset, people, store
from ntm.intake import plan_template
from ntm.store import Change
from ntm.ui import account
from tests.pages.conftest import words
from tests.plan_files import filled

PERIOD = "2026-06-30"
WITHOUT = "Kỳ này không có kế hoạch trong hệ thống: chỉ nêu kết quả, không có mục tiêu."


@pytest.fixture
def template(monkeypatch, tmp_path, data, facts) -> Iterator[bytes]:
    """An empty template; a database of the test's own with a first official result; somebody who may change it all."""
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    monkeypatch.setattr(account, "current", lambda: people.owner("An"))
    row = (PERIOD, "03390", "commune-2026-2030", "1", "1")
    rows = pd.DataFrame([row], columns=["period", "unit_code", "criteria_set", "criterion", "met"])
    engine = store.connect()
    dataset.build(engine)
    store.publish(engine, Change(people.owner("An"), "1/BC", "official", {"assessments": rows}), facts)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield plan_template.make(facts, "2026-12-31")
    st.cache_resource.clear()
    st.cache_data.clear()


def uploaded(app: AppTest, content: bytes) -> AppTest:
    app.selectbox(key="form").select("plans").run()
    app.file_uploader[0].set_value(("plan.xlsx", content, "")).run()
    assert not app.exception, app.exception
    return app


def test_from_an_empty_template_to_a_scoreboard_and_back(template, open_page) -> None:
    assert WITHOUT in words(open_page("overview", period=PERIOD))
    app = uploaded(open_page("update", period=PERIOD), filled(template))
    assert [metric.value for metric in app.metric] == ["62", "0", "0"]
    assert "Các mục tiêu, kỳ 30/06/2026" in words(app)
    app.text_input(key="note").set_value("12/KH-UBND").run()
    app.button(key="publish").click().run()
    assert app.success[0].value == "Đã công bố phiên bản 4: 62 số liệu."
    page = words(open_page("plan", period=PERIOD))
    assert "Kế hoạch 12/KH-UBND" in page
    assert "nhóm giải pháp" not in page
    scoreboard = words(open_page("overview", period=PERIOD))
    assert WITHOUT not in scoreboard
    assert "Xã đạt chuẩn" in scoreboard
    engine = store.connect()
    store.undo(engine, 4, people.owner("An"), "nhầm", dataset.load(engine).reference)
    assert WITHOUT in words(open_page("overview", period=PERIOD))


def test_faults_are_told_by_cell_and_nothing_can_be_published(template, open_page) -> None:
    cells = [("Mục tiêu", "E5", "happiness"), ("Xã nêu tên", "B5", "Bình Lưu"), ("Nhóm tiêu chí", "B5", 9)]
    app = uploaded(open_page("update", period=PERIOD), filled(template, *cells))
    assert app.error[0].value == "3 lỗi; không lưu gì."
    assert "publish" not in [button.key for button in app.button]
    assert store.latest(store.connect()) == 3


def test_whoever_may_change_one_district_alone_is_told_so_before(template, open_page, monkeypatch) -> None:
    editor = people.Person("Bình", people.GROUP_EDITOR, frozenset(["110"]))
    monkeypatch.setattr(account, "current", lambda: editor)
    app = uploaded(open_page("update", period=PERIOD), filled(template))
    assert app.button(key="publish").disabled
    assert any("Ngoài phạm vi" in warning.value for warning in app.warning)
