import pytest

from tests.pages.conftest import words

PERIOD = "2024-12-31"


def listed(app) -> list[str]:
    """The communes in the page's table."""
    return list(app.dataframe[0].value["Xã"])


def test_all_filters_hold_together(open_page, data) -> None:
    app = open_page("map", groups="108,109", tiers="15-18,10-14", recognition="not", lacking="10")
    communes = data.communes_at(PERIOD)
    lacking = data.lacking_at(PERIOD)
    expected = communes[
        communes["group_code"].isin(["108", "109"])
        & communes["tier"].isin(["15-18", "10-14"])
        & ~communes["recognised"].fillna(True)
        & communes.index.isin([code for code, missed in lacking.items() if 10 in missed.criteria])
    ]
    assert 0 < len(expected) < 30
    assert listed(app) == expected["label"].tolist()


def test_the_filters_are_said_in_words(open_page) -> None:
    said = words(open_page("map", groups="110", tiers="15-18", lacking="10,17"))
    assert "Than Uyên; nhóm: 15–18 tiêu chí; thiếu: 10. Thu nhập, 17. Môi trường và an toàn thực phẩm." in said


def test_an_empty_filter_is_said_in_words(open_page) -> None:
    app = open_page("map", tiers="0-4")
    assert any("Không có dòng nào" in info.value for info in app.info)
    assert not app.dataframe


@pytest.mark.parametrize("name", ["tiers", "recognition", "lacking"])
def test_a_mistyped_filter_is_forgotten_in_words(open_page, name: str) -> None:
    app = open_page("map", **{name: "nonsense"})
    assert any("nonsense" in info.value for info in app.info)
    assert len(listed(app)) == 94


def test_the_layer_in_use_is_named(open_page) -> None:
    assert "Sơ đồ, không phải ranh giới pháp lý. Dùng tự do, CC0-1.0" in words(open_page("map"))
    assert "Dùng tự do, CC0-1.0" in words(open_page("data"))
