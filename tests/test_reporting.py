from dataclasses import replace

from ntm import reporting

PERIOD = "2024-12-31"


def test_who_lacks_most_comes_first(data) -> None:
    rows = data.assessments
    mine = rows["unit_code"].map(data.reference.communes["group_code"])
    half = (mine == "110") & (rows["criterion"] <= 9)
    some = replace(
        data,
        tables=data.tables
        | {"assessments": rows[(mine == "106") | half | (mine == "105") & (rows["unit_code"] == "03409")]},
    )
    table = reporting.by_group(some, PERIOD)
    assert list(table.index[-3:]) == ["110", "105", "106"]
    assert table.loc["106", ["communes", "whole", "part", "share"]].tolist() == [12, 12, 0, 1]
    assert table.loc["110", ["communes", "whole", "part", "cells", "cells_total"]].tolist() == [11, 0, 11, 99, 209]
    assert table.loc["108", ["whole", "part", "cells", "share"]].tolist() == [0, 0, 0, 0]
    assert table["revision"].notna().tolist() == [False] * 5 + [True] * 3


def test_by_commune(data) -> None:
    rows = data.assessments
    cut = replace(
        data, tables=data.tables | {"assessments": rows[(rows["unit_code"] != "03628") | (rows["criterion"] < 3)]}
    )
    states = reporting.by_commune(cut, PERIOD)
    assert states["03628"] == "part"
    assert (states.drop("03628") == "whole").all()
    assert set(reporting.by_commune(data, "2024-05-31")) == {"none"}
