from ntm import layers, map_sheet
from ntm.geo import boundaries

PERIOD = "2024-12-31"


def test_the_key_counts_the_communes_that_are_shown(data) -> None:
    layer = layers.build(data, "tier", PERIOD, 0)
    shown = set(data.communes_of(PERIOD, ("110",)).index)
    drawn = boundaries.published(data.reference)
    sheet = map_sheet.build(data, PERIOD, layer, drawn, title="Nhóm", subtitle="", shown=shown, groups=("110",))
    counted = [int(words.rpartition(": ")[2].removesuffix(" xã")) for _id, words in sheet.key[:-1]]
    assert sum(counted) == len(shown)
    assert sheet.notice == "SỐ LIỆU MINH HỌA"
    assert sheet.title == "Lai Châu: Nhóm, 31/12/2024"
    assert sheet.focus == ("110",)
