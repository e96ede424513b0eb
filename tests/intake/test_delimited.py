import pytest

from ntm.intake import delimited
from ntm.intake.sheets import Refused

CELLS = [["Mã xã", "1"], ["03418", "13,6"]]
TAKEN = {
    "carriage returns": b"M\xc3\xa3 x\xc3\xa3;1\r03418;13,6\r",
    "protected": 'Mã xã;1\n="03418";"=""13,6"""\n'.encode(),
    "pipes": "Mã xã|1\n03418|13,6".encode(),
    "tabs": "Mã xã\t1\n03418\t13,6".encode(),
    "said": "sep=;\nMã xã;1\n03418;13,6".encode(),
    "utf-16 with a mark": "Mã xã;1\n03418;13,6".encode("utf-16"),
    "utf-16-le": "Mã xã;1\n03418;13,6\n".encode("utf-16-le"),
    "utf-16-be": "Mã xã;1\n03418;13,6\n".encode("utf-16-be"),
    "quoted numbers": 'Mã xã,1\n03418,"13,6"'.encode(),
    "decimal commas": "Mã xã;1\n03418;13,6".encode(),
}


def cells(content: bytes) -> list[list[str]]:
    return [list(row.values()) for _place, row in delimited.rows(delimited.decode(content)) if row]


@pytest.mark.parametrize("name", TAKEN)
def test_a_table_is_read_whichever_program_wrote_it(name: str) -> None:
    assert cells(TAKEN[name]) == CELLS


def test_a_long_title_does_not_hide_the_sign_between_columns() -> None:
    title = "Báo cáo, ngày 31/12/2024, của huyện\n" * 200
    assert cells((title + "Mã xã;1\n03418;x\n" * 300).encode())[-1] == ["03418", "x"]


@pytest.mark.parametrize("title", ['BÁO CÁO "Nông thôn mới"', '"Nông thôn mới" năm 2024', '"Nông thôn mới, chưa đóng'])
def test_a_quote_in_a_title_swallows_nothing(title: str) -> None:
    assert cells(f"{title}\nMã xã;1\n03418;13,6\n".encode())[-2:] == CELLS


def test_a_comma_within_a_number_is_told_where_commas_divide() -> None:
    with pytest.raises(Refused, match="Dòng 3 có 3 ô, dòng tiêu đề có 2: dấu phẩy"):
        cells("Mã xã,1\n03418,13\n03412,13,6\n".encode())
