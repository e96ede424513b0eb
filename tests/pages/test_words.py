"""Words that officials can do nothing with are on no page, and times are the province's."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from streamlit import dataframe_util
from streamlit.testing.v1 import AppTest

from ntm import people
from ntm.ui import account, settings, update_view
from ntm.ui import data as ui_data
from tests.pages.conftest import PAGES, words

EVENING = pd.Timestamp(2024, 12, 31, 20, 30)  # UTC
NOT_FOR_READERS = re.compile(
    r"python|\broot\b|\bUTC\b|\.toml|\.csv|\.py\b|datapackage|\bdata/|\bstatic\b|NTM_|<NA>|NaN"
)


def everything(app: AppTest) -> str:
    """Everything that a page says, in tables and choices too."""
    tables = [str(value) for table in app.dataframe for value in shown(table).to_numpy().ravel()]
    choices = [str(option) for field in [*app.selectbox, *app.multiselect] for option in field.options]
    return "\n".join([words(app), *tables, *choices])


def shown(table) -> pd.DataFrame:
    """A table as it is read: what its writers have made of the values."""
    written = table.proto.arrow_data.styler.display_values
    return dataframe_util.convert_arrow_bytes_to_pandas_df(written) if written else table.value


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_of_files_commands_and_accounts(open_page, page: str, lang: str) -> None:
    said = everything(open_page(page, lang=lang))
    assert [said[max(0, hit.start() - 40) : hit.end() + 40] for hit in NOT_FOR_READERS.finditer(said)] == []


@pytest.fixture
def evening(data, monkeypatch):
    """Let the pages see revisions of EVENING, one of the machine's owner and one of an older build."""
    monkeypatch.delenv("NTM_TIMEZONE", raising=False)
    signed = [f"{people.OWNER} <root>", "python -m ntm build"]
    revisions = data.revisions.head(2).assign(created_at=EVENING, author=signed)
    log = pd.DataFrame(
        {
            "at": EVENING,
            "person": signed,
            "action": ["publish refused", "publish"],
            "revision": pd.array([None, 3], dtype="Int64"),
            "words": ["", "1/BC"],
        }
    )
    seen = replace(data, revisions=revisions)
    monkeypatch.setattr(ui_data, "_load", lambda revision, language: seen)
    monkeypatch.setattr(ui_data, "log", lambda: log)
    monkeypatch.setattr(ui_data, "differences", lambda earlier, later: {})
    return seen


@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [("", "01/01/2025", "01/01/2025 03:30"), ("UTC", "31/12/2024", "31/12/2024 20:30")],
)
def test_a_revision_bears_the_provinces_time(open_page, evening, monkeypatch, zone: str, day: str, time: str) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", zone)
    app = open_page("data")
    assert f"ngày {day}, Người quản trị máy chủ:" in words(app)
    revisions = shown(app.dataframe[-1])
    assert time in revisions.to_numpy().ravel()
    assert {"Người quản trị máy chủ", "Phần mềm"} <= set(revisions.to_numpy().ravel())


def test_the_list_of_revisions_bears_the_provinces_time(evening, monkeypatch) -> None:
    monkeypatch.setattr(account, "current", lambda: people.Person(""))

    def page() -> None:
        import streamlit as st

        from ntm.ui import account, data, update_view

        st.session_state[data._REVISION] = 2
        update_view.revisions(data.current(), account.current())

    app = AppTest.from_function(page).run()
    assert not app.exception
    first = app.selectbox[1].options[0]
    assert "01/01/2025 03:30 · Người quản trị máy chủ · " in first
    assert not NOT_FOR_READERS.search("\n".join(app.selectbox[1].options))


def test_the_log_is_in_words(evening) -> None:
    def page() -> None:
        from ntm import text
        from ntm.people import EDITOR, Person
        from ntm.ui import update_view

        text.use("en")
        update_view.log(Person("An", EDITOR))

    app = AppTest.from_function(page).run()
    rows = shown(app.dataframe[0])
    assert list(app.dataframe[0].value) == ["Time", "By", "Action", "Revision", "Note"]
    assert rows.to_numpy().tolist() == [
        ["1 Jan 2025 03:30", "Server administrator <root>", "Publishing refused", "", ""],
        ["1 Jan 2025 03:30", "The software", "Published", "3", "1/BC"],
    ]


def test_a_wrong_time_zone_is_logged_and_not_shown(open_page, monkeypatch, caplog) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "Hanoi")
    app = open_page("update")
    assert "Hanoi" in caplog.text
    assert "Hanoi" not in everything(app)
    assert not app.error
    caplog.clear()
    open_page("data")
    assert "Hanoi" not in caplog.text  # it is said once


def test_a_known_time_zone_stays(monkeypatch) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "UTC")
    settings.check()
    assert settings.clock.zone().key == "UTC"


@pytest.mark.parametrize(
    ("configured", "email", "advice"),
    [
        (False, "", "hãy gửi tệp cho người quản trị"),
        (True, "", "hãy đăng nhập"),
        (True, "chi@elsewhere.example", "chưa có quyền công bố"),
    ],
)
def test_who_may_not_publish_is_told_what_they_can_do(monkeypatch, configured: bool, email: str, advice: str) -> None:
    monkeypatch.setattr(account, "is_configured", lambda: configured)
    said = update_view._reading_alone(people.Person("", email=email))
    assert said.startswith("Xem được, chưa cập nhật được: bạn tải tệp lên để xem lỗi và thay đổi")
    assert advice in said
