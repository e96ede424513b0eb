"""Templates that hold what is known: read again unchanged they change nothing, whatever the facts say."""

import json

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ntm import dataset, look, people, preview, signs, spreadsheets, store
from ntm.facts import FORMS, TYPES
from ntm.intake import cells, files, forms, prefilled, reading, sheets, template
from ntm.intake.prefilled import Known
from ntm.intake.reading import Asked
from ntm.look import Look
from ntm.reference import Reference
from ntm.store import Change
from ntm.world import World
from tests.intake.test_template import FIRST, at, changed, headings, opened

PERIOD, EARLIER, SET = "2024-12-31", "2023-12-31", "commune-2021-2025"
COMMUNES, DISTRICTS = ("03418", "03412", "03628"), ("106", "110")
TESTER = people.owner("tester")
TABLES = [form for form in FORMS if FORMS[form].fields]


def is_one_cell(words: str) -> bool:
    """Whether words are as a cell holds them, and may be stored; an apostrophe before a formula is the program's."""
    as_read = spreadsheets.restored(cells.word(words))
    return as_read == words and signs.composed(words) == words and not signs.fault(words)


ODD = ["", "12/BC-UBND", "=1+1", "-5%", "@x", "'quoted", "1.278", "3,5", "x", "Đạt", "31/12/2024", "Kỳ: 30/06/2024"]
# Words, and not any letters: of senseless ones some look like an old font, which is told.
WORDS = ["xã", "Đạt", "báo cáo", "tỉnh", "đã thẩm định", "12/BC-UBND", "(cũ)", "“trích”", "a & b", "<b>", "=1", "@x"]
WORDS += ["'", '"', "%", "+", "-", ";", "3,5", "1.278", "Tà Mung", "ngày 31/12/2024", "Số: 5"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join).filter(is_one_cell) | st.sampled_from(ODD)
BESIDE = {"document": TEXT, "remark": TEXT}
ROWS = {
    "assessments": {
        "period": st.just(PERIOD),
        "unit_code": st.sampled_from(COMMUNES),
        "criteria_set": st.just(SET),
        "criterion": st.integers(1, 19),
        "met": st.booleans(),
        **BESIDE,
    },
    "villages": {
        "period": st.just(PERIOD),
        "unit_code": st.sampled_from(DISTRICTS),
        "recognised": st.integers(0, 5000),
        **BESIDE,
    },
    "recognitions": {
        "unit_code": st.sampled_from((*COMMUNES, "106")),
        "standard": st.sampled_from(["ntm", "advanced"]),
        "recognised_by": st.sampled_from(["2015-12-25", "2024-11-15"]),
        "decision": TEXT,
        "evidence": st.sampled_from(["official", "confirmed", "by-elimination", "theo báo"]),
        "source": TEXT,
        "revoked_on": st.sampled_from(["", "2024-12-20"]),
        "remark": TEXT,
    },
    "figures": {
        "unit_code": st.sampled_from(("12", "106", "03418")),
        "date": st.sampled_from(["2011", "2018-06", "2024 (cuối năm)", "2023-12-31", "2024-12-31"]),
        "indicator": st.sampled_from(["average_criteria", "recognised_communes", "communes_19", "communes_15_18"]),
        "period": st.sampled_from(["2023-12-31", "2024-12-31"]),
        "value": st.one_of(st.integers(0, 100_000).map(float), st.sampled_from([13.6, 13.574, 1.25, 0.125, 1234.5])),
        "evidence": st.sampled_from(["official", "one-source", "plan-article"]),
        "source": TEXT.filter(bool),
        "remark": TEXT,
    },
}


def frames(form: str) -> st.SearchStrategy[pd.DataFrame]:
    rows = st.lists(st.fixed_dictionaries(ROWS[form]), min_size=1, max_size=12)
    return rows.map(lambda found: pd.DataFrame(found).drop_duplicates(TYPES[form].key, ignore_index=True))


def read_again(form: str, facts: Reference, known: Known) -> reading.Reading:
    made = template.make(facts, form, PERIOD, "", (), known)
    found = [sheets.of_json(sheet) for sheet in json.loads(files.cells(made))]  # as sheets.read, in this process
    return reading.read(found, Asked(form, PERIOD), facts)


def in_order(form: str, frame: pd.DataFrame) -> pd.DataFrame:
    columns = TYPES[form].columns
    return frame[columns].sort_values(TYPES[form].key).reset_index(drop=True)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", TABLES)
def test_whatever_the_facts_say_they_come_back_the_same(facts, form: str, language: str) -> None:
    @settings(max_examples=8, phases=[Phase.generate], derandomize=True, deadline=None)
    @given(frame=frames(form))
    def there_and_back(frame: pd.DataFrame) -> None:
        with look.use(Look(language)):
            checked = TYPES[form].check(frame, facts)
            found = read_again(form, facts, Known(checked, words="số liệu kỳ 31/12/2024"))
            assert found.faults.empty, found.faults.to_string()
            assert found.left_out.empty, found.left_out.to_string()
            pd.testing.assert_frame_equal(
                in_order(form, TYPES[form].check(found.facts, facts)), in_order(form, checked), check_dtype=False
            )

    there_and_back()


