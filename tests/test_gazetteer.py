import unicodedata

import pandas as pd
import pytest

from ntm import gazetteer
from ntm.gazetteer import Place


@pytest.fixture(scope="module")
def names(facts) -> pd.DataFrame:
    return gazetteer.build(facts.shaped_units, facts.districts, gazetteer.load_aliases())


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("Xã Nậm Ban", "Nậm Ban", "xã"),
        ("Thị trấn Sìn Hồ", "Sìn Hồ", "thị trấn"),
        ("TT. Sìn Hồ", "Sìn Hồ", "thị trấn"),
        ("TT Sìn Hồ", "Sìn Hồ", "thị trấn"),
        ("P. Đoàn Kết", "Đoàn Kết", "phường"),
        ("Thành phố  Lai Châu", "Lai Châu", "thành phố"),
        ("MườngTè(Xã)", "MườngTè", "xã"),
        ("SìnHồ (Thịtrấn)", "SìnHồ", "thị trấn"),
        ("Pha Mu", "Pha Mu", ""),
        ("Phong Thổ", "Phong Thổ", ""),
        ("Tả Phìn", "Tả Phìn", ""),
        ("xã", "xã", ""),
        ("", "", ""),
    ],
)
def test_kinds_are_split_off(written: str, name: str, kind: str) -> None:
    assert gazetteer.split_kind(written) == (name, kind)


@pytest.mark.parametrize(
    "written", ["Pa Ủ", "Xã Pa ủ", "PA U", "PaỦ", unicodedata.normalize("NFD", "Pa Ủ"), " pa  ủ ", "X. Pa Ủ"]
)
def test_spellings_have_one_key(written: str) -> None:
    assert gazetteer.key(written) == "pau"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place("Xã Bum Tở", "Huyện Mường Tè"), "03454"),
        (Place("Kan Hồ", "Mường Tè"), "03469"),
        (Place("Can Hồ", "Mường Tè"), "03469"),
        (Place("Mường Tè", "Mường Tè", "xã"), "03445"),
        (Place("MườngTè(Thịtrấn)", "MườngTè"), "03433"),
        (Place("Mường Tè", "Mường Tè"), None),  # the town or the commune?
        (Place("Mường Tè", lon=102.6, lat=22.38), "03445"),
        (Place("Nậm Cha"), "03526"),  # told from Nậm Chà by its marks
        (Place("Nậm Chà"), "03473"),
        (Place("Nam Cha", "Sin Ho"), "03526"),
        (Place("Nam Cha"), None),
        (Place("Sùng Phài", "Tam Đường"), "03403"),
        (Place("Nậm Loỏng", "Lai Châu"), "03403"),
        (Place("Ma Li Chải", "Phong Thổ"), "03550"),
        (Place("Bum Tở", "Sìn Hồ"), None),
        (Place("", code="03628"), "03628"),
        (Place("Pha Mu", "Than Uyên", code="99999"), "03628"),
        (Place("Nậm Hàng", "Nậm Nhùn", code="03434"), "03475"),  # 03434 has another name: the name decides
        (Place("", code="99999"), None),
        (Place(""), None),
    ],
)
def test_places_mean_units(names, place: Place, code: str | None) -> None:
    found = names.find(place)
    assert (None if found is None else found.code) == code


def test_every_unit_is_found_by_its_own_name(facts, names) -> None:
    for code, unit in facts.shaped_units.iterrows():
        district = facts.districts.at[unit["parent_code"], "name"]
        for name in (unit["name"], unit["name_gso"]):
            assert names.find(Place(name, district, unit["kind"])).code == code


def test_aliases_name_units_that_exist_and_are_needed(facts) -> None:
    aliases = gazetteer.load_aliases()
    assert set(aliases["code"]) <= set(facts.shaped_units.index)
    without = gazetteer.build(facts.shaped_units, facts.districts, aliases.iloc[:0])
    for alias in aliases.itertuples():
        assert without.find(Place(alias.name, alias.district)) is None, alias.name


def test_the_nearest_name_is_suggested(names) -> None:
    assert names.nearest("Kan Ho").code == "03469"
    assert names.nearest("Hua Bumm").code == "03460"
    assert names.nearest("Xyz") is None
