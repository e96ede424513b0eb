import datetime as dt

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, String
from sqlalchemy.types import TypeEngine

from ntm import rows

VALUES = [
    (Boolean(), True),
    (Boolean(), False),
    (Date(), dt.date(2024, 12, 31)),
    (DateTime(), dt.datetime(2024, 12, 31, 7, 5)),
    (Float(), 13.6),
    (Integer(), 19),
    (String(), "Tả Lèng"),
]


@pytest.mark.parametrize(("kind", "value"), VALUES, ids=repr)
def test_a_value_becomes_a_word_and_comes_back(kind: TypeEngine, value: object) -> None:
    assert rows.value(rows.word(value), Column("x", kind, nullable=False)) == value


def test_nothing_is_an_empty_word_where_a_column_may_be_empty() -> None:
    assert rows.word(None) == ""
    assert rows.value("", Column("x", Integer, nullable=True)) is None
    with pytest.raises(ValueError, match="invalid literal"):
        rows.value("", Column("x", Integer, nullable=False))
    with pytest.raises(KeyError):
        rows.value("yes", Column("x", Boolean, nullable=False))
