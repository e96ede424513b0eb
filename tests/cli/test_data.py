"""The data commands, one after the other as an office would use them, on both databases."""

import json
import re

import openpyxl
import pypdf
import pytest

from ntm import dataset, exports, people, provenance, remembered, store
from ntm.cli import main
from ntm.intake import reading, sheets, table_shape
from ntm.intake.reading import Asked
from ntm.intake.template import HEADING_ROW
from ntm.people import Denied, Person
from ntm.store import Change
from tests.intake import odd
from tests.test_store import assessment

CSV = "Mã xã;1;2;3\n3409;x;;0\n3412;x;x;x\n"
LONG = "period,unit_code,criteria_set,criterion,met\n2024-12-31,03628,commune-2021-2025,10,đạt\n"


@pytest.fixture
def office(monkeypatch, tmp_path, empty_url):
    monkeypatch.setenv("NTM_DATABASE_URL", empty_url)
    (tmp_path / "wide.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "long.csv").write_text(LONG, encoding="utf-8")
    return tmp_path


def answered(capsys, *words: str, code: int = 0) -> dict:
    capsys.readouterr()
    assert main([*words, "--json"]) == code
    printed = capsys.readouterr()
    return json.loads(printed.out or printed.err)


def test_from_a_file_to_a_revision_and_back(office, capsys) -> None:
    wide = [str(office / "wide.csv"), "--period", "2024-12-31"]
    assert main(["build"]) == 0
    assert answered(capsys, "import", *wide)["rows"] == 5
    seen = answered(capsys, "preview", *wide)
    assert seen["cells"] == {"new": 5, "changed": 0, "same": 0, "gone": 0}
    assert seen["opens_real_data"]
    assert store.latest(store.connect()) == 2
    assert answered(capsys, "publish", *wide, "--author", "An", "--note", "1/BC")["revision"] == 3
    written = answered(capsys, "history", "03409", "--period", "2024-12-31", "--criterion", "1")["history"]
    assert [(row["author"], row["note"], row["met"]) for row in written[:1]] == [("An", "1/BC", True)]
    changed = answered(capsys, "diff", "2", "3")["assessments"]
    assert len(changed) == 5
    assert answered(capsys, "undo", "3", "--author", "An", "--note", "nhầm")["revision"] == 4
    assert answered(capsys, "diff", "2", "4")["assessments"] == []
    actions = [entry["action"] for entry in answered(capsys, "log")["log"]]
    assert actions == ["undo", "publish", "publish", "publish"]
    assert answered(capsys, "log")["world"] == "sample"  # everything official is undone
    assert main(["undo", "3", "--note", "again"]) == 2


def test_the_log_is_words_for_people_and_codes_for_programs(office, capsys, facts, monkeypatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    assert main(["publish", str(office / "long.csv"), "--note", "1/BC"]) == 0
    viewer = Change(Person("Bình"), "n", "official", {"assessments": assessment("0")})
    with pytest.raises(Denied):
        store.publish(store.connect(), viewer, facts)
    assert store.undo(store.connect(), 1, people.owner("An"), "nhầm", facts) == 2
    capsys.readouterr()
    assert main(["log"]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("Đã công bố", "Bị từ chối công bố", "Đã hoàn tác"))
    assert "Người quản trị máy chủ <root>" in said
    assert main(["--language", "en", "log"]) == 0
    said += capsys.readouterr().out
    assert "Server administrator <root>" in said
    assert "Publishing refused" in said
    assert not re.search(r"\b(NaN|nan|publish|UTC)\b|<NA>", said)
    entries = answered(capsys, "log")["log"]
    assert [entry["action"] for entry in entries] == ["undo", "publish refused", "publish"]
    assert [entry["revision"] for entry in entries] == [2, None, 1]
    assert all(entry["at"].endswith("+07:00") for entry in entries)


def test_a_list_of_recognitions_is_complete_only_if_somebody_says_so(office, capsys) -> None:
    decisions = "Mã xã;Chuẩn;Ngày công nhận;Quyết định\n03628;NTM;20/12/2024;1/QĐ\n"
    (office / "decisions.csv").write_text(decisions, encoding="utf-8")
    file = [str(office / "decisions.csv"), "--form", "recognitions", "--note", "n"]
    main(["build"])
    assert main(["publish", *file]) == 0
    flags = dataset.load(store.connect()).communes_at("2024-12-31")["recognised"]
    assert flags["03628"]
    assert flags.isna().any()
    assert main(["publish", *file, "--complete-to", "2024-12-31", "--complete-of", "110"]) == 0
    communes = dataset.load(store.connect()).communes_at("2024-12-31")
    assert communes.loc[communes["group_code"] == "110", "recognised"].notna().all()
    assert communes.loc[communes["group_code"] == "108", "recognised"].isna().all()
    assert main(["publish", str(office / "long.csv"), "--note", "n", "--complete-to", "2024-12-31"]) == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv", "table.csv"])
def test_what_was_exported_from_the_sample_is_refused(office, capsys, kind: str) -> None:
    main(["build"])
    if kind == "table.csv":
        assert main(["export", str(office / "out")]) == 0
        (office / "out" / "assessments.csv").rename(office / f"own.{kind}")
    elif kind == "xlsx":
        assert main(["report", "--kind", "xlsx", "-o", str(office / "own.xlsx")]) == 0
    else:
        data = dataset.load(store.connect())
        rows = data.assessments[["period", "unit_code", "criteria_set", "criterion", "met"]].head()
        (office / "own.csv").write_bytes(exports.csv(rows, provenance.facts(data, "2024-12-31")))
    capsys.readouterr()
    assert main(["publish", str(office / f"own.{kind}"), "--period", "2024-12-31", "--note", "n"]) == 1
    assert "xuất từ số liệu minh họa" in capsys.readouterr().err
    assert store.latest(store.connect()) == 2


def test_rows_of_one_answer_each(office, capsys) -> None:
    assert answered(capsys, "publish", str(office / "long.csv"), "--note", "n")["rows"] == 1
    revision = store.revisions(store.connect()).iloc[0]
    assert revision["kind"] == "official"


def test_all_faults_at_once_and_nothing_stored(office, capsys) -> None:
    (office / "bad.csv").write_text(
        LONG + "2024-12-31,99999,commune-2021-2025,10,x\n2024-12-31,03409,?,10,x\n", "utf-8"
    )
    faults = answered(capsys, "publish", str(office / "bad.csv"), "--note", "n", code=1)["faults"]
    assert [(fault["cell"], fault["value"]) for fault in faults] == [("B3", "99999"), ("C4", "?")]
    marked = office / "marked.xlsx"
    assert main(["import", str(office / "bad.csv"), "--marked", str(marked)]) == 1
    assert openpyxl.load_workbook(marked).sheetnames[0] == "Lỗi"
    assert store.latest(store.connect()) == 0


def test_columns_that_were_corrected_before_are_used_and_told(office, capsys, facts) -> None:
    (office / "odd.csv").write_text("Mã xã;1;Kết luận\n3409;x;0\n", "utf-8")
    file = [str(office / "odd.csv"), "--period", "2024-12-31"]
    read = reading.layouts_of(sheets.read((office / "odd.csv").read_bytes()), Asked("assessments", "2024-12-31"), facts)
    shape = table_shape.of(read[0], "commune-2021-2025")
    assert answered(capsys, "import", *file)["rows"] == 1
    remembered.keep(store.connect(), people.owner("An"), shape, {2: "criterion:2"}, "C: Tiêu chí 2")
    seen = answered(capsys, "import", *file)
    assert seen["rows"] == 2
    assert "đã dùng cách đọc cột của lần trước" in seen["remembered"][0]
    assert "C: Tiêu chí 2. " in seen["remembered"][0]
    assert main(["import", *file]) == 0
    assert "--no-remembered" in capsys.readouterr().out
    assert answered(capsys, "import", *file, "--no-remembered")["rows"] == 1
    (office / "odd.csv").write_text("Mã xã;1;Kết luận\n3409;x;tốt\n", "utf-8")
    assert main(["import", *file]) == 1
    assert "đã dùng cách đọc cột của lần trước" in capsys.readouterr().err


def test_what_was_found_goes_into_a_list_to_forward(office, capsys) -> None:
    """A page and a workbook, also of a file without faults; a file of another kind is a wrong call."""
    (office / "bad.csv").write_text("Mã xã;1;Xếp loại\n3409;tốt;xem lại\n", "utf-8")
    bad = ["import", str(office / "bad.csv"), "--period", "2024-12-31"]
    assert main([*bad, "--faults-to", str(office / "list.xlsx")]) == 1
    rows = list(openpyxl.load_workbook(office / "list.xlsx")["Danh sách"].iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in rows] == [("Lỗi", None, "B2"), ("Không đọc", None, "C2")]
    assert main([*bad, "--faults-to", str(office / "list.pdf")]) == 1
    assert len(pypdf.PdfReader(office / "list.pdf").pages) == 1
    assert (
        main(["import", str(office / "wide.csv"), "--period", "2024-12-31", "--faults-to", str(office / "no.PDF")]) == 0
    )
    assert "Không có lỗi" in pypdf.PdfReader(office / "no.PDF").pages[0].extract_text()
    capsys.readouterr()
    assert main([*bad, "--faults-to", str(office / "list.docx")]) == 1
    assert "Không có loại tệp .docx. Có: .xlsx, .pdf." in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01 not text", b"PK nothing"])
def test_what_is_no_table_is_refused(office, capsys, content: bytes) -> None:
    (office / "file").write_bytes(content)
    assert main(["import", str(office / "file")]) == 1
    assert "ệp" in capsys.readouterr().err


def test_a_missing_file_is_a_wrong_call(office, capsys) -> None:
    assert main(["import", "/nowhere.csv"]) == 2
    assert "/nowhere.csv" in capsys.readouterr().err


def test_a_template_comes_back_as_it_is_read(office, capsys) -> None:
    file = office / "mau.xlsx"
    assert main(["template", str(file), "--period", "2024-12-31", "--group", "110"]) == 0
    book = openpyxl.load_workbook(file)
    book.worksheets[0].cell(HEADING_ROW + 1, 4).value = "Đạt"
    book.save(file)
    assert answered(capsys, "publish", str(file), "--note", "n")["rows"] == 1


def test_backup_and_restore(office, capsys, monkeypatch) -> None:
    main(["build"])
    assert main(["backup", str(office / "all.zip")]) == 0
    packed = capsys.readouterr().out.split("SHA-256 ")[1].split()[0]
    assert main(["restore", str(office / "all.zip")]) == 1
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{office / 'new.sqlite'}")
    assert main(["restore", str(office / "all.zip")]) == 0
    assert packed in capsys.readouterr().out


def test_a_filled_template_holds_what_is_known_and_the_note_keeps_who_made_the_file(office, capsys) -> None:
    """The sample fills none; a file that is read again unchanged changes nothing."""
    file, of_period = office / "mau.xlsx", ["--period", "2024-12-31"]
    made = ["template", str(file), *of_period, "--group", "106", "--filled"]
    assert main(["build"]) == 0
    assert main(made) == 1
    assert "minh họa không được điền vào mẫu" in capsys.readouterr().err
    lines = ["Đơn vị lập: UBND xã Bản Giang", "Ngày lập;30/06/2024", "", "Mã xã;1;Văn bản;Ghi chú", "03418;x;5/BC;tốt"]
    (office / "head.csv").write_text("\n".join(lines), "utf-8")
    assert main(["publish", str(office / "head.csv"), *of_period, "--note", "5/BC", "--json"]) == 0
    number = json.loads(capsys.readouterr().out.splitlines()[-1])["revision"]
    notes = store.revisions(store.connect()).set_index("id")["note"]
    assert notes[number] == "5/BC (Đơn vị lập: UBND xã Bản Giang; Ngày lập: 30/06/2024)"
    assert main(made) == 0
    words = f"Điền sẵn: số liệu kỳ 31/12/2024, phiên bản {number}, số liệu chính thức"
    assert words in [row[0] for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)]
    capsys.readouterr()
    assert main(["preview", str(file), *of_period, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cells"] == {"new": 0, "changed": 0, "same": 1, "gone": 0}
    assert main([*made, "--form", "plans"]) == 1
    assert "--plan" in capsys.readouterr().err


def test_tables_of_one_sheet_are_named_by_their_rows(office, capsys) -> None:
    rows = (["Tên xã", "1", "2"], ["Bản Giang", "x", "0"], [], ["Mã xã", "Tiêu chí", "Kết quả"], ["03412", "5", "Đạt"])
    (office / "two.xlsx").write_bytes(odd.xlsx(("NTM", rows)))
    read = answered(capsys, "import", str(office / "two.xlsx"), "--period", "2024-12-31")
    assert read["rows"] == 3
    assert list(read["columns"]) == ["NTM, dòng 1–3", "NTM, dòng 4–5"]
