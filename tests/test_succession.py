from ntm import succession, units
from ntm import timeline as timeline_module
from tests import invented


def test_every_unit_has_one_successor_in_force(facts) -> None:
    later = units.at(facts.timeline.all_units, "2025-07-01")
    assert set(facts.timeline.successions["code"]) == set(facts.shaped_units.index)
    assert facts.timeline.successions["code"].is_unique
    assert set(facts.timeline.successions["successor_code"]) == set(later.index[later["level"] == "commune"])


def test_successor_of_pha_mu(facts) -> None:
    assert succession.successor(facts.timeline, "03628", "2024-12-31")["name"] == "Mường Kim"
    assert succession.successor(facts.timeline, "03628", "2025-07-01") is None


def test_what_a_unit_was_made_of(facts) -> None:
    assert succession.predecessors(facts.timeline, "03637", "2026-06-30")["name"].tolist() == [
        *("Mường Kim", "Pha Mu", "Tà Hừa", "Tà Mung"),
    ]
    assert succession.predecessors(facts.timeline, "03637", "2024-12-31").empty


def test_a_district_has_what_succeeded_its_communes_alone(facts) -> None:
    timeline = facts.timeline
    assert succession.is_within(timeline, "03637", {"110"})  # Mường Kim, old and new, are Than Uyên's
    assert not succession.is_within(timeline, "03637", {"106"})
    assert succession.is_within(timeline, "110", {"110"})
    assert not succession.is_within(timeline, "12", {"110"})
    assert not succession.is_within(timeline, "99999", {"110"})
    districts = set(timeline.districts.index)
    assert all(succession.is_within(timeline, code, districts) for code in timeline.codes - {"12"})
    named = timeline.groups.set_index("unit_code")["group_code"]
    for code in facts.at("2026-06-30").shaped_units.index:
        before = set(succession.predecessors(timeline, code, "2026-06-30")["parent_code"])
        old = timeline.all_units[(timeline.all_units["code"] == code) & (timeline.all_units["valid_from"] == "")]
        assert succession.is_within(timeline, code, before | set(old["parent_code"]))
        within = {one for one in before if succession.is_within(timeline, code, {one}, "2026-06-30")}
        assert within == {named[code]}  # of several districts, the one that the data names


def test_a_unit_is_in_the_groups_of_the_day_that_is_meant(tmp_path) -> None:
    timeline = timeline_module.load(invented.clusters(invented.province(tmp_path / "thu-nghiem")))
    one = invented.CODES[0]
    assert succession.is_within(timeline, one, {"C1"})
    assert not succession.is_within(timeline, one, {"C2", "V2"})
    assert succession.is_within(timeline, one, {"V1"}, "2025-06-30")
    assert not succession.is_within(timeline, one, {"V1"}, "2024-12-31")  # there were no valleys yet
    assert not succession.is_within(timeline, one, {"V1"})  # nor whenever it is in use
    assert not succession.is_within(timeline, invented.CODES[-1], {"C1", "C2", "C3"})  # a ward, in no cluster


def test_a_code_that_was_another_units_is_asked_by_the_day(facts) -> None:
    """03503 was Trung Chải of Nậm Nhùn and is Pa Tần, which goes with Sìn Hồ."""
    timeline = facts.timeline
    assert succession.is_within(timeline, "03503", {"112"}, "2024-12-31")
    assert not succession.is_within(timeline, "03503", {"108"}, "2024-12-31")
    assert succession.is_within(timeline, "03503", {"108"}, "2026-06-30")
    assert not succession.is_within(timeline, "03503", {"112"}, "2026-06-30")
