"""The description for programs: a valid OpenAPI document that says what the server does."""

import pandas as pd
import pytest
from openapi_spec_validator import validate

from ntm.api import access, openapi, tables


@pytest.fixture(scope="module")
def document(data) -> dict:
    return openapi.document(data.archive, "/api/v1")


def test_it_is_valid_and_names_every_table(document) -> None:
    validate(document)
    assert set(document["paths"]) == {f"/{name}" for name in tables.names()} | {"/map.geojson"}


def test_its_columns_and_parameters_are_those_of_the_answers(document, client) -> None:
    for name in tables.names():
        access.forget()
        described = document["paths"][f"/{name}"]["get"]
        rows = client.get(f"/api/v1/{name}?world=sample").json()["rows"]
        schema = described["responses"]["200"]["content"]["application/json"]["schema"]
        columns = schema["properties"]["rows"]["items"]["properties"]
        assert set(columns) >= {key for row in rows for key in row}, name
        kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
        for row in rows[:200]:
            for key, value in row.items():
                assert value is None or isinstance(value, kinds[columns[key]["type"][0]]), (name, key, value)
        for parameter in described["parameters"]:
            answer = client.get(f"/api/v1/{name}?{parameter['name']}=~")
            assert "Không có tham số" not in answer.text


def test_types_are_the_columns(document) -> None:
    frame = pd.DataFrame({"a": [1], "b": [1.5], "c": [True], "d": ["x"], "e": pd.array([None], dtype="boolean")})
    kinds = [schema["type"][0] for schema in openapi.columns(frame).values()]
    assert kinds == ["integer", "number", "boolean", "string", "boolean"]


def test_every_status_that_is_described_is_a_sentence(document) -> None:
    for path in document["paths"].values():
        assert set(path["get"]["responses"]) == {"200", "304", *openapi.PROBLEMS}
