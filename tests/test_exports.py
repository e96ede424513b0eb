import io
import json

import openpyxl
import pandas as pd

from ntm import exports

TABLE = pd.DataFrame({"Xã": ["=1+1", "Pha Mu"], "Số": [1.5, None], "+Cột": ["@x", "-y"]})
FACTS = {"Loại số liệu": "số liệu minh họa", "Kỳ": "31/12/2024"}


def test_csv_carries_its_provenance_in_every_row() -> None:
    content = exports.csv(TABLE, FACTS)
    assert content.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(content))
    assert read["Nguồn: Loại số liệu"].tolist() == ["số liệu minh họa"] * 2
    assert read["Xã"].tolist() == ["'=1+1", "Pha Mu"]
    assert "'+Cột" in read.columns


def test_provenance_does_not_overwrite_a_column_of_the_same_name() -> None:
    read = pd.read_csv(io.BytesIO(exports.csv(pd.DataFrame({"Kỳ": ["31/03/2024", "30/06/2024"]}), FACTS)))
    assert read["Kỳ"].tolist() == ["31/03/2024", "30/06/2024"]
    assert read["Nguồn: Kỳ"].tolist() == ["31/12/2024"] * 2


def test_xlsx_opens_with_heading_filter_and_provenance() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.xlsx({"Các xã": TABLE}, FACTS)))
    sheet, source = book["Các xã"], book["Nguồn số liệu"]
    assert [cell.value for cell in sheet[1]] == ["Xã", "Số", "'+Cột"]
    assert [cell.value for cell in sheet[2]] == ["'=1+1", 1.5, "'@x"]
    assert sheet["B3"].value is None
    assert sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert [cell.value for cell in source[2]] == ["Loại số liệu", "số liệu minh họa"]


def test_geojson_carries_attributes_and_provenance() -> None:
    table = pd.DataFrame(
        {"label": ["Xã <b>A</b>", "B"], "met": [17.0, None], "at_risk": [False, True]}, index=["01", "02"]
    )
    point = {"type": "Point", "coordinates": [103.5, 22.5]}
    content = json.loads(exports.geojson(table, {"01": point, "02": point, "03": point}, {"Nguồn": "số liệu minh họa"}))
    assert content["provenance"] == {"Nguồn": "số liệu minh họa"}
    assert [feature["id"] for feature in content["features"]] == ["01", "02"]
    assert content["features"][0]["properties"] == {"code": "01", "label": "Xã <b>A</b>", "met": 17.0, "at_risk": False}
    assert content["features"][1]["properties"]["met"] is None
    assert content["features"][0]["geometry"] == point
