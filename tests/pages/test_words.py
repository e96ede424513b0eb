"""Words that officials can do nothing with are on no page, and times are the province's."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import PAGES, words
from tests.seen import NOT_FOR_READERS, shown


def everything(app: AppTest) -> str:
    """Everything that a page says, in tables and choices too."""
    tables = [str(value) for table in app.dataframe for value in shown(table).to_numpy().ravel()]
    choices = [str(option) for field in [*app.selectbox, *app.multiselect] for option in field.options]
    return "\n".join([words(app), *tables, *choices])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_of_files_commands_and_accounts(open_page, page: str, lang: str) -> None:
    said = everything(open_page(page, lang=lang))
    assert [said[max(0, hit.start() - 40) : hit.end() + 40] for hit in NOT_FOR_READERS.finditer(said)] == []


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


def test_a_wrong_time_zone_is_logged_and_not_shown(open_page, monkeypatch, caplog) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "Hanoi")
    app = open_page("update")
    assert "Hanoi" in caplog.text
    assert "Hanoi" not in everything(app)
    assert not app.error
    caplog.clear()
    open_page("data")
    assert "Hanoi" not in caplog.text  # it is said once
