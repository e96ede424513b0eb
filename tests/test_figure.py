import pandas as pd

from ntm.figure import Column, as_read, as_words

FRAME = pd.DataFrame({"unit": ["A", "B"], "met": [19, 3], "group": ["", ""]})
COLUMNS = {
    "unit": Column("Xã"),
    "met": Column("Tiêu chí đạt", lambda met: f"{met} tiêu chí"),
    "group": Column("Huyện", optional=True),
}


def test_a_table_is_read_with_its_headings_and_without_what_is_empty() -> None:
    assert as_read(FRAME, COLUMNS).to_dict("list") == {"Xã": ["A", "B"], "Tiêu chí đạt": [19, 3]}
    assert "Huyện" in as_read(FRAME.assign(group=["", "C"]), COLUMNS)


def test_every_value_is_written_as_it_is_read() -> None:
    assert as_words(FRAME, COLUMNS)["Tiêu chí đạt"].tolist() == ["19 tiêu chí", "3 tiêu chí"]
