from streamlit.testing.v1 import AppTest

from ntm import people
from ntm.ui import account
from tests.seen import NOT_FOR_READERS, shown


def test_the_list_of_revisions_bears_the_provinces_time(evening, monkeypatch) -> None:
    monkeypatch.setattr(account, "current", lambda: people.Person(""))

    def page() -> None:
        import streamlit as st

        from ntm.ui import account, data, revisions_view

        st.session_state[data._REVISION] = 2
        revisions_view.revisions(data.current(), account.current())

    app = AppTest.from_function(page, default_timeout=180).run()
    assert not app.exception
    first = app.selectbox[1].options[0]
    assert "01/01/2025 03:30 · Người quản trị máy chủ · " in first
    assert not NOT_FOR_READERS.search("\n".join(app.selectbox[1].options))


def test_the_log_is_in_words(evening) -> None:
    def page() -> None:
        from ntm import look
        from ntm.look import Look
        from ntm.people import EDITOR, Person
        from ntm.ui import revisions_view

        with look.use(Look("en")):
            revisions_view.log(Person("An", EDITOR))

    app = AppTest.from_function(page, default_timeout=180).run()
    rows = shown(app.dataframe[0])
    assert list(app.dataframe[0].value) == ["Time", "By", "Action", "Revision", "Note"]
    assert rows.to_numpy().tolist() == [
        ["1 Jan 2025 03:30", "Server administrator <root>", "Publishing refused", "", ""],
        ["1 Jan 2025 03:30", "The software", "Published", "3", "1/BC"],
    ]
