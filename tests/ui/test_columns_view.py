from dataclasses import replace

from ntm.intake import table_shape
from ntm.intake.layout import Layout
from ntm.ui import columns_view

LAYOUT = Layout("assessments", 0, ("Tên xã", "1", "Kết luận"), ("name", "criterion:1", ""), reasons=("", "", ""))
SHAPE = table_shape.of(LAYOUT, "commune-2021-2025")
CORRECTED = LAYOUT.corrected({2: "criterion:2"})


def test_tables_of_one_shape_are_remembered_if_they_were_corrected_alike() -> None:
    layouts, of = {0: LAYOUT, 1: replace(LAYOUT, heading_row=3)}, {0: SHAPE, 1: SHAPE}
    alike = {0: CORRECTED, 1: replace(CORRECTED, heading_row=3)}
    assert columns_view._by_shape(layouts, alike, of) == {SHAPE: {2: "criterion:2"}}
    assert columns_view._by_shape(layouts, {0: CORRECTED, 1: layouts[1]}, of) == {}
    assert columns_view._by_shape(layouts, layouts, of) == {SHAPE: {}}
