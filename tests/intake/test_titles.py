"""Titles: the nearest words over a table decide what is said of its rows."""

import pytest

from ntm.intake import titles
from ntm.intake.titles import MODEL, Named, Titles
from tests.intake.workbooks import PERIOD

BASIC, ADVANCED, DISTRICT = "commune-2021-2025", "commune-advanced-2021-2025", "district-2021-2025"
OF_BASIC = "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025"
OF_ADVANCED = "BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NTM NÂNG CAO 2021 – 2025"


SETS = {
    (OF_BASIC,): Named((BASIC,), official=True),
    (OF_ADVANCED,): Named((ADVANCED,), official=True),
    ("Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao", "giai đoạn 2021-2025"): Named((ADVANCED,), official=True),
    ("Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao",): Named((ADVANCED,)),  # of which years?
    ("Bộ tiêu chí quốc gia về xã NTM và Bộ tiêu chí quốc gia về xã NTM nâng cao giai đoạn 2021-2025",): Named(
        (BASIC, ADVANCED)
    ),
    ("Kết quả xã NTM nâng cao",): Named((ADVANCED,)),
    ("Huyện NTM",): Named((DISTRICT,)),
    ("XÃ NTM KIỂU MẪU",): Named((MODEL,)),
    ("Chương trình xây dựng nông thôn mới",): Named(),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), SETS.items())
def test_the_criteria_set_that_titles_name(facts, words: tuple[str, ...], expected: Named) -> None:
    found = Titles(above=words).criteria_set(facts)
    assert (set(found.codes), found.official) == (set(expected.codes), expected.official)


def test_the_nearest_words_decide(facts) -> None:
    above = ("KẾT QUẢ XÃ NTM VÀ XÃ NTM NÂNG CAO", "Đến 31/12/2023", "Tiêu chí chưa đạt")
    near = Titles(("Tiêu chí đạt",), ("II. Xã NTM nâng cao", "2. Năm 2024"), above)
    assert near.criteria_set(facts) == Named((ADVANCED,))
    assert near.period(PERIOD) == "2024-12-31"
    assert near.unmet() == ""
    far = Titles(above=above)
    assert (far.period(PERIOD), far.unmet()) == ("2023-12-31", "Tiêu chí chưa đạt")


REVOKED = {
    "Danh sách xã bị thu hồi quyết định công nhận": True,
    "Xã bị hủy bỏ danh hiệu nông thôn mới": True,
    "Quyết định công nhận và thu hồi": False,
    "Danh sách xã đạt chuẩn": False,
    "Thu hồi đất": True,  # of a list of decisions: then the columns lack, and it is refused
}


@pytest.mark.parametrize(("words", "expected"), REVOKED.items())
def test_a_title_of_revocations(words: str, expected: bool) -> None:
    assert bool(Titles(above=(words,)).revocation()) == expected
    assert Titles((words,), above=("Danh sách thu hồi",)).revocation() == ("" if not expected else words)


NUMBERED = {"II. Năm 2024": "roman", "B) Xã": "letter", "2 - Xã": "figure", "Xã": "", "Biểu 2: Xã": "", "IV": ""}


@pytest.mark.parametrize(("words", "expected"), NUMBERED.items())
def test_how_captions_are_numbered(words: str, expected: str) -> None:
    assert titles.numbering(words) == expected
