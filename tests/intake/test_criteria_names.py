"""Names of criteria: every set's own names and numbers, and what only looks like one."""

import pytest

from ntm.intake import criteria_names


def test_every_criterion_is_known_by_its_number_and_by_its_name_in_its_own_set(facts) -> None:
    for name in facts.timeline.criteria_sets.index:
        criteria = facts.criteria_of(name)
        known = criteria_names.of(criteria, facts.timeline.criteria)
        for number, words in criteria["name_vi"].items():
            forms = (str(number), words, words.upper(), f"{number}. {words}", f"Tiêu chí số {number}", f"TC{number}")
            assert {known.find(form) for form in forms} == {number}, words


NONE = ["", "20", "5.1", "17.12", "6.2024", "3. Ghi chú", "Tiêu chí 1-3", "Tổng số", "x" * 5000]
NONE += ["Tiêu chí 1, 2, 3", "TC 1 và TC 2", "Tiêu chí 2 (chỉ tiêu 2.1)", "TC 18 - Chất lượng môi trường sống"]


@pytest.mark.parametrize("words", NONE)
def test_what_is_no_criterion(facts, words: str) -> None:
    assert criteria_names.of(facts.criteria_of(facts.commune_set), facts.timeline.criteria).find(words) is None


def test_a_part_says_which_one_it_is(facts) -> None:
    known = criteria_names.of(facts.criteria_of(facts.commune_set), facts.timeline.criteria)
    assert [known.part(words) for words in ("5.1", "Chỉ tiêu 17.12", "20.1", "6.2024", "5")] == [
        "5.1",
        "17.12",
        "",
        "",
        "",
    ]
