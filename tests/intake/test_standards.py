"""Standards in words: what names one, and what names the programme alone."""

import pytest

from ntm.intake import standards
from ntm.intake.standards import ADVANCED, DISTRICT, MODEL, NTM

NAMED = {
    "NTM": {NTM},
    "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI": {NTM},
    "II. XÃ NÔNG THÔN MỚI NÂNG CAO": {ADVANCED},
    "NTM NC": {ADVANCED},
    "NTMNC": {ADVANCED},
    "NTM_nâng cao": {ADVANCED},
    "02 Nâng cao": {ADVANCED},
    "KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI NÂNG CAO": {ADVANCED},
    "xã NTM, NTM nâng cao": {NTM, ADVANCED},
    "nông thôn mới và nâng cao": {NTM, ADVANCED},
    "NTM nâng cao, kiểu mẫu": {ADVANCED, MODEL},
    "Xã NTM kiểu mẫu": {MODEL},
    "huyện đạt chuẩn nông thôn mới": {DISTRICT},
    "NTM cấp huyện": {DISTRICT},
    "huyện nông thôn mới nâng cao": {MODEL},
    "huyện nông thôn mới và xã nông thôn mới": {DISTRICT, NTM},
    "Chương trình MTQG xây dựng nông thôn mới": set(),
    "Văn phòng điều phối nông thôn mới": set(),
    "nâng cao chất lượng các tiêu chí": set(),
    "Huyện Tam Đường": set(),
    "": set(),
}


@pytest.mark.parametrize(("words", "expected"), NAMED.items())
def test_the_standards_that_words_name(words: str, expected: set[str]) -> None:
    assert standards.named(words) == expected
