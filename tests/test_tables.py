import pytest

from ntm import tables


def test_every_cell_is_text_and_an_empty_one_is_empty(tmp_path) -> None:
    (tmp_path / "t.csv").write_text("code,name,note\n03628,NA,\n", encoding="utf-8")
    assert tables.read(tmp_path / "t.csv").to_dict("records") == [{"code": "03628", "name": "NA", "note": ""}]


def test_a_missing_table_is_empty_if_it_may_be_missing(tmp_path) -> None:
    found = tables.read_optional(tmp_path / "t.csv", ["code", "name"])
    assert found.empty
    assert list(found.columns) == ["code", "name"]
    with pytest.raises(FileNotFoundError):
        tables.read(tmp_path / "t.csv")
