import unicodedata

import pytest

from ntm import legacy

NAMES = [
    "Bản Bo",
    "Tam Đường",
    "Sìn Hồ",
    "Pa Ủ",
    "Mường Tè",
    "Nậm Nhùn",
    "Sỳ Lờ Lầu",
    "Tà Tổng",
    "Hoang Thèn",
    "Huổi Luông",
]


def in_tcvn3(text: str) -> str:
    signs = legacy.TCVN3_SIGNS
    table = dict(zip(signs[1::2], signs[::2], strict=True))
    return "".join(table.get(sign) or table.get(sign.lower(), sign) for sign in text)


def in_vni(text: str) -> str:
    table = {letter: written for written, letter in legacy._vni().items()}
    return "".join(table.get(sign, sign) for sign in text)


@pytest.mark.parametrize(
    ("written", "font", "meant"),
    [
        ("BIÓU TæNG HîP KÕT QU¶ X¢Y DùNG N¤NG TH¤N MíI", "TCVN3", "BIỂU TỔNG HỢP KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"),
        ("B×nh L\xad; Ch\xada ®¹t", "TCVN3", "Bình Lư; Chưa đạt"),
        ("X· B¶n Giang, huyÖn Tam §\xadêng", "TCVN3", "Xã Bản Giang, huyện Tam Đường"),
        ("Xaõ Baûn Giang, huyeän Tam Ñöôøng", "VNI", "Xã Bản Giang, huyện Tam Đường"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Thò traán Than Uyeân", "VNI", "Thị trấn Than Uyên"),
    ],
)
def test_an_old_font_is_known_by_its_words_and_converted(written: str, font: str, meant: str) -> None:
    assert legacy.font(written) == font
    assert legacy.to_unicode(written, font) == meant


def test_every_name_of_the_province_survives_both_fonts(facts) -> None:
    names = facts.timeline.all_units["name"]
    for font, write in (("TCVN3", in_tcvn3), ("VNI", in_vni)):
        written = names.map(write)
        assert legacy.font("\n".join(written)) == font
        back = written.map(lambda name, font=font: legacy.to_unicode(name, font))
        assert list(back.str.lower()) == list(names.str.lower())


def test_unicode_is_for_no_old_font(facts) -> None:
    names = facts.timeline.all_units["name"]
    criteria = facts.timeline.criteria["name_vi"]
    for text in [*names, *criteria, *names.str.upper(), *criteria.str.upper()]:
        for form in ("NFC", "NFD"):
            assert legacy.font(unicodedata.normalize(form, text)) is None
            assert legacy.encoding(unicodedata.normalize(form, text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dat",
        "Tiêu chí 1",
        "«Đạt»",
        "café",
        "5 km²",
        "50 °C",
        "§ 1",
        "1ª",
        "a·b",
        "dong\xadmoi",
        "Müller & Söhne",
        "x ± y",
    ],
)
def test_other_signs_are_for_no_old_font(text: str) -> None:
    assert legacy.font(text) is None
    assert legacy.encoding(text) is None


@pytest.mark.parametrize("western", ["cp1252", "latin-1"])
@pytest.mark.parametrize("encoding", ["UTF-8", "CP1258"])
def test_bytes_that_were_read_as_western_are_known(encoding: str, western: str) -> None:
    stored = [tones_apart(name).encode(encoding) for name in NAMES]
    misread = [name.decode(western, errors="ignore") for name in stored]
    assert legacy.encoding("\n".join(misread)) == encoding
    assert legacy.font("\n".join(misread)) is None
    whole = [name for name, content in zip(misread, stored, strict=True) if len(name) == len(content)]
    assert {legacy.read_as(name, encoding) for name in whole} <= set(NAMES)
    assert len(whole) > len(NAMES) / 2


def tones_apart(text: str) -> str:
    """Windows-1258 has letters with circumflex, breve and horn, and most tones as signs of their own."""
    tones = dict.fromkeys(map(ord, legacy.TONES))
    return "".join(
        unicodedata.normalize("NFC", parts.translate(tones)) + "".join(sign for sign in parts if sign in legacy.TONES)
        for parts in (unicodedata.normalize("NFD", letter) for letter in text)
    )