def test_every_form_of_a_table_is_tried() -> None:
    assert set(TABLES) == set(ROWS)


@pytest.fixture
def real(tmp_path, facts) -> dataset.Dataset:
    """The province's own facts: a row or two of every kind, beside the published and the sample ones."""
    engine = store.connect(f"sqlite:///{tmp_path / 'own.sqlite'}")
    dataset.build(engine)
    answer = {"criteria_set": SET, "criterion": 10, "met": True}
    answers = [{"period": EARLIER, "unit_code": "03418"} | answer, {"period": PERIOD, "unit_code": "03412"} | answer]
    answers.append(answers[1] | {"criterion": 11, "met": False, "document": "12/BC", "remark": "chờ thẩm định"})
    decision = {"unit_code": "03412", "standard": "ntm", "recognised_by": "2024-11-15", "decision": "1/QĐ"}
    decision |= {"evidence": "official", "source": "", "remark": "x"}
    official = {
        "assessments": pd.DataFrame(answers),
        "villages": pd.DataFrame([{"period": EARLIER, "unit_code": "106", "recognised": 3, "document": "5/BC"}]),
        "recognitions": pd.DataFrame([decision]),
    }
    store.publish(engine, Change(TESTER, "đầu", "official", official), facts)
    return dataset.load(engine, world=World.REAL, day=PERIOD)


@pytest.mark.parametrize("form", TABLES)
def test_read_again_unchanged_it_changes_nothing(real, facts, form: str) -> None:
    asked = Asked(form, PERIOD)
    known = prefilled.of(real, asked)
    assert known is not None
    found = read_again(form, facts, known)
    assert found.faults.empty, found.faults.to_string()
    of_known = found.facts.assign(period=known.period) if known.period else found.facts
    cells_of = preview.make(real, {form: of_known}).cells
    assert cells_of == {"new": 0, "changed": 0, "same": len(known.rows), "gone": 0}


def test_it_says_what_it_stands_on(real, facts) -> None:
    known = prefilled.of(real, Asked("assessments", PERIOD))
    words = f"số liệu kỳ 31/12/2024, phiên bản {real.revision}, số liệu chính thức"
    assert known.words == words
    sheet = opened(template.make(facts, "assessments", PERIOD, known=known))
    assert sheet["A6"].value == f"Điền sẵn: {words}"


def test_without_facts_of_the_period_it_holds_those_of_the_last_one_before_and_the_reader_says_so(real, facts) -> None:
    known = prefilled.of(real, Asked("villages", PERIOD))
    assert known.period == EARLIER
    found = read_again("villages", facts, known)
    assert found.facts[["period", "recognised", "document"]].to_numpy().tolist() == [[PERIOD, "3", "5/BC"]]
    (reason,) = found.left_out["reason"]
    assert "31/12/2023" in reason
    assert preview.make(real, {"villages": found.facts}).cells["new"] == 1


def test_answers_with_different_documents_have_a_row_each(real, facts) -> None:
    known = prefilled.of(real, Asked("assessments", PERIOD))
    sheet = opened(template.make(facts, "assessments", PERIOD, "", ["106"], known))
    rows = [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == "03412"]
    said = [[at(sheet, heading, row).value for heading in ("10. ", "11. ", "Ghi chú")] for row in rows]
    assert said == [["Đạt", None, None], [None, "Chưa đạt", "chờ thẩm định"]]


def test_only_the_groups_asked_for(real) -> None:
    asked = Asked("assessments", PERIOD)
    assert set(prefilled.of(real, asked, ["106"]).rows["unit_code"]) == {"03412"}
    assert prefilled.of(real, asked, ["110"]) is None


def test_a_published_decision_keeps_how_certain_it_is(real, facts) -> None:
    known = prefilled.of(real, Asked("recognitions", PERIOD))
    assert "số liệu công bố và số liệu chính thức" in known.words
    assert "Mức chắc chắn" in headings(opened(template.make(facts, "recognitions", PERIOD, known=known)))
    assert "Mức chắc chắn" not in headings(opened(template.make(facts, "recognitions", PERIOD)))


def test_a_unit_or_set_that_was_no_more_is_not_filled_in(real) -> None:
    assert prefilled.of(real, Asked("assessments", "2026-06-30")) is None


def test_the_sample_fills_no_template(data) -> None:
    assert data.is_sample
    with pytest.raises(ValueError, match="sample"):
        prefilled.of(data, Asked("assessments", PERIOD))


def test_a_changed_cell_of_a_filled_template_is_the_only_change(real, facts) -> None:
    asked = Asked("assessments", PERIOD)
    made = forms.make(facts, asked, ["106"], known=prefilled.of(real, asked, ["106"]))
    answered = changed(made, lambda sheet: setattr(at(sheet, "1. "), "value", "Chưa đạt"))
    found = reading.read(sheets.read(answered), asked, facts)
    assert preview.make(real, {"assessments": found.facts}).cells == {"new": 1, "changed": 0, "same": 2, "gone": 0}
