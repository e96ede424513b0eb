from ntm import units


def test_counts_of_2024(facts) -> None:
    assert len(facts.shaped_units) == 106
    assert facts.shaped_units["kind"].value_counts().to_dict() == {"xã": 94, "thị trấn": 7, "phường": 5}
    assert len(facts.districts) == 8
    assert len(facts.communes) == 94


def test_counts_of_2025(facts) -> None:
    later = units.at(facts.timeline.all_units, "2025-07-01")
    communes = later[later["level"] == "commune"]
    assert communes["kind"].value_counts().to_dict() == {"xã": 36, "phường": 2}
    assert not (later["level"] == "district").any()


def test_a_code_is_another_unit_after_the_reform(facts) -> None:
    before, after = units.at(facts.timeline.all_units, "2025-06-30"), units.at(facts.timeline.all_units, "2025-07-01")
    assert before.loc["03434", ["kind", "name"]].tolist() == ["thị trấn", "Nậm Nhùn"]
    assert after.loc["03434", ["kind", "name"]].tolist() == ["xã", "Nậm Hàng"]


def test_units_come_in_vietnamese_order(facts) -> None:
    assert facts.districts["name"].tolist()[:4] == ["Lai Châu", "Mường Tè", "Nậm Nhùn", "Phong Thổ"]


def test_labels_tell_namesakes_apart(facts) -> None:
    named = facts.shaped_units[facts.shaped_units["name"] == "Mường Tè"]
    assert sorted(named["label"]) == ["Mường Tè", "TT Mường Tè"]


def test_census_total(facts) -> None:
    assert facts.shaped_units["population_2019"].sum() == 460_196
