import pytest

from ntm.intake import answers


@pytest.mark.parametrize(
    ("role", "word", "read"),
    [
        ("met", "Đạt", "1"),
        ("met", "X", "1"),
        ("met", "KĐ.", "0"),
        ("met", "Chưa đạt", "0"),
        ("met", "gần đạt", "gần đạt"),  # neither: the checks refuse it with its cell
        ("period", "31/12/2024", "2024-12-31"),
        ("period", "1-3-2026", "2026-03-01"),
        ("period", "quý IV", "quý IV"),
        ("value", "1.278", "1278"),
        ("value", "13,6", "13.6"),
        ("value", "1.278,5", "1278.5"),
        ("value", "1.5", "1.5"),
        ("standard", "Nông thôn mới nâng cao", "advanced"),
        ("source", "31/12/2024", "31/12/2024"),  # a column that is read as it is
    ],
)
def test_what_offices_write(role: str, word: str, read: str) -> None:
    assert answers.read(role, word) == read
