import json
from enum import StrEnum

import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from ntm import chart_parts
from ntm.criteria import Answer
from ntm.people import Role
from ntm.progress import Status
from ntm.world import Kind, World

CODES = [*Kind, *World, *Status, *Answer, *Role]


def test_the_worlds_share_only_what_is_published() -> None:
    assert set(World.SAMPLE.kinds) & set(World.REAL.kinds) == {"published"}
    assert "official" not in World.SAMPLE.kinds
    assert "sample" not in World.REAL.kinds


@pytest.mark.parametrize("code", CODES, ids=repr)
def test_a_code_is_plain_text_in_tables_charts_and_files(code: StrEnum) -> None:
    frame = pd.DataFrame([{"code": code}])
    assert type(frame["code"].iloc[0]) is str
    assert type(frame.assign(code=code)["code"].iloc[0]) is str
    assert frame.to_csv(index=False) == f"code\n{code.value}\n"
    assert json.dumps([code]) == f'["{code.value}"]'
    assert type(pa.array([code])[0].as_py()) is str
    assert json.dumps(chart_parts.values(frame).to_dict()) == json.dumps({"values": [{"code": code.value}]})


def test_a_code_is_plain_text_in_both_databases(empty_engine: Engine) -> None:
    with empty_engine.connect() as connection:
        for code in CODES:
            found = connection.execute(sa.select(sa.literal(code, sa.String))).scalar_one()
            assert type(found) is str
            assert found == code.value
