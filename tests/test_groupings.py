"""Groupings: districts by themselves, what the data names on its days, and what a reader asks for."""

from pathlib import Path

import pytest

from ntm import groupings, reference, timeline
from ntm.groupings import DISTRICTS, NONE
from ntm.timeline import Timeline
from tests import invented


@pytest.fixture
def clustered(tmp_path: Path) -> Timeline:
    return timeline.load(invented.clusters(invented.province(tmp_path / "thu-nghiem")))


def test_districts_are_the_grouping_until_the_reform_and_former_ones_after_it(facts) -> None:
    before, after = (facts.at(day) for day in ("2025-06-30", "2025-07-01"))
    assert before.grouping == DISTRICTS
    assert list(before.groups.index) == list(before.districts.index)
    assert after.grouping is not None
    assert after.grouping.noun == "huyện cũ"
    assert after.districts.empty
    assert set(after.groups.index) == set(before.groups.index) - {"105"}  # of the city two wards are left


def test_a_former_district_has_what_succeeded_it(facts) -> None:
    """Each unit of 2025 is in one group; one that was made of two districts, in the one with most of its people."""
    later = facts.at("2026-06-30")
    assert (later.shaped_units["group_code"] != "").all()
    assert later.communes.at["03637", "group"] == "Than Uyên"  # Mường Kim, of Than Uyên alone
    assert later.communes.at["03503", "group_code"] == "108"  # Pa Tần: 4 353 people of Sìn Hồ, 3 743 of Nậm Nhùn
    parents = facts.at("2025-06-30").places["parent_code"]
    successions = facts.timeline.successions
    for code, group in later.shaped_units["group_code"].items():
        assert group in set(parents[successions.loc[successions["successor_code"] == code, "code"]])


def test_a_grouping_of_the_data_has_its_own_words_and_days(clustered) -> None:
    day = reference.of_day(clustered, "2024-12-31")
    assert [found.id for found in day.groupings] == ["clusters"]
    assert day.grouping is not None
    assert day.grouping.heading == "Cụm"
    assert day.groups["label"].tolist() == ["Cụm 1", "Cụm 2", "Cụm 3"]
    assert day.communes["group_code"].value_counts().to_dict() == {"C1": 4, "C2": 4, "C3": 4}
    later = reference.of_day(clustered, "2025-06-30")
    assert [found.id for found in later.groupings] == ["clusters", "valleys"]
    assert later.groups.index.tolist() == ["C1", "C2", "C3"]
    assert later.shaped_units.at[invented.CODES[-1], "group_code"] == ""  # a ward, in no cluster


def test_a_reader_chooses_another_grouping_or_none(clustered) -> None:
    asked = reference.of_day(clustered, "2025-06-30", "valleys")
    assert asked.groups.index.tolist() == ["V1", "V2"]
    assert asked.at("2024-12-31").groups.index.tolist() == ["C1", "C2", "C3"]  # there are no valleys yet
    without = reference.of_day(clustered, "2025-06-30", NONE)
    assert without.grouping is None
    assert without.groups.empty
    assert (without.communes["group"] == "").all()
    assert reference.of_day(clustered, "2025-06-30", "unheard of").grouping == without.at("2025-06-30").groupings[0]


def test_what_is_known_of_a_group_does_not_depend_on_what_a_reader_asks_for(clustered) -> None:
    scopes = [reference.of_day(clustered, "2025-06-30", asked).scopes for asked in ("", "valleys", NONE)]
    assert scopes[0] == scopes[1] == scopes[2]
    assert list(scopes[0]) == ["C1", "C2", "C3", "V1", "V2", "99"]
    assert len(scopes[0]["V1"]) == 6  # its communes; the ward is not counted


def test_a_province_without_groupings_has_none(tmp_path) -> None:
    known = timeline.load(invented.province(tmp_path / "thu-nghiem"))
    assert known.all_groupings == []
    assert reference.of_day(known, "2024-12-31").groups.empty
    assert groupings.load(tmp_path).empty
